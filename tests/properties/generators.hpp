/// generators.hpp: values for the properties: text in any script and with any punctuation, bytes, addresses.
#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <string>
#include <vector>

#include "parsers/address.hpp"
#include "parsers/ascii.hpp"

namespace oin::test {

inline void append_utf8(std::string& out, std::uint32_t c) {
  const auto add = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    add(c);
  } else if (c < 0x800) {
    add(0xC0 | c >> 6), add(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    add(0xE0 | c >> 12), add(0x80 | (c >> 6 & 0x3F)), add(0x80 | (c & 0x3F));
  } else {
    add(0xF0 | c >> 18), add(0x80 | (c >> 12 & 0x3F)), add(0x80 | (c >> 6 & 0x3F)), add(0x80 | (c & 0x3F));
  }
}

/// A printable character: mostly ASCII with all its punctuation, else one of many scripts.
inline rc::Gen<std::uint32_t> character() {
  return rc::gen::weightedOneOf<std::uint32_t>(
      {{6, rc::gen::inRange<std::uint32_t>(0x20, 0x7F)},
       {2, rc::gen::element<std::uint32_t>('"', '\\', ',', '@', '=', '?', '(')},
       {1, rc::gen::inRange<std::uint32_t>(0xC0, 0x250)},
       {1, rc::gen::inRange<std::uint32_t>(0x410, 0x450)},
       {1, rc::gen::inRange<std::uint32_t>(0x4E00, 0x4F00)},
       {1, rc::gen::inRange<std::uint32_t>(0x1F600, 0x1F640)}});
}

/// One line of text with neither blanks at its ends nor two in a row, which folding may not keep.
inline rc::Gen<std::string> line() {
  return rc::gen::map(rc::gen::container<std::vector<std::uint32_t>>(character()),
                      [](const auto& characters) {
                        std::string out;
                        for (const std::uint32_t c : characters)
                          if (c != ' ' || (!out.empty() && out.back() != ' ')) append_utf8(out, c);
                        return std::string(stripped(out));
                      });
}

inline rc::Gen<std::string> bytes() {
  return rc::gen::map(rc::gen::container<std::vector<std::uint8_t>>(rc::gen::arbitrary<std::uint8_t>()),
                      [](const auto& all) { return std::string(all.begin(), all.end()); });
}

inline rc::Gen<std::string> word_of(std::string alphabet) {
  return rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::elementOf(std::move(alphabet))));
}

/// dot-atoms with every character RFC 5322 3.2.3 allows, and quoted local parts of these characters.
inline rc::Gen<std::string> addr_spec(std::string quoted_characters) {
  const auto atom = word_of("abcXYZ019!#$%&'*+-/=?^_`{|}~");
  const auto quoted = rc::gen::map(word_of(std::move(quoted_characters)),
                                   [](const std::string& text) { return '"' + text + ";\""; });
  const auto local = rc::gen::oneOf(
      atom,
      rc::gen::map(rc::gen::pair(atom, atom), [](const auto& two) { return two.first + "." + two.second; }),
      quoted);
  return rc::gen::map(rc::gen::tuple(local, word_of("abc019"), word_of("abc")), [](const auto& all) {
    return std::get<0>(all) + "@" + std::get<1>(all) + "." + std::get<2>(all);
  });
}

inline rc::Gen<std::vector<Address>> addresses(std::string quoted_characters) {
  const auto one =
      rc::gen::map(rc::gen::pair(line(), addr_spec(std::move(quoted_characters))), [](const auto& two) {
        return Address{two.first, two.second};
      });
  return rc::gen::nonEmpty(rc::gen::container<std::vector<Address>>(one));
}

/// As mail programs write it.
inline std::string base64(std::string_view bytes, std::size_t line_length = 76) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::size_t on_line = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (i + k < bytes.size() ? static_cast<std::uint8_t>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) {
      out.push_back(i + k > bytes.size() ? '=' : alphabet[group >> (18 - 6 * k) & 63]);
      if (++on_line == line_length) out += "\r\n", on_line = 0;
    }
  }
  return out;
}

}  // namespace oin::test
