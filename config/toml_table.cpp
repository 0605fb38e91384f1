#include "config/toml_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <sstream>

#include "parsers/base/instant.hpp"

namespace oin {
namespace {

std::string_view type_name(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::string:
      return "a text";
    case toml::node_type::integer:
      return "an integer";
    case toml::node_type::floating_point:
      return "a decimal number";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::date:
      return "a date";
    case toml::node_type::time:
      return "a time of day";
    case toml::node_type::date_time:
      return "a date with a time";
    case toml::node_type::none:
      break;
  }
  return "nothing";
}

/// The value as a person wrote it, or its type where that would be long.
std::string shown(const toml::node& node) {
  if (const auto* text = node.as_string()) return in_quotes(text->get());
  if (node.is_table() || node.is_array()) return std::string(type_name(node));
  std::ostringstream out;
  node.visit([&](const auto& value) { out << value; });
  return out.str();
}

/// Levenshtein's distance, one row at a time.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::optional<std::chrono::year_month_day> read_date(const toml::node& node) {
  if (const auto* text = node.as_string()) return parse_full_date(text->get());
  const auto* date = node.as_date();
  if (date == nullptr) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year(date->get().year),
                                        std::chrono::month(date->get().month),
                                        std::chrono::day(date->get().day)};
  return day.ok() ? std::optional(day) : std::nullopt;
}

}  // namespace

std::string in_quotes(std::string_view word) { return fmt::format("\"{}\"", word); }

std::string quoted_list(std::span<const std::string_view> words) {
  std::string out;
  for (const std::string_view word : words) out += fmt::format("{}\"{}\"", out.empty() ? "" : ", ", word);
  return out;
}

TomlTable::TomlTable(const toml::table* table, std::string file, std::string path, Problems& problems)
    : table_(table), file_(std::move(file)), path_(std::move(path)), problems_(&problems) {}

const toml::node* TomlTable::find(std::string_view key) const { return table_ ? table_->get(key) : nullptr; }

const toml::node* TomlTable::ask(std::string_view key) {
  asked_.emplace_back(key);
  return find(key);
}

std::string TomlTable::name_of(std::string_view key) const {
  if (key.empty()) return path_;
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

void TomlTable::problem(std::string_view key, std::string_view what) {
  const toml::node* node = key.empty() ? nullptr : find(key);
  if (node == nullptr) node = table_;
  const auto line = node != nullptr ? node->source().begin.line : 0;
  const std::string place = line > 0 ? fmt::format("{}:{}", file_, line) : file_;
  problems_->push_back(fmt::format("{}: {}: {}", place, name_of(key), what));
}

void TomlTable::found_but_allowed(std::string_view key, std::string_view found, std::string_view allowed) {
  problem(key, fmt::format("found {}; allowed: {}", found, allowed));
}

void TomlTable::wrong_type(std::string_view key, const toml::node& node, std::string_view allowed) {
  found_but_allowed(key, shown(node), allowed);
}

std::string TomlTable::text(std::string_view key, std::string fallback) {
  const toml::node* node = ask(key);
  if (node == nullptr) return fallback;
  if (const auto* value = node->as_string()) return value->get();
  wrong_type(key, *node, "a text in quotes");
  return fallback;
}

std::string TomlTable::required_text(std::string_view key) {
  const bool present = has(key);
  std::string value = text(key);
  if (!present) problem(key, "missing; it must be set");
  if (present && value.empty() && find(key)->is_string()) problem(key, "found \"\"; it must not be empty");
  return value;
}

std::string TomlTable::one_of(std::string_view key, Allowed allowed, std::string_view fallback) {
  const toml::node* node = ask(key);
  if (node == nullptr) return std::string(fallback);
  const auto* value = node->as_string();
  if (value != nullptr && std::ranges::find(allowed, value->get()) != allowed.end()) return value->get();
  wrong_type(key, *node, quoted_list(allowed));
  return std::string(fallback);
}

std::int64_t TomlTable::integer(std::string_view key, std::int64_t fallback, std::int64_t least,
                                std::int64_t most) {
  const toml::node* node = ask(key);
  if (node == nullptr) return fallback;
  const auto* value = node->as_integer();
  if (value != nullptr && value->get() >= least && value->get() <= most) return value->get();
  wrong_type(key, *node, fmt::format("an integer from {} to {}", least, most));
  return fallback;
}

double TomlTable::number(std::string_view key, double fallback, double least, double most) {
  const toml::node* node = ask(key);
  if (node == nullptr) return fallback;
  const std::optional<double> value = node->is_number() ? node->value<double>() : std::nullopt;
  if (value && *value >= least && *value <= most) return *value;
  wrong_type(key, *node, fmt::format("a number from {} to {}", least, most));
  return fallback;
}

bool TomlTable::boolean(std::string_view key, bool fallback) {
  const toml::node* node = ask(key);
  if (node == nullptr) return fallback;
  if (const auto* value = node->as_boolean()) return value->get();
  wrong_type(key, *node, "true, false");
  return fallback;
}

std::vector<std::string> TomlTable::texts(std::string_view key) {
  std::vector<std::string> out;
  const toml::node* node = ask(key);
  if (node == nullptr) return out;
  const toml::array* list = node->as_array();
  if (list == nullptr) {
    wrong_type(key, *node, "a list of texts: [\"…\", \"…\"]");
    return out;
  }
  return texts_of(key, *list);
}

std::vector<std::string> TomlTable::texts_of(std::string_view key, const toml::array& list) {
  std::vector<std::string> out;
  for (const toml::node& item : list) {
    const auto* value = item.as_string();
    if (value != nullptr && !value->get().empty())
      out.push_back(value->get());
    else
      found_but_allowed(key, shown(item) + " in the list", "texts in quotes, not empty");
  }
  return out;
}

std::vector<std::vector<std::string>> TomlTable::lists_of_texts(std::string_view key) {
  std::vector<std::vector<std::string>> out;
  const toml::node* node = ask(key);
  if (node == nullptr) return out;
  const toml::array* lists = node->as_array();
  if (lists == nullptr) {
    wrong_type(key, *node, "a list of lists: [[\"…\", \"…\"], [\"…\"]]");
    return out;
  }
  for (const toml::node& item : *lists)
    if (const toml::array* list = item.as_array())
      out.push_back(texts_of(key, *list));
    else
      out.push_back(texts_of(key, toml::array{item}));
  return out;
}

std::vector<std::string> TomlTable::text_or_texts(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr || !node->is_string()) return texts(key);
  return {text(key)};
}

std::string TomlTable::place() const {
  const auto line = table_ != nullptr ? table_->source().begin.line : 0;
  return line > 0 ? fmt::format("{}:{}", file_, line) : file_;
}

std::vector<std::string> TomlTable::keys() const {
  std::vector<std::string> out;
  if (table_ != nullptr)
    for (const auto& [key, value] : *table_) out.emplace_back(key.str());
  return out;
}

std::vector<std::string> TomlTable::some_of(std::string_view key, std::span<const std::string_view> allowed) {
  std::vector<std::string> out;
  for (std::string& word : texts(key)) {
    if (std::ranges::find(allowed, word) == allowed.end())
      found_but_allowed(key, in_quotes(word), quoted_list(allowed));
    else
      out.push_back(std::move(word));
  }
  return out;
}

std::optional<std::chrono::year_month_day> TomlTable::date(std::string_view key) {
  const toml::node* node = ask(key);
  if (node == nullptr) return std::nullopt;
  const auto date = read_date(*node);
  if (!date) wrong_type(key, *node, "a date such as 2026-12-25");
  return date;
}

std::vector<std::chrono::year_month_day> TomlTable::dates(std::string_view key) {
  std::vector<std::chrono::year_month_day> out;
  const toml::node* node = ask(key);
  if (node == nullptr) return out;
  const toml::array* list = node->as_array();
  if (list == nullptr) {
    wrong_type(key, *node, "a list of dates: [2026-12-25]");
    return out;
  }
  for (const toml::node& item : *list) {
    if (const auto date = read_date(item))
      out.push_back(*date);
    else
      found_but_allowed(key, shown(item), "dates such as 2026-12-25");
  }
  std::ranges::sort(out);
  return out;
}

TomlTable TomlTable::table(std::string_view key) {
  const toml::node* node = ask(key);
  const toml::table* found = node != nullptr ? node->as_table() : nullptr;
  if (node != nullptr && found == nullptr) wrong_type(key, *node, fmt::format("a table: [{}]", name_of(key)));
  return {found, file_, name_of(key), *problems_};
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) {
  std::vector<TomlTable> out;
  const toml::node* node = ask(key);
  if (node == nullptr) return out;
  const toml::array* list = node->as_array();
  if (list == nullptr ||
      !std::ranges::all_of(*list, [](const toml::node& item) { return item.is_table(); })) {
    wrong_type(key, *node, fmt::format("tables, each beginning with [[{}]]", name_of(key)));
    return out;
  }
  for (const toml::node& item : *list) out.emplace_back(item.as_table(), file_, name_of(key), *problems_);
  return out;
}

void TomlTable::refuse_unknown_keys() {
  if (table_ == nullptr) return;
  for (const auto& [key, value] : *table_) {
    const std::string_view name = key.str();
    if (std::ranges::find(asked_, name) != asked_.end()) continue;
    const auto near = std::ranges::min_element(
        asked_, {}, [&](const std::string& known) { return edit_distance(name, known); });
    const std::string hint = near != asked_.end() && edit_distance(name, *near) <= 2
                                 ? fmt::format("did you mean \"{}\"?", *near)
                                 : fmt::format("known here: {}", fmt::join(asked_, ", "));
    problem(name, fmt::format("unknown key; {}", hint));
  }
}

std::optional<toml::table> parse_toml(std::string_view text, std::string_view file, Problems& problems) {
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    problems.push_back(
        fmt::format("{}:{}: not TOML: {}", file, error.source().begin.line, error.description()));
    return std::nullopt;
  }
}

}  // namespace oin
