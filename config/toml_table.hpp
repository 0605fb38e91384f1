/// toml_table.hpp: a TOML table that is read key by key and remembers which keys were asked for.
///
/// Every getter answers its fallback when the key is absent and adds a Problem when the value is of another
/// type or not allowed, so a reader goes on and all problems of a file come out at once.  What was never
/// asked for is reported by refuse_unknown_keys(), with the nearest known key where one is near.  An absent
/// table reads like an empty one.  Syntax: TOML 1.0, by toml++.
#pragma once

#include <toml++/toml.h>

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/load.hpp"

namespace oin {

std::string in_quotes(std::string_view word);

/// A list of allowed words for a problem's text: `"flag", "seen"`.
std::string quoted_list(std::span<const std::string_view> words);

/// What may stand in a key that takes one of a few words.
using Allowed = std::initializer_list<std::string_view>;

class TomlTable {
 public:
  /// `table` (may be null) and `problems` outlive this; `path` is the key that leads here ("mailbox").
  TomlTable(const toml::table* table, std::string file, std::string path, Problems& problems);

  bool has(std::string_view key) const { return find(key) != nullptr; }
  explicit operator bool() const { return table_ != nullptr; }

  std::string text(std::string_view key, std::string fallback = {});
  std::string required_text(std::string_view key);
  std::string one_of(std::string_view key, Allowed allowed, std::string_view fallback);
  std::int64_t integer(std::string_view key, std::int64_t fallback, std::int64_t least, std::int64_t most);
  double number(std::string_view key, double fallback, double least, double most);
  bool boolean(std::string_view key, bool fallback);
  std::vector<std::string> texts(std::string_view key);
  /// A text stands for a list of one.
  std::vector<std::string> text_or_texts(std::string_view key);
  /// A list of lists; in it too a text stands for a list of one.
  std::vector<std::vector<std::string>> lists_of_texts(std::string_view key);
  std::vector<std::string> some_of(std::string_view key, std::span<const std::string_view> allowed);
  /// A date is a TOML date (2026-12-25) or a text of that form.
  std::optional<std::chrono::year_month_day> date(std::string_view key);
  std::vector<std::chrono::year_month_day> dates(std::string_view key);
  TomlTable table(std::string_view key);
  std::vector<TomlTable> tables(std::string_view key);

  /// `oind.toml:14: mailbox.after: …`; an empty key means the table itself.
  void problem(std::string_view key, std::string_view what);
  void found_but_allowed(std::string_view key, std::string_view found, std::string_view allowed);
  /// To be called last: keys nobody asked for are problems.
  void refuse_unknown_keys();

  const std::string& file() const { return file_; }
  std::string place() const;              ///< "oind.toml:14", where the table begins
  std::vector<std::string> keys() const;  ///< of a table whose keys are free

 private:
  std::vector<std::string> texts_of(std::string_view key, const toml::array& list);
  const toml::node* find(std::string_view key) const;
  const toml::node* ask(std::string_view key);
  void wrong_type(std::string_view key, const toml::node& node, std::string_view allowed);
  std::string name_of(std::string_view key) const;

  const toml::table* table_;
  std::string file_, path_;
  Problems* problems_;
  std::vector<std::string> asked_;
};

/// The parsed file; nothing, and a problem with its line, when it is not TOML.
std::optional<toml::table> parse_toml(std::string_view text, std::string_view file, Problems& problems);

}  // namespace oin
