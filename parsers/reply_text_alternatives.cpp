#include "parsers/reply_text_alternatives.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "parsers/ascii.hpp"
#include "parsers/html_text.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

/// One of these stands in any HTML that html_text_marks.cpp finds something quoted in.
constexpr auto signs_of_quotation = std::to_array<std::string_view>(
    {"blockquote", "BLOCKQUOTE", "_quote", "yahoo_quoted", "RplyFwdMsg", "appendonsend",
     "OLK_SRC_BODY_SECTION", "reference-message", "OutlookMessageHeader", "border-top", "iNotesHistory",
     "messageReplySection"});

bool is_word_byte(char c) { return is_alpha(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80; }

/// Calls `use` with each run of letters and digits; what stands in "<>" or "[]" is a program's own.
template <class Use>
void for_each_word(std::string_view text, Use use) {
  constexpr std::size_t longest_mark = 2000;
  while (!text.empty()) {
    const char closing = text.front() == '<' ? '>' : text.front() == '[' ? ']' : 0;
    const auto end = closing == 0 ? std::string_view::npos : text.substr(0, longest_mark).find(closing);
    if (end != std::string_view::npos) {
      text.remove_prefix(end + 1);
      continue;
    }
    const auto word = static_cast<std::size_t>(std::ranges::find_if_not(text, is_word_byte) - text.begin());
    if (word > 0) use(text.substr(0, word));
    text.remove_prefix(std::max<std::size_t>(word, 1));
  }
}

bool has_all_words(std::string_view text, std::string_view words) {
  std::unordered_set<std::string_view> known;
  for_each_word(text, [&](std::string_view word) { known.insert(word); });
  bool all = true;
  for_each_word(words, [&](std::string_view word) { all = all && known.contains(word); });
  return all;
}

}  // namespace

Reply reply(std::string_view text, std::string_view html, std::string_view subject) {
  Reply by_text = reply(text, subject);
  if (by_text.told_apart ||
      std::ranges::none_of(signs_of_quotation, [&](auto sign) { return contains(html, sign); }))
    return by_text;
  const HtmlText shown = html_text(html);
  Reply by_html = reply(shown.text, subject);
  const bool better = by_html.told_apart && !by_html.text.empty() && has_all_words(text, by_html.text) &&
                      has_all_words(shown.text, text);
  if (better) return by_html;
  if (by_html.told_apart) by_text.own_size = 0;
  return by_text;
}

}  // namespace oin
