/// reply_text_words.hpp: the few questions that the recognisers of quotations share.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "parsers/text_lines.hpp"

namespace oin {

/// Phrases by their first bytes, so that most lines are told from all of a long table by three of their own.
/// Ignores the case of A to Z.
class Beginnings {
 public:
  /// Each phrase of two bytes or more.
  explicit Beginnings(std::span<const std::string_view> phrases) : Beginnings({phrases}) {}
  explicit Beginnings(std::initializer_list<std::span<const std::string_view>> tables);

  /// The longest of them that the text begins with; empty: none.
  std::string_view of(std::string_view text) const;

 private:
  struct Group {
    std::uint64_t third_bytes = 0;  // a bit for each, by its low six bits
    std::vector<std::string_view> phrases;
  };
  std::array<Group, 256> by_two_bytes_;
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
/// A date whose year has two digits: "23.11.26", "11/23/26", "23 nov 26"; beside a time, not part of one.
bool has_short_date(std::string_view text);

/// A capital letter, or the first byte of a letter outside ASCII.
bool begins_name(std::string_view word);

}  // namespace oin
