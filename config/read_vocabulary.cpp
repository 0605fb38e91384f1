#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "config/load.hpp"
#include "config/toml_table.hpp"

namespace oin {
namespace {

constexpr int loudest = 3000;  ///< hundredths: no word may settle it alone

/// The next column of a line.
std::string_view take_column(std::string_view& line) {
  const auto end = std::min(line.find('\t'), line.size());
  const std::string_view column = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return column;
}

/// Hundredths; an empty column is none.
bool read_weight(std::string_view column, std::int16_t& weight) {
  weight = 0;
  if (column.empty()) return true;
  const auto [end, error] = std::from_chars(column.data(), column.data() + column.size(), weight);
  return error == std::errc() && end == column.data() + column.size() && std::abs(weight) <= loudest;
}

}  // namespace

VocabularySettings read_vocabulary(std::string_view tsv, std::string_view name, Problems& problems) {
  VocabularySettings out;
  const auto known = known_intents();
  int number = 0;
  const auto problem = [&](std::string_view found, std::string_view allowed) {
    problems.push_back(fmt::format("{}:{}: found {}; allowed: {}", name, number, in_quotes(found), allowed));
  };
  while (!tsv.empty()) {
    const auto end = std::min(tsv.find('\n'), tsv.size());
    std::string_view line = tsv.substr(0, end);
    tsv.remove_prefix(std::min(end + 1, tsv.size()));
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    const std::string_view word = take_column(line);
    if (out.intents.empty()) {
      if (word != "word" || line.empty()) return problem(word, "the heading: \"word\" and intents"), out;
      while (!line.empty()) out.intents.emplace_back(take_column(line));
      for (const std::string& intent : out.intents)
        if (std::ranges::find(known, intent) == known.end())
          problem(intent, fmt::format("{}", fmt::join(known, ", ")));
      continue;
    }
    out.words.emplace_back(word);
    for (std::size_t i = 0; i < out.intents.size(); ++i) {
      const std::string_view column = take_column(line);
      if (!read_weight(column, out.weights.emplace_back()))
        problem(column,
                fmt::format("a whole number from {} to {} for {}", -loudest, loudest, out.intents[i]));
    }
    if (!line.empty()) problem(line, fmt::format("{} weights in a line", out.intents.size()));
  }
  return out;
}

}  // namespace oin
