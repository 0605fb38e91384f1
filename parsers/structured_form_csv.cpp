#include <algorithm>
#include <array>

#include "parsers/structured_form.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

constexpr std::size_t most_rows = 2'000, most_cells = 200;

/// The delimiter that stands most often in the first line, outside of quotes.
char delimiter_of(std::string_view text) {
  std::array<int, 3> counts{};
  constexpr std::string_view candidates = ",;\t";
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    if (const auto at = candidates.find(c); at != std::string_view::npos) ++counts[at];
  }
  return candidates[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
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
  bool quoted = false, row_is_open = false;
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
    } else if (c == '"' && bare(cell).empty()) {
      quoted = true;
      cell.clear();
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
