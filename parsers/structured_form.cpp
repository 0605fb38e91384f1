#include "parsers/structured_form.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "parsers/ascii.hpp"
#include "parsers/form_table.hpp"
#include "parsers/structured_form_tree.hpp"
#include "parsers/submission_labels.hpp"
#include "parsers/submission_values.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

using Kind = FormNode::Kind;

constexpr int fewest_known = 2;

/// What a document says about itself, and not about an integration.
constexpr auto own_keys = std::to_array<std::string_view>({"oin_submission", "revision", "$schema"});

std::string without_feeds(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

/// A map or list in one line: "name: a; value: b".
std::string in_one_line(const FormNode& node) {
  if (node.kind == Kind::text) return without_feeds(node.text);
  std::string line;
  for (const FormNode& child : node.children) {
    const std::string value = in_one_line(child);
    if (!value.empty()) append_piece(line, "; ", node.kind == Kind::map ? child.key + ": " + value : value);
  }
  return line;
}

bool is_name(std::string_view key) { return same_word(key, "name") || same_word(key, "attribute"); }

/// An entry of a list as its field reads one: a variable's parts, "name = value", or the values alone.
std::string entry(const FormNode& node, Shape shape) {
  if (node.kind == Kind::text && shape == Shape::choices && !node.text.empty() &&
      !is_upper(node.text.front()))
    return words_of(in_one_line(node), true);
  if (node.kind != Kind::map) return in_one_line(node);
  std::string name, rest;
  for (const FormNode& child : node.children) {
    std::string value = in_one_line(child);
    if (shape == Shape::variables) {
      std::ranges::replace(value, ';', ',');  // it separates the parts
      append_piece(rest, "; ", value.empty() ? value : label_key(child.key) + "=" + value);
    } else if (shape == Shape::pairs && is_name(child.key)) {
      name = value;
    } else {
      append_piece(rest, shape == Shape::pairs ? " " : ", ", value);
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
      append_piece(value, "\n", entry(child, shape));
    else if (shape == Shape::pairs)
      append_piece(value, "\n", child.key + " = " + in_one_line(child));
    else if (shape == Shape::choices)  // {"create_users": true}
      append_piece(value, "\n", is_true(child) ? words_of(child.key, true) : std::string());
    else if (shape == Shape::variables)
      append_piece(value, "\n", "name=" + child.key + "; " + entry(child, shape));
    else
      append_piece(value, "\n", in_one_line(child));
  return value;
}

bool holds_maps(const FormNode& node) {
  return std::ranges::any_of(node.children, [](const FormNode& child) { return child.kind == Kind::map; });
}

/// How a program that asks questions names them and their answers.
constexpr auto label_keys =
    std::to_array<std::string_view>({"label", "question", "field", "title", "key", "name"});
constexpr auto value_keys = std::to_array<std::string_view>({"value", "answer", "response"});

const FormNode* part(const FormNode& map, std::span<const std::string_view> keys) {
  const auto child = std::ranges::find_if(map.children, [&](const FormNode& each) {
    return std::ranges::any_of(keys, [&](auto key) { return same_word(key, each.key); });
  });
  return child == map.children.end() ? nullptr : &*child;
}

/// A list of fields: [{"label": "App name", "value": "Acme"}], or of one key each: [{"App name": "Acme"}].
bool is_fields(const FormNode& list) {
  return list.kind == Kind::list && !list.children.empty() &&
         std::ranges::all_of(list.children, [](const FormNode& entry) {
           if (entry.kind != Kind::map) return false;
           const FormNode* label = part(entry, label_keys);
           return entry.children.size() == 1 ||
                  (label && label->kind == Kind::text && part(entry, value_keys));
         });
}

/// Makes labelled values of a tree.
class TreeReader {
 public:
  StructuredForm read(const FormNode& root) && {
    if (root.kind == Kind::map) map(root, "", "");
    if (root.kind == Kind::list && is_fields(root))
      fields(root, "", "");
    else if (root.kind == Kind::list)
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
      if (!row && is_fields(child)) {
        fields(child, scope_of_title(words_of(child.key, true), false).value_or(section), label);
        continue;
      }
      if (std::string value = value_of(child, shape); !value.empty())
        form_.text.values.push_back({label, std::move(key), std::move(value), section, child.line});
    }
  }

  /// The entries of a list that are a field each.
  void fields(const FormNode& list, std::string_view section, std::string_view path) {
    for (const FormNode& entry : list.children) {
      const FormNode *label = part(entry, label_keys), *value = part(entry, value_keys);
      if (!label || !value) {
        map(entry, section, path);
        continue;
      }
      std::string key = program_key(label->text);
      const FieldRow* row = row_of(section, key);
      if (std::string text = value_of(*value, row ? row->shape : Shape::line); !text.empty())
        form_.text.values.push_back({label->text, std::move(key), std::move(text), section, entry.line});
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

std::optional<StructuredForm> csv_form(std::string_view utf8) {
  const std::vector<TableRow> rows = csv_rows(utf8);
  if (std::ranges::all_of(rows, [](const TableRow& row) { return row.cells.size() < 2; }))
    return std::nullopt;
  return table_form(rows);
}

}  // namespace

std::string_view json_within(std::string_view text) {
  const auto open = text.starts_with('{') ? 0 : text.find("\n{");
  const auto close = text.rfind("\n}");
  if (open == std::string_view::npos || close == std::string_view::npos || close <= open) return {};
  const std::size_t begin = text.find('{', open), end = close + std::string_view("\n}").size();
  return text.substr(begin, end - begin);
}

std::optional<StructuredForm> structured_form(std::string_view utf8, bool try_yaml) {
  std::string_view text = bare(utf8);
  while (text.starts_with("//")) text = bare(text.substr(std::min(text.find('\n'), text.size())));
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
  const bool object = text.front() == '{' || text.front() == '[';
  if (object) take(json_tree(utf8));
  if (!good() && !object) form = csv_form(utf8);
  if (!good() && try_yaml) take(yaml_tree(utf8));
  return good() ? std::move(form) : std::nullopt;
}

}  // namespace oin
