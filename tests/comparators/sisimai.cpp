/// sisimai.cpp: expected.tsv has a row a recipient: file, enhanced status, reply code, reason, hard bounce.
///
/// What is compared of each recipient, in order:
/// - its status, where the expected one stands in the mail.  That program makes up a number where the mail
///   has none (its own 5.0.9xx, or a bare 5.0.0 for "some failure"), which is no fact of the mail.
/// - its reason, by the table below.
/// - "permanent", in one direction: what that program calls a hard bounce (nobody will ever be there) is
///   permanent in RFC 3463's sense too.  The reverse does not follow: a 5.2.2 or 5.7.1 is permanent for this
///   message (class 5: "not likely to be resolved by resending") and yet no hard bounce.
///
/// A report without a row must still name a recipient; arf-* are feedback reports and rfc3834-* automatic
/// replies, neither a delivery report; not/ holds no reports; err/ only has to be survived.  Every mail is
/// read again with CR line ends, as the collection's own mac/ folder has them, and must say the same.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "parsers/mail.hpp"
#include "tests/comparators/comparator.hpp"

namespace oin::comparators {
namespace {

struct Expected {
  std::string status, reply_code, reason;
  bool hard = false;
};

/// That program's words and ours.  Where one of its words covers several of ours, each is named.
const std::map<std::string, std::set<std::string>>& reasons() {
  static const std::map<std::string, std::set<std::string>> table = {
      {"userunknown", {"user-unknown"}},
      {"hasmoved", {"user-unknown"}},  // nobody is at this address any more
      {"suspend", {"user-unknown"}},   // the account is shut: again nobody reads there
      {"mailboxfull", {"mailbox-full"}},
      {"mesgtoobig", {"over-size"}},
      {"exceedlimit", {"over-size"}},  // the same, measured by the recipient's own limit (x.2.3)
      {"hostunknown", {"host-unknown"}},
      {"notaccept", {"host-unknown"}},  // a domain that says it takes no mail at all (RFC 7504, RFC 7505)
      {"networkerror", {"network"}},
      {"expired", {"expired", "network"}},  // a connection that timed out too: RFC 3463 3.5 has it as x.4.1
      {"norelaying", {"relay-denied"}},
      {"spamdetected", {"spam"}},
      {"badreputation", {"spam"}},
      {"blocked", {"policy", "spam"}},  // by the sending host: a rule of the site, or a spammers' list
      {"authfailure", {"policy"}},      // SPF, DKIM or DMARC
      {"requireptr", {"policy"}},
      {"rejected", {"policy"}},  // by the sender's address
      {"policyviolation", {"policy"}},
      {"securityerror", {"policy"}},
      {"virusdetected", {"policy"}},
      {"notcompliantrfc", {"policy"}},
      {"toomanyconn", {"policy"}},  // a limit that the site set on its clients
      // "Refused after DATA or by the recipient's own rule", told by the engine that reported it, not by
      // words.
      {"filtered", {"user-unknown", "policy", "spam", "other"}},
      {"contenterror", {"other", "policy"}},
      {"mailererror", {"other"}},
      {"systemerror", {"other"}},
      {"syntaxerror", {"other"}},
      {"undefined", {}},  // that program could not tell: no expectation
      {"delivered", {"other"}},
  };
  return table;
}

std::map<std::string, std::vector<Expected>> expectations(const fs::path& folder) {
  std::map<std::string, std::vector<Expected>> out;
  std::istringstream lines(contents(folder / "expected.tsv"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream columns(line);
    std::string file, hard;
    Expected expected;
    std::getline(columns, file, '\t');
    std::getline(columns, expected.status, '\t');
    std::getline(columns, expected.reply_code, '\t');
    std::getline(columns, expected.reason, '\t');
    std::getline(columns, hard, '\t');
    expected.hard = hard == "1";
    out[file].push_back(expected);
  }
  return out;
}

/// Everything that can be read in the mail, its decoded parts included.
std::string all_text(const std::string& bytes, const Mail& mail) {
  std::string all = bytes + mail.text;
  for (const Attachment& part : mail.attachments) all += part.content;
  return all;
}

void compare_recipient(Comparison& comparison, std::size_t number, const Expected& expected,
                       const RecipientReport& read, const std::string& all) {
  const std::string which = fmt::format("recipient {}: ", number);
  if (!expected.status.empty() && all.find(expected.status) != std::string::npos)
    expect_same(comparison, which + "status", expected.status, read.status);
  if (expected.hard) expect_same(comparison, which + "permanent", "yes", read.permanent ? "yes" : "no");
  const auto known = reasons().find(expected.reason);
  if (known == reasons().end())
    comparison.differences.push_back(which + "no word of ours for " + expected.reason);
  else if (!known->second.empty() && !known->second.contains(read.reason))
    comparison.differences.push_back(fmt::format("{}reason: expected {} ({}), read {}", which,
                                                 expected.reason, fmt::join(known->second, ", "),
                                                 read.reason));
}

void compare_report(Comparison& comparison, const std::string& bytes, const Mail& mail,
                    const std::vector<Expected>& expected) {
  if (!mail.delivery_report) {
    comparison.differences.emplace_back("no delivery report was read");
    return;
  }
  const auto& read = mail.delivery_report->recipients;
  expect_same(comparison, "kind", "bounce", mail.automatic ? mail.automatic->kind : "none");
  if (expected.empty()) {
    if (read.empty()) comparison.differences.emplace_back("no recipient was read");
    return;
  }
  expect_same(comparison, "recipients", std::to_string(expected.size()), std::to_string(read.size()));
  const std::string all = all_text(bytes, mail);
  for (std::size_t i = 0; i < std::min(expected.size(), read.size()); ++i)
    compare_recipient(comparison, i + 1, expected[i], read[i], all);
}

void expect_no_report(Comparison& comparison, const Mail& mail, std::string_view kind) {
  if (mail.delivery_report) comparison.differences.emplace_back("a delivery report was read");
  if (!kind.empty()) expect_same(comparison, "kind", kind, mail.automatic ? mail.automatic->kind : "none");
}

/// All that a report says, on a line.
std::string summary(const Mail& mail) {
  if (!mail.delivery_report) return "none";
  std::string out = mail.delivery_report->original_message_id;
  for (const RecipientReport& one : mail.delivery_report->recipients)
    out += fmt::format("; {} {} {} {} {} {}", one.address, one.action, one.status, one.reason, one.permanent,
                       one.diagnostic);
  return out;
}

std::string with_cr_line_ends(std::string bytes) {
  std::erase(bytes, '\r');
  std::ranges::replace(bytes, '\n', '\r');
  return bytes;
}

/// The messages of an mbox file (RFC 4155), each with its "From " line.
std::vector<std::string> messages_of(const std::string& mbox) {
  std::vector<std::string> out;
  std::istringstream lines(mbox);
  for (std::string line; std::getline(lines, line);) {
    if (out.empty() || line.starts_with("From ")) out.emplace_back();
    out.back() += line + '\n';
  }
  return out;
}

Comparison compare_mbox(const fs::path& path, std::string name) {
  Comparison comparison{std::move(name), {}};
  int number = 0;
  for (const std::string& bytes : messages_of(contents(path))) {
    ++number;
    const Mail mail = parse_mail(bytes);
    if (!mail.from.empty() && !mail.delivery_report)
      comparison.differences.push_back(fmt::format("message {}: no delivery report was read", number));
  }
  return comparison;
}

}  // namespace

std::vector<Comparison> compare_sisimai(const fs::path& folder) {
  const auto expected = expectations(folder);
  std::vector<Comparison> out;
  for (const fs::path& path : files_below(folder / "mailbox"))
    out.push_back(compare_mbox(path, path.lexically_relative(folder).generic_string()));
  for (const fs::path& path : files_below(folder / "maildir")) {
    Comparison comparison{path.lexically_relative(folder).generic_string(), {}};
    const std::string bytes = contents(path);
    const Mail mail = parse_mail(bytes);
    const std::string name = path.stem().string(), kept_in = path.parent_path().filename().string();
    if (name.starts_with("arf-")) {
      expect_no_report(comparison, mail, "feedback");
    } else if (name.starts_with("rfc3834-")) {
      expect_no_report(comparison, mail, "auto-reply");
    } else if (kept_in == "not") {
      expect_no_report(comparison, mail, "");
    } else if (kept_in != "err") {
      const auto rows = expected.find(name);
      compare_report(comparison, bytes, mail,
                     rows == expected.end() ? std::vector<Expected>{} : rows->second);
    }
    expect_same(comparison, "with CR line ends", summary(mail),
                summary(parse_mail(with_cr_line_ends(bytes))));
    out.push_back(std::move(comparison));
  }
  return out;
}

}  // namespace oin::comparators
