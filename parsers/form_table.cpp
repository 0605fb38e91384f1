#include "parsers/form_table.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "parsers/ascii.hpp"
#include "parsers/submission_labels.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

constexpr int fewest_known = 2;
constexpr std::size_t most_leading_columns = 3;  // a number, a section, then the labels

/// What stands above the column of labels.
constexpr auto label_words = std::to_array<std::string_view>(
    {"field", "field name", "label", "name", "item", "question", "property", "attribute", "setting", "key"});

/// What stands above the column of values.
constexpr auto value_words = std::to_array<std::string_view>(
    {"value", "answer", "response", "reply", "your answer", "your response", "your value", "vendor response",
     "input", "content", "new value", "new", "updated value", "requested value", "after"});

/// What stands above a column of the form's own remarks.
constexpr auto remark_words = std::to_array<std::string_view>(
    {"required", "required?", "mandatory", "mandatory?", "optional", "example", "hint", "help", "guidance"});

using Rows = std::vector<TableRow>;

std::string_view cell(const TableRow& row, std::size_t column) {
  return column < row.cells.size() ? bare(row.cells[column]) : std::string_view();
}

bool is_one_of(std::span<const std::string_view> words, std::string_view text) {
  return std::ranges::any_of(words, [&](auto word) { return same_word(text, word); });
}

bool is_known(std::string_view text) { return !program_key(text).empty(); }

/// How many rows have a known label in that column.
std::ptrdiff_t labels_in(const Rows& rows, std::size_t column) {
  return std::ranges::count_if(rows, [&](const TableRow& row) { return is_known(cell(row, column)); });
}

std::ptrdiff_t labels_across(const TableRow& row) {
  return std::ranges::count_if(row.cells, [](const std::string& text) { return is_known(text); });
}

std::size_t label_column(const Rows& rows) {
  std::size_t best = 0;
  std::ptrdiff_t most = 0;
  for (std::size_t column = 0; column < most_leading_columns; ++column)
    if (const auto labels = labels_in(rows, column); labels > most) best = column, most = labels;
  return best;
}

bool has_labels_on_top(const Rows& rows) {
  const auto across = labels_across(rows.front());
  return rows.size() > 1 && across >= fewest_known && across > labels_in(rows, label_column(rows));
}

void add_value(LabelledText& text, std::string_view label, std::string_view value, std::string_view section,
               int line) {
  if (!label.empty() && !bare(value).empty())
    text.values.push_back({std::string(label), program_key(label), std::string(bare(value)), section, line});
}

/// A row of labels above rows of values.
StructuredForm form_below_labels(const Rows& rows) {
  StructuredForm form;
  const TableRow& labels = rows.front();
  for (std::size_t row = 1; row < rows.size(); ++row) {
    std::string all;
    for (std::size_t i = 0; i < labels.cells.size(); ++i) {
      const std::string_view value = cell(rows[row], i);
      if (row == 1) add_value(form.text, cell(labels, i), value, {}, rows[row].line);
      if (!value.empty()) append_piece(all, "; ", labels.cells[i] + ": " + std::string(value));
    }
    std::ranges::replace(all, '\n', ' ');
    if (row > 1 && !all.empty())
      form.more.push_back({"Another submission", {}, std::move(all), {}, rows[row].line});
  }
  return form;
}

/// Rows of a label and its value, other columns before and behind.
class Columns {
 public:
  explicit Columns(const Rows& rows) : rows_(rows), labels_(label_column(rows)) {
    const TableRow& top = rows.front();
    if (is_known(cell(top, labels_))) return;
    heading_ = &top;
    for (std::size_t i = labels_ + 1; i < top.cells.size(); ++i) {
      const std::string_view title = cell(top, i);
      if (scope_of_title(title, true)) by_scope_ = true;
      if (!values_ && is_one_of(value_words, title)) values_ = i;
    }
  }

  StructuredForm form() && {
    for (const TableRow& row : rows_) {
      enter_section(row);
      if (&row != heading_) read(row);
    }
    return std::move(form_);
  }

 private:
  void enter_section(const TableRow& row) {
    const auto written =
        std::ranges::count_if(row.cells, [](const std::string& text) { return !bare(text).empty(); });
    const std::string_view title = cell(row, 0);
    if (title.empty() || (labels_ == 0 && written > 1)) return;
    if (const auto scope = scope_of_title(title, false)) {
      section_ = *scope;
      form_.text.sections.push_back({*scope, std::string(title), row.line});
    }
  }

  void read(const TableRow& row) {
    const std::string_view label = cell(row, labels_);
    std::string value;
    for (std::size_t i = labels_ + 1; i < row.cells.size(); ++i) {
      const std::string_view text = cell(row, i);
      const std::string_view title = heading_ ? cell(*heading_, i) : std::string_view();
      if (const auto scope = by_scope_ ? scope_of_title(title, true) : std::nullopt)
        add_value(form_.text, label, text, *scope, row.line);
      else if (!values_ || i == *values_)
        append_piece(value, "\n", text);
      else if (!label.empty() && !text.empty() && !is_one_of(remark_words, title))
        form_.text.values.push_back(
            {std::string(label) + ", " + std::string(title), {}, std::string(text), section_, row.line});
    }
    add_value(form_.text, label, value, section_, row.line);
  }

  const Rows& rows_;
  std::size_t labels_;
  const TableRow* heading_ = nullptr;  ///< "Field,Value": the first row where it has no label that is known
  std::optional<std::size_t> values_;  ///< the column, where the heading names it
  bool by_scope_ = false;              ///< the heading names protocols: "Field,SAML,SCIM"
  std::string_view section_;
  StructuredForm form_;
};

}  // namespace

bool is_table_heading(std::string_view label, std::string_view value) {
  return is_one_of(label_words, bare(label)) && is_one_of(value_words, bare(value));
}

StructuredForm table_form(const Rows& rows) {
  if (rows.empty()) return {};
  return has_labels_on_top(rows) ? form_below_labels(rows) : Columns(rows).form();
}

bool is_form_table(const Rows& rows, bool framed) {
  if (rows.size() < 2) return false;
  const bool wide = std::ranges::any_of(rows, [](const TableRow& row) { return row.cells.size() > 2; });
  return has_labels_on_top(rows) || ((wide || framed) && labels_in(rows, label_column(rows)) >= fewest_known);
}

}  // namespace oin
