#include "daemon/workflow/business_time.hpp"

#include <gtest/gtest.h>

#include "daemon/workflow/holiday.hpp"

namespace oin {
namespace {

Instant at(const std::string& text) { return *parse_rfc3339(text); }

CalendarSettings nine_to_five(std::string zone = "UTC") {
  CalendarSettings settings;
  settings.time_zone = std::move(zone);
  for (std::size_t day = 0; day < 5; ++day) settings.week[day] = {{9 * 60, 17 * 60}};
  return settings;
}

/// Mon–Fri 09:00–17:00 with the holidays of the worked examples.
BusinessCalendar calendar(std::string zone = "UTC") {
  using namespace std::chrono;
  CalendarSettings settings = nine_to_five(std::move(zone));
  settings.holidays = {2020y / 11 / 27};
  settings.named_holidays = {{"Thanksgiving", November / Thursday[4]},
                             {"Christmas Day", December / 25},
                             {"New Year's Day", January / 1},
                             {"Martin Luther King Day", January / Monday[3]}};
  return BusinessCalendar(settings);
}

struct DueCase {
  std::string name, start, five_days, one_day;
};
class Due : public testing::TestWithParam<DueCase> {};

TEST_P(Due, IsCountedInBusinessMinutes) {
  const Instant start = at(GetParam().start);
  EXPECT_EQ(to_rfc3339(calendar().add_business_days(start, 5)), GetParam().five_days);
  EXPECT_EQ(to_rfc3339(calendar().add_business_days(start, 1)), GetParam().one_day);
}

INSTANTIATE_TEST_SUITE_P(
    WorkedExamples, Due,
    testing::Values(
        DueCase{"MondayMorning", "2020-10-12T10:00:00Z", "2020-10-19T10:00:00Z", "2020-10-13T10:00:00Z"},
        DueCase{"BeforeOpening", "2020-10-12T08:00:00Z", "2020-10-16T17:00:00Z", "2020-10-12T17:00:00Z"},
        DueCase{"AtClosing", "2020-10-12T17:00:00Z", "2020-10-19T17:00:00Z", "2020-10-13T17:00:00Z"},
        DueCase{"FridayAfternoon", "2020-10-16T16:30:00Z", "2020-10-23T16:30:00Z", "2020-10-19T16:30:00Z"},
        DueCase{"FridayEvening", "2020-10-16T18:00:00Z", "2020-10-23T17:00:00Z", "2020-10-19T17:00:00Z"},
        DueCase{"Saturday", "2020-10-17T12:00:00Z", "2020-10-23T17:00:00Z", "2020-10-19T17:00:00Z"},
        DueCase{"Thanksgiving", "2020-11-20T15:00:00Z", "2020-12-01T15:00:00Z", "2020-11-23T15:00:00Z"},
        DueCase{"Christmas", "2020-12-23T11:00:00Z", "2020-12-31T11:00:00Z", "2020-12-24T11:00:00Z"}),
    [](const auto& test) { return test.param.name; });

TEST(BusinessCalendar, FindsTheWorkedExamplesPause) {
  const BusinessCalendar desk = calendar();
  const Instant start = at("2020-10-12T10:00:00Z"), issues = at("2020-10-14T15:30:00Z"),
                answer = at("2020-10-20T19:00:00Z");
  EXPECT_EQ(desk.minutes_of_days(5), 2400);
  EXPECT_EQ(desk.business_minutes_between(start, issues), 1290);
  EXPECT_EQ(to_rfc3339(desk.add_business_minutes(answer, 2400 - 1290)), "2020-10-23T11:30:00Z");
  EXPECT_EQ(to_rfc3339(desk.add_business_days(answer, 5)), "2020-10-27T17:00:00Z");
}

TEST(BusinessCalendar, SubtractsForAWarningBeforeADueInstant) {
  const BusinessCalendar desk = calendar();
  const auto before = [&](const std::string& due, std::int64_t minutes) {
    return to_rfc3339(desk.subtract_business_minutes(at(due), minutes));
  };
  EXPECT_EQ(before("2020-10-19T10:00:00Z", 480), "2020-10-16T10:00:00Z");
  EXPECT_EQ(before("2020-10-20T17:00:00Z", 480), "2020-10-20T09:00:00Z")
      << "that opening, not the close before";
  EXPECT_EQ(before("2020-10-18T12:00:00Z", 60), "2020-10-16T16:00:00Z") << "a Sunday";
  EXPECT_EQ(before("2020-11-30T09:30:00Z", 60), "2020-11-25T16:30:00Z") << "Thanksgiving and a bridge day";
  EXPECT_EQ(before("2020-10-18T12:00:00Z", 0), "2020-10-18T12:00:00Z");
}

TEST(BusinessCalendar, CountsNothingInAWeekendNorBackInTime) {
  const BusinessCalendar desk = calendar();
  using std::chrono::seconds;
  EXPECT_EQ(desk.business_time_between(at("2020-10-16T17:00:00Z"), at("2020-10-19T09:00:00Z")), seconds(0));
  EXPECT_EQ(desk.business_time_between(at("2020-10-17T10:00:00Z"), at("2020-10-18T10:00:00Z")), seconds(0));
  EXPECT_EQ(desk.business_time_between(at("2020-10-13T10:00:00Z"), at("2020-10-12T10:00:00Z")), seconds(0));
  EXPECT_EQ(to_rfc3339(desk.add_business_minutes(at("2020-10-12T10:00:00Z"), -5)), "2020-10-12T10:00:00Z");
}

TEST(BusinessCalendar, AddsUpPausesOfSecondsWithoutError) {
  const BusinessCalendar desk = calendar();
  std::chrono::seconds worked{0};
  for (int i = 0; i < 60; ++i) {  // every second minute is a pause, and the pauses begin at odd seconds
    const Instant begin = at("2020-10-12T10:00:17Z") + std::chrono::seconds(100 * i);
    worked += desk.business_time_between(begin, begin + std::chrono::seconds(61));
  }
  EXPECT_EQ(worked, std::chrono::minutes(61));
}

TEST(BusinessCalendar, IsOpenFromTheFirstMinuteToTheLast) {
  const BusinessCalendar desk = calendar();
  EXPECT_FALSE(desk.is_working(at("2020-10-12T08:59:59Z")));
  EXPECT_TRUE(desk.is_working(at("2020-10-12T09:00:00Z")));
  EXPECT_TRUE(desk.is_working(at("2020-10-12T16:59:59Z")));
  EXPECT_FALSE(desk.is_working(at("2020-10-12T17:00:00Z")));
  EXPECT_EQ(to_rfc3339(desk.next_opening(at("2020-10-12T16:59:59Z"))), "2020-10-12T16:59:59Z");
  EXPECT_EQ(to_rfc3339(desk.next_opening(at("2020-10-12T17:00:00Z"))), "2020-10-13T09:00:00Z");
  EXPECT_EQ(to_rfc3339(desk.next_opening(at("2020-11-25T17:00:00Z"))), "2020-11-30T09:00:00Z");
}

TEST(BusinessCalendar, IsNeverDueOnAHoliday) {
  EXPECT_EQ(to_rfc3339(calendar().add_business_days(at("2020-11-24T15:00:00Z"), 2)), "2020-11-30T15:00:00Z");
  EXPECT_EQ(to_rfc3339(calendar().add_business_days(at("2020-12-31T12:00:00Z"), 1)), "2021-01-04T12:00:00Z");
}

TEST(BusinessCalendar, WorksOnALeapDay) {
  EXPECT_EQ(to_rfc3339(calendar().add_business_days(at("2024-02-28T12:00:00Z"), 2)), "2024-03-01T12:00:00Z");
}

/// Work from one o'clock in the night to ten, in New York, whose clock goes from 02:00 to 03:00 on Sunday
/// 8 March 2020 and from 02:00 back to 01:00 on Sunday 1 November.
BusinessCalendar nights(int begin = 60, int end = 600) {
  CalendarSettings settings;
  settings.time_zone = "America/New_York";
  settings.week[6] = {{begin, end}};
  return BusinessCalendar(settings);
}

TEST(BusinessCalendar, LeavesOutTheHourThatTheClockLeavesOut) {
  const Instant one = at("2020-03-08T06:00:00Z");
  EXPECT_EQ(nights().business_minutes_between(one, at("2020-03-08T14:00:00Z")), 8 * 60);
  EXPECT_EQ(to_rfc3339(nights().add_business_minutes(one, 90)), "2020-03-08T07:30:00Z") << "03:30 there";
  // From half past two, which is not: it opens as the clock goes to three.
  EXPECT_EQ(to_rfc3339(nights(150).next_opening(one)), "2020-03-08T07:00:00Z");
  EXPECT_FALSE(nights(120, 180).is_working(at("2020-03-08T07:00:00Z"))) << "two to three: nothing that day";
}

TEST(BusinessCalendar, CountsTheHourTwiceThatTheClockShowsTwice) {
  const Instant one = at("2020-11-01T05:00:00Z");
  EXPECT_EQ(nights().business_minutes_between(one, at("2020-11-01T15:00:00Z")), 10 * 60);
  EXPECT_EQ(nights(60, 90).business_minutes_between(one, at("2020-11-01T15:00:00Z")), 60);
  EXPECT_TRUE(nights(60, 90).is_working(at("2020-11-01T05:29:00Z")));
  EXPECT_FALSE(nights(60, 90).is_working(at("2020-11-01T05:30:00Z")));
  EXPECT_TRUE(nights(60, 90).is_working(at("2020-11-01T06:00:00Z")));
}

TEST(BusinessCalendar, KeepsWallClockHoursThroughDaylightSaving) {
  // New York goes from UTC-4 to UTC-5 in the night of 1 November 2020.
  const Instant friday = at("2020-10-30T20:00:00Z");  // 16:00 there
  EXPECT_EQ(to_rfc3339(calendar("America/New_York").add_business_days(friday, 1)), "2020-11-02T21:00:00Z");
}

/// An hour of work from then on, in a week of mornings and afternoons.
std::string an_hour_after(const std::string& from, std::vector<CalendarSettings::Holiday> holidays = {}) {
  CalendarSettings settings;
  for (std::size_t day = 0; day < 5; ++day)
    settings.week[day] = {{9 * 60, 12 * 60 + 30}, {13 * 60 + 30, 17 * 60}};
  settings.named_holidays = std::move(holidays);
  return to_rfc3339(BusinessCalendar(settings).add_business_minutes(at(from), 60));
}

TEST(BusinessCalendar, StandsStillInABreak) {
  EXPECT_EQ(an_hour_after("2020-10-12T12:00:00Z"), "2020-10-12T14:00:00Z");
  EXPECT_EQ(an_hour_after("2020-10-12T12:45:00Z"), "2020-10-12T14:30:00Z");
  EXPECT_EQ(an_hour_after("2020-10-12T11:30:00Z"), "2020-10-12T12:30:00Z") << "due as the break begins";
}

TEST(BusinessCalendar, CountsABusinessDayWithoutItsBreak) {
  CalendarSettings settings;
  settings.week[0] = {{9 * 60, 12 * 60 + 30}, {13 * 60 + 30, 17 * 60}};
  EXPECT_EQ(to_rfc3339(BusinessCalendar(settings).add_business_days(at("2020-10-12T08:00:00Z"), 1)),
            "2020-10-12T17:00:00Z");
}

TEST(BusinessCalendar, FindsHolidaysByTheirRules) {
  using namespace std::chrono;
  const auto after = [](const std::string& from, decltype(CalendarSettings::Holiday::when) when,
                        CalendarSettings::Day hours = {}) {
    return an_hour_after(from, {{"x", when, std::move(hours)}});
  };
  EXPECT_EQ(after("2020-11-25T16:30:00Z", November / Thursday[4]), "2020-11-27T09:30:00Z");
  EXPECT_EQ(after("2020-05-22T16:30:00Z", May / Monday[last]), "2020-05-26T09:30:00Z");
  EXPECT_EQ(after("2020-04-09T16:30:00Z", CalendarSettings::DaysFromEaster{-2}), "2020-04-13T09:30:00Z");
  EXPECT_EQ(after("2020-12-24T16:30:00Z", December / 25), "2020-12-28T09:30:00Z");
  EXPECT_EQ(after("2020-02-28T16:30:00Z", February / 29), "2020-03-02T09:30:00Z") << "a Saturday anyway";
  EXPECT_EQ(after("2024-02-28T16:30:00Z", February / 29), "2024-03-01T09:30:00Z");
  EXPECT_EQ(after("2023-02-28T16:30:00Z", February / 29), "2023-03-01T09:30:00Z");
  EXPECT_EQ(after("2020-12-31T16:30:00Z", 2021y / January / 1), "2021-01-04T09:30:00Z");
}

TEST(BusinessCalendar, WorksOnAHalfDayWhatItsWeekdayAllows) {
  using namespace std::chrono;
  const std::vector<CalendarSettings::Holiday> eve{{"Christmas Eve", December / 24, {{8 * 60, 12 * 60}}}};
  EXPECT_EQ(an_hour_after("2020-12-24T08:30:00Z", eve), "2020-12-24T10:00:00Z") << "a Thursday, from nine";
  EXPECT_EQ(an_hour_after("2020-12-24T11:30:00Z", eve), "2020-12-25T09:30:00Z") << "until noon";
  EXPECT_EQ(an_hour_after("2022-12-24T08:30:00Z", eve), "2022-12-26T10:00:00Z") << "a Saturday stays free";
}

TEST(BusinessCalendar, KnowsWhenEasterIs) {
  using namespace std::chrono;
  for (const year_month_day easter :
       {2000y / 4 / 23, 2008y / 3 / 23, 2011y / 4 / 24, 2020y / 4 / 12, 2024y / 3 / 31, 2026y / 4 / 5,
        2038y / 4 / 25, 2049y / 4 / 18, 2076y / 4 / 19, 2285y / 3 / 22})
    EXPECT_EQ(year_month_day(easter_sunday(easter.year())), easter) << static_cast<int>(easter.year());
}

TEST(BusinessCalendar, WorksInZonesWithHalfHours) {
  const Instant noon = at("2020-10-12T06:30:00Z");  // 12:00 in India
  EXPECT_EQ(to_rfc3339(calendar("Asia/Kolkata").add_business_minutes(noon, 60)), "2020-10-12T07:30:00Z");
  EXPECT_EQ(calendar("Asia/Kolkata").shown(noon), "Monday 12 October 2020, 12:00 Asia/Kolkata");
  EXPECT_EQ(calendar("Asia/Kolkata").date_shown(at("2020-10-12T18:30:00Z")), "Tuesday 13 October 2020");
}

TEST(BusinessCalendar, KnowsWhichTimeZonesThereAre) {
  EXPECT_TRUE(BusinessCalendar::known_time_zone("Europe/Berlin"));
  EXPECT_FALSE(BusinessCalendar::known_time_zone("Europe/Atlantis"));
}

}  // namespace
}  // namespace oin
