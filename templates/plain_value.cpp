#include "templates/plain_value.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace oin {
namespace {

std::uint8_t byte(char c) { return static_cast<std::uint8_t>(c); }

constexpr std::array<bool, 256> harmless_ascii = [] {
  std::array<bool, 256> out{};
  for (std::size_t c = 0x20; c < 0x7f; ++c) out[c] = true;
  out['\n'] = out['\t'] = true;
  return out;
}();

bool is_harmless_ascii(char c) { return harmless_ascii[byte(c)]; }

/// C1 controls and what changes the direction of the text behind it; `sequence` is one character.
bool is_control(std::string_view sequence) {
  if (sequence.size() == 2) return byte(sequence[0]) == 0xc2 && byte(sequence[1]) < 0xa0;
  if (sequence.size() != 3 || byte(sequence[0]) != 0xe2) return false;
  const std::uint8_t second = byte(sequence[1]), third = byte(sequence[2]);
  return (second == 0x80 && third >= 0xa8 && third <= 0xae)      // U+2028-202E: line separators too
         || (second == 0x81 && third >= 0xa6 && third <= 0xa9);  // U+2066-2069
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  if (text.empty()) return 0;
  const std::uint8_t first = byte(text[0]);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(text[i]) & 0xc0) != 0x80) return 0;
  const std::uint8_t second = byte(text[1]);
  const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool surrogate = first == 0xed && second >= 0xa0, too_large = first == 0xf4 && second >= 0x90;
  return overlong || surrogate || too_large ? 0 : length;
}

std::string plain_value(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (;;) {
    const auto run =
        static_cast<std::size_t>(std::ranges::find_if_not(text, is_harmless_ascii) - text.begin());
    out += text.substr(0, run);
    text.remove_prefix(run);
    if (text.empty()) return out;
    const std::size_t length = utf8_length(text);
    if (length == 0) {
      out += "\xef\xbf\xbd";
    } else if (length > 1) {
      if (!is_control(text.substr(0, length))) out += text.substr(0, length);
    } else if (text[0] == '\r') {
      if (!text.starts_with("\r\n")) out += '\n';
    } else {
      out += ' ';
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
}

std::string one_line(std::string_view text, std::size_t longest) {
  std::string out;
  std::size_t characters = 0;
  bool blank = false;
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(utf8_length(text), 1);
    if (length == 1 && (byte(text[0]) <= 0x20 || text[0] == 0x7f)) {
      blank = !out.empty();
    } else {
      if (characters + (blank ? 2 : 1) >= longest) return out + "…";
      if (blank) out += ' ', ++characters;
      blank = false;
      out += text.substr(0, length);
      ++characters;
    }
    text.remove_prefix(length);
  }
  return out;
}

std::string html_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;  // &apos; is unknown to Outlook
      case '\n':
        out += "<br>";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace oin
