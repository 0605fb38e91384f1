#include "parsers/text_shape.hpp"

#include <algorithm>
#include <array>

#include "parsers/ascii.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

constexpr std::size_t org_id_length = 20;

bool letter_or_digit(char c) { return is_alpha(c) || is_digit(c); }

bool ends_question(std::string_view line, std::size_t mark) {
  const std::size_t next = mark + 1;
  return mark > 0 &&
         (next == line.size() || std::string_view(" \t\"')?!>").find(line[next]) != std::string_view::npos);
}

bool asks(std::string_view line) {
  for (auto at = line.find('?'); at != std::string_view::npos; at = line.find('?', at + 1))
    if (ends_question(line, at)) return true;
  // The full-width mark, and Japanese's spoken one before a full stop.
  return contains(line, "\xEF\xBC\x9F") || contains(line, "\xE3\x81\x8B\xE3\x80\x82");
}

/// What people's sentences do not hold.
bool is_code(std::string_view line) {
  constexpr std::array signs{"HTTP/1.",    "HTTP/2 ", "curl -",        "Traceback (",
                             "Exception:", "{\"",     "\":{",          "\":\"",
                             "</",         "();",     "=> ",           "== ",
                             "&&",         "-H \"",   "Content-Type:", "Authorization: ",
                             " ERROR ",    " WARN ",  " INFO ",        " DEBUG ",
                             "npm "};
  if (std::ranges::any_of(signs, [&](const char* sign) { return contains(line, sign); })) return true;
  const std::string_view bare = stripped(line);
  if (bare.starts_with("at ") && bare.ends_with(')')) return true;  // a frame of a stack trace
  for (const std::string_view method : {"GET /", "POST /", "PUT /", "PATCH /", "DELETE /", "$ "})
    if (bare.starts_with(method)) return true;
  return false;
}

bool names_money(std::string_view line) {
  for (const std::string_view sign : {"$", "\xE2\x82\xAC", "\xC2\xA3", "R$", "USD ", "EUR ", "GBP "})
    for (auto at = line.find(sign); at != std::string_view::npos; at = line.find(sign, at + 1)) {
      auto next = at + sign.size();
      if (next < line.size() && line[next] == ' ') ++next;
      if (next < line.size() && is_digit(line[next])) return true;
    }
  for (const std::string_view word : {" euro", " Euro", " dollars", " million ", " \xE2\x82\xAC"})
    if (const auto at = line.find(word); at != std::string_view::npos && at > 0 && is_digit(line[at - 1]))
      return true;
  return false;
}

bool names_org(std::string_view line) {
  for (auto at = line.find("00o"); at != std::string_view::npos; at = line.find("00o", at + 1)) {
    if (at > 0 && letter_or_digit(line[at - 1])) continue;
    std::size_t end = at;
    while (end < line.size() && letter_or_digit(line[end])) ++end;
    if (end - at == org_id_length) return true;
  }
  return false;
}

bool is_shouted(std::string_view line) {
  constexpr std::size_t fewest = 6;
  const auto upper = std::ranges::count_if(line, is_upper);
  const bool lower = std::ranges::any_of(line, [](char c) { return is_alpha(c) && !is_upper(c); });
  return !lower && static_cast<std::size_t>(upper) >= fewest && contains(line, " ");
}

}  // namespace

std::string text_shape(std::string_view text) {
  constexpr int code_lines = 2;  // one may be a slip
  bool question = false, money = false, org = false, shouted = false;
  int code = 0;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    question = question || asks(line);
    money = money || names_money(line);
    org = org || names_org(line);
    shouted = shouted || is_shouted(line);
    if (code < code_lines && is_code(line)) ++code;
  }
  std::string shape;
  const auto mark = [&](bool holds, std::string_view word) {
    if (!holds) return;
    if (!shape.empty()) shape += ' ';
    shape += word;
  };
  mark(question, "question");
  mark(code >= code_lines, "code");
  mark(money, "money");
  mark(org, "orgid");
  mark(shouted, "capitals");
  return shape;
}

}  // namespace oin
