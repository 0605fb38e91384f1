#include "parsers/message_id.hpp"

#include <algorithm>

#include "parsers/ascii.hpp"

namespace oin {
namespace {

/// An identifier with blanks in it is folded, or of the obsolete form, which has comments too (RFC
/// 5322 4.5.4).
std::string without_spaces(std::string_view text) {
  const bool obsolete = std::ranges::any_of(text, is_space);
  std::string out;
  std::size_t depth = 0;
  for (const char c : text) {
    if (obsolete && c == '(') ++depth;
    if (depth == 0 && !is_space(c)) out.push_back(c);
    if (obsolete && c == ')' && depth > 0) --depth;
  }
  return out;
}

}  // namespace

std::vector<std::string> message_ids(std::string_view field_body) {
  std::vector<std::string> found;
  for (std::size_t at = 0; (at = field_body.find('<', at)) != std::string_view::npos;) {
    const std::size_t end = field_body.find_first_of("<>", at + 1);
    if (end == std::string_view::npos) break;
    if (field_body[end] == '>') {
      std::string id = without_spaces(field_body.substr(at + 1, end - at - 1));
      if (!id.empty()) found.push_back(std::move(id));
    }
    at = end;
  }
  if (!found.empty()) return found;
  while (!(field_body = stripped(field_body)).empty()) {
    const std::size_t length = std::min(field_body.find_first_of(" \t,"), field_body.size());
    std::string_view word = field_body.substr(0, length);
    field_body.remove_prefix(std::min(length + 1, field_body.size()));
    while (word.starts_with('<')) word.remove_prefix(1);
    while (word.ends_with('>')) word.remove_suffix(1);
    if (word.find('@') != std::string_view::npos) found.emplace_back(word);
  }
  return found;
}

std::string message_id(std::string_view field_body) {
  if (auto found = message_ids(field_body); !found.empty()) return std::move(found.front());
  const std::string_view word = stripped(field_body);
  return word.find_first_of(" \t<>") == std::string_view::npos ? std::string(word) : std::string();
}

}  // namespace oin
