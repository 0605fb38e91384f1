/// flanker.cpp: folders say what their mails are: bounce/ are delivery reports, complaints/ feedback reports,
/// spam/ and what lies beside the folders neither.
///
/// Of a report with a message/delivery-status part the recipients and their statuses are compared too, as its
/// own fields state them (RFC 3464 2.3); a vague X.0.0 may have been read as more from the far server's
/// words.
#include <fmt/format.h>

#include <sstream>

#include "parsers/ascii.hpp"
#include "parsers/mail.hpp"
#include "parsers/text_lines.hpp"
#include "tests/comparators/comparator.hpp"

namespace oin::comparators {
namespace {

/// The values of a field in a mail whose parts are not encoded.
std::vector<std::string> values(std::string_view bytes, std::string_view field) {
  std::vector<std::string> found;
  for (const TextLine& line : text_lines(bytes))
    if (starts_with_words(line.text, field)) found.emplace_back(bare(line.text.substr(field.size())));
  return found;
}

void compare_report(Comparison& comparison, const std::string& bytes, const Mail& mail) {
  expect_same(comparison, "kind", "bounce", mail.automatic ? mail.automatic->kind : "none");
  if (!mail.delivery_report) {
    comparison.differences.emplace_back("no delivery report was read");
    return;
  }
  const auto& read = mail.delivery_report->recipients;
  const auto recipients = values(bytes, "Final-Recipient:"), statuses = values(bytes, "Status:");
  if (recipients.empty()) return;
  expect_same(comparison, "recipients", std::to_string(recipients.size()), std::to_string(read.size()));
  for (std::size_t i = 0; i < std::min(statuses.size(), read.size()); ++i) {
    const std::string stated = statuses[i].substr(0, statuses[i].find(' '));
    if (stated.find('.') != std::string::npos && !stated.ends_with(".0.0"))
      expect_same(comparison, fmt::format("status {}", i + 1), stated, read[i].status);
  }
}

}  // namespace

std::vector<Comparison> compare_flanker(const fs::path& folder) {
  std::vector<Comparison> out;
  for (const fs::path& path : files_below(folder, {".eml"})) {
    Comparison comparison{path.lexically_relative(folder).generic_string(), {}};
    const std::string bytes = contents(path);
    const Mail mail = parse_mail(bytes);
    const std::string kind = mail.automatic ? mail.automatic->kind : "none";
    if (comparison.file.starts_with("bounce/")) {
      compare_report(comparison, bytes, mail);
    } else {
      if (mail.delivery_report)
        comparison.differences.emplace_back("a delivery report was read where there is none");
      if (comparison.file.starts_with("complaints/")) expect_same(comparison, "kind", "feedback", kind);
      if (comparison.file.starts_with("disposition-notification"))
        expect_same(comparison, "kind", "receipt", kind);
      if (comparison.file.starts_with("spam/")) expect_same(comparison, "kind", "none", kind);
    }
    out.push_back(std::move(comparison));
  }
  return out;
}

}  // namespace oin::comparators
