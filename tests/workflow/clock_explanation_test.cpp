#include "daemon/workflow/clock_explanation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Instant at(const std::string& text) { return *parse_rfc3339(text); }

BusinessCalendar calendar() {
  using namespace std::chrono;
  CalendarSettings settings;
  for (std::size_t day = 0; day < 5; ++day) settings.week[day] = {{9 * 60, 17 * 60}};
  settings.holidays = {2020y / 11 / 27};
  settings.named_holidays = {{"Thanksgiving", November / Thursday[4]},
                             {"Christmas Eve", December / 24, {{9 * 60, 12 * 60}}},
                             {"Christmas Day", December / 25},
                             {"Boxing Day", December / 26}};
  return BusinessCalendar(settings);
}

std::vector<std::string> told(const std::vector<ClockInterval>& clock, const std::string& now) {
  std::vector<std::string> out;
  for (const ClockLine& line : explain_clock(clock, calendar(), at(now)))
    out.push_back(sentence(line, calendar(), at(now)));
  return out;
}

/// The worked example: issues after 1,290 of 2,400 minutes, the answer on an evening.
std::vector<ClockInterval> paused() {
  const Instant start = at("2020-10-12T10:00:00Z"), issues = at("2020-10-14T15:30:00Z"),
                answer = at("2020-10-20T19:00:00Z");
  return {{start, issues, true, "initial review is with the team", 2400, at("2020-10-19T10:00:00Z")},
          {issues, issues, true, "a step of the same decision", 1110, at("2020-10-19T10:00:00Z")},
          {issues, answer, false, "2 issues are with the vendor"},
          {answer, std::nullopt, true, "initial review is with the team", 1110, at("2020-10-23T11:30:00Z")}};
}

TEST(ClockExplanation, SaysWhatWasUsedWhatIsLeftAndHowTheDueDateAddsUp) {
  EXPECT_THAT(
      told(paused(), "2020-10-21T15:30:00Z"),
      ElementsAre("Mon 12 Oct 10:00 to Wed 14 Oct 15:30 UTC: 1,290 business minutes of 2,400 used (initial "
                  "review is with the team); 1,110 left",
                  "Wed 14 Oct 15:30 to Tue 20 Oct 19:00 UTC: the clock stood still (2 issues are with the "
                  "vendor)",
                  "since Tue 20 Oct 19:00 UTC: 390 business minutes of 1,110 used (initial review is with "
                  "the team); 720 left; due Fri 23 Oct 11:30 = Tue 20 Oct 19:00 + 1,110 business minutes, "
                  "counted from Wed 21 Oct 09:00"));
}

TEST(ClockExplanation, GivesTheSameAsNumbers) {
  const auto lines = explain_clock(paused(), calendar(), at("2020-10-21T15:30:00Z"));
  ASSERT_EQ(lines.size(), 3u) << "what took no time is left out";
  EXPECT_EQ(lines[0].minutes, 1290);
  EXPECT_EQ(lines[0].left, 1110);
  EXPECT_EQ(lines[1].minutes, 0);
  EXPECT_FALSE(lines[1].due);
  EXPECT_EQ(lines[2].minutes, 390);
  EXPECT_EQ(lines[2].left, 720);
  EXPECT_EQ(lines[2].due, at("2020-10-23T11:30:00Z"));
}

TEST(ClockExplanation, SaysByHowMuchItIsOver) {
  EXPECT_THAT(
      told(paused(), "2020-10-23T11:31:00Z").back(),
      HasSubstr("1,111 business minutes of 1,110 used (initial review is with the team); 1 over; due"));
}

TEST(ClockExplanation, NamesTheHolidaysThatTookWorkAway) {
  const std::vector<ClockInterval> clock{
      {at("2020-11-24T15:00:00Z"), at("2020-12-01T09:01:00Z"), true, "qa", 480, at("2020-11-25T15:00:00Z")},
      {at("2020-12-23T16:00:00Z"), std::nullopt, true, "qa", 480, at("2020-12-28T13:00:00Z")}};
  const auto lines = told(clock, "2020-12-23T16:01:00Z");
  EXPECT_THAT(lines[0], HasSubstr("; 601 over")) << lines[0];
  EXPECT_THAT(lines[0],
              HasSubstr("; no work on Thanksgiving (Thu 26 Nov); no work on a holiday (Fri 27 Nov)"));
  EXPECT_EQ(lines[1],
            "since Wed 23 Dec 16:00 UTC: 1 business minute of 480 used (qa); 479 left; due Mon 28 Dec 13:00 "
            "= Wed 23 "
            "Dec 16:00 + 480 business minutes; Christmas Eve (Thu 24 Dec) only 09:00-12:00; no work on "
            "Christmas Day "
            "(Fri 25 Dec)")
      << "and not Boxing Day, a Saturday";
}

TEST(ClockExplanation, SaysWhereAPromiseIsNotWhatTheCalendarCountsToday) {
  auto clock = paused();
  clock.back().due = at("2020-10-23T17:00:00Z");
  EXPECT_THAT(
      told(clock, "2020-10-21T15:30:00Z").back(),
      HasSubstr(
          "; due Fri 23 Oct 17:00 as promised, though by today's calendar Fri 23 Oct 11:30 = Tue 20 Oct "
          "19:00 + 1,110 business minutes"));
}

TEST(ClockExplanation, NamesTheYearWhereItIsAnother) {
  EXPECT_THAT(told(paused(), "2021-01-04T10:00:00Z").front(),
              HasSubstr("Mon 12 Oct 2020 10:00 to Wed 14 Oct 2020 15:30 UTC: "));
}

TEST(ClockExplanation, SaysWhenNothingIsPromised) {
  const std::vector<ClockInterval> clock{{at("2020-10-12T10:00:00Z"), std::nullopt, true, "a question"}};
  EXPECT_THAT(
      told(clock, "2020-10-12T10:30:00Z"),
      ElementsAre("since Mon 12 Oct 10:00 UTC: 30 business minutes used (a question), with no due date"));
  const std::vector<ClockInterval> held{{at("2020-10-12T10:00:00Z"), std::nullopt, false, "held: embargo"}};
  EXPECT_THAT(told(held, "2020-10-12T10:30:00Z"),
              ElementsAre("since Mon 12 Oct 10:00 UTC: the clock stands still (held: embargo)"));
}

TEST(ClockExplanation, CountsNothingForAStartInTheFuture) {
  EXPECT_THAT(told({{at("2020-10-12T10:00:00Z"), std::nullopt, true, "x", 60, at("2020-10-12T11:00:00Z")}},
                   "2020-10-12T09:00:00Z"),
              ElementsAre(HasSubstr("0 business minutes of 60 used (x); 60 left")));
}

}  // namespace
}  // namespace oin
