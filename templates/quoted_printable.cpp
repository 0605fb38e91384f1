#include "templates/quoted_printable.hpp"

#include <algorithm>
#include <array>

namespace oin {
namespace {

constexpr std::size_t line_limit = 76;

/// The next line without its end, taken off the front.
std::string_view take_line(std::string_view& text) {
  const std::size_t feed = std::min(text.find('\n'), text.size());
  const std::size_t end = std::min(text.substr(0, feed).find('\r'), feed);
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end);
  text.remove_prefix(text.starts_with("\r\n") ? 2 : text.empty() ? 0 : 1);
  return line;
}

/// Which octets may stand as they are (RFC 2045 6.7 rule 2).
constexpr std::array<bool, 256> stays = [] {
  std::array<bool, 256> out{};
  for (std::size_t c = 0x20; c < 0x7f; ++c) out[c] = c != '=';
  return out;
}();

bool stays_at(std::string_view line, std::size_t at) { return stays[static_cast<unsigned char>(line[at])]; }

void append_line(std::string& out, std::string_view line) {
  constexpr std::size_t room = line_limit - 3;  // an encoded octet and the "=" of a soft line break still fit
  // A blank at the end would be taken for padding (rule 3).
  const std::size_t plain_end = line.ends_with(' ') ? line.size() - 1 : line.size();
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size();) {
    const bool plain = i < plain_end && stays_at(line, i);
    const bool last = i + 1 == line.size();
    if (column >= room && !(last && column < line_limit && plain)) {
      out += "=\r\n";
      column = 0;
    }
    const bool begins = column == 0 && (line[i] == '.' || line.substr(i).starts_with("From "));
    if (begins || !plain) {
      append_encoded_octet(out, line[i++]);
      column += 3;
      continue;
    }
    const std::size_t fits = column < room ? std::min(plain_end, i + room - column) : i + 1;
    std::size_t end = i + 1;
    while (end < fits && stays_at(line, end)) ++end;
    out += line.substr(i, end - i);
    column += end - i;
    i = end;
  }
  out += "\r\n";
}

}  // namespace

void append_encoded_octet(std::string& out, char octet) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(octet);
  out += {'=', digits[byte >> 4], digits[byte & 15]};
}

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
