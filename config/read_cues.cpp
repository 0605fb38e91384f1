#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "config/load.hpp"
#include "config/toml_table.hpp"

namespace oin {
namespace {

using namespace std::string_view_literals;

constexpr std::array places{"subject"sv, "text"sv,   "shape"sv,    "attachment"sv,
                            "sender"sv,  "thread"sv, "relation"sv, "mailbox"sv};

/// What a mail may be about within its intent.
constexpr std::array topics{"how-to-submit"sv,
                            "publication-date"sv,
                            "listing-not-found"sv,
                            "app-name-for-redirect"sv,
                            "go-live-before-publication"sv,
                            "logo"sv,
                            "put-instead-of-patch"sv,
                            "feature-flag"sv,
                            "profile-sourcing-extend"sv,
                            "rename"sv,
                            "transfer"sv,
                            "url-change"sv,
                            "swa"sv,
                            "wsfed"sv,
                            "dispute"sv,
                            "more-time"sv,
                            "credentials"sv,
                            "end-user-account"sv,
                            "sales"sv,
                            "press"sv,
                            "legal"sv,
                            "recruiting"sv,
                            "phishing"sv};

constexpr std::size_t shortest_stem = 4;  ///< in octets: what begins so is found by as many

/// Named lists of words, which cues refer to as "@name".
using WordLists = std::map<std::string, std::vector<std::string>, std::less<>>;

std::vector<std::string> with_lists(TomlTable& table, std::string_view key,
                                    const std::vector<std::string>& words, const WordLists& lists) {
  std::vector<std::string> out;
  for (const std::string& word : words) {
    if (!word.starts_with('@'))
      out.push_back(word);
    else if (const auto list = lists.find(std::string_view(word).substr(1)); list != lists.end())
      out.insert(out.end(), list->second.begin(), list->second.end());
    else
      table.problem(key, fmt::format("[words] has no list for {}", in_quotes(word)));
  }
  for (const std::string& word : out)
    if (word.ends_with('*') && word.size() <= shortest_stem)
      table.problem(key, fmt::format("{} is too short a beginning of a word", in_quotes(word)));
  return out;
}

WordLists read_word_lists(TomlTable table) {
  WordLists lists;
  for (const std::string& name : table.keys()) lists[name] = table.texts(name);
  return lists;
}

/// What both kinds of cue have.
CueSettings read_evidence(TomlTable& table, const WordLists& lists) {
  CueSettings cue;
  cue.where = table.some_of("where", places);
  if (!table.has("where")) cue.where = {"subject", "text"};
  cue.words = with_lists(table, "words", table.texts("words"), lists);
  for (const auto& list : table.lists_of_texts("near"))
    cue.near.push_back(with_lists(table, "near", list, lists));
  if (cue.words.empty() == cue.near.empty())
    table.problem("words", "a cue has either words or near; without any it is never found");
  cue.most = static_cast<int>(table.integer("most", cue.most, 1, 10));
  if (cue.most > 1 && !cue.near.empty()) table.problem("most", "counts the words of `words`, not of `near`");
  // Below zero: evidence against.
  cue.weight = table.number("weight", cue.weight, -10, 10);
  return cue;
}

CueSettings read_cue(TomlTable& table, const WordLists& lists) {
  CueSettings cue = read_evidence(table, lists);
  cue.intent = table.required_text("intent");
  if (!cue.intent.empty() && std::ranges::find(known_intents(), cue.intent) == known_intents().end())
    table.found_but_allowed("intent", in_quotes(cue.intent), quoted_list(known_intents()));
  cue.topic = table.text("topic");
  if (!cue.topic.empty() && std::ranges::find(topics, cue.topic) == topics.end())
    table.found_but_allowed("topic", in_quotes(cue.topic), quoted_list(topics));
  table.refuse_unknown_keys();
  return cue;
}

CueSettings read_escalation(TomlTable& table, const WordLists& lists) {
  CueSettings cue = read_evidence(table, lists);
  cue.intent = escalation;
  table.refuse_unknown_keys();
  return cue;
}

}  // namespace

std::vector<CueSettings> read_cues(std::string_view toml, std::string_view name, Problems& problems) {
  std::vector<CueSettings> cues;
  const auto file = parse_toml(toml, name, problems);
  if (!file) return cues;
  TomlTable root(&*file, std::string(name), "", problems);
  const WordLists lists = read_word_lists(root.table("words"));
  for (TomlTable& table : root.tables("cue")) cues.push_back(read_cue(table, lists));
  for (TomlTable& table : root.tables("escalation")) cues.push_back(read_escalation(table, lists));
  root.refuse_unknown_keys();
  return cues;
}

}  // namespace oin
