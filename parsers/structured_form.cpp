#include "parsers/structured_form.hpp"

#include <algorithm>
#include <array>

#include "parsers/ascii.hpp"
#include "parsers/structured_form_tree.hpp"
#include "parsers/submission_values.hpp"

namespace oin {
namespace {

using Kind = FormNode::Kind;

constexpr int fewest_known = 2;

/// What a document says about itself, and not about an integration.
constexpr auto own_keys = std::to_array<std::string_view>({"oin_submission", "revision", "$schema"});

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/// "acsUrl" → "acs Url"; with `acronyms` also "ACSUrl" → "ACS Url".
std::string words_of(std::string_view key, bool acronyms) {
  std::string words;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const bool next_is_small = i + 1 < key.size() && is_alpha(key[i + 1]) && !is_upper(key[i + 1]);
    if (i > 0 && is_upper(key[i]) &&
        ((is_alpha(key[i - 1]) && !is_upper(key[i - 1])) ||
         (acronyms && is_upper(key[i - 1]) && next_is_small)))
      words += ' ';
    words += key[i];
  }
  return words;
}

/// The key of a label as programs spell it.
std::string program_key(std::string_view label) {
  for (const std::string& spelling : {std::string(label), words_of(label, false), words_of(label, true)})
    if (std::string key = known_key(spelling); !key.empty()) return key;
  return nearest_key(label_key(words_of(label, true)));
}

std::string without_feeds(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

void append(std::string& text, std::string_view separator, std::string_view part) {
  if (!part.empty()) text.append(text.empty() ? "" : separator).append(part);
}

/// A map or list in one line: "name: a; value: b".
std::string in_one_line(const FormNode& node) {
  if (node.kind == Kind::text) return without_feeds(node.text);
  std::string line;
  for (const FormNode& child : node.children) {
    const std::string value = in_one_line(child);
    if (!value.empty()) append(line, "; ", node.kind == Kind::map ? child.key + ": " + value : value);
  }
  return line;
}

bool is_name(std::string_view key) { return same_word(key, "name") || same_word(key, "attribute"); }

/// An entry of a list as its field reads one: a variable's parts, "name = value", or the values alone.
std::string entry(const FormNode& node, Shape shape) {
  if (node.kind != Kind::map) return in_one_line(node);
  std::string name, rest;
  for (const FormNode& child : node.children) {
    std::string value = in_one_line(child);
    if (shape == Shape::variables) {
      std::ranges::replace(value, ';', ',');  // it separates the parts
      append(rest, "; ", value.empty() ? value : label_key(child.key) + "=" + value);
    } else if (shape == Shape::pairs && is_name(child.key)) {
      name = value;
    } else {
      append(rest, shape == Shape::pairs ? " " : ", ", value);
    }
  }
  return name.empty() ? rest : name + " = " + rest;
}

bool is_true(const FormNode& node) { return node.kind == Kind::text && yes_or_no(node.text).value_or(false); }

/// What a list or map under a field's own key says, a line an entry.
std::string value_of(const FormNode& node, Shape shape) {
  if (node.kind == Kind::text) return node.text;
  std::string value;
  for (const FormNode& child : node.children)
    if (node.kind == Kind::list)
      append(value, "\n", entry(child, shape));
    else if (shape == Shape::pairs)
      append(value, "\n", child.key + " = " + in_one_line(child));
    else if (shape == Shape::choices)  // {"create_users": true}
      append(value, "\n", is_true(child) ? std::string_view(child.key) : std::string_view());
    else if (shape == Shape::variables)
      append(value, "\n", "name=" + child.key + "; " + entry(child, shape));
    else
      append(value, "\n", in_one_line(child));
  return value;
}

bool holds_maps(const FormNode& node) {
  return std::ranges::any_of(node.children, [](const FormNode& child) { return child.kind == Kind::map; });
}

/// Makes labelled values of a tree.
class TreeReader {
 public:
  StructuredForm read(const FormNode& root) && {
    if (root.kind == Kind::map) map(root, "", "");
    if (root.kind == Kind::list)
      for (const FormNode& child : root.children) submission(child);
    return std::move(form_);
  }

 private:
  /// One of several: the first is read.
  void submission(const FormNode& node) {
    if (node.kind != Kind::map) return;
    if (form_.text.values.empty())
      map(node, "", "");
    else
      form_.more.push_back({"Another submission", {}, in_one_line(node), {}, node.line});
  }

  void map(const FormNode& node, std::string_view section, std::string_view path) {
    for (const FormNode& child : node.children) {
      if (std::ranges::any_of(own_keys, [&](auto own) { return same_word(own, child.key); })) continue;
      const std::string label = path.empty() ? child.key : std::string(path) + "." + child.key;
      std::string key = program_key(child.key);
      const FieldRow* row = row_of(section, key);
      const Shape shape = row ? row->shape : Shape::line;
      const bool takes_map =
          row && (shape == Shape::pairs || shape == Shape::contacts ||
                  ((shape == Shape::choices || shape == Shape::variables || shape == Shape::list) &&
                   !(shape == Shape::choices && holds_maps(child))));
      if (child.kind == Kind::map && !takes_map) {
        section_within(child, section, label);
        continue;
      }
      if (std::string value = value_of(child, shape); !value.empty())
        form_.text.values.push_back({label, std::move(key), std::move(value), section, child.line});
    }
  }

  void section_within(const FormNode& node, std::string_view section, const std::string& label) {
    // A program writes the scope itself ("api"), a person its title ("API service").
    const auto own = std::ranges::find(protocol_scopes(), node.key);
    const auto scope = own != protocol_scopes().end() ? std::optional<std::string_view>(*own)
                                                      : scope_of_title(words_of(node.key, true), false);
    if (scope) form_.text.sections.push_back({*scope, node.key, node.line});
    map(node, scope.value_or(section), scope ? std::string() : label);
  }

  StructuredForm form_;
};

bool is_known(const std::string& cell) { return !program_key(cell).empty(); }

/// How many rows have a known label in that column.
std::ptrdiff_t labels_in(const std::vector<CsvRow>& rows, std::size_t column) {
  return std::ranges::count_if(
      rows, [&](const CsvRow& row) { return column < row.cells.size() && is_known(row.cells[column]); });
}

void add_value(StructuredForm& form, const std::string& label, std::string_view value,
               std::string_view section, int line) {
  if (!bare(label).empty() && !bare(value).empty())
    form.text.values.push_back(
        {std::string(bare(label)), program_key(label), std::string(bare(value)), section, line});
}

/// A row of labels above rows of values.
StructuredForm header_form(const std::vector<CsvRow>& rows) {
  StructuredForm form;
  const CsvRow& header = rows.front();
  for (std::size_t row = 1; row < rows.size(); ++row) {
    std::string all;
    for (std::size_t i = 0; i < rows[row].cells.size() && i < header.cells.size(); ++i) {
      if (row == 1) add_value(form, header.cells[i], rows[row].cells[i], "", rows[row].line);
      if (!bare(rows[row].cells[i]).empty())
        append(all, "; ", header.cells[i] + ": " + without_feeds(rows[row].cells[i]));
    }
    if (row > 1 && !all.empty())
      form.more.push_back({"Another submission", {}, std::move(all), {}, rows[row].line});
  }
  return form;
}

/// Rows of a label and its value, with or without a column for the section in front.
StructuredForm column_form(const std::vector<CsvRow>& rows, std::size_t label_column) {
  StructuredForm form;
  std::string_view section;
  for (const CsvRow& row : rows) {
    const auto written =
        std::ranges::count_if(row.cells, [](const auto& cell) { return !bare(cell).empty(); });
    const std::string_view title = bare(row.cells.front());
    if ((label_column == 1 && !title.empty()) || written == 1)
      if (const auto scope = scope_of_title(title, false)) {
        section = *scope;
        form.text.sections.push_back({*scope, std::string(title), row.line});
      }
    if (row.cells.size() <= label_column + 1) continue;
    std::string value;
    for (std::size_t i = label_column + 1; i < row.cells.size(); ++i) append(value, "\n", bare(row.cells[i]));
    const bool heading = &row == &rows.front() && !is_known(row.cells[label_column]);  // "field,value"
    if (!heading) add_value(form, row.cells[label_column], value, section, row.line);
  }
  return form;
}

std::optional<StructuredForm> csv_form(std::string_view utf8) {
  const std::vector<CsvRow> rows = csv_rows(utf8);
  if (rows.empty() || std::ranges::all_of(rows, [](const CsvRow& row) { return row.cells.size() < 2; }))
    return std::nullopt;
  const auto across = std::ranges::count_if(rows.front().cells, is_known);
  const auto first = labels_in(rows, 0), second = labels_in(rows, 1);
  if (rows.size() > 1 && across >= fewest_known && across > std::max(first, second)) return header_form(rows);
  return column_form(rows, second > first ? 1 : 0);
}

}  // namespace

std::optional<StructuredForm> structured_form(std::string_view utf8, bool try_yaml) {
  const std::string_view text = bare(utf8);
  if (text.empty() || utf8.size() > form_limits.bytes || text.front() == '<') return std::nullopt;
  std::optional<StructuredForm> form;
  const auto take = [&](const std::optional<FormNode>& tree) {
    if (tree) form = TreeReader().read(*tree);
  };
  const auto good = [&] {
    return form && std::ranges::count_if(form->text.values, [](const LabelledValue& value) {
                     return !value.key.empty();
                   }) >= fewest_known;
  };
  if (text.front() == '{' || text.front() == '[') take(json_tree(utf8));
  if (!good()) form = csv_form(utf8);
  if (!good() && try_yaml) take(yaml_tree(utf8));
  return good() ? std::move(form) : std::nullopt;
}

}  // namespace oin
