/// corpus_test.cpp: no source differs from its expectations but where deviations.tsv says why.
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "tests/comparators/comparator.hpp"

namespace oin::comparators {

void PrintTo(const Source& source, std::ostream* out) { *out << source.name; }

namespace {

/// The share of a source that may differ for reasons of ours.
constexpr double most_deviations = 0.05;

class Corpus : public testing::TestWithParam<Source> {};

TEST_P(Corpus, IsReadAsItsSourceExpects) {
  const auto comparisons = GetParam().compare(folder_of(GetParam()));
  ASSERT_FALSE(comparisons.empty());
  const auto allowed = deviations(GetParam());
  std::size_t deviating = 0;
  for (const Comparison& comparison : comparisons) {
    if (allowed.contains(comparison.file)) {
      ++deviating;
      EXPECT_FALSE(comparison.differences.empty())
          << comparison.file << " differs no more: take its line out";
      continue;
    }
    for (const std::string& difference : comparison.differences)
      ADD_FAILURE() << comparison.file << ": " << difference;
  }
  EXPECT_EQ(deviating, allowed.size()) << GetParam().allowed << " names files that are not compared";
  EXPECT_LE(static_cast<double>(deviating), most_deviations * static_cast<double>(comparisons.size()));
}

INSTANTIATE_TEST_SUITE_P(Sources, Corpus, testing::ValuesIn(sources()), [](const auto& test) {
  std::string name(test.param.name);
  if (test.param.allowed != Source{}.allowed) name += "_" + std::string(fs::path(test.param.allowed).stem());
  std::ranges::replace_if(
      name, [](unsigned char c) { return !std::isalnum(c); }, '_');
  return name;
});

}  // namespace
}  // namespace oin::comparators
