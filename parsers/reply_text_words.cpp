#include "parsers/reply_text_words.hpp"

#include <algorithm>

#include "parsers/ascii.hpp"

namespace oin {

namespace {

/// That of a letter in lower case.
std::size_t first_byte(std::string_view text) { return static_cast<unsigned char>(lower(text.front())); }

}  // namespace

Beginnings::Beginnings(std::span<const std::string_view> phrases) {
  for (const std::string_view phrase : phrases) by_first_byte_[first_byte(phrase)].push_back(phrase);
}

std::string_view Beginnings::of(std::string_view text) const {
  std::string_view longest;
  if (text.empty()) return longest;
  for (const std::string_view phrase : by_first_byte_[first_byte(text)])
    if (phrase.size() > longest.size() && starts_with_words(text, phrase)) longest = phrase;
  return longest;
}

bool contains_any(std::string_view text, std::span<const std::string_view> phrases) {
  return std::ranges::any_of(phrases, [&](auto phrase) { return contains(text, phrase); });
}

bool contains_any_word(std::string_view text, std::span<const std::string_view> phrases) {
  return std::ranges::any_of(phrases, [&](std::string_view phrase) {
    const bool latin = is_alpha(phrase.front()), latin_end = is_alpha(phrase.back());
    for (auto at = text.find(phrase); at != std::string_view::npos; at = text.find(phrase, at + 1)) {
      const auto behind = at + phrase.size();
      const bool begins = !latin || at == 0 || !is_alpha(text[at - 1]);
      const bool ends = !latin_end || behind == text.size() || !is_alpha(text[behind]);
      if (begins && ends) return true;
    }
    return false;
  });
}

std::string_view undecorated(std::string_view line, std::string_view marks) {
  line = bare(line);
  const auto first = line.find_first_not_of(marks);
  if (first == std::string_view::npos) return {};
  return bare(line.substr(first, line.find_last_not_of(marks) - first + 1));
}

bool has_digit(std::string_view text) { return std::ranges::any_of(text, is_digit); }

bool has_time(std::string_view text) {
  for (std::size_t i = 1; i + 2 < text.size(); ++i)
    if ((text[i] == ':' || text[i] == '.' || text[i] == 'h') && is_digit(text[i - 1]) &&
        is_digit(text[i + 1]) && is_digit(text[i + 2]))
      return true;
  return false;
}

bool has_year(std::string_view text) {
  for (std::size_t i = 0, run = 0; i < text.size(); ++i) {
    run = is_digit(text[i]) ? run + 1 : 0;
    if (run == 4) return true;
  }
  return false;
}

bool begins_name(std::string_view word) {
  return (word.front() >= 'A' && word.front() <= 'Z') || static_cast<unsigned char>(word.front()) >= 0xC3;
}

}  // namespace oin
