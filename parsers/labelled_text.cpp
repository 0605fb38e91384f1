#include "parsers/labelled_text.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "parsers/ascii.hpp"

namespace oin {
namespace {

constexpr int most_label_words = 8;
constexpr std::size_t wrapped_width = 60;  // mail programs wrap at 72 to 78; a shorter line ended on purpose

std::size_t indentation(std::string_view line) {
  std::size_t columns = 0;
  for (const char c : line) {
    if (!is_blank(c)) break;
    columns += c == '\t' ? 4 : 1;
  }
  return columns;
}

/// The length of a bullet or number with its blank: "- ", "• ", "12. ", "a) ", "Q3. "; else 0.
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

/// Nothing but the characters that people underline with.
bool is_underline(std::string_view line) {
  line = bare(line);
  return line.size() >= 3 && line.find_first_not_of(line.substr(0, 1)) == std::string_view::npos &&
         contains("-=~_*", line.substr(0, 1));
}

/// "-----BEGIN CERTIFICATE-----" (RFC 7468), which is no title; its block is one value.
bool begins_armour(std::string_view line) { return bare(line).starts_with("-----BEGIN "); }
bool ends_armour(std::string_view line) { return bare(line).starts_with("-----END "); }

std::string_view without_marks(std::string_view text, std::string_view marks) {
  const auto first = text.find_first_not_of(marks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(marks) - first + 1);
}

struct Label {
  std::string_view label, value;
  std::string key;        ///< empty: not known
  bool separated = true;  ///< false: the label stands alone, without even a colon
};

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

/// Reads a line as label and value; nothing when it is neither.
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

/// Reads the lines from front to back.
class Scanner {
 public:
  explicit Scanner(const std::vector<TextLine>& lines) : lines_(lines) {}

  LabelledText read() && {
    while (at_ < lines_.size()) step();
    return std::move(found_);
  }

 private:
  struct Title {
    std::optional<std::string_view> scope;  ///< nothing: the section goes on
    std::string_view text;
    std::size_t lines = 1;
    std::size_t depth = 0;
  };

  std::string_view line(std::size_t at) const { return unquoted(lines_[at].text); }
  bool blank(std::size_t at) const { return is_blank_line(line(at)); }

  std::size_t next_written(std::size_t at) const {
    while (at < lines_.size() && blank(at)) ++at;
    return at;
  }

  void step() {
    if (blank(at_) || is_underline(line(at_))) {
      ++at_;
    } else if (const auto title = title_at(at_)) {
      if (title->scope) {
        section_ = *title->scope;
        depth_ = title->depth;
        found_.sections.push_back({section_, std::string(title->text), lines_[at_].number});
      }
      at_ += title->lines;
    } else if (const auto label = labelled(line(at_), section_)) {
      const int number = lines_[at_].number;
      std::string value = value_of(*label);  // moves at_ on
      if (!value.empty())
        found_.values.push_back({std::string(label->label), label->key, std::move(value), section_, number});
    } else {
      ++at_;
    }
  }

  bool has_known_label(std::size_t at) const {
    if (at >= lines_.size()) return false;
    const auto label = labelled(line(at), section_);
    return label && !label->key.empty();
  }

  /// Is what follows a section's content, and not one label's value?
  bool leads_to_labels(std::size_t at, std::string_view scope) const {
    const std::size_t next = next_written(at);
    if (next == lines_.size()) return false;
    const auto label = labelled(line(next), scope);
    return label && !label->key.empty();
  }

  static Title marked(std::string_view title, std::size_t depth = 0) {
    title = bare(without_marks(bare(title), "*_:#= "));
    return {scope_of_title(title, false).value_or(std::string_view()), title, 1, depth};
  }

  std::optional<Title> title_at(std::size_t at) const {
    std::string_view text = bare(line(at));
    if (text.size() > longest_label || begins_armour(text) || ends_armour(text)) return std::nullopt;
    if (text.starts_with('#')) {
      const std::size_t depth = std::min(text.find_first_not_of('#'), text.size());
      Title title = marked(text, depth);
      if (!known_key(title.text).empty() && !leads_to_labels(at + 1, title.scope.value_or("")))
        return std::nullopt;
      // A heading below a protocol's own that names nothing leaves the section as it is.
      if (depth_ > 0 && depth > depth_ && !scope_of_title(title.text, false)) title.scope.reset();
      return title;
    }
    if (text.starts_with('[') && text.ends_with(']') && text.size() > 3 &&
        text.substr(1, text.size() - 2).find_first_of("[]") == std::string_view::npos)
      return marked(text.substr(1, text.size() - 2));
    for (const std::string_view mark : {"==", "--", "~~", "__"})
      if (text.size() > 2 * mark.size() && text.starts_with(mark) && text.ends_with(mark) &&
          !is_underline(text))
        return marked(without_marks(text, mark.substr(0, 1)));
    const bool colon = text.ends_with(':') || text.ends_with("：");
    if (at + 1 < lines_.size() && is_underline(line(at + 1)) && !bare(line(at + 1)).starts_with("**")) {
      const auto label = labelled(text, section_);
      if (!label || label->value.empty()) {
        Title title = marked(text);
        title.lines = 2;
        return title;
      }
    }
    const bool bold =
        text.size() > 2 && (text.front() == '*' || text.front() == '_') && text.back() == text.front();
    const std::string_view plain = bare(without_marks(without_bullet(text), "*_: "));
    if (colon || bold) {
      const auto scope = scope_of_title(plain, false);
      const bool is_label = !known_key(plain).empty();
      if (scope && (!is_label || leads_to_labels(at + 1, *scope))) return Title{scope, plain};
      return std::nullopt;
    }
    if (const auto scope = scope_of_title(plain, true)) return Title{scope, plain};
    // "Test account" with nothing around it, above "URL: …".
    if (text.size() < 40 && !contains(text, ":"))
      if (const auto scope = scope_of_title(plain, false); scope && leads_to_labels(at + 1, *scope))
        return Title{scope, plain};
    return std::nullopt;
  }

  void append(std::string& value, std::size_t at) const {
    value.append(value.empty() ? "" : "\n").append(bare(line(at)));
  }

  /// The value of a label at at_, which moves behind it.
  std::string value_of(const Label& label) {
    const FieldRow* row = row_of(section_, label.key);
    const Shape shape = row ? row->shape : Shape::line;
    const bool grows = shape == Shape::list || shape == Shape::choices || shape == Shape::contacts ||
                       shape == Shape::pairs || shape == Shape::variables;
    const std::size_t indent = indentation(line(at_));
    std::string value(label.value);
    std::size_t next = at_ + 1;
    if (begins_armour(value)) return armour();
    if (!value.empty()) {
      for (; next < lines_.size() && !blank(next) && !is_underline(line(next)); ++next) {
        const bool deeper = indentation(line(next)) > indent && bullet_length(bare(line(at_))) == 0;
        const bool flows = shape == Shape::prose || (shape == Shape::line && !labelled(line(next), section_));
        const bool wrapped =
            flows && line(next - 1).size() >= wrapped_width && bullet_length(bare(line(next))) == 0;
        const bool listed = grows && (bare(line(next - 1)).ends_with(',') ||
                                      bullet_length(bare(line(next))) > 0 || is_url_alone(line(next)));
        if (title_at(next) || (has_known_label(next) && !(deeper && shape == Shape::prose))) break;
        if (!deeper && !wrapped && !listed) break;
        append(value, next);
      }
      at_ = next;
      return value;
    }
    const std::size_t first = next_written(next);
    at_ = next;
    if (first == lines_.size() || first > next + 2) return {};
    if (begins_armour(line(first))) {
      at_ = first;
      return armour();
    }
    const bool block = indentation(line(first)) > indent ||
                       (bullet_length(bare(line(first))) > 0 && !label_is_bulleted(indent, next - 1));
    // Within an indented block "email: user.email" is an entry, whatever "email" means elsewhere.
    const bool opaque =
        block && (shape == Shape::prose || shape == Shape::pairs || shape == Shape::variables);
    // "SAML" below "Protocols supported" is its value, and no section's title; "Variables:" is a label.
    const bool names_protocols = row && row->vocabulary == "protocol" && first == next &&
                                 line(first).find(':') == std::string_view::npos;
    if (is_underline(line(first)) ||
        (!opaque && !names_protocols && (title_at(first) || has_known_label(first))))
      return {};
    int blanks = 0;
    for (next = first; next < lines_.size(); ++next) {
      if (blank(next)) {
        // A blank line ends a value, but not a description of several paragraphs.
        const std::size_t after = next_written(next);
        const bool goes_on = shape == Shape::prose && ++blanks < 20 && after == next + 1 &&
                             after < lines_.size() && !(block && indentation(line(after)) <= indent);
        if (!goes_on) break;
        if (title_at(after) || (!block && has_known_label(after))) break;
        value += '\n';
        continue;
      }
      if (next > first) {
        const bool inside = indentation(line(next)) > indent || bullet_length(bare(line(next))) > 0;
        if (block && !inside) break;
        if (!opaque && (title_at(next) || has_known_label(next))) break;
        if (!block && !grows && shape != Shape::prose && line(next - 1).size() < wrapped_width) break;
      }
      append(value, next);
    }
    at_ = std::max(next, at_);
    return value;
  }

  /// The block that begins in the line at at_, which moves behind it.
  std::string armour() {
    constexpr std::size_t most_lines = 200;  // a chain of certificates has less
    std::string value(line(at_).substr(line(at_).find("-----BEGIN ")));
    for (std::size_t left = most_lines; ++at_ < lines_.size() && left > 0; --left) {
      append(value, at_);
      const bool ends = ends_armour(line(at_));
      if (ends && !(at_ + 1 < lines_.size() && begins_armour(line(at_ + 1)))) return ++at_, value;
    }
    return value;
  }

  /// A label that is itself a list's entry: the next entry is not its value.
  bool label_is_bulleted(std::size_t indent, std::size_t at) const {
    return bullet_length(bare(line(at))) > 0 && indentation(line(at)) == indent;
  }

  const std::vector<TextLine>& lines_;
  std::size_t at_ = 0;
  std::string_view section_;
  std::size_t depth_ = 0;
  LabelledText found_;
};

}  // namespace

std::string_view unquoted(std::string_view line) {
  while (!line.empty() && line.front() == '>') line.remove_prefix(line.starts_with("> ") ? 2 : 1);
  return line;
}

const FieldRow* row_of(std::string_view section, std::string_view key) {
  if (key.empty()) return nullptr;
  if (!section.empty())
    if (const FieldRow* row = row_inside(section, key)) return row;
  if (const auto scoped = protocol_in(key); scoped && !scoped->rest.empty())
    if (const FieldRow* row = row_inside(scoped->scope, scoped->rest)) return row;
  if (section.empty())
    if (const FieldRow* row = row_inside("", key)) return row;
  return row_anywhere(key);
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

LabelledText labelled_text(const std::vector<TextLine>& lines) { return Scanner(lines).read(); }

}  // namespace oin
