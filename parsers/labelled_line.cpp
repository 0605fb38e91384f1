#include "parsers/labelled_line.hpp"

#include <algorithm>
#include <array>

#include "parsers/ascii.hpp"
#include "parsers/submission_label_table.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

constexpr int most_label_words = 8;
constexpr std::size_t narrowest_gap = 3;                         // two blanks stand between sentences
constexpr std::string_view variation_selector = "\xEF\xB8\x8F";  // U+FE0F, behind a sign shown in colours

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
  for (const unsigned char c : {' ', ':', '\xEF', '\t', '?', '=', '|', '.'}) begins[c] = true;
  return begins;
}();

/// The letters of a next word with which nothing begins that a blank could separate: all but that of "http".
constexpr std::array<bool, 256> word_goes_on = [] {
  std::array<bool, 256> letters{};
  for (std::size_t c = 0; c < letters.size(); ++c)
    letters[c] = is_alpha(static_cast<char>(c)) && lower(static_cast<char>(c)) != 'h';
  return letters;
}();

/// Columns are set apart by several blanks or dots; those in front of another separator belong to that.
std::size_t gap_length(std::string_view text) {
  const bool dotted = text.starts_with("...");
  const std::size_t gap = std::min(text.find_first_not_of(dotted ? ". " : " "), text.size());
  if (gap < narrowest_gap || gap == text.size() || separator_begins[static_cast<unsigned char>(text[gap])])
    return 0;
  for (const std::string_view sign : {"-", "–", "—", "→"})
    if (text.substr(gap).starts_with(sign)) return 0;
  return gap;
}

/// The next place at or behind `from` where a label may end.
Separator next_separator(std::string_view text, std::size_t from) {
  const std::size_t end = std::min(text.size(), longest_label + 1);
  for (std::size_t i = from; i < end; ++i) {
    const char first = text[i];
    if (!separator_begins[static_cast<unsigned char>(first)]) continue;
    if (first == '.' && !text.substr(i).starts_with("...")) continue;
    if (first == ' ' && i + 1 < text.size() && word_goes_on[static_cast<unsigned char>(text[i + 1])])
      continue;
    const std::string_view rest = text.substr(i);
    if (first == ' ' && (rest.size() == 1 || is_alpha(rest[1])) && !starts_with_words(rest, " http"))
      continue;
    if (rest.front() == ':' && !rest.starts_with("://"))
      return {i, 1, rest.size() == 1 || is_blank(rest[1]) || rest[1] == '*' || rest[1] == '_'};
    if (rest.starts_with("：")) return {i, std::string_view("：").size(), true};
    if (rest.front() == '\t') return {i, 1, true};
    if (rest.front() == '?' && rest.size() > 1 && (is_blank(rest[1]) || rest[1] == '*' || rest[1] == '_'))
      return {i, 1, true};
    if (const std::size_t gap = gap_length(rest); gap > 0 && text[i - std::min<std::size_t>(i, 1)] != '.')
      return {i, gap, false};
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
  // A line of JSON: "App name": "Acme",
  if (text.starts_with('"') && value.starts_with('"'))
    if (const auto close = value.find('"', 1);
        close != std::string_view::npos &&
        value.find_first_not_of(",}] ", close + 1) == std::string_view::npos)
      value = value.substr(1, close - 1);
  return value;
}

/// The separator without the blanks around it, of which two make one themselves.
std::string_view sign_of(std::string_view separator) {
  const std::string_view sign = bare(separator);
  return sign.empty() && separator.size() > 1 ? separator.substr(0, 2) : sign;
}

/// "(required)" behind a question is a form's remark on it.
bool is_remark(std::string_view value) {
  constexpr auto remarks = std::to_array<std::string_view>(
      {"*", "(required)", "(mandatory)", "(optional)", "(if any)", "(if applicable)"});
  return std::ranges::any_of(remarks, [&](auto remark) { return same_word(value, remark); });
}

/// May a weak separator end this row's label?  A blank before a URL only where a URL is asked for.
bool fits(const FieldRow* row, bool blank) {
  if (!row) return false;
  if (!blank) return true;
  return row->shape == Shape::url || row->shape == Shape::file || row->shape == Shape::list ||
         row->shape == Shape::contacts;
}

}  // namespace

std::size_t symbol_length(std::string_view text) {
  for (const std::string_view bullet : {"- ", "* ", "+ ", "• ", "· ", "‣ ", "◦ ", "▪ ", "– ", "o ", "→ "})
    if (text.starts_with(bullet)) return bullet.size();
  return 0;
}

std::size_t number_length(std::string_view text) {
  const bool opened = text.starts_with('(');
  const std::size_t most_digits = opened ? 2 : 3;  // "(415) " is a telephone's
  std::size_t at = opened ? 1 : 0, groups = 0;
  if (at < text.size() && lower(text[at]) == 'q') ++at;
  for (;; ++at) {
    const std::size_t first = at;
    while (at < text.size() && at < first + most_digits && is_digit(text[at])) ++at;
    if (at > first) ++groups;
    if (at == first || at + 1 >= text.size() || text[at] != '.' || !is_digit(text[at + 1])) break;
  }
  if (groups == 0) {  // "a) "
    at = opened ? 1 : 0;
    if (at + 1 >= text.size() || !is_alpha(text[at]) || text[at + 1] != ')') return 0;
    groups = 1, ++at;
  }
  const bool closed = at < text.size() && (text[at] == ')' || (!opened && text[at] == '.'));
  if (closed) ++at;
  const bool is_number = closed || (!opened && groups > 1);
  return is_number && at < text.size() && is_blank(text[at]) ? at + 1 : 0;
}

std::size_t ordinal_length(std::string_view text) {
  if (text.empty() || !is_alpha(text.front())) return 0;
  for (const std::string_view word : {"section ", "part ", "step ", "question ", "field "}) {
    if (!starts_with_words(text, word)) continue;
    std::size_t at = word.size();
    while (at < text.size() && at < word.size() + 3 && (is_digit(text[at]) || text[at] == '.')) ++at;
    if (at == word.size() && at < text.size() && is_alpha(text[at])) ++at;  // "Part B: "
    for (const std::string_view sign : {": ", ". ", ") ", " - ", " – ", " — "})
      if (at > word.size() && text.substr(at).starts_with(sign)) return at + sign.size();
  }
  return 0;
}

std::size_t bullet_length(std::string_view text) {
  if (const std::size_t ordinal = ordinal_length(text); ordinal > 0) return ordinal;
  const std::size_t symbol = symbol_length(text);
  return symbol > 0 ? symbol : number_length(text);
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

bool is_sign_off(std::string_view line) {
  constexpr std::size_t longest = 40;
  line = bare(line);
  while (line.ends_with(',') || line.ends_with('!') || line.ends_with('.')) line.remove_suffix(1);
  return line.size() <= longest &&
         std::ranges::any_of(sign_offs(), [&](auto words) { return same_word(line, words); });
}

std::string_view without_marks(std::string_view text, std::string_view marks) {
  const auto first = text.find_first_not_of(marks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(marks) - first + 1);
}

std::optional<Tick> tick_at(std::string_view text) {
  struct Mark {
    std::string_view sign;
    bool on;
  };
  constexpr auto marks = std::to_array<Mark>({{"[x]", true},
                                              {"[X]", true},
                                              {"(x)", true},
                                              {"(X)", true},
                                              {"✓", true},
                                              {"✔", true},
                                              {"☑", true},
                                              {"☒", true},
                                              {"✅", true},
                                              {"[ ]", false},
                                              {"[]", false},
                                              {"( )", false},
                                              {"✗", false},
                                              {"✘", false},
                                              {"☐", false},
                                              {"❌", false}});
  constexpr std::string_view first_bytes = "[(\xE2";
  if (text.empty() || first_bytes.find(text.front()) == std::string_view::npos) return std::nullopt;
  for (const Mark& mark : marks) {
    if (!text.starts_with(mark.sign)) continue;
    std::size_t end = mark.sign.size();
    if (text.substr(end).starts_with(variation_selector)) end += variation_selector.size();
    while (end < text.size() && is_blank(text[end])) ++end;
    return Tick{mark.on, end};
  }
  return std::nullopt;
}

std::optional<Label> labelled(std::string_view line, std::string_view section, std::string_view sign_before) {
  std::string_view text = without_bullet(unquoted(line));
  if (text.starts_with('|')) {  // a table's row
    sign_before = "|";
    text = bare(text.substr(1));
    if (text.ends_with('|')) text = bare(text.substr(0, text.size() - 1));
  }
  // A line of JSON: {"App name": "Acme",
  if (const auto first = text.find_first_not_of("{[ "); first != std::string_view::npos && text[first] == '"')
    text = text.substr(first);
  if (text.empty() || starts_with_words(text, "http")) return std::nullopt;
  std::optional<Label> unknown;
  int tried = 0;
  for (Separator end = next_separator(text, 0); end.at != std::string_view::npos && tried < 5;
       end = next_separator(text, end.at + end.length), ++tried) {
    std::string_view label = bare(text.substr(0, end.at));
    std::string_view value = value_behind(text, end.at + end.length);
    if (is_remark(value)) value = {};
    const std::string_view sign = sign_of(text.substr(end.at, end.length));
    std::string key = known_key(label);
    if (key.empty() && end.strong)  // "The entity ID is: acme"
      for (const std::string_view verb : {" is", " are"})
        if (label.ends_with(verb) && !(key = known_key(label.substr(0, label.size() - verb.size()))).empty())
          label.remove_suffix(verb.size());
    const bool strong = end.strong || (!sign.empty() && sign != ":" && sign == sign_before);
    if (!key.empty() &&
        (strong || text[end.at] == ':' || fits(row_of(section, key), end.length == 1 && text[end.at] == ' ')))
      return Label{label, value, key, true, sign};
    if (!unknown && strong && plausible(label))
      unknown = Label{label, value, nearest_key(label_key(label)), true, sign};
  }
  if (unknown) return unknown;
  if (text.ends_with('?') && bullet_length(bare(unquoted(line))) > 0 && plausible(text))
    return Label{text, {}, known_key(text), true, {}};
  const std::string_view alone = without_marks(text, "*_# ");
  std::string key = alone.size() <= 60 && !alone.ends_with('.') ? known_key(alone) : std::string();
  if (!key.empty() && row_of(section, key)) return Label{bare(alone), {}, key, false, {}};
  return std::nullopt;
}

std::string_view unquoted(std::string_view line) {
  while (!line.empty() && line.front() == '>') line.remove_prefix(line.starts_with("> ") ? 2 : 1);
  return line;
}

std::optional<FurtherLabel> further_label(std::string_view value) {
  constexpr std::string_view marks = ",;|\t ";
  constexpr std::size_t most_looked_at = 2'000;
  const std::string_view seen = value.substr(0, most_looked_at);
  for (auto at = seen.find_first_of(marks); at != std::string_view::npos;
       at = seen.find_first_of(marks, at + 1)) {
    if (seen[at] == ' ' && gap_length(seen.substr(at)) == 0) continue;
    const std::string_view rest = bare(seen.substr(at + 1));
    const auto end = rest.substr(0, longest_label).find_first_of(":=");
    if (end != std::string_view::npos && !rest.substr(end).starts_with("://") &&
        !known_key(rest.substr(0, end)).empty())
      return FurtherLabel{bare(value.substr(0, at)),
                          value.substr(static_cast<std::size_t>(rest.data() - value.data()))};
  }
  return std::nullopt;
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
