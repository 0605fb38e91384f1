/// bounce_email.cpp: expected.tsv has a line a report: file, enhanced status (RFC 3463), kind of failure.
///
/// A status is compared where it stands in the mail: where there is none, that program makes one up from the
/// words ("unrouteable mail domain": 5.1.2), or says "unknown".
#include <sstream>

#include "parsers/mail.hpp"
#include "tests/comparators/comparator.hpp"

namespace oin::comparators {
namespace {

struct Expected {
  std::string status, kind;
};

std::map<std::string, Expected> expectations(const fs::path& folder) {
  std::map<std::string, Expected> out;
  std::istringstream lines(contents(folder / "expected.tsv"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream columns(line);
    std::string file;
    Expected expected;
    std::getline(columns, file, '\t');
    std::getline(columns, expected.status, '\t');
    std::getline(columns, expected.kind, '\t');
    out[file] = expected;
  }
  return out;
}

void compare_report(Comparison& comparison, const std::string& bytes, const Mail& mail,
                    const Expected& expected) {
  if (!mail.delivery_report || mail.delivery_report->recipients.empty()) {
    comparison.differences.emplace_back("no delivery report was read");
    return;
  }
  const RecipientReport& first = mail.delivery_report->recipients.front();
  if (expected.status.find('.') != std::string::npos && bytes.find(expected.status) != std::string::npos)
    expect_same(comparison, "status", expected.status, first.status);
  if (expected.kind == "TYPE_HARD_FAIL")
    expect_same(comparison, "permanent", "yes", first.permanent ? "yes" : "no");
  if (expected.kind == "TYPE_SOFT_FAIL")
    expect_same(comparison, "permanent", "no", first.permanent ? "yes" : "no");
}

}  // namespace

std::vector<Comparison> compare_bounce_email(const fs::path& folder) {
  const auto expected = expectations(folder);
  std::vector<Comparison> out;
  for (const fs::path& path : files_below(folder, {".txt"})) {
    Comparison comparison{path.lexically_relative(folder).generic_string(), {}};
    const std::string bytes = contents(path);
    const Mail mail = parse_mail(bytes);
    if (comparison.file.starts_with("bounces/")) {
      const auto found = expected.find(path.stem().string());
      compare_report(comparison, bytes, mail, found == expected.end() ? Expected{} : found->second);
    } else if (mail.delivery_report) {
      comparison.differences.emplace_back("a delivery report was read where there is none");
    }
    out.push_back(std::move(comparison));
  }
  return out;
}

}  // namespace oin::comparators
