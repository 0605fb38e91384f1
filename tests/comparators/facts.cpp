/// facts.cpp: facts.tsv of a source has a line a fact: file, what, value.  They are what the file's name says
/// of it, or what anybody sees who reads it; where a source states no results of its own, these stand in.
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "parsers/base/instant.hpp"
#include "parsers/mail.hpp"
#include "tests/comparators/comparator.hpp"

namespace oin::comparators {
namespace {

std::string shown(const std::vector<Address>& addresses) {
  std::string out;
  for (const Address& one : addresses)
    out += fmt::format("{}{}<{}>", out.empty() ? "" : ", ", one.display_name, one.addr_spec);
  return out;
}

std::string attachments(const Mail& mail) {
  std::string out;
  for (const Attachment& one : mail.attachments)
    out += (out.empty() ? "" : ", ") + (one.filename.empty() ? one.content_type : one.filename);
  return out;
}

void compare_fact(Comparison& comparison, const Mail& mail, const std::string& what,
                  const std::string& value) {
  if (what == "subject") return expect_same(comparison, what, value, mail.subject);
  if (what == "message-id") return expect_same(comparison, what, value, mail.message_id);
  if (what == "date")
    return expect_same(comparison, what, value, mail.date ? to_rfc3339(*mail.date) : "none");
  if (what == "from") return expect_same(comparison, what, value, shown(mail.from));
  if (what == "to") return expect_same(comparison, what, value, shown(mail.to));
  if (what == "cc") return expect_same(comparison, what, value, shown(mail.cc));
  if (what == "attachments") return expect_same(comparison, what, value, attachments(mail));
  bool holds = false;
  if (what == "text") holds = mail.text.find(value) != std::string::npos;
  if (what == "html") holds = mail.html.value_or("").find(value) != std::string::npos;
  if (what == "defect") holds = std::ranges::find(mail.defects, value, &Defect::code) != mail.defects.end();
  if (!holds) comparison.differences.push_back(fmt::format("{}: no \"{}\"", what, value));
}

}  // namespace

std::vector<Comparison> compare_facts(const fs::path& folder) {
  std::vector<Comparison> out;
  Mail mail;
  std::istringstream lines(contents(folder / "facts.tsv"));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream columns(line);
    std::string file, what, value;
    std::getline(columns, file, '\t');
    std::getline(columns, what, '\t');
    std::getline(columns, value);
    if (file.empty() || file.starts_with('#')) continue;
    if (out.empty() || out.back().file != file) {
      out.push_back({file, {}});
      if (!fs::exists(folder / file)) out.back().differences.emplace_back("there is no such file");
      mail = parse_mail(contents(folder / file));
    }
    compare_fact(out.back(), mail, what, value);
  }
  return out;
}

}  // namespace oin::comparators
