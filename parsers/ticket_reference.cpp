#include "parsers/ticket_reference.hpp"

#include <charconv>

#include "parsers/text_lines.hpp"

namespace oin {
namespace {

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  // from_chars would take a sign, and no ticket has one.
  if (text.starts_with('-')) return std::nullopt;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = failed == std::errc{} && end == text.data() + text.size() && number > 0;
  return whole ? std::optional(number) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> ticket_reference(std::string_view subject) {
  constexpr std::string_view prefix = "[OIN-";
  for (auto at = subject.find('['); at != std::string_view::npos; at = subject.find('[', at + 1)) {
    std::string_view rest = subject.substr(at);
    if (!starts_with_words(rest, prefix)) continue;
    rest.remove_prefix(prefix.size());
    const auto close = rest.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    if (const auto number = whole_number(rest.substr(0, close))) return number;
  }
  return std::nullopt;
}

std::optional<std::int64_t> ticket_number(std::string_view word) {
  if (word.starts_with('#'))
    word.remove_prefix(1);
  else if (starts_with_words(word, "OIN-"))
    word.remove_prefix(4);
  return whole_number(word);
}

}  // namespace oin
