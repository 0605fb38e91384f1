/// What a mail says, as an operator sees it: in a log line, in JSON and in the tool's own words.
#include <gmock/gmock.h>

#include <array>
#include <sstream>

#include "daemon/log.hpp"
#include "daemon/mail_json.hpp"
#include "daemon/oinctl_print.hpp"
#include "templates/plain_value.hpp"

namespace oin {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::array<std::string, 11> hostile = {
    "two\nletter.sent ticket=OIN-9",
    "two\r\nletter.sent ticket=OIN-9",
    "two\rletter.sent",
    "clear \x1b[2J\x1b]0;title\x07 screen",
    "c1 \xc2\x9b"
    "2J and \xc2\x85 next line",
    std::string("nul\0nul", 7),
    "delete\x7f",
    "not \xff\xfe utf-8 \xc0\xaf",
    "\xe2\x80\xaeright to left\xe2\x81\xa6",
    "line\xe2\x80\xa8separator\xe2\x80\xa9",
    "quote\" ticket=OIN-9 \"x",
};

/// Nothing that steers a terminal, ends a line or turns the text around, and valid UTF-8.
void expect_harmless(const std::string& shown) {
  for (const char c : shown) EXPECT_FALSE(static_cast<unsigned char>(c) < 0x20 || c == 0x7f) << int(c);
  EXPECT_EQ(plain_value(shown), shown);
}

TEST(LogField, IsOneHarmlessWordOrOneQuotedText) {
  for (const std::string& value : hostile) {
    const std::string shown = log::field(value);
    expect_harmless(shown);
    const bool quoted = shown.size() >= 2 && shown.front() == '"' && shown.back() == '"';
    EXPECT_TRUE(quoted || shown.find(' ') == std::string::npos) << shown;
    EXPECT_EQ(std::ranges::count(shown, '"'), quoted ? 2 : 0) << shown;
  }
  EXPECT_EQ(log::field(""), "\"\"");
  EXPECT_EQ(log::field("plain"), "plain");
}

TEST(LogField, IsCutBetweenCharacters) {
  std::string longer(499, 'x');
  for (int i = 0; i < 10; ++i) longer += "\xc3\xa4";
  const std::string shown = log::field(longer);
  EXPECT_LT(shown.size(), 510u);
  EXPECT_THAT(shown, Not(HasSubstr("\xef\xbf\xbd")));
}

TEST(PrintedJson, IsTheSameValueWithoutWhatSteersATerminal) {
  for (const std::string& value : hostile) {
    const std::string text = print(Json{{"subject", value}, {"list", Json::array({value, 1})}});
    for (const char c : text) EXPECT_FALSE(static_cast<unsigned char>(c) < 0x20 || c == 0x7f) << int(c);
    EXPECT_THAT(text, Not(HasSubstr("\xc2\x9b")));
    EXPECT_THAT(text, Not(HasSubstr("\xc2\x85")));
    if (value.find('\xff') == std::string::npos) {
      EXPECT_EQ(Json::parse(text)["subject"], value);
    }
  }
}

Json one_ticket(const std::string& value) {
  Json ticket = {{"reference", "OIN-1"}, {"title", value},     {"kind", "submission"}, {"queue", "review"},
                 {"phase", "precheck"},  {"state", "open"},    {"turn", "team"},       {"due_at", nullptr},
                 {"requester", value},   {"opened_at", "now"}, {"revision", 1}};
  const Json unknown = {{"label", value}, {"value", value}};
  const Json fields = {{"app_name", value}};
  ticket["submission"] = {{"protocols", Json::array({"saml"})}, {"unknown", Json::array({unknown})}};
  ticket["submission"]["fields"] = fields;
  const Json issue = {{"number", 1}, {"severity", "must"}, {"state", "open"}, {"code", "c"}, {"text", value}};
  const Json mail = {{"number", 1}, {"direction", "in"}, {"at", "now"}, {"from", value}, {"subject", value}};
  const Json entry = {{"seq", 1}, {"at", "now"}, {"text", value}};
  ticket["issues"] = Json::array({issue});
  ticket["mails"] = Json::array({mail});
  ticket["timeline"] = Json::array({entry});
  return ticket;
}

/// Each verb's words have as many lines with a hostile value as with a harmless one.
TEST(PrintedWords, HaveTheLinesThatTheDeskGaveThem) {
  const auto lines = [](const std::string& verb, const Json& answer) {
    std::ostringstream out;
    print_answer(out, verb, answer);
    const std::string words = plain_value(out.str());  // as oinctl hands them on
    return std::ranges::count(words, '\n');
  };
  const auto answers = [](const std::string& value) {
    const Json letter = {
        {"id", 1},       {"state", "queued"},          {"event", "e"},        {"to", Json::array({value})},
        {"attempts", 0}, {"next_attempt_at", nullptr}, {"last_answer", value}};
    const Json bad = {{"id", 1},       {"at", "now"},      {"mailbox", "oin"},
                      {"from", value}, {"subject", value}, {"reason", value}};
    const Json closed = {{"address", value}, {"at", "now"}, {"by", value}, {"reason", value}};
    return std::vector<std::pair<std::string, Json>>{{"tickets", Json::array({one_ticket(value)})},
                                                     {"ticket", one_ticket(value)},
                                                     {"outbox", Json::array({letter})},
                                                     {"quarantine", Json::array({bad})},
                                                     {"suppressed", Json::array({closed})}};
  };
  const auto harmless = answers("x");
  for (const std::string& value : hostile) {
    const auto shown = answers(value);
    for (std::size_t i = 0; i < shown.size(); ++i)
      EXPECT_EQ(lines(shown[i].first, shown[i].second), lines(harmless[i].first, harmless[i].second))
          << shown[i].first << " of " << log::field(value);
  }
}

/// Names of phases, which the settings have in lower case, and numbers; whatever else the report knows.
TEST(PrintedCsv, HoldsOnlyTheDesksOwnWords) {
  const Json phase = {{"phase", "qa"},
                      {"tickets", 3},
                      {"rounds", 4},
                      {"breaches", 0},
                      {"running", 1},
                      {"overdue", 0},
                      {"round_minutes_p50", 10},
                      {"round_minutes_p90", 20},
                      {"round_minutes_longest", 30},
                      {"ticket_minutes_p50", 10},
                      {"ticket_minutes_p90", 20},
                      {"titles", Json::array({"=HYPERLINK(\"https://evil.example\")"})}};
  const Json report = Json::array({phase});
  std::ostringstream out;
  print_answer(out, "report-csv", report);
  EXPECT_EQ(out.str().find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-,\n"), std::string::npos)
      << out.str();
  EXPECT_THAT(out.str(), HasSubstr("\nqa,3,4,0,1,0,10,20,30,10,20\n"));
}

}  // namespace
}  // namespace oin
