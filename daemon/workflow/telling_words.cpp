#include "daemon/workflow/telling_words.hpp"

#include <algorithm>

#include "parsers/ascii.hpp"

namespace oin {
namespace {

constexpr std::size_t most_words = 400;  ///< of a text; what a mail wants is said before them
constexpr std::size_t longest_word = 24;
constexpr std::size_t beginning = 5;  ///< octets by which the forms of a word are alike

/// Chinese, Japanese, Korean: from three octets of UTF-8 on.
bool without_blanks(std::string_view word) {
  return std::ranges::any_of(word, [](unsigned char c) { return c >= 0xE3; });
}

/// The octet behind the character that begins at `at`.
std::size_t behind(std::string_view word, std::size_t at) {
  do ++at;
  while (at < word.size() && (static_cast<unsigned char>(word[at]) & 0xC0) == 0x80);
  return at;
}

void add_pairs(std::string_view word, std::vector<std::string>& out) {
  for (std::size_t first = 0, second = behind(word, 0); second < word.size();) {
    const std::size_t end = behind(word, second);
    out.emplace_back(word.substr(first, end - first));
    first = second;
    second = end;
  }
}

void add(std::string_view word, std::string_view prefix, std::vector<std::string>& out) {
  if (word.empty() || word.size() > longest_word || std::ranges::any_of(word, is_digit)) return;
  out.push_back(std::string(prefix).append(word));
  if (word.size() > beginning) out.push_back(std::string(prefix).append(word.substr(0, beginning)) + "*");
}

template <class Take>
void each_word(std::string_view folded_text, Take take) {
  for (std::size_t count = 0; !folded_text.empty() && count < most_words; ++count) {
    const auto end = std::min(folded_text.find(' '), folded_text.size());
    take(folded_text.substr(0, end));
    folded_text.remove_prefix(std::min(end + 1, folded_text.size()));
  }
}

}  // namespace

std::vector<std::string> telling_words(std::string_view folded_subject, std::string_view folded_text) {
  std::vector<std::string> out;
  const auto plain = [&](std::string_view word) {
    without_blanks(word) ? add_pairs(word, out) : add(word, "", out);
  };
  each_word(folded_text, plain);
  each_word(folded_subject, [&](std::string_view word) {
    plain(word);
    if (!without_blanks(word)) add(word, "subject:", out);
  });
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace oin
