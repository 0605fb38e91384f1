#include "parsers/command.hpp"

#include <algorithm>
#include <utility>

#include "parsers/ascii.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

constexpr std::string_view name_letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-";

/// The length of the command's name with its slash, 0 when the line holds no command.
std::size_t name_length(std::string_view line) {
  if (line.size() < 2 || line.front() != '/' || line[1] == '-') return 0;
  const auto end = std::min(line.find_first_not_of(name_letters, 1), line.size());
  const bool ends_well = end == line.size() || line[end] == ' ' || line[end] == '\t';
  return end > 1 && ends_well ? end : 0;
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

std::vector<Command> commands(std::string_view reply_text) {
  std::vector<Command> found;
  for (const TextLine& line : text_lines(reply_text)) {
    if (const auto length = name_length(line.text); length > 0) {
      const std::string_view rest = bare(line.text.substr(length));
      found.push_back(
          {lower(line.text.substr(1, length - 1)), arguments_of(rest), std::string(rest), line.number});
    } else if (!found.empty()) {
      found.back().text.append("\n").append(line.text);
    }
  }
  for (Command& command : found) command.text = std::string(bare(command.text));
  return found;
}

}  // namespace oin
