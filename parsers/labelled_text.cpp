#include "parsers/labelled_text.hpp"

#include <algorithm>
#include <optional>

#include "parsers/form_table.hpp"
#include "parsers/labelled_line.hpp"
#include "parsers/reply_text_header_block.hpp"
#include "parsers/told_change.hpp"

namespace oin {
namespace {

constexpr std::size_t wrapped_width = 60;  // mail programs wrap at 72 to 78; a shorter line ended on purpose

constexpr std::size_t most_rows = 500, most_cells = 50;  // of a table

/// The cells of a table's row, with or without a bar at its ends.
std::vector<std::string> cells_of(std::string_view line) {
  line = bare(line);
  const std::string_view bar = line.starts_with("||") ? "||" : "|";  // around a heading in Jira
  if (line.starts_with(bar)) line.remove_prefix(bar.size());
  if (line.ends_with(bar)) line.remove_suffix(bar.size());
  std::vector<std::string> cells;
  for (;;) {
    const auto end = cells.size() + 1 < most_cells ? line.find(bar) : std::string_view::npos;
    cells.emplace_back(without_marks(line.substr(0, end), " *`"));
    if (end == std::string_view::npos) return cells;
    line.remove_prefix(end + bar.size());
  }
}

/// What people say of themselves below their names.
bool is_of_signature(const FieldRow& row) {
  return row.shape == Shape::contacts || row.name == "app_website" || row.name == "company_name";
}

/// What Markdown sets below a table's heading: "|---|:--|".
bool is_table_rule(std::string_view line) {
  return contains(line, "|") && contains(line, "-") &&
         line.find_first_not_of("|-: \t") == std::string_view::npos;
}

/// In the middle of a sentence, however short the line before.
bool begins_small(std::string_view line) {
  const std::string_view text = bare(line);
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z';
}

/// Reads the lines from front to back.
class Scanner {
 public:
  explicit Scanner(const std::vector<TextLine>& lines) : lines_(lines) {}

  LabelledText read() && {
    while (at_ < lines_.size()) step();
    drop_questions();
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
      sign_ = {};
      ++at_;
    } else if (is_sign_off(line(at_))) {
      at_ = signature_end(at_);
    } else if (table()) {
      return;
    } else if (const auto title = title_at(at_)) {
      if (title->scope) {
        section_ = *title->scope;
        depth_ = title->depth;
        found_.sections.push_back({section_, std::string(title->text), lines_[at_].number});
      }
      at_ += title->lines;
    } else if (changes()) {
      return;
    } else if (auto label = labelled(line(at_), section_, sign_)) {
      if (const std::size_t block = header_block(); block > 0) {
        at_ += block;
        return;
      }
      const int number = lines_[at_].number;
      sign_ = label->sign;
      if (label->key.empty() && at_ + 1 < lines_.size() && is_table_rule(line(at_ + 1))) {
        at_ += 2;  // "| Field | Value |"
        return;
      }
      if (heads_table(at_)) {
        ++at_;
        return;
      }
      if (const auto inner = label_behind(*label)) label = *inner;
      label = last_of_line(std::move(*label), number);
      const bool takes_new = !label->key.empty() && !is_free(shape_of(*label));
      std::string value = value_of(*label);  // moves at_ on
      if (takes_new) value = std::string(new_of(value));
      if (!value.empty())
        found_.values.push_back({std::string(label->label), label->key, std::move(value), section_, number});
    } else {
      ++at_;
    }
  }

  /// The lines with bars that begin at a line, where they are a form's table.
  std::vector<TableRow> table_at(std::size_t at) {
    std::vector<TableRow> rows;
    if (at < bars_end_) return rows;
    std::size_t end = at;
    const bool framed = bare(line(at)).starts_with('|');  // then so is each of its rows
    const auto is_row = [&](std::string_view text) {
      return contains(text, "|") && bare(text).starts_with('|') == framed;
    };
    for (; end < lines_.size() && end < at + most_rows && is_row(line(end)); ++end)
      if (!is_table_rule(line(end))) rows.push_back({lines_[end].number, cells_of(line(end))});
    if (is_form_table(rows, framed)) return rows;
    bars_end_ = end;
    return {};
  }

  /// Reads such a table at at_ and moves behind it.
  bool table() {
    const std::vector<TableRow> rows = table_at(at_);
    if (rows.empty()) return false;
    StructuredForm form = table_form(rows);
    for (LabelledValue& value : form.text.values) {
      if (value.section.empty()) value.section = section_;
      found_.values.push_back(std::move(value));
    }
    std::ranges::move(form.text.sections, std::back_inserter(found_.sections));
    std::ranges::move(form.more, std::back_inserter(found_.values));
    while (at_ < lines_.size() && (is_table_rule(line(at_)) || lines_[at_].number <= rows.back().line)) ++at_;
    return true;
  }

  /// The length of the header block of a quoted or forwarded mail that begins at at_, or 0.
  std::size_t header_block() {
    if (header_blocks_.empty())
      header_blocks_ = header_block_lengths(lines_);  // few texts have labels at all
    return header_blocks_[at_];
  }

  /// Reads the changes that the line at at_ tells in words, or that and the next one, and moves behind them.
  bool changes() {
    if (!may_tell_change(line(at_))) return false;
    if (const auto label = labelled(line(at_), section_, sign_);
        label && !label->key.empty() && !label->sign.empty())
      return false;
    std::string text(without_bullet(line(at_)));
    std::size_t lines = 1;
    auto told = told_changes(text, section_);
    if (told.empty() && at_ + 1 < lines_.size() && !blank(at_ + 1)) {
      text.append(" ").append(bare(line(at_ + 1)));
      told = told_changes(text, section_);
      lines = 2;
    }
    for (ToldChange& change : told)
      found_.values.push_back({std::string(change.label), std::move(change.key), std::move(change.value),
                               section_, lines_[at_].number});
    if (!told.empty()) at_ += lines;
    return !told.empty();
  }

  /// "What is the ACS URL?" is a form's where other labels are answered too; alone it asks us.
  void drop_questions() {
    constexpr std::ptrdiff_t fewest_known = 3;
    const auto known =
        std::ranges::count_if(found_.values, [](const LabelledValue& each) { return !each.key.empty(); });
    if (known < fewest_known)
      std::erase_if(found_.values,
                    [](const LabelledValue& each) { return !each.key.empty() && is_question(each.label); });
  }

  static bool is_free(Shape shape) {
    return shape == Shape::prose || shape == Shape::pairs || shape == Shape::variables;
  }

  /// "Typo, sorry: ACS URL: https://…" begins with words that are no label.
  std::optional<Label> label_behind(const Label& label) const {
    if (!label.key.empty() || label.value.empty()) return std::nullopt;
    auto inner = labelled(label.value, section_);
    if (!inner || inner->key.empty() || inner->value.empty()) return std::nullopt;
    return inner;
  }

  /// Of several labels in one line, takes all but the last: what follows may be its value.
  Label last_of_line(Label label, int number) {
    while (!label.value.empty() && !is_free(shape_of(label))) {
      const auto further = further_label(label.value);
      auto next = further ? labelled(further->rest, section_) : std::nullopt;
      if (!next) break;
      if (!further->value.empty())
        found_.values.push_back(
            {std::string(label.label), label.key, std::string(further->value), section_, number});
      label = std::move(*next);
    }
    return label;
  }

  Shape shape_of(const Label& label) const {
    const FieldRow* row = row_of(section_, label.key);
    return row ? row->shape : Shape::line;
  }

  /// Behind the names and numbers below a sign-off, unless they are a form's labels.
  std::size_t signature_end(std::size_t sign_off) const {
    std::size_t at = next_written(sign_off + 1);
    for (; at < lines_.size() && !blank(at); ++at)
      if (const auto label = labelled(line(at), section_))
        if (const FieldRow* row = row_of(section_, label->key); row && !is_of_signature(*row))
          return sign_off + 1;
    return at;
  }

  /// "NameID" straight below "Name ID:" is what it is, although it is a label elsewhere; so is "email =
  /// user.email" below "Attribute:".  Set in, it is so even where it is a section's title elsewhere.
  bool is_value_below(std::size_t label, std::size_t at, Shape shape) const {
    if (at != label + 1) return false;
    const std::string_view text = line(at);
    if (shape == Shape::pairs && text.find('=') != text.npos && text.find(':') == text.npos) return true;
    if (text.find_first_of(":=\t") != text.npos) return false;
    return indentation(text) > indentation(line(label)) ||
           (bare(line(label)).ends_with(':') && !title_at(at));
  }

  bool has_known_label(std::size_t at) const {
    if (at >= lines_.size()) return false;
    const auto label = labelled(line(at), section_);
    return label && !label->key.empty();
  }

  /// Is the line a label of that field and nothing else?
  bool is_label_of(const FieldRow& row, std::size_t at) const {
    const auto label = labelled(line(at), section_);
    return label && label->value.empty() && label->sign.empty() && row_of(section_, label->key) == &row;
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
    if (text.size() > longest_label || begins_armour(text) || ends_armour(text) ||
        tick_at(without_bullet(text)))
      return std::nullopt;
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
    const auto says_something = [&] {  // "Protocol: SAML", "SAML entity ID - acme"
      const auto label = labelled(text, section_);
      return label && !label->key.empty() && !label->value.empty();
    };
    if (const auto scope = scope_of_title(plain, true); scope && !says_something())
      return Title{scope, plain};
    // "Test account" with nothing around it, above "URL: …".
    if (text.size() < 40 && !contains(text, ":"))
      if (const auto scope = scope_of_title(plain, false);
          scope && leads_to_labels(at + 1, *scope) && !says_something())
        return Title{scope, plain};
    return std::nullopt;
  }

  void append(std::string& value, std::size_t at) const {
    value.append(value.empty() ? "" : "\n").append(bare(line(at)));
  }

  /// The value of a label at at_, which moves behind it.
  std::string value_of(const Label& label) {
    const FieldRow* row = row_of(section_, label.key);
    const Shape shape = shape_of(label);
    const bool grows = shape == Shape::list || shape == Shape::choices || shape == Shape::contacts ||
                       shape == Shape::pairs || shape == Shape::variables;
    const std::size_t indent = indentation(line(at_));
    std::string value(label.value);
    std::size_t next = at_ + 1;
    if (begins_armour(value)) return armour();
    if (!value.empty()) {
      for (; next < lines_.size() && !is_underline(line(next)); ++next) {
        if (blank(next)) {
          // An indented paragraph goes on with a description.
          const bool goes_on = shape == Shape::prose && next + 1 < lines_.size() && !blank(next + 1) &&
                               indentation(line(next + 1)) > indent && !is_underline(line(next + 1)) &&
                               !title_at(next + 1);
          if (!goes_on) break;
          value += '\n';
          continue;
        }
        const bool deeper = indentation(line(next)) > indent && bullet_length(bare(line(at_))) == 0;
        const bool flows = shape == Shape::prose || (shape == Shape::line && !labelled(line(next), section_));
        const bool goes_on =
            line(next - 1).size() >= wrapped_width || (shape == Shape::prose && begins_small(line(next)));
        const bool wrapped = flows && goes_on && bullet_length(bare(line(next))) == 0;
        const bool listed = grows && (bare(line(next - 1)).ends_with(',') ||
                                      bullet_length(bare(line(next))) > 0 || is_url_alone(line(next)));
        if (title_at(next) || (has_known_label(next) && !(deeper && is_free(shape))) ||
            is_sign_off(line(next)))
          break;
        const bool indented = deeper && (is_free(shape) || !labelled(line(next), section_));
        if (!indented && !wrapped && !listed) break;
        append(value, next);
      }
      at_ = next;
      return value;
    }
    const std::size_t first = next_written(next), label_line = at_;
    at_ = next;
    if (first == lines_.size() || first > next + 2 || !table_at(first).empty()) return {};
    if (label.key.empty() && (leads_to_change(first) || heads_table(first))) return {};
    if (auto changed = old_and_new(label, first)) return *changed;
    if (begins_armour(line(first))) {
      at_ = first;
      return armour();
    }
    const bool block = indentation(line(first)) > indent ||
                       (bullet_length(bare(line(first))) > 0 && !label_is_bulleted(indent, label_line));
    // Within an indented block "email: user.email" is an entry, whatever "email" means elsewhere.
    const bool opaque = block && is_free(shape);
    // "SAML" below "Protocols supported" is its value, and no section's title; "Variables:" is a label.
    const bool names_protocols = row && row->vocabulary == "protocol" && first == next &&
                                 line(first).find(':') == std::string_view::npos;
    // "self-service" below "Set up by", without any sign: nobody writes a label twice.
    const bool names_itself = row && first == next && is_label_of(*row, first);
    if (is_underline(line(first)) ||
        (!opaque && !names_protocols && !names_itself && !is_value_below(label_line, first, shape) &&
         (title_at(first) || has_known_label(first))))
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
        const bool inside = indentation(line(next)) > indent ||
                            (bullet_length(bare(line(next))) > 0 && !label_is_bulleted(indent, label_line));
        if (block && !inside) break;
        if (is_sign_off(line(next)) || (!opaque && (title_at(next) || has_known_label(next)))) break;
        if (!block && !grows && shape != Shape::prose && line(next - 1).size() < wrapped_width) break;
      }
      append(value, next);
    }
    at_ = std::max(next, at_);
    return value;
  }

  /// "Field: Value": a heading row that a mail program has made a line of, with the table's first row below.
  bool heads_table(std::size_t at) const {
    const auto label = labelled(line(at), section_);
    return label && label->key.empty() && is_table_heading(label->label, label->value) &&
           has_known_label(at + 1);
  }

  /// "We need these changes:" stands above what is told, and is no label of it.
  bool leads_to_change(std::size_t first) const {
    constexpr std::size_t most_lines = 5;
    for (std::size_t at = first; at < lines_.size() && at < first + most_lines && !blank(at); ++at)
      if (may_tell_change(line(at)) && !told_changes(without_bullet(line(at)), section_).empty()) return true;
    return false;
  }

  /// "Old: a" above "New: b", beneath a label: takes the new and moves behind it.
  std::optional<std::string> old_and_new(const Label& label, std::size_t first) {
    if (first + 1 >= lines_.size()) return std::nullopt;
    const auto before = labelled(line(first), section_), now = labelled(line(first + 1), section_);
    if (!before || !now || now->value.empty() || !tells_past(before->label) || !tells_present(now->label))
      return std::nullopt;
    found_.values.push_back({std::string(label.label) + ", " + std::string(before->label),
                             {},
                             std::string(before->value),
                             section_,
                             lines_[first].number});
    at_ = first + 2;
    return std::string(now->value);
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
  std::size_t bars_end_ = 0;  // behind the last lines with bars that are no table
  std::string_view sign_;     // what set apart the label and value of the line before
  std::vector<unsigned char> header_blocks_;
  LabelledText found_;
};

}  // namespace

LabelledText labelled_text(const std::vector<TextLine>& lines) { return Scanner(lines).read(); }

}  // namespace oin
