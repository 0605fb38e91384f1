#include "parsers/labelled_line.hpp"

#include <algorithm>
#include <array>

#include "parsers/ascii.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

constexpr int most_label_words = 8;

bool plausible(std::string_view label) {
  if (label.empty() || label.size() > longest_label || contains(label, "/") || contains(label, "@"))
    return false;
  if (!std::ranges::any_of(label,
                           [](char c) { return is_alpha(c) || static_cast<unsigned char>(c) >= 0x80; }))
    return false;
  return std::ssize(pieces(label, ' ')) <= most_label_words;
}

struct Separator {
  std::size_t at = std::string_view::npos;
  std::size_t length = 0;
  bool strong = false;  ///< enough to make a label of words that nobody knows
};

/// The bytes with which a separator may begin; 0xEF is the first of a full-width colon's.
constexpr std::array<bool, 256> separator_begins = [] {
  std::array<bool, 256> begins{};
  for (const unsigned char c : {' ', ':', '\xEF', '\t', '?', '=', '|'}) begins[c] = true;
  return begins;
}();

/// The letters of a next word with which nothing begins that a blank could separate: all but that of "http".
constexpr std::array<bool, 256> word_goes_on = [] {
  std::array<bool, 256> letters{};
  for (std::size_t c = 0; c < letters.size(); ++c)
    letters[c] = is_alpha(static_cast<char>(c)) && lower(static_cast<char>(c)) != 'h';
  return letters;
}();

/// The next place at or behind `from` where a label may end.
Separator next_separator(std::string_view text, std::size_t from) {
  const std::size_t end = std::min(text.size(), longest_label + 1);
  for (std::size_t i = from; i < end; ++i) {
    const char first = text[i];
    if (!separator_begins[static_cast<unsigned char>(first)]) continue;
    if (first == ' ' && i + 1 < text.size() && word_goes_on[static_cast<unsigned char>(text[i + 1])])
      continue;
    const std::string_view rest = text.substr(i);
    if (first == ' ' && (rest.size() == 1 || is_alpha(rest[1])) && !starts_with_words(rest, " http"))
      continue;
    if (rest.front() == ':' && !rest.starts_with("://"))
      return {i, 1, rest.size() == 1 || is_blank(rest[1]) || rest[1] == '*' || rest[1] == '_'};
    if (rest.starts_with("：")) return {i, std::string_view("：").size(), true};
    if (rest.front() == '\t') return {i, 1, true};
    if (rest.front() == '?' && rest.size() > 1 && is_blank(rest[1])) return {i, 1, true};
    for (const std::string_view sign : {" => ", "=>", " = ", "=", "|", " -> ", " → ", " - ", " – ", " — "})
      if (rest.starts_with(sign)) return {i, sign.size(), false};
    if (rest.front() == ' ' &&
        (starts_with_words(rest.substr(1), "https://") || starts_with_words(rest.substr(1), "http://")))
      return {i, 1, false};
  }
  return {};
}

std::string_view value_behind(std::string_view text, std::size_t at) {
  std::string_view value = bare(text.substr(at));
  // "**App name:** Acme" leaves the closing mark in front of the value.
  for (const std::string_view mark : {"**", "__", "*"})
    if (value.starts_with(mark) && text.starts_with(mark)) return bare(value.substr(mark.size()));
  if (value.starts_with('|')) value = bare(value.substr(1));
  if (text.starts_with('*') && value == "*") return {};
  return value;
}

/// "(required)" behind a question is a form's remark on it.
bool is_remark(std::string_view value) {
  return same_word(value, "(required)") || same_word(value, "(optional)") || value == "*";
}

/// May a weak separator end this row's label?  A blank before a URL only where a URL is asked for.
bool fits(const FieldRow* row, bool blank) {
  if (!row) return false;
  if (!blank) return true;
  return row->shape == Shape::url || row->shape == Shape::file || row->shape == Shape::list ||
         row->shape == Shape::contacts;
}

}  // namespace

std::size_t bullet_length(std::string_view text) {
  for (const std::string_view bullet : {"- ", "* ", "+ ", "• ", "· ", "‣ ", "◦ ", "– ", "o ", "→ "})
    if (text.starts_with(bullet)) return bullet.size();
  std::size_t i = 0;
  if (i < text.size() && (text[i] == 'Q' || text[i] == 'q')) ++i;
  const std::size_t digits = i;
  while (i < text.size() && i < digits + 3 && is_digit(text[i])) ++i;
  if (i == 0 && text.size() > 1 && is_alpha(text[0]) && text[1] == ')') i = 1;
  const bool numbered =
      i > 0 && (i > digits || i == 1) && i + 1 < text.size() && (text[i] == '.' || text[i] == ')');
  return numbered && text[i + 1] == ' ' ? i + 2 : 0;
}

std::string_view without_bullet(std::string_view text) {
  text = bare(text);
  return bare(text.substr(bullet_length(text)));
}

bool is_url_alone(std::string_view line) {
  line = bare(line);
  return (starts_with_words(line, "https://") || starts_with_words(line, "http://")) &&
         line.find_first_of(" \t") == std::string_view::npos;
}

bool is_underline(std::string_view line) {
  line = bare(line);
  return line.size() >= 3 && line.find_first_not_of(line.substr(0, 1)) == std::string_view::npos &&
         contains("-=~_*", line.substr(0, 1));
}

bool begins_armour(std::string_view line) { return bare(line).starts_with("-----BEGIN "); }
bool ends_armour(std::string_view line) { return bare(line).starts_with("-----END "); }

std::string_view without_marks(std::string_view text, std::string_view marks) {
  const auto first = text.find_first_not_of(marks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(marks) - first + 1);
}

std::optional<Label> labelled(std::string_view line, std::string_view section) {
  std::string_view text = without_bullet(unquoted(line));
  if (text.starts_with('|')) {  // a table's row
    text = bare(text.substr(1));
    if (text.ends_with('|')) text = bare(text.substr(0, text.size() - 1));
  }
  if (text.empty() || starts_with_words(text, "http")) return std::nullopt;
  std::optional<Label> unknown;
  int tried = 0;
  for (Separator end = next_separator(text, 0); end.at != std::string_view::npos && tried < 5;
       end = next_separator(text, end.at + end.length), ++tried) {
    const std::string_view label = bare(text.substr(0, end.at));
    std::string_view value = value_behind(text, end.at + end.length);
    if (is_remark(value)) value = {};
    std::string key = known_key(label);
    if (!key.empty() && (end.strong || text[end.at] == ':' ||
                         fits(row_of(section, key), end.length == 1 && text[end.at] == ' ')))
      return Label{label, value, key};
    if (!unknown && end.strong && plausible(label))
      unknown = Label{label, value, nearest_key(label_key(label))};
  }
  if (unknown) return unknown;
  const std::string_view alone = without_marks(text, "*_# ");
  std::string key = alone.size() <= 60 && !alone.ends_with('.') ? known_key(alone) : std::string();
  if (!key.empty() && row_of(section, key)) return Label{bare(alone), {}, key, false};
  return std::nullopt;
}

std::string_view unquoted(std::string_view line) {
  while (!line.empty() && line.front() == '>') line.remove_prefix(line.starts_with("> ") ? 2 : 1);
  return line;
}

bool is_unanswered(std::string_view line) {
  const auto label = labelled(line, "");
  if (!label || label->key.empty() || !label->separated) return false;
  return label->value.find_first_not_of("_. \t") == std::string_view::npos || label->value == "…";
}

bool is_bracketed_title(std::string_view line) {
  line = bare(unquoted(line));
  return line.size() > 2 && line.front() == '[' && line.back() == ']';
}

}  // namespace oin
