/// reply_text_words.hpp: the few questions that the recognisers of quotations share.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "parsers/text_lines.hpp"

namespace oin {

/// Phrases by their first byte, so that of a long table only a few are compared.  Ignores the case of A to Z.
class Beginnings {
 public:
  explicit Beginnings(std::span<const std::string_view> phrases);

  /// The longest of them that the text begins with; empty: none.
  std::string_view of(std::string_view text) const;

 private:
  std::array<std::vector<std::string_view>, 256> by_first_byte_;
};

bool contains_any(std::string_view text, std::span<const std::string_view> phrases);

/// The same, but not within a longer Latin word: "in red" is not in "plain redirect".
bool contains_any_word(std::string_view text, std::span<const std::string_view> phrases);

/// The text without the marks (bytes of ASCII) that decorate it on both sides: "-----Original Message-----",
/// "*From:*".
std::string_view undecorated(std::string_view line, std::string_view marks);

bool has_digit(std::string_view text);
bool has_time(std::string_view text);  ///< "10:41", "10.41", "10h41"
bool has_year(std::string_view text);  ///< four digits in a row

/// A capital letter, or the first byte of a letter outside ASCII.
bool begins_name(std::string_view word);

}  // namespace oin
