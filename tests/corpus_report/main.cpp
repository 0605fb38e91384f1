/// main.cpp: prints docs/parsers.md, the results of every source as a table (`./dev corpus` writes the file).
#include <fmt/format.h>

#include <algorithm>

#include "tests/comparators/comparator.hpp"

namespace {

using namespace oin::comparators;

constexpr const char* head = R"(# How well the parsers read

Made by `./dev corpus`: each source's mails (tests/corpus/SOURCES.md), held against what the source expects. A deviation
is a difference that we hold to be right; its reason stands below and in the source's `deviations.tsv`. Whatever else
differs fails `tests/comparators/corpus_test.cpp`.

| source | what is compared | mails | equal | deviations | differ |
|---|---|---|---|---|---|
)";

}  // namespace

int main() {
  fmt::print("{}", head);
  std::string reasons;
  for (const Source& source : sources()) {
    const auto allowed = deviations(source);
    const auto comparisons = source.compare(folder_of(source));
    std::size_t equal = 0, deviating = 0;
    for (const Comparison& comparison : comparisons) {
      if (comparison.differences.empty()) {
        ++equal;
      } else if (const auto reason = allowed.find(comparison.file); reason != allowed.end()) {
        ++deviating;
        reasons += fmt::format("| {}/{} | {} |\n", source.name, comparison.file, reason->second);
      }
    }
    fmt::print("| {} | {} | {} | {} | {} | {} |\n", source.name, source.what, comparisons.size(), equal,
               deviating, comparisons.size() - equal - deviating);
  }
  if (!reasons.empty()) fmt::print("\n## Deviations\n\n| mail | why ours is right |\n|---|---|\n{}", reasons);
}
