#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "config/load.hpp"
#include "config/toml_table.hpp"

namespace oin {
namespace {

using namespace std::string_view_literals;

constexpr std::array places{"subject"sv, "text"sv, "mailbox"sv, "attachment"sv};

CueSettings read_cue(TomlTable& table) {
  CueSettings cue;
  cue.intent = table.required_text("intent");
  if (!cue.intent.empty() && std::ranges::find(known_intents(), cue.intent) == known_intents().end())
    table.found_but_allowed("intent", in_quotes(cue.intent), quoted_list(known_intents()));
  cue.where = table.some_of("where", places);
  if (!table.has("where")) cue.where = {"subject", "text"};
  cue.words = table.texts("words");
  if (cue.words.empty()) table.problem("words", "missing; a cue without words is never found");
  // Below zero: evidence against.
  cue.topic = table.one_of("topic", {"", "how-to-submit"}, "");
  cue.weight = table.number("weight", cue.weight, -10, 10);
  table.refuse_unknown_keys();
  return cue;
}

}  // namespace

std::vector<CueSettings> read_cues(std::string_view toml, std::string_view name, Problems& problems) {
  std::vector<CueSettings> cues;
  const auto file = parse_toml(toml, name, problems);
  if (!file) return cues;
  TomlTable root(&*file, std::string(name), "", problems);
  for (TomlTable& table : root.tables("cue")) cues.push_back(read_cue(table));
  root.refuse_unknown_keys();
  return cues;
}

}  // namespace oin
