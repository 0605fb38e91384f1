#include <algorithm>
#include <array>

#include "parsers/structured_form.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

constexpr std::size_t most_rows = 2'000, most_cells = 200;

/// The delimiter that stands in most of the first lines, outside of quotes; of several the most frequent.
char delimiter_of(std::string_view text) {
  constexpr std::string_view candidates = ",;\t|";
  constexpr std::size_t most_lines = 20;
  struct Count {
    std::size_t lines = 0, all = 0, in_line = 0;
    auto operator<=>(const Count&) const = default;
  };
  std::array<Count, candidates.size()> counts{};
  const auto end_line = [&] {
    for (Count& count : counts) count.lines += count.in_line > 0 ? 1 : 0, count.in_line = 0;
  };
  bool quoted = false;
  std::size_t lines = 0;
  for (std::size_t at = 0; at < text.size() && lines < most_lines; ++at) {
    const char c = text[at];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') {
      end_line();
      ++lines;
    } else if (const auto found = candidates.find(c); found != std::string_view::npos) {
      ++counts[found].in_line;
      ++counts[found].all;
    }
  }
  end_line();
  return candidates[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

/// Is there a quote that ends a cell?
bool closes(std::string_view text, char delimiter) {
  for (auto at = text.find('"'); at != std::string_view::npos; at = text.find('"', at + 1)) {
    if (at + 1 < text.size() && text[at + 1] == '"') {
      ++at;
      continue;
    }
    const auto next = text.find_first_not_of(' ', at + 1);
    if (next == std::string_view::npos || text[next] == delimiter || text[next] == '\n' || text[next] == '\r')
      return true;
  }
  return false;
}

}  // namespace

std::vector<TableRow> csv_rows(std::string_view text) {
  char delimiter = delimiter_of(text);
  int line = 1;
  if (text.starts_with("sep=") && text.size() > 5 && (text[5] == '\n' || text[5] == '\r')) {
    delimiter = text[4];
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    ++line;
  }
  std::vector<TableRow> rows;
  std::string cell;
  bool quoted = false, row_is_open = false, all_closed = false;
  const auto end_cell = [&] {
    if (rows.back().cells.size() < most_cells) rows.back().cells.push_back(std::move(cell));
    cell.clear();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (!row_is_open) {
      if (rows.size() == most_rows) break;
      rows.push_back({line, {}});
      row_is_open = true;
    }
    if (c == '\n') ++line;
    if (quoted) {
      if (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n') continue;
      if (c != '"')
        cell += c;
      else if (at + 1 < text.size() && text[at + 1] == '"')
        cell += text[++at];
      else
        quoted = false;
    } else if (c == '"' && !all_closed && bare(cell).empty()) {
      // A quote that is never closed is a character: the rows behind it are none of its cell.
      quoted = closes(text.substr(at + 1), delimiter);
      all_closed = !quoted;
      cell.assign(quoted ? "" : "\"");
    } else if (c == delimiter) {
      end_cell();
    } else if (c == '\n') {
      end_cell();
      row_is_open = false;
    } else if (c != '\r') {
      cell += c;
    }
  }
  if (row_is_open) end_cell();
  return rows;
}

}  // namespace oin
