#include "daemon/trust/authentication_results.hpp"

#include <algorithm>
#include <span>

#include "parsers/ascii.hpp"

namespace oin::trust {
namespace {

struct Statements {
  std::vector<std::vector<std::string>> words{1};
  bool sound = true;  ///< each comment and quotation stands where it may, and has its end
};

/// The field without comments (nested, RFC 5322 3.2.2), quotes undone, split at each `;`.
Statements statements(std::string_view body) {
  Statements out;
  std::string word;
  int depth = 0;
  bool quoted = false, quoted_in_comment = false;
  const auto finish = [&] {
    if (!word.empty()) out.words.back().push_back(std::move(word));
    word.clear();
  };
  for (std::size_t i = 0; i < body.size(); ++i) {
    const char c = body[i];
    if (c == '\\' && (quoted || depth > 0)) {
      ++i;
      if (quoted && i < body.size()) word.push_back(body[i]);
    } else if (quoted) {
      if (c == '"')
        quoted = false;
      else
        word.push_back(c);
    } else if (c == '(') {
      if (depth++ == 0) quoted_in_comment = false;
    } else if (depth > 0) {
      if (c == '"') quoted_in_comment = !quoted_in_comment;
      if (c == ')' && --depth == 0) out.sound = out.sound && !quoted_in_comment;
    } else if (c == ')' || c == '\\') {
      out.sound = false;
    } else if (c == '"') {
      // A quotation is a whole value (RFC 8601 2.2), the authserv-id one too.
      const bool first = out.words.size() == 1 && out.words.front().empty() && word.empty();
      if (!first && !word.ends_with('=')) out.sound = false;
      quoted = true;
    } else if (c == ';') {
      finish();
      out.words.emplace_back();
    } else if (is_space(c)) {
      finish();
    } else {
      word.push_back(c);
    }
  }
  finish();
  out.sound = out.sound && !quoted && depth == 0;
  return out;
}

/// What a sender chose, such as the envelope's address: could it end the comment or the value it is put in?
bool could_break_out(std::string_view property, std::string_view value) {
  return (property.starts_with("smtp.") || property.starts_with("header.")) &&
         value.find_first_of(" \t\r\n\"()<>;\\") != std::string_view::npos;
}

}  // namespace

std::string_view AuthenticationResults::result_of(std::string_view method) const {
  const auto found = std::ranges::find(results, method, &MethodResult::method);
  return found == results.end() ? std::string_view() : found->result;
}

AuthenticationResults read_authentication_results(std::string_view field_body) {
  AuthenticationResults out;
  const Statements parts = statements(field_body);
  if (parts.words.front().empty()) return out;
  out.authserv_id = lower(parts.words.front().front());
  out.sound = parts.sound;
  for (const auto& words : std::span(parts.words).subspan(1)) {
    MethodResult result;
    for (const std::string& word : words) {
      const auto equals = word.find('=');
      if (equals == std::string::npos || equals == 0) continue;
      std::string name = lower(word.substr(0, equals)), value = lower(word.substr(equals + 1));
      if (result.method.empty()) {
        result.method = name.substr(0, name.find('/'));
        result.result = std::move(value);
      } else {
        if (could_break_out(name, value)) out.sound = false;
        result.properties.emplace_back(std::move(name), std::move(value));
      }
    }
    if (!result.method.empty()) out.results.push_back(std::move(result));
  }
  for (const std::string_view once : {"dmarc", "arc"})
    if (std::ranges::count(out.results, once, &MethodResult::method) > 1) out.sound = false;
  return out;
}

}  // namespace oin::trust
