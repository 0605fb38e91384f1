#include "daemon/workflow/clock_history.hpp"

#include <gtest/gtest.h>

#include "tests/workflow/sample_desk.hpp"

namespace oin {
namespace {

using nlohmann::json;

Instant at(const std::string& text) { return *parse_rfc3339(text); }

/// The worked example: issues after 1,290 of 2,400 minutes, then a hold, the rest from an evening on.
Ticket paused() {
  Ticket ticket;
  ticket.queue = "review";
  const Instant start = at("2020-10-12T10:00:00Z"), issues = at("2020-10-14T15:30:00Z"),
                held = at("2020-10-19T10:00:00Z"), answer = at("2020-10-20T19:00:00Z");
  const std::string phase = "initial-review";
  ticket.clock = {
      {start, issues, true, with_the_team(phase), 2400, at("2020-10-19T10:00:00Z"), phase},
      {issues, issues, true, "a step of the same decision", 1110, at("2020-10-19T10:00:00Z"), phase},
      {issues, held, false, "waiting for issues 1, 2", 0, std::nullopt, phase},
      {held, answer, false, "held: the tester is ill", 0, std::nullopt, phase},
      {answer, std::nullopt, true, with_the_team(phase), 1110, at("2020-10-23T11:30:00Z"), phase}};
  return ticket;
}

json history(bool explained, const std::string& locale) {
  Desk desk = sample_desk();
  desk.workflow.explain_clock = explained;
  CalendarSettings calendar = desk.workflow.calendar;
  calendar.named_holidays = {
      {"Founders' Day", std::chrono::October / 13},
      {"Clean-up", std::chrono::October / 14, {{9 * 60, 12 * 60}}},
  };
  desk.calendar = BusinessCalendar(calendar);
  Ticket ticket = paused();
  ticket.locale = locale;
  json variables;
  add_clock_history(variables, desk, ticket);
  return variables;
}

TEST(ClockHistory, TellsWhoseTurnItWasAndLeavesOutWhatTookNoTime) {
  const json told = history(false, "en");
  EXPECT_FALSE(told["explained"]);
  ASSERT_EQ(told["history"].size(), 4u);
  EXPECT_EQ(told["history"][0]["when"], "Monday 12 October 2020");
  EXPECT_EQ(told["history"][0]["ours"], true);
  EXPECT_EQ(told["history"][0]["text"], "initial review");
  EXPECT_EQ(told["history"][0]["due"], "") << "the setting is off";
  EXPECT_EQ(told["history"][1]["ours"], false);
  EXPECT_EQ(told["history"][1]["text"], "waiting for issues 1, 2");
}

TEST(ClockHistory, ExplainsEachRunningStretchWhereTheDeskWantsIt) {
  const json told = history(true, "en");
  EXPECT_TRUE(told["explained"]);
  const json& first = told["history"][0];
  EXPECT_EQ(first["budget"], "40 h");
  EXPECT_EQ(first["used"], "10 h") << "seven on Monday, none on Tuesday, three on Wednesday";
  EXPECT_EQ(first["days_off"], "Tuesday 13 October 2020 (Founders' Day)") << "a half day is no day off";
  EXPECT_EQ(told["history"][1]["due"], "") << "the clock stood still";
  const json& last = told["history"][3];
  EXPECT_EQ(last["used"], "") << "it is still going on";
  EXPECT_EQ(last["budget"], "18 h 30 min");
  EXPECT_EQ(last["due"], "Friday 23 October 2020, 11:30 UTC");
}

TEST(ClockHistory, IsInTheVendorsLanguageAsFarAsItsWordsAre) {
  const json told = history(true, "de");
  EXPECT_EQ(told["history"][0]["text"], "Erstprüfung");
  EXPECT_EQ(told["history"][0]["in_any_language"], true);
  EXPECT_EQ(told["history"][1]["in_any_language"], false) << "the desk's own words are English";
  EXPECT_EQ(told["history"][2]["in_any_language"], true) << "a person's words are theirs";
  EXPECT_EQ(told["history"][3]["due"], "Freitag, 23. Oktober 2020, 11:30 UTC");
}

}  // namespace
}  // namespace oin
