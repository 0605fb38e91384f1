#include "parsers/reply_text_marks.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "parsers/ascii.hpp"
#include "parsers/reply_phrases.hpp"
#include "parsers/reply_text_words.hpp"

namespace oin {
namespace {

using Lines = std::vector<TextLine>;
constexpr auto npos = std::string_view::npos;

constexpr auto dashes = std::to_array<std::string_view>({"--", "__", "==", "—"});

bool begins_dashed(std::string_view line) {
  return std::ranges::any_of(dashes, [&](auto some) { return line.starts_with(some); });
}

bool ends_dashed(std::string_view line) {
  return std::ranges::any_of(dashes, [&](auto some) { return line.ends_with(some); });
}

/// One of the titles and nothing else; between dashes some more words may follow.
bool is_title(std::string_view words, bool between_dashes, const Beginnings& titles) {
  constexpr std::size_t more = 80;
  const std::string_view title = titles.of(words);
  return !title.empty() && words.size() <= title.size() + (between_dashes ? more : 0);
}

/// "<EntityDescriptor", "<https://", a "<" at the end of a line: not "<3".
bool opens_tag(std::string_view angle) {
  return angle.front() == '<' &&
         (angle.size() == 1 || is_alpha(angle[1]) || contains("/!?", angle.substr(1, 1)));
}

const Beginnings& device_beginnings() {
  static const Beginnings beginnings(device_lines());
  return beginnings;
}

/// Without decoration; empty where it is too much for a device to say.
std::string_view device_phrase(std::string_view line) {
  constexpr std::size_t longest = 100;
  const std::string_view text = undecorated(line, "*_-[] \t");
  return text.size() > longest || contains(text, ", ") ? std::string_view() : text;
}

/// The last "<" or ">".  Most lines have none, which find() tells faster than its reverse.
std::size_t last_angle(std::string_view line) {
  return line.find('<') != npos || line.find('>') != npos ? line.find_last_of("<>") : npos;
}

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
      const auto angle = last_angle(line);
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
    if (!quoted[i - 1]) continue;
    const std::string_view below = stripped(lines[i].text);
    const bool shown = below.starts_with("< ") || below == "<" || (below.starts_with('>') && !quoted[i]);
    if (shown && !below.starts_with(">From ") && below != ">:") quoted[i - 1] = false;
  }
  return quoted;
}

bool is_rule(std::string_view line) {
  constexpr std::string_view marks = "-_=*";
  constexpr std::size_t shortest = 3;
  if (line.size() < shortest) return false;
  line = bare(line);
  return line.size() >= shortest && marks.find(line.front()) != npos &&
         line.find_first_not_of("-_=* ") == npos && line.front() == line.back() &&
         (line.size() >= 5 || line == "---" || line == "----" || line == "___");
}

bool may_be_mark(std::string_view line) {
  static const Beginnings beginnings(
      {forwarded_message_titles(), original_message_titles(), reply_above_lines(), device_lines()});
  constexpr std::string_view no_break_space = "\xC2\xA0";
  // More than each of the three takes off, so that none is missed: no phrase begins with any of it.
  while (!line.empty() && !is_alpha(line.front())) {
    if (line.starts_with(no_break_space))
      line.remove_prefix(no_break_space.size());
    else if (is_space(line.front()) || contains("#-_=*+~:.[]()", line.substr(0, 1)))
      line.remove_prefix(1);
    else
      break;
  }
  return !beginnings.of(line).empty();
}

Title title_of(std::string_view line) {
  static const Beginnings originals(original_message_titles());
  static const Beginnings forwards(forwarded_message_titles());
  std::string_view text = bare(line);
  const bool dashed = begins_dashed(text), between = dashed && ends_dashed(text);
  if (text.ends_with("：")) text.remove_suffix(std::string_view("：").size());
  const std::string_view words = undecorated(text, "-_=*: \t");
  if (is_title(words, between, forwards)) return Title::forwarded;
  if (!is_title(words, between, originals)) return Title::none;
  return dashed ? Title::original : Title::bare_original;
}

bool hints_at_answers_within(std::string_view written) {
  return contains_any_word(lower(written), answers_within_hints());
}

bool is_reply_above_line(std::string_view line) {
  static const Beginnings beginnings(reply_above_lines());
  return !beginnings.of(undecorated(line, "#-_=*+~:.[]() \t")).empty();
}

bool is_device_line(std::string_view line) {
  const std::string_view text = device_phrase(line);
  return !device_beginnings().of(text).empty() && contains_any(lower(text), device_words());
}

bool is_device_like_line(std::string_view line) {
  static const Beginnings apps(app_lines());
  const std::string_view text = device_phrase(line);
  return !device_beginnings().of(text).empty() || starts_with_words(text, "sent from ") ||
         (!apps.of(text).empty() && contains_any(lower(text), device_words()));
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
  static const Beginnings beginnings(disclaimer_starts());
  return !beginnings.of(undecorated(paragraph, "*_-=# \t\n")).empty();
}

std::size_t disclaimer_words_in(std::string_view paragraph) {
  const std::string words = lower(paragraph);
  return static_cast<std::size_t>(
      std::ranges::count_if(disclaimer_words(), [&](auto word) { return contains(words, word); }));
}

}  // namespace oin
