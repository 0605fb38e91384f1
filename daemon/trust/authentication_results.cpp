#include "daemon/trust/authentication_results.hpp"

#include <algorithm>
#include <span>

#include "parsers/ascii.hpp"

namespace oin::trust {
namespace {

/// The field without comments (nested, RFC 5322 3.2.2), quotes undone, `;` kept only between results.
std::vector<std::vector<std::string>> statements(std::string_view body) {
  std::vector<std::vector<std::string>> out(1);
  std::string word;
  int depth = 0;
  bool quoted = false;
  const auto finish = [&] {
    if (!word.empty()) out.back().push_back(std::move(word));
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
      ++depth;
    } else if (depth > 0) {
      if (c == ')') --depth;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ';') {
      finish();
      out.emplace_back();
    } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      finish();
    } else {
      word.push_back(c);
    }
  }
  finish();
  return out;
}

}  // namespace

std::string_view AuthenticationResults::result_of(std::string_view method) const {
  const auto found = std::ranges::find(results, method, &MethodResult::method);
  return found == results.end() ? std::string_view() : found->result;
}

AuthenticationResults read_authentication_results(std::string_view field_body) {
  AuthenticationResults out;
  const auto parts = statements(field_body);
  if (parts.front().empty()) return out;
  out.authserv_id = lower(parts.front().front());
  for (const auto& words : std::span(parts).subspan(1)) {
    MethodResult result;
    for (const std::string& word : words) {
      const auto equals = word.find('=');
      if (equals == std::string::npos || equals == 0) continue;
      std::string name = lower(word.substr(0, equals)), value = lower(word.substr(equals + 1));
      if (result.method.empty()) {
        result.method = name.substr(0, name.find('/'));
        result.result = std::move(value);
      } else {
        result.properties.emplace_back(std::move(name), std::move(value));
      }
    }
    if (!result.method.empty()) out.results.push_back(std::move(result));
  }
  return out;
}

}  // namespace oin::trust
