/// comparator.hpp: the mails of one source, held against the results that the source expects.
///
/// A comparator says of each mail in what it differs from the expectation; whether that is a fault of ours is
/// not its business.  Differences we hold to be right stand in `deviations.tsv` of the source's folder, one
/// line a file with the RFC that says so; corpus_test.cpp allows those and no others, and at most 5 % of a
/// source. A source without expected results of its own is compared with what must hold for any mail.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace oin::comparators {

namespace fs = std::filesystem;

struct Comparison {
  std::string file;                      ///< within the source's folder: "malformed/012.eml"
  std::vector<std::string> differences;  ///< "subject: expected "a", read "b""; empty: equal
};

struct Source {
  std::string_view name;  ///< its folder in tests/corpus
  std::string_view what;  ///< what is compared, a few words for the table
  std::vector<Comparison> (*compare)(const fs::path& folder);
  std::string_view allowed = "deviations.tsv";  ///< the file in its folder that names the deviations
};

/// Every source, in the order of the table.  A new one is a line in sources.cpp and a file beside it.
const std::vector<Source>& sources();

fs::path folder_of(const Source& source);
/// By file: why the difference is right.  A line that has no reason is no deviation.
std::map<std::string, std::string> deviations(const Source& source);

std::string contents(const fs::path& file);
/// The regular files below `folder` with one of these extensions (".eml"), sorted; none given: all of them.
std::vector<fs::path> files_below(const fs::path& folder, const std::vector<std::string>& extensions = {});
/// Adds a difference where the two are not the same.
void expect_same(Comparison& comparison, std::string_view what, std::string_view expected,
                 std::string_view read);

}  // namespace oin::comparators
