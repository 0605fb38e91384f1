#include "config/load.hpp"

#include <config_shipped.hpp>

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <random>

#include "config/read_answers.hpp"
#include "config/read_rules.hpp"
#include "config/read_settings.hpp"
#include "config/read_workflow.hpp"
#include "config/secret_file.hpp"

namespace oin {
namespace {

namespace fs = std::filesystem;

/// What a file of [paths] holds; nothing, and a problem, when it cannot be read.
/// The shipped files are proven by a test, so a problem in them is ours.
WorkflowSettings shipped_workflow() {
  Problems problems;
  WorkflowSettings workflow;
  const auto file = parse_toml(shipped_config("workflow.toml"), "workflow.toml", problems);
  if (file) read_workflow_over(workflow, *file, "workflow.toml", problems);
  workflow.cues = read_cues(shipped_config("cues.toml"), "cues.toml", problems);
  workflow.vocabulary = read_vocabulary(shipped_config("vocabulary.tsv"), "vocabulary.tsv", problems);
  workflow.rules = read_rules(shipped_rule_files(), problems);
  workflow.answers = shipped_answers(problems);
  assert(problems.empty());
  return workflow;
}

/// 32 bytes from the system's generator: the same for the life of this process, unknown to any other.
const Secret& key_of_this_process() {
  static const Secret key = [] {
    std::random_device device;
    std::string bytes;
    while (bytes.size() < 32) {
      const std::uint32_t word = device();
      for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>((word >> shift) & 0xff);
    }
    return Secret(std::move(bytes));
  }();
  return key;
}

}  // namespace

std::optional<std::string> text_of(const fs::path& path, Problems& problems) {
  std::string text, why;
  if (read_file(path, text, why)) return text;
  problems.push_back(path.string() + ": " + why);
  return std::nullopt;
}

std::string_view shipped_config(std::string_view name) {
  for (const auto& [path, text] : shipped::config_shipped())
    if (path == name) return text;
  return {};
}

WorkflowSettings read_workflow(std::string_view toml, std::string_view name, Problems& problems) {
  WorkflowSettings workflow = shipped_workflow();
  if (const auto file = parse_toml(toml, name, problems)) read_workflow_over(workflow, *file, name, problems);
  return workflow;
}

Configuration load(const fs::path& oind_toml, Problems& problems) {
  Configuration configuration{{}, shipped_workflow()};
  const auto text = text_of(oind_toml, problems);
  if (!text) return configuration;
  const auto file = parse_toml(*text, oind_toml.string(), problems);
  if (!file) return configuration;

  const fs::path folder = fs::absolute(oind_toml).lexically_normal().parent_path();
  Settings& settings = configuration.settings;
  TomlTable root(&*file, oind_toml.string(), "", problems);
  read_desk(root.table("desk"), folder, settings);
  read_store(root.table("store"), folder, settings);
  read_paths(root.table("paths"), folder, settings);
  read_log(root.table("log"), settings);
  read_intake(root.table("intake"), settings);
  read_parse(root.table("parse"), settings);
  read_outbox(root.table("outbox"), settings);
  read_retention(root.table("retention"), settings);
  read_look_ups(root.table("lookups"), folder, settings);
  read_mailboxes(root, folder, settings);
  read_scanners(root.tables("scanner"), folder, settings);
  read_smtp(root.table("smtp"), folder, settings);
  read_people(root.tables("person"), settings);
  root.refuse_unknown_keys();

  const fs::path &workflow = settings.paths.workflow, &cues = settings.paths.cues,
                 &vocabulary = settings.paths.vocabulary;
  if (const auto words = workflow.empty() ? std::nullopt : text_of(workflow, problems))
    configuration.workflow = read_workflow(*words, workflow.string(), problems);
  if (const auto words = cues.empty() ? std::nullopt : text_of(cues, problems))
    configuration.workflow.cues = read_cues(*words, cues.string(), problems);
  if (const auto words = vocabulary.empty() ? std::nullopt : text_of(vocabulary, problems))
    configuration.workflow.vocabulary = read_vocabulary(*words, vocabulary.string(), problems);
  if (!settings.paths.rules.empty())
    configuration.workflow.rules = read_rules(rule_files(settings.paths.rules, problems), problems);
  if (!settings.paths.answers.empty())
    configuration.workflow.answers = read_answers(settings.paths.answers, problems);
  return configuration;
}

Configuration shipped_configuration() {
  Configuration configuration{{}, shipped_workflow()};
  Settings& settings = configuration.settings;
  settings.desk.domain = "example.com";
  settings.desk.signing_keys = {key_of_this_process()};
  for (const char* name : {"oin", "developers"}) {
    MailboxSettings mailbox;
    mailbox.name = name;
    mailbox.address = std::string(name) + "@example.com";
    settings.mailboxes.push_back(std::move(mailbox));
  }
  return configuration;
}

}  // namespace oin
