/// load.hpp: oind.toml and workflow.toml read into plain values, with every problem found, not just the
/// first.
///
/// A problem names file, line, key, what was found and what is allowed:
/// `oind.toml:14: mailbox.after: found "delete"; allowed: "flag", "seen", "move:FOLDER"`.
/// Unknown keys, wrong types, values out of range, unreadable key and password files are problems too.
/// A lone oind.toml is enough: what is neither named in [paths] nor beside it is the shipped one.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.hpp"
#include "config/workflow_settings.hpp"

namespace oin {

using Problems = std::vector<std::string>;

struct Configuration {
  Settings settings;
  WorkflowSettings workflow;
};

/// Reads the file and what it names.  Usable only when `problems` stayed empty.
Configuration load(const std::filesystem::path& oind_toml, Problems& problems);

/// What holds without any file: the shipped workflow, two mailboxes named oin@ and developers@example.com,
/// no servers, a signing key of this process alone.  For `oinctl explain` without --config.
Configuration shipped_configuration();

/// The file's text; a problem where it cannot be read.
std::optional<std::string> text_of(const std::filesystem::path& file, Problems& problems);

/// A file compiled into the program, by its name below config/ ("workflow.toml"); empty when there is none.
std::string_view shipped_config(std::string_view name);

/// Reads one workflow.toml from text; `name` is how problems call it.  Tables that it does not have are the
/// shipped ones; the cues and the vocabulary are the shipped ones.
WorkflowSettings read_workflow(std::string_view toml, std::string_view name, Problems& problems);
std::vector<CueSettings> read_cues(std::string_view toml, std::string_view name, Problems& problems);
VocabularySettings read_vocabulary(std::string_view tsv, std::string_view name, Problems& problems);

}  // namespace oin
