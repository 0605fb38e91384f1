#include "parsers/reply_text_marks.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <unordered_set>

#include "parsers/ascii.hpp"
#include "parsers/reply_phrases.hpp"
#include "parsers/reply_text_words.hpp"

namespace oin {
namespace {

using Lines = std::vector<TextLine>;
constexpr auto npos = std::string_view::npos;

using Phrases = std::unordered_set<std::string_view>;

Phrases phrases(std::span<const std::string_view> table) { return {table.begin(), table.end()}; }

bool is_dashed(std::string_view line) {
  return std::ranges::any_of(std::to_array<std::string_view>({"--", "__", "==", "—"}),
                             [&](auto dashes) { return line.starts_with(dashes); });
}

/// One of the titles and otherwise only dashes; between dashes some more words may follow.
bool is_title(std::string_view line, const std::string& words, const Phrases& titles) {
  constexpr std::size_t more = 80;
  if (titles.contains(words)) return true;
  return is_dashed(line) && std::ranges::any_of(titles, [&](auto title) {
           return words.starts_with(title) && words.size() <= title.size() + more;
         });
}

/// "<EntityDescriptor", "<https://", a "<" at the end of a line: not "<3".
bool opens_tag(std::string_view angle) {
  return angle.front() == '<' &&
         (angle.size() == 1 || is_alpha(angle[1]) || contains("/!?", angle.substr(1, 1)));
}

constexpr std::string_view device_marks = "*_-[] \t";

}  // namespace

std::vector<bool> quoted_lines(const Lines& lines) {
  constexpr int longest_tag = 30;  // lines
  std::vector<bool> quoted(lines.size());
  bool fenced = false, prompts = false;
  int open_tag = 0;  // lines since a "<" that was not closed
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = stripped(lines[i].text);
    if (!line.starts_with('>')) {
      if (line.starts_with("```") || line.starts_with("~~~")) fenced = !fenced;
      // diff and curl -v set "<" and ">" in front of the lines they show.
      prompts = line.starts_with("< ") || line == "<" || (prompts && line == "---");
      const auto angle = line.find_last_of("<>");
      if (line.empty())
        open_tag = 0;
      else if (angle != npos)
        open_tag = opens_tag(line.substr(angle)) ? 1 : 0;
      else if (open_tag > 0 && ++open_tag > longest_tag)
        open_tag = 0;
      continue;
    }
    const bool closes_tag = open_tag == 1 || (open_tag > 0 && !line.starts_with("> "));
    const bool decoration = line.starts_with(">>") && line.ends_with("<<");
    quoted[i] =
        !fenced && !prompts && !closes_tag && !decoration && !line.starts_with(">From ") && line != ">:";
    open_tag = 0;
  }
  // The same output read upwards: "> GET /" stands above the first "< 200 OK".
  for (std::size_t i = lines.size(); i-- > 1;) {
    const std::string_view below = stripped(lines[i].text);
    const bool shown = below.starts_with("< ") || below == "<" || (below.starts_with('>') && !quoted[i]);
    if (shown && quoted[i - 1] && !below.starts_with(">From ") && below != ">:") quoted[i - 1] = false;
  }
  return quoted;
}

bool is_rule(std::string_view line) {
  line = bare(line);
  return line.size() >= 3 && line.find_first_not_of("-_=* ") == npos && line.front() == line.back() &&
         (line.size() >= 5 || line == "---" || line == "----" || line == "___");
}

Title title_of(std::string_view line) {
  constexpr std::size_t longest = 160, longest_bare = 80;
  static const Phrases originals = phrases(original_message_titles());
  static const Phrases forwards = phrases(forwarded_message_titles());
  const std::string_view text = bare(line);
  if (text.empty() || text.size() > (is_dashed(text) ? longest : longest_bare)) return Title::none;
  const std::string words =
      lower(undecorated(text.substr(0, text.size() - (text.ends_with("：") ? 3 : 0)), "-_=*: \t"));
  if (words.empty()) return Title::none;
  if (is_title(text, words, forwards)) return Title::forwarded;
  if (!is_title(text, words, originals)) return Title::none;
  return is_dashed(text) ? Title::original : Title::bare_original;
}

bool hints_at_answers_within(std::string_view written) {
  return contains_any_word(lower(written), answers_within_hints());
}

bool is_reply_above_line(std::string_view line) {
  return starts_with_any(undecorated(line, "#-_=*+~:.[]() \t"), reply_above_lines());
}

bool is_device_line(std::string_view line) {
  return is_device_like_line(line) && starts_with_any(undecorated(line, device_marks), device_lines()) &&
         contains_any(lower(line), device_words());
}

bool is_device_like_line(std::string_view line) {
  constexpr std::size_t longest = 100;
  const std::string_view text = undecorated(line, device_marks);
  if (text.empty() || text.size() > longest || contains(text, ", ")) return false;
  return starts_with_any(text, device_lines()) || starts_with_words(text, "sent from ") ||
         (starts_with_any(text, app_lines()) && contains_any(lower(text), device_words()));
}

bool is_dashed_name(std::string_view line) {
  line = bare(line);
  for (const std::string_view dash : {"-", "–", "—"}) {
    if (!line.starts_with(dash)) continue;
    const auto words = pieces(line.substr(dash.size()), ' ');
    // Two words at least: "-Done" may be an answer.
    return words.size() >= 2 && words.size() <= 4 && std::ranges::all_of(words, [](std::string_view word) {
             return begins_name(word) && word.find_first_of("0123456789:/@?!,;()") == npos;
           });
  }
  return false;
}

bool begins_disclaimer(std::string_view paragraph) {
  return starts_with_any(undecorated(paragraph, "*_-=# \t\n"), disclaimer_starts());
}

std::size_t disclaimer_words_in(std::string_view paragraph) {
  const std::string words = lower(paragraph);
  return static_cast<std::size_t>(
      std::ranges::count_if(disclaimer_words(), [&](auto word) { return contains(words, word); }));
}

}  // namespace oin
