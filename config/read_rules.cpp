#include "config/read_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <config_shipped.hpp>

#include "config/secret_file.hpp"
#include "config/toml_table.hpp"

namespace oin {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view shipped_folder = "rules/";

/// What holds for every rule of a file, so that it is said once.
struct Every {
  std::vector<std::string> when;
  std::string phase, source;
  FactTable facts;
};

FactTable read_facts(TomlTable table) {
  FactTable facts;
  for (const std::string& name : table.keys()) facts[name] = table.text_or_texts(name);
  return facts;
}

Every read_every(TomlTable table) {
  Every every;
  every.when = table.texts("when");
  every.phase = table.text("phase", "initial-review");
  every.source = table.text("source");
  every.facts = read_facts(table.table("facts"));
  table.refuse_unknown_keys();
  return every;
}

/// The file's facts with the example's own over them; one that is given as [] is taken away.
FactTable example_of(const Every& every, TomlTable table) {
  FactTable facts = every.facts;
  for (auto& [name, values] : read_facts(std::move(table))) {
    if (values.empty())
      facts.erase(name);
    else
      facts[name] = std::move(values);
  }
  return facts;
}

std::string read_severity(TomlTable& table) {
  if (!table.has("severity")) table.problem("severity", "missing; it must be set");
  return table.one_of("severity", {"blocker", "must", "advice"}, "must");
}

RuleSettings read_rule(const Every& every, TomlTable& table) {
  RuleSettings rule;
  rule.place = table.place();
  rule.code = table.required_text("code");
  rule.phase = table.text("phase", every.phase);
  rule.severity = read_severity(table);
  rule.profiles = table.texts("profiles");
  rule.each = table.texts("each");
  rule.each_of = table.text("each_of");
  if (!rule.each.empty() && !rule.each_of.empty())
    table.problem("each_of", "stands beside each; allowed: one of them");
  rule.when = every.when;
  std::ranges::move(table.texts("when"), std::back_inserter(rule.when));
  rule.require = table.texts("require");
  if (rule.require.empty()) table.problem("require", "missing; a rule must require something");
  rule.field = table.text("field");
  rule.found = table.required_text("found");
  rule.need = table.required_text("need");
  rule.why = table.text("why");
  rule.source = table.text("source", every.source);
  for (const char* key : {"passes", "fails"})
    if (!table.has(key))
      table.problem(key, "missing; each rule brings one example that passes and one that fails");
  rule.passes = example_of(every, table.table("passes"));
  rule.fails = example_of(every, table.table("fails"));
  table.refuse_unknown_keys();
  return rule;
}

IssueSettings read_issue(const Every& every, TomlTable& table) {
  IssueSettings issue;
  issue.place = table.place();
  issue.code = table.required_text("code");
  issue.phase = table.text("phase", every.phase);
  issue.severity = read_severity(table);
  issue.need = table.required_text("need");
  issue.why = table.text("why");
  table.refuse_unknown_keys();
  return issue;
}

}  // namespace

RuleFiles shipped_rule_files() {
  RuleFiles files;
  for (const auto& [path, text] : shipped::config_shipped())
    if (path.starts_with(shipped_folder)) files.emplace(path.substr(shipped_folder.size()), text);
  return files;
}

RuleFiles rule_files(const fs::path& folder, Problems& problems) {
  RuleFiles files = shipped_rule_files();
  if (folder.empty()) return files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() != ".toml") continue;
    std::string text, why;
    if (read_file(entry->path(), text, why))
      files[entry->path().filename().string()] = std::move(text);
    else
      problems.push_back(entry->path().string() + ": " + why);
  }
  if (error) problems.push_back(fmt::format("{}: cannot be read: {}", folder.string(), error.message()));
  return files;
}

RuleBook read_rules(const RuleFiles& files, Problems& problems) {
  RuleBook book;
  for (const auto& [name, text] : files) {
    const std::string shown = std::string(shipped_folder) + name;
    const auto file = parse_toml(text, shown, problems);
    if (!file) continue;
    TomlTable root(&*file, shown, "", problems);
    const Every every = read_every(root.table("every"));
    for (TomlTable& table : root.tables("rule")) book.rules.push_back(read_rule(every, table));
    for (TomlTable& table : root.tables("issue")) book.menu.push_back(read_issue(every, table));
    root.refuse_unknown_keys();
  }
  return book;
}

}  // namespace oin
