#include "parsers/reply_text_words.hpp"

#include <algorithm>

#include "parsers/ascii.hpp"

namespace oin {

namespace {

/// That of a letter in lower case.
std::size_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(lower(text[at]));
}

std::size_t group_of(std::string_view text) { return (byte_at(text, 0) + 7 * byte_at(text, 1)) % 256; }

/// Without a third byte: all of them.
std::uint64_t third_byte(std::string_view text) {
  return text.size() > 2 ? std::uint64_t{1} << byte_at(text, 2) % 64 : ~std::uint64_t{0};
}

constexpr auto npos = std::string_view::npos;

}  // namespace

Beginnings::Beginnings(std::initializer_list<std::span<const std::string_view>> tables) {
  for (const auto& phrases : tables) {
    for (const std::string_view phrase : phrases) {
      Group& group = by_two_bytes_[group_of(phrase)];
      group.phrases.push_back(phrase);
      group.third_bytes |= third_byte(phrase);
    }
  }
}

std::string_view Beginnings::of(std::string_view text) const {
  std::string_view longest;
  if (text.size() < 2) return longest;
  const Group& group = by_two_bytes_[group_of(text)];
  if ((group.third_bytes & third_byte(text)) == 0) return longest;
  for (const std::string_view phrase : group.phrases)
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
  const auto is_mark = [&](char c) { return !is_alpha(c) && marks.find(c) != npos; };
  const std::size_t size = line.size();
  while (!line.empty() && is_mark(line.front())) line.remove_prefix(1);
  while (!line.empty() && is_mark(line.back())) line.remove_suffix(1);
  return line.size() == size ? line : bare(line);
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

bool has_short_date(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at - begin;
  };
  bool blank = false;  // a separator was nothing but that
  const auto separator = [&] {
    const std::size_t begin = at;
    while (at < text.size() && at < begin + 2 && contains(" ./-'", text.substr(at, 1))) ++at;
    blank |= is_blank_line(text.substr(begin, at - begin));
    return at > begin;
  };
  const auto word = [&] {
    const std::size_t begin = at;
    while (at < text.size() && (is_alpha(text[at]) || static_cast<unsigned char>(text[at]) >= 0x80)) ++at;
    return at >= begin + 3;
  };
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    if (!is_digit(text[begin]) || (begin > 0 && is_digit(text[begin - 1]))) continue;
    at = begin;
    blank = false;
    if (digits() > 2 || !separator()) continue;
    const std::size_t month = digits();
    if (month > 2 || (month == 0 && !word()) || !separator() || digits() != 2 || (month > 0 && blank))
      continue;
    const bool goes_on =
        at + 1 < text.size() && contains(":.-/", text.substr(at, 1)) && is_digit(text[at + 1]);
    if (!goes_on) return true;
  }
  return false;
}

bool begins_name(std::string_view word) {
  return (word.front() >= 'A' && word.front() <= 'Z') || static_cast<unsigned char>(word.front()) >= 0xC3;
}

}  // namespace oin
