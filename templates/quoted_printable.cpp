#include "templates/quoted_printable.hpp"

#include <algorithm>

namespace oin {
namespace {

constexpr std::size_t line_limit = 76;

/// The next line without its end, taken off the front.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end);
  text.remove_prefix(text.starts_with("\r\n") ? 2 : text.empty() ? 0 : 1);
  return line;
}

bool stays(char c) { return c >= 0x20 && c < 0x7f && c != '='; }

void append_encoded(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += {'=', digits[byte >> 4], digits[byte & 15]};
}

void append_line(std::string& out, std::string_view line) {
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool last = i + 1 == line.size();
    if (column + 3 >= line_limit && !(last && column + 1 <= line_limit && stays(c) && c != ' ')) {
      out += "=\r\n";
      column = 0;
    }
    const bool begins = column == 0 && (c == '.' || line.substr(i).starts_with("From "));
    if (begins || !stays(c) || (last && c == ' '))
      append_encoded(out, c), column += 3;
    else
      out += c, ++column;
  }
  out += "\r\n";
}

}  // namespace

bool is_7bit(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.size() > line_limit || line.starts_with('.') || line.starts_with("From ") || line.ends_with(' '))
      return false;
    if (std::ranges::any_of(line, [](char c) { return c < 0x20 || c == 0x7f; })) return false;
  }
  return true;
}

std::string quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  while (!text.empty()) append_line(out, take_line(text));
  return out;
}

std::string with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  while (!text.empty()) (out += take_line(text)) += "\r\n";
  return out;
}

}  // namespace oin
