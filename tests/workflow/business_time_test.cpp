#include "daemon/workflow/business_time.hpp"

#include <gtest/gtest.h>

namespace oin {
namespace {

/// Mon–Fri 09:00–17:00 with the holidays of the worked examples.
BusinessCalendar calendar(std::string zone = "UTC") {
  CalendarSettings settings;
  settings.time_zone = std::move(zone);
  for (std::size_t day = 0; day < 5; ++day) settings.week[day] = {9 * 60, 17 * 60};
  using namespace std::chrono;
  settings.holidays = {2020y / 11 / 26, 2020y / 11 / 27, 2020y / 12 / 25, 2021y / 1 / 1, 2021y / 1 / 18};
  return BusinessCalendar(settings);
}

struct DueCase {
  std::string name, start, five_days, one_day;
};
class Due : public testing::TestWithParam<DueCase> {};

TEST_P(Due, IsCountedInBusinessMinutes) {
  const Instant start = *parse_rfc3339(GetParam().start);
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

TEST(BusinessCalendar, KeepsWallClockHoursThroughDaylightSaving) {
  // New York goes from UTC-4 to UTC-5 in the night of 1 November 2020.
  const Instant friday = *parse_rfc3339("2020-10-30T20:00:00Z");  // 16:00 there
  EXPECT_EQ(to_rfc3339(calendar("America/New_York").add_business_days(friday, 1)), "2020-11-02T21:00:00Z");
}

TEST(BusinessCalendar, WorksInZonesWithHalfHours) {
  const Instant noon = *parse_rfc3339("2020-10-12T06:30:00Z");  // 12:00 in India
  EXPECT_EQ(to_rfc3339(calendar("Asia/Kolkata").add_business_minutes(noon, 60)), "2020-10-12T07:30:00Z");
  EXPECT_EQ(calendar("Asia/Kolkata").shown(noon), "Monday 12 October 2020, 12:00 Asia/Kolkata");
}

TEST(BusinessCalendar, KnowsWhichTimeZonesThereAre) {
  EXPECT_TRUE(BusinessCalendar::known_time_zone("Europe/Berlin"));
  EXPECT_FALSE(BusinessCalendar::known_time_zone("Europe/Atlantis"));
}

}  // namespace
}  // namespace oin
