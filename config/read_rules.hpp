/// read_rules.hpp: rules/*.toml read into plain values; the problems are those of load.hpp.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "config/load.hpp"

namespace oin {

/// Rule files by name ("saml.toml") and text.
using RuleFiles = std::map<std::string, std::string, std::less<>>;

RuleFiles shipped_rule_files();

/// The shipped files, with those of the folder in place of theirs or beside them.
RuleFiles rule_files(const std::filesystem::path& folder, Problems& problems);

/// What an operator may write into these files: docs/rules.md.
RuleBook read_rules(const RuleFiles& files, Problems& problems);

}  // namespace oin
