#include "tests/comparators/comparator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

namespace oin::comparators {

fs::path folder_of(const Source& source) { return fs::path(OIND_SOURCE_DIR) / "tests/corpus" / source.name; }

std::map<std::string, std::string> deviations(const Source& source) {
  std::map<std::string, std::string> out;
  std::istringstream lines(contents(folder_of(source) / source.allowed));
  for (std::string line; std::getline(lines, line);) {
    const auto tab = line.find('\t');
    if (line.starts_with('#') || tab == std::string::npos || tab + 1 == line.size()) continue;
    out[line.substr(0, tab)] = line.substr(tab + 1);
  }
  return out;
}

std::string contents(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> files_below(const fs::path& folder, const std::vector<std::string>& extensions) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string extension = entry.path().extension().string();
    if (entry.is_regular_file() &&
        (extensions.empty() || std::ranges::find(extensions, extension) != extensions.end()))
      out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

void expect_same(Comparison& comparison, std::string_view what, std::string_view expected,
                 std::string_view read) {
  if (expected != read)
    comparison.differences.push_back(fmt::format("{}: expected \"{}\", read \"{}\"", what, expected, read));
}

}  // namespace oin::comparators
