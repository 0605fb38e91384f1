#include "parsers/command.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "parsers/ascii.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

constexpr auto names = std::to_array<std::string_view>(
    {"assign",  "issue",    "send",  "fixed",  "waive",   "approve", "hold",  "resume", "reject",
     "publish", "withdraw", "queue", "note",   "reply",   "remind",  "merge", "split",  "link",
     "reopen",  "restart",  "grant", "extend", "decline", "unseal",  "help"});

constexpr std::string_view name_letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-";

/// The length of the command's name with its slash, 0 when the line holds no command.
std::size_t name_length(std::string_view line) {
  if (line.size() < 2 || line.front() != '/' || line[1] == '-') return 0;
  const auto end = std::min(line.find_first_not_of(name_letters, 1), line.size());
  const bool ends_well = end == line.size() || line[end] == ' ' || line[end] == '\t';
  return end > 1 && ends_well ? end : 0;
}

/// At most two letters added, left out or changed, for names that are long enough to show it.
bool is_misspelling(std::string_view word, std::string_view name) {
  constexpr std::size_t most_edits = 2, shortest = 4, longest = 12;
  if (word.size() < shortest || word.size() > longest || name.size() < shortest) return false;
  const std::size_t edits_allowed = name.size() < 6 ? 1 : most_edits;
  std::array<std::size_t, longest + 1> row{};  // Levenshtein's, one row of it
  for (std::size_t j = 0; j <= name.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= word.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= name.size(); ++j) {
      const std::size_t changed = diagonal + (word[i - 1] == name[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[name.size()] <= edits_allowed;
}

bool is_known(std::string_view name) { return std::ranges::find(names, name) != names.end(); }

/// Did somebody mean a command that does not exist?
bool is_meant(std::string_view name, std::string_view rest) {
  return rest.empty() || std::ranges::any_of(names, [&](auto known) { return is_misspelling(name, known); });
}

/// Mail programs turn "x" into curly quotes while one types.
std::string straight_quotes(std::string_view text) {
  std::string straight;
  while (!text.empty()) {
    const bool curly = text.starts_with("“") || text.starts_with("”") || text.starts_with("„");
    straight += curly ? '"' : text.front();
    text.remove_prefix(curly ? std::string_view("“").size() : 1);
  }
  return straight;
}

std::vector<std::string> arguments_of(std::string_view line) {
  std::vector<std::string> arguments;
  std::string word;
  bool in_word = false, in_quotes = false;
  for (const char c : straight_quotes(line)) {
    if (c == '"') {
      in_quotes = !in_quotes;
      in_word = true;
    } else if (!in_quotes && (c == ' ' || c == '\t')) {
      if (in_word) arguments.push_back(std::exchange(word, {}));
      in_word = false;
    } else {
      word += c;
      in_word = true;
    }
  }
  if (in_word) arguments.push_back(std::move(word));
  return arguments;
}

}  // namespace

std::span<const std::string_view> command_names() { return names; }

std::vector<Command> commands(std::string_view own_text) {
  std::vector<Command> found;
  bool fenced = false;
  for (const TextLine& line : text_lines(own_text)) {
    if (line.text.starts_with("```") || line.text.starts_with("~~~")) fenced = !fenced;
    const std::size_t length = fenced ? 0 : name_length(line.text);
    const std::string name = lower(line.text.substr(0, length)).substr(length > 0 ? 1 : 0);
    const std::string_view rest = bare(line.text.substr(length));
    if (length > 0 && (is_known(name) || is_meant(name, rest))) {
      found.push_back({name, is_known(name), arguments_of(rest), std::string(rest), line.number});
    } else if (!found.empty()) {
      found.back().text.append("\n").append(line.text);
    }
  }
  for (Command& command : found) command.text = std::string(bare(command.text));
  return found;
}

}  // namespace oin
