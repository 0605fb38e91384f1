#include "parsers/transfer_encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "parsers/ascii.hpp"

namespace oin {
namespace {

constexpr std::uint8_t blank = 64, padding = 65, foreign = 66;

constexpr auto base64_values = [] {
  std::array<std::uint8_t, 256> table{};
  table.fill(foreign);
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    table[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::uint8_t>(i);
  table['-'] = 62;
  table['_'] = 63;
  table['='] = padding;
  for (const char c : {' ', '\t', '\r', '\n'}) table[static_cast<std::uint8_t>(c)] = blank;
  return table;
}();

std::uint8_t value_of(char c) { return base64_values[static_cast<std::uint8_t>(c)]; }

/// The bytes of an unfinished group of `count` characters.
void finish_group(std::string& out, std::uint32_t group, int count) {
  if (count == 2) out.push_back(static_cast<char>(group >> 4));
  if (count == 3) {
    out.push_back(static_cast<char>(group >> 10));
    out.push_back(static_cast<char>(group >> 2));
  }
}

constexpr auto hex_values = [] {
  std::array<std::int8_t, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i)
    table[i] = static_cast<std::int8_t>(hex_value(static_cast<char>(i)));
  return table;
}();

/// The escape "=XY" at `at`, or -1.
int escape_at(const char* at, const char* end) {
  if (end - at < 3) return -1;
  const int high = hex_values[static_cast<std::uint8_t>(at[1])],
            low = hex_values[static_cast<std::uint8_t>(at[2])];
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

}  // namespace

Decoded decode_base64(std::string_view text) {
  Decoded out;
  std::size_t foreigners = 0, gaps = 0;
  out.bytes.resize(text.size() / 4 * 3 + 3);
  char* to = out.bytes.data();
  std::string tail;
  std::uint32_t group = 0;
  int count = 0, pads = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    if (count == 0 && end - at >= 4) {  // the usual case: a whole group in one step
      const std::uint32_t a = value_of(at[0]), b = value_of(at[1]), c = value_of(at[2]), d = value_of(at[3]);
      if ((a | b | c | d) < blank) {
        const std::uint32_t bits = a << 18 | b << 12 | c << 6 | d;
        *to++ = static_cast<char>(bits >> 16);
        *to++ = static_cast<char>(bits >> 8);
        *to++ = static_cast<char>(bits);
        at += 4;
        pads = 0;
        continue;
      }
    }
    const std::uint8_t value = value_of(*at++);
    if (value < blank) {
      pads = 0;
      group = group << 6 | value;
      if (++count == 4) {
        *to++ = static_cast<char>(group >> 16);
        *to++ = static_cast<char>(group >> 8);
        *to++ = static_cast<char>(group);
        group = 0, count = 0;
      }
    } else if (value == padding) {
      ++pads;
      if (count == 0) {
        out.damaged |= pads > 2;
      } else {
        out.damaged |= count == 1;
        tail.clear();
        finish_group(tail, group, count);
        for (const char c : tail) *to++ = c;
        group = 0, count = 0;
      }
    } else if (value == foreign) {
      ++foreigners;
    } else if (is_blank(at[-1]) && at != end && *at != '\r' && *at != '\n' && at - text.data() > 1 &&
               value_of(at[-2]) != blank) {
      ++gaps;                                       // between words: base64 has none
      if (at[-2] == '=' && to != out.bytes.data())  // "aGk= and so on": a remark behind the end
        at = std::find_if(at, end, [](char c) { return c == '\n' || c == '\r'; });
    }
  }
  out.damaged |= foreigners != 0 || gaps != 0 || count != 0;
  const bool many =
      (foreigners > 0 && foreigners * 8 >= text.size()) || (gaps > 1 && gaps * 20 >= text.size());
  out.mislabelled = many && pads == 0;
  tail.clear();
  finish_group(tail, group, count);
  for (const char c : tail) *to++ = c;
  out.bytes.resize(static_cast<std::size_t>(to - out.bytes.data()));
  return out;
}

Decoded decode_quoted_printable(std::string_view text) {
  Decoded out;
  out.bytes.resize(text.size());
  char* to = out.bytes.data();
  char* literal =
      to;  // behind what was encoded or ended a line: blanks from here on fall away at a line's end
  const auto drop_blanks = [&] {
    while (to != literal && is_blank(to[-1])) --to;
  };
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    const char c = *at;
    if (c != '=') {
      if (c == '\n' || c == '\r') drop_blanks();
      *to++ = c;
      ++at;
      if (c == '\n' || c == '\r') literal = to;
      continue;
    }
    if (const int byte = escape_at(at, end); byte >= 0) {
      *to++ = static_cast<char>(byte);
      at += 3;
      literal = to;
      continue;
    }
    // "=" before a line end, or before blanks that would fall away, joins two lines.
    const char* after = at + 1;
    while (after != end && is_blank(*after)) ++after;
    if (after == end || *after == '\n' || *after == '\r') {
      at = after;
      if (end - at >= 2 && at[0] == '\r' && at[1] == '\n') ++at;
      if (at != end) ++at;
    } else {
      out.damaged = true;
      *to++ = c;
      ++at;
    }
    literal = to;
  }
  drop_blanks();
  out.bytes.resize(static_cast<std::size_t>(to - out.bytes.data()));
  return out;
}

Decoded decode_q(std::string_view text) {
  Decoded out;
  out.bytes.reserve(text.size());
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at != end; ++at) {
    if (*at == '_') {
      out.bytes.push_back(' ');
    } else if (*at != '=') {
      out.bytes.push_back(*at);
    } else if (const int byte = escape_at(at, end); byte >= 0) {
      out.bytes.push_back(static_cast<char>(byte));
      at += 2;
    } else {
      out.bytes.push_back('=');
      out.damaged = true;
    }
  }
  return out;
}

std::optional<TransferEncoding> transfer_encoding(std::string_view field_body) {
  // "base64 (c)", "\"base64\"", "base64;": what stands around the word is not meant.
  // So is how it is cut: "7-bit", "8bits", "quoted printable".
  constexpr std::size_t longest = 40;
  std::string word;
  for (const char c : field_body.substr(0, std::min(field_body.find_first_of(";("), longest)))
    if (is_alpha(c) || is_digit(c)) word.push_back(lower(c));
  if (word == "base64") return TransferEncoding::base64;
  if (word == "quotedprintable") return TransferEncoding::quoted_printable;
  for (const std::string_view name : {"xuuencode", "uuencode", "xuue", "uue"})
    if (word == name) return TransferEncoding::uuencode;
  for (const std::string_view name : {"", "7bit", "8bit", "binary", "7bits", "8bits"})
    if (word == name) return TransferEncoding::identity;
  return std::nullopt;
}

}  // namespace oin
