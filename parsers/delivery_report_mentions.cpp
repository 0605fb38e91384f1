#include "parsers/delivery_report_mentions.hpp"

#include <algorithm>
#include <string_view>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/delivery_report_phrases.hpp"
#include "parsers/delivery_report_status.hpp"

namespace oin {
namespace {

constexpr std::size_t most_mentions_in_line = 50;

unsigned char byte(char c) { return static_cast<unsigned char>(c); }
bool is_continuation(char c) { return (byte(c) & 0xC0) == 0x80; }

/// Of scripts that are written without blanks between words, and of typographic punctuation.
bool is_wide_lead(char c) { return byte(c) >= 0xE1; }

/// atext (RFC 5322 3.2.3, RFC 6532 3.2) of letters that stand between blanks: a no-break space or a
/// guillemet (U+0080 to U+00BF) is none.
bool is_narrow_address_lead(char c) {
  return is_alpha(c) || is_digit(c) || (byte(c) >= 0xC3 && byte(c) < 0xE1) ||
         std::string_view("!#$%&'*+/=?^_`{|}~-.").find(c) != std::string_view::npos;
}

/// Ideographs and the like, but none of their punctuation (U+3000 to U+303F, U+FF00 to U+FFEF, U+20xx).
bool is_wide_letter(std::string_view character) {
  return is_wide_lead(character.front()) && !character.starts_with("\xE2") &&
         !character.starts_with("\xE3\x80") && !character.starts_with("\xEF\xBC") &&
         !character.starts_with("\xEF\xBD");
}

std::string_view character_before(std::string_view text, std::size_t end) {
  std::size_t begin = end - 1;
  while (begin > 0 && end - begin < 4 && is_continuation(text[begin])) --begin;
  return text.substr(begin, end - begin);
}

std::string_view character_at(std::string_view text, std::size_t begin) {
  std::size_t end = begin + 1;
  while (end < text.size() && end - begin < 4 && is_continuation(text[end])) ++end;
  return text.substr(begin, end - begin);
}

/// A character of an address; `wide`: the address is in a script without blanks itself.
bool is_address_character(std::string_view character, bool wide) {
  return is_narrow_address_lead(character.front()) || (wide && is_wide_letter(character));
}

std::size_t local_part_begin(std::string_view line, std::size_t at) {
  std::size_t begin = at;
  bool wide = false;
  while (begin > 0) {
    const std::string_view before = character_before(line, begin);
    if (begin == at) wide = is_wide_letter(before);
    if (!is_address_character(before, wide)) break;
    begin -= before.size();
  }
  while (begin < at && std::string_view("'*-.=#").find(line[begin]) != std::string_view::npos) ++begin;
  return begin;
}

std::size_t domain_end(std::string_view line, std::size_t at) {
  std::size_t end = at + 1;
  bool wide = false;
  while (end < line.size()) {
    const std::string_view next = character_at(line, end);
    if (end == at + 1) wide = is_wide_letter(next);
    if (!is_address_character(next, wide)) break;
    end += next.size();
  }
  while (end > at + 1 && std::string_view(".'-*?!").find(line[end - 1]) != std::string_view::npos) --end;
  return end;
}

/// Without the brackets, quotes and list marks at its front, ASCII or not.
std::string_view without_marks(std::string_view text) {
  constexpr std::string_view marks = " \t<>'\"([*-#.";
  while (!text.empty() && !text.starts_with("<<<")) {  // "<<<" is the server's side of a dialogue
    const std::string_view first = character_at(text, 0);
    const bool mark = first.size() == 1 ? marks.find(first) != std::string_view::npos
                                        : byte(first.front()) == 0xC2 ||
                                              (is_wide_lead(first.front()) && !is_wide_letter(first));
    if (!mark) break;
    text.remove_prefix(first.size());
  }
  return text;
}

/// Only marks, or a reply code with its status, in front of it?
Standing standing_at_front(std::string_view before) {
  before = without_marks(before);
  if (before.empty()) return Standing::leads;
  if (before.size() < 3 || reply_class(before.substr(0, 3)) == 0) return Standing::mentioned;
  before = without_marks(before.substr(3));
  if (const std::string status = status_in(before); !status.empty() && before.starts_with(status))
    before = without_marks(before.substr(status.size()));
  return before.empty() ? Standing::coded : Standing::mentioned;
}

std::string_view without_opening_marks(std::string_view text) {
  while (!text.empty()) {
    const std::string_view last = character_before(text, text.size());
    const bool mark = last.size() == 1 ? std::string_view(" \t<'\"([").find(last) != std::string_view::npos
                                       : is_wide_lead(last.front()) && !is_wide_letter(last);
    if (!mark) break;
    text.remove_suffix(last.size());
  }
  return text;
}

/// The text ends in this word, and no letters stand right before it; in
/// scripts without blanks they may.
bool ends_in_word(std::string_view text, std::string_view word) {
  if (text.size() < word.size() || !same_word(text.substr(text.size() - word.size()), word)) return false;
  if (text.size() == word.size() || is_wide_lead(word.front())) return true;
  const std::string_view before = character_before(text, text.size() - word.size());
  return before.size() == 1 && !is_alpha(before.front()) && !is_digit(before.front());
}

bool ends_in_one_of(std::string_view text, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](auto word) { return ends_in_word(text, word); });
}

Standing standing(std::string_view line, std::size_t begin) {
  std::string_view before = line.substr(0, begin);
  if (const Standing front = standing_at_front(before); front != Standing::mentioned) return front;
  before = without_opening_marks(before);
  // The longer words first: "expanded from:" is a recipient, "from:" is none.
  if (ends_in_word(before, "expanded from:")) return Standing::told;
  if (ends_in_one_of(before, bystander_words())) return Standing::bystander;
  if (ends_in_one_of(before, recipient_words())) return Standing::told;
  return reply_class(line) != 0 ? Standing::told : Standing::mentioned;
}

/// "https://x/?to=ada@x.example": an address within a URL is nobody's.
bool is_within_url(std::string_view line, std::size_t begin) {
  const auto scheme = line.substr(0, begin).rfind("://");
  return scheme != std::string_view::npos &&
         line.substr(scheme, begin - scheme).find_first_of(" \t<>") == std::string_view::npos;
}

void add_mentions(std::vector<Mention>& found, std::string_view line, std::size_t number) {
  line = line.substr(0, longest_mention_line);
  const std::size_t most = found.size() + most_mentions_in_line;
  for (auto at = line.find('@'); at != std::string_view::npos && found.size() < most;
       at = line.find('@', at + 1)) {
    const std::size_t begin = local_part_begin(line, at), end = domain_end(line, at);
    const std::string_view domain = line.substr(at + 1, end - at - 1);
    if (begin == at || domain.find('.') == std::string_view::npos || domain.front() == '.') continue;
    if (begin > 0 && line[begin - 1] == '@') continue;  // "a@b@c" is none
    std::string address(line.substr(begin, end - begin));
    if (is_within_url(line, begin) || !is_utf8(address)) continue;
    found.push_back({std::move(address), number, end, standing(line, begin)});
  }
}

/// Whoever leads a line that is indented deeper than the recipient's own, with no blank line between, is part
/// of what is said about that one: Postfix folds the server's words so.
void take_back_folds(std::vector<Mention>& found, std::span<const TextLine> lines) {
  const Mention* recipient = nullptr;
  std::size_t paragraph_end = 0;  // of the recipient's, as far as it was looked for
  for (Mention& mention : found) {
    if (mention.standing != Standing::leads) continue;
    while (paragraph_end < mention.line && !is_blank_line(lines[paragraph_end].text)) ++paragraph_end;
    if (recipient != nullptr && paragraph_end == mention.line &&
        indentation(lines[mention.line].text) > indentation(lines[recipient->line].text)) {
      mention.standing = Standing::mentioned;
    } else {
      recipient = &mention;
      paragraph_end = mention.line;
    }
  }
}

}  // namespace

std::vector<Mention> mentions(std::span<const TextLine> lines) {
  std::vector<Mention> found;
  for (std::size_t i = 0; i < lines.size(); ++i) add_mentions(found, lines[i].text, i);
  take_back_folds(found, lines);
  return found;
}

}  // namespace oin
