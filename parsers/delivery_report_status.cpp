#include "parsers/delivery_report_status.hpp"

#include "parsers/ascii.hpp"

namespace oin {
namespace {

bool is_class(char c) { return c == '2' || c == '4' || c == '5'; }

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end < at + 3 && is_digit(text[end])) ++end;
  return end - at;
}

/// The length of the status that begins at `at`, or 0.
std::size_t status_at(std::string_view text, std::size_t at) {
  if (at + 4 >= text.size() || !is_class(text[at]) || text[at + 1] != '.') return 0;
  if (at > 0 && (is_digit(text[at - 1]) || text[at - 1] == '.')) return 0;
  const std::size_t subject = digits_at(text, at + 2);
  const std::size_t dot = at + 2 + subject;
  if (subject == 0 || dot >= text.size() || text[dot] != '.') return 0;
  const std::size_t detail = digits_at(text, dot + 1);
  const std::size_t end = dot + 1 + detail;
  if (detail == 0 || (end < text.size() && is_digit(text[end]))) return 0;
  if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) return 0;
  return end - at;
}

/// Does the code of a refusal begin here, standing alone?  "550 ", "550-", "(550)", not "192.0.2.550" or
/// "SC-550x".
bool reply_code_at(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size() || !is_class(text[at]) || text[at] == '2' || !is_digit(text[at + 1]) ||
      !is_digit(text[at + 2]) || text[at + 1] > '7')
    return false;
  if (at > 0 && (is_digit(text[at - 1]) || is_alpha(text[at - 1]) || text[at - 1] == '.' ||
                 text[at - 1] == '-' || text[at - 1] == '@'))
    return false;
  if (at + 3 == text.size()) return true;
  const char next = text[at + 3];
  return !is_digit(next) && !is_alpha(next) && next != '@' &&
         !(next == '.' && at + 4 < text.size() && is_digit(text[at + 4]));
}

}  // namespace

std::string status_in(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at)
    if (const std::size_t size = status_at(text, at); size > 0) return std::string(text.substr(at, size));
  return {};
}

std::string said_status_in(std::string_view text) {
  for (std::size_t at = 1; at < text.size(); ++at) {
    const std::size_t size = status_at(text, at);
    if (size == 0) continue;
    const char before = text[at - 1];
    const bool marked = before == '#' || before == '(' || before == '[';
    const bool behind_code = at >= 4 && (before == ' ' || before == '-') && reply_code_at(text, at - 4);
    if (marked || behind_code) return std::string(text.substr(at, size));
  }
  return {};
}

char reply_class(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at)
    if (reply_code_at(text, at)) return text[at];
  return 0;
}

bool is_vague_status(std::string_view status) { return status.ends_with(".0.0"); }

}  // namespace oin
