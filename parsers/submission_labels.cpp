#include "parsers/submission_labels.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "parsers/ascii.hpp"
#include "parsers/fold.hpp"
#include "parsers/submission_label_table.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

using Index = std::map<std::string, const FieldRow*, std::less<>>;

/// Finds a std::string by a view of it.
struct Hash : std::hash<std::string_view> {
  using is_transparent = void;
};
using Words = std::unordered_set<std::string, Hash, std::equal_to<>>;

/// Appends a folded word in the singular, if it is not a small one.
void append_word(std::string& key, std::string_view word) {
  if (small_words().contains(word)) return;
  if (!key.empty()) key.push_back(' ');
  if (word.size() > 3 && word.ends_with("ies")) {
    key.append(word.substr(0, word.size() - 3)).append("y");
    return;
  }
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) word.remove_suffix(1);
  key.append(word);
}

struct Tables {
  Index anywhere;
  std::map<std::string, Index, std::less<>> inside;
  std::set<std::string, std::less<>> keys;
  std::map<std::size_t, std::vector<std::string_view>> keys_by_size;
  Words label_words;  ///< of all keys, and the protocols' names that may stand beside them
  Words bare_title_words;
  std::vector<std::string> questions;  ///< keys of how a label is asked for, with a blank behind

  Tables() {
    for (const FieldRow& row : field_rows()) {
      add(row, std::string_view(row.name), inside[std::string(row.scope)]);
      add(row, row.dotted(), anywhere);
      for (const auto label : pieces(row.anywhere, '|'))
        add(row, label, anywhere), add(row, label, inside[std::string(row.scope)]);
      for (const auto label : pieces(row.inside, '|')) add(row, label, inside[std::string(row.scope)]);
    }
    for (const std::string& key : keys) {
      keys_by_size[key.size()].push_back(key);
      add_words(key, label_words);
    }
    for (const ProtocolWords& protocol : protocol_words()) {
      add_words(protocol.words, label_words);
      add_words(protocol.words, bare_title_words);
    }
    for (const std::string_view word : title_words()) bare_title_words.emplace(word);
    for (const std::string_view word : change_words()) label_words.emplace(word);
    for (const std::string_view word : words_after_change()) label_words.emplace(word);
    for (const std::string_view opening : question_openings()) {
      questions.push_back(label_key(opening));
      add_words(questions.back(), label_words);
      questions.back() += ' ';
    }
  }

  static void add_words(std::string_view key, Words& words) {
    for (const auto word : pieces(key, ' ')) words.emplace(word);
  }

  void add(const FieldRow& row, std::string_view label, Index& index) {
    const std::string key = label_key(label);
    index.try_emplace(key, &row);
    keys.insert(key);
  }
};

const Tables& tables() {
  static const Tables built;
  return built;
}

/// "new acs url", "acs url has changed to" → "acs url"; empty where no change is told.
std::string key_of_change(std::string_view key) {
  auto words = pieces(key, ' ');
  bool told = false;
  while (!words.empty() &&
         (change_words().contains(words.back()) || words_after_change().contains(words.back()))) {
    told |= change_words().contains(words.back());
    words.pop_back();
  }
  std::size_t first = 0;
  while (first < words.size() && change_words().contains(words[first])) ++first;
  std::string rest;
  if (told || first > 0)
    for (; first < words.size(); ++first) rest.append(rest.empty() ? "" : " ").append(words[first]);
  return rest;
}

/// "old value" → "old".
std::string without_value(std::string key) {
  constexpr std::string_view value = " value";
  if (key.ends_with(value)) key.resize(key.size() - value.size());
  return key;
}

/// "what is acs url" → "acs url"; empty where nothing is asked.
std::string_view key_of_question(std::string_view key) {
  for (const std::string& opening : tables().questions)
    if (key.starts_with(opening)) return key.substr(opening.size());
  return {};
}

/// Where the words stand as whole words in a key.
std::size_t find_words(std::string_view key, std::string_view words) {
  for (auto at = key.find(words); at != std::string_view::npos; at = key.find(words, at + 1)) {
    const auto end = at + words.size();
    if ((at == 0 || key[at - 1] == ' ') && (end == key.size() || key[end] == ' ')) return at;
  }
  return std::string_view::npos;
}

/// Are these the only words of a label, small ones aside?  Text beyond ASCII gets the benefit of the doubt.
bool has_only(std::string_view label, const Words& known) {
  std::string word, key;
  const auto ends_well = [&] {
    key.clear();
    append_word(key, word);
    word.clear();
    return key.empty() || known.contains(key);
  };
  for (const char c : label) {
    if (static_cast<unsigned char>(c) >= 0x80) return true;
    if (is_alpha(c) || is_digit(c))
      word += lower(c);
    else if (c != '\'' && !ends_well())
      return false;
  }
  return ends_well();
}

bool one_edit_apart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t same = 0;
  while (same < a.size() && a[same] == b[same]) ++same;
  return a.substr(same + (a.size() == b.size() ? 1 : 0)) == b.substr(same + 1);
}

}  // namespace

std::size_t position_in_form(std::string_view dotted) {
  const auto rows = field_rows();
  const auto row = std::ranges::find(rows, dotted, &FieldRow::dotted);
  return static_cast<std::size_t>(row - rows.begin());
}

std::string label_key(std::string_view label) {
  std::string spelled;
  for (const char c : label)
    if (c == '&')
      spelled += " and ";
    else
      spelled += c;
  std::string key;
  const std::string words = folded(spelled);
  for (const std::string_view word : pieces(words, ' ')) append_word(key, word);
  return key;
}

const std::vector<std::string_view>& protocol_scopes() {
  static const std::vector<std::string_view> scopes = {"saml",  "oidc", "scim",      "swa",
                                                       "wsfed", "api",  "connector", "private"};
  return scopes;
}

std::string_view protocol_of_scope(std::string_view scope) {
  if (scope == "api") return "api_service";
  if (scope == "connector") return "workflows";
  if (scope.empty() || scope == "test_account" || scope == "private") return {};
  return scope;
}

const FieldRow* row_inside(std::string_view scope, std::string_view key) {
  const auto section = tables().inside.find(scope);
  if (section == tables().inside.end()) return nullptr;
  const auto row = section->second.find(key);
  return row == section->second.end() ? nullptr : row->second;
}

const FieldRow* row_anywhere(std::string_view key) {
  const auto row = tables().anywhere.find(key);
  return row == tables().anywhere.end() ? nullptr : row->second;
}

bool tells_past(std::string_view label) {
  return words_of_the_past().contains(without_value(label_key(label)));
}
bool tells_present(std::string_view label) {
  return change_words().contains(without_value(label_key(label)));
}
bool tells_change(std::string_view label) { return !key_of_change(label_key(label)).empty(); }

bool is_question(std::string_view label) { return !key_of_question(label_key(label)).empty(); }

bool is_known_key(std::string_view key) {
  if (tables().keys.contains(key)) return true;
  const auto scoped = protocol_in(key);
  return scoped && row_inside(scoped->scope, scoped->rest);
}

std::string known_key(std::string_view label) {
  const auto open = label.find('(');
  if (label.size() > longest_label || !has_only(label.substr(0, open), tables().label_words)) return {};
  std::string key = label_key(label);
  if (is_known_key(key)) return key;
  if (std::string changed = key_of_change(key); is_known_key(changed)) return changed;
  if (const std::string_view asked = key_of_question(key); is_known_key(asked)) return std::string(asked);
  if (open == std::string_view::npos || open == 0) return {};
  key = label_key(label.substr(0, open));
  const std::string inner = label_key(label.substr(open));
  if (words_of_the_past().contains(inner)) return {};  // "ACS URL (old)"
  // "Instance URL (SAML)" names its protocol in the parentheses.
  if (const auto protocol = protocol_in(inner); protocol && row_inside(protocol->scope, key))
    return inner + " " + key;
  return is_known_key(key) ? key : std::string();
}

std::string nearest_key(std::string_view key) {
  constexpr std::size_t shortest = 8, longest = 60;
  if (key.size() < shortest || key.size() > longest) return {};
  std::string_view nearest;
  for (std::size_t size = std::max(shortest, key.size() - 1); size <= key.size() + 1; ++size) {
    const auto known_of_size = tables().keys_by_size.find(size);
    if (known_of_size == tables().keys_by_size.end()) continue;
    for (const std::string_view known : known_of_size->second) {
      if (!one_edit_apart(key, known)) continue;
      if (!nearest.empty()) return {};
      nearest = known;
    }
  }
  return std::string(nearest);
}

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

std::string program_key(std::string_view label) {
  for (const std::string& spelling : {std::string(label), words_of(label, false), words_of(label, true)})
    if (std::string key = known_key(spelling); !key.empty()) return key;
  return nearest_key(label_key(words_of(label, true)));
}

std::optional<ScopedKey> protocol_in(std::string_view key) {
  for (const auto& protocol : protocol_words()) {
    const auto at = find_words(key, protocol.words);
    if (at == std::string_view::npos) continue;
    const std::string_view before = key.substr(0, at == 0 ? 0 : at - 1);
    const std::string_view behind = key.substr(std::min(at + protocol.words.size() + 1, key.size()));
    const bool both = !before.empty() && !behind.empty();
    return ScopedKey{protocol.scope, std::string(before).append(both ? " " : "").append(behind)};
  }
  return std::nullopt;
}

const FieldRow* row_of(std::string_view section, std::string_view key) {
  if (key.empty()) return nullptr;
  if (!section.empty())
    if (const FieldRow* row = row_inside(section, key)) return row;
  if (const auto scoped = protocol_in(key); scoped && !scoped->rest.empty())
    if (const FieldRow* row = row_inside(scoped->scope, scoped->rest)) return row;
  if (section.empty())
    if (const FieldRow* row = row_inside("", key)) return row;
  return row_anywhere(key);
}

std::optional<std::string_view> scope_of_title(std::string_view title, bool bare_line) {
  if (title.size() > 80 || (bare_line && !has_only(title, tables().bare_title_words))) return std::nullopt;
  const std::string key = label_key(title);
  for (const auto& known : section_titles())
    if (key == known.words && !bare_line) return known.scope;
  const auto protocol = protocol_in(key);
  if (!protocol) return std::nullopt;
  const auto others = pieces(protocol->rest, ' ');
  const bool plain = std::ranges::all_of(others, [](auto word) { return title_words().contains(word); });
  if (!plain && (bare_line || others.size() > 4)) return std::nullopt;
  return protocol->scope;
}

}  // namespace oin
