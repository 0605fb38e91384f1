/// command_words.hpp: the words of a command's text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace oin {

/// Takes the first word off a text, and the blanks around it; empty when there is none.
std::string next_word(std::string_view& text);

/// "14d": a number from 1 up and what it counts.
struct Amount {
  int number = 0;
  std::string_view unit;
};
/// Views into `word`; nothing when no number is at its head.
std::optional<Amount> amount_of(std::string_view word);

}  // namespace oin
