#include "daemon/workflow/command_words.hpp"

#include <algorithm>
#include <charconv>

namespace oin {

std::string next_word(std::string_view& text) {
  const auto begin = std::min(text.find_first_not_of(" \t\n"), text.size());
  const auto end = std::min(text.find_first_of(" \t\n", begin), text.size());
  std::string word(text.substr(begin, end - begin));
  text.remove_prefix(std::min(text.find_first_not_of(" \t\n", end), text.size()));
  return word;
}

std::optional<Amount> amount_of(std::string_view word) {
  int number = 0;
  const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (failed != std::errc() || number < 1) return std::nullopt;
  return Amount{number, word.substr(static_cast<std::size_t>(end - word.data()))};
}

}  // namespace oin
