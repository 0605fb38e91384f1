#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/load.hpp"

namespace oin {
namespace {

using namespace std::chrono;
using testing::ElementsAre;
using testing::HasSubstr;

std::string told(const Problems& problems) {
  std::string out;
  for (const std::string& line : problems) out += line + "\n";
  return out;
}

TEST(ReadCalendar, KnowsBreaksAndEveryKindOfHoliday) {
  Problems problems;
  const CalendarSettings calendar = read_workflow(R"(
[calendar]
monday = "09:00-12:30, 13:30-17:00"
tuesday = "00:00-24:00"
[[calendar.holiday]]
name = "Christmas Eve"
yearly = "12-24"
hours = "09:00-11:00,11:30-12:00"
[[calendar.holiday]]
name = "Thanksgiving"
weekday = "4th thursday of november"
[[calendar.holiday]]
name = "Memorial Day"
weekday = "last monday of may"
[[calendar.holiday]]
name = "Easter Monday"
easter = 1
[[calendar.holiday]]
name = "Moving"
date = 2026-10-02
[[calendar.holiday]]
name = "Leap day"
yearly = "02-29"
)",
                                                  "workflow.toml", problems)
                                        .calendar;
  EXPECT_EQ(told(problems), "");
  EXPECT_THAT(calendar.week[0], ElementsAre(CalendarSettings::Hours{9 * 60, 12 * 60 + 30},
                                            CalendarSettings::Hours{13 * 60 + 30, 17 * 60}));
  EXPECT_THAT(calendar.week[1], ElementsAre(CalendarSettings::Hours{0, 24 * 60}));
  using Holiday = CalendarSettings::Holiday;
  EXPECT_THAT(
      calendar.named_holidays,
      ElementsAre(Holiday{"Christmas Eve", December / 24, {{9 * 60, 11 * 60}, {11 * 60 + 30, 12 * 60}}},
                  Holiday{"Thanksgiving", November / Thursday[4]},
                  Holiday{"Memorial Day", May / Monday[last]},
                  Holiday{"Easter Monday", CalendarSettings::DaysFromEaster{1}},
                  Holiday{"Moving", 2026y / October / 2}, Holiday{"Leap day", February / 29}));
}

TEST(ReadCalendar, KnowsOtherCalendarsByName) {
  Problems problems;
  const WorkflowSettings workflow = read_workflow(R"(
[calendar]
holidays = [2026-12-25]
[[named_calendar]]
name = "emea"
time_zone = "Europe/Berlin"
monday = "09:00-12:00"
[[named_calendar.holiday]]
name = "Easter Monday"
easter = 1
[[named_calendar]]
name = "india"
time_zone = "Asia/Kolkata"
friday = "10:00-18:00"
[[phase]]
name = "look"
business_days = 2
queue = "review"
role = "lead"
calendar = "india"
)",
                                                  "workflow.toml", problems);
  EXPECT_EQ(told(problems), "");
  ASSERT_EQ(workflow.named_calendars.size(), 2u);
  const CalendarSettings& emea = workflow.named_calendars[0];
  EXPECT_EQ(emea.name, "emea");
  EXPECT_THAT(emea.week[0], ElementsAre(CalendarSettings::Hours{9 * 60, 12 * 60}));
  EXPECT_TRUE(emea.week[1].empty()) << "nothing of [calendar] is taken over";
  EXPECT_TRUE(emea.holidays.empty());
  EXPECT_EQ(emea.named_holidays.at(0).name, "Easter Monday");
  EXPECT_EQ(workflow.phases.at(0).calendar, "india");
  EXPECT_EQ(workflow.queues.at(0).calendar, "");
}

struct Wrong {
  std::string name, toml, told;
};
class ReadCalendarRefuses : public testing::TestWithParam<Wrong> {};

TEST_P(ReadCalendarRefuses, WithAProblemThatSaysWhy) {
  Problems problems;
  read_workflow(GetParam().toml, "workflow.toml", problems);
  EXPECT_THAT(told(problems), HasSubstr(GetParam().told));
}

Wrong hours(const std::string& name, const std::string& text) {
  return {
      name, "[calendar]\nmonday = \"" + text + "\"\n",
      "workflow.toml:2: calendar.monday: found \"" + text +
          "\"; allowed: hours such as \"09:00-17:00\" or \"09:00-12:30, 13:30-17:00\", or \"\" for no work"};
}

Wrong holiday(const std::string& name, const std::string& lines, const std::string& told) {
  return {name, "[[calendar.holiday]]\nname = \"x\"\n" + lines + "\n", told};
}

const std::string berlin =
    "[[named_calendar]]\nname = \"emea\"\ntime_zone = \"Europe/Berlin\"\nmonday = \"09:00-17:00\"\n";

INSTANTIATE_TEST_SUITE_P(
    Values, ReadCalendarRefuses,
    testing::Values(
        hours("BreakBackwards", "13:00-17:00, 09:00-12:00"),
        hours("HoursOverlap", "09:00-12:00, 11:00-17:00"), hours("EmptyRange", "09:00-12:00,"),
        hours("OnlyComma", ","), hours("NoMinutes", "09-17"), hours("EndsAsItBegins", "09:00-09:00"),
        hours("PastMidnight", "22:00-24:30"), hours("Semicolon", "09:00-12:00; 13:00-17:00"),
        holiday("NoWhen", "",
                "workflow.toml:1: calendar.holiday: does not say when it is; a holiday has exactly one of "
                "\"date\", \"yearly\", \"weekday\", \"easter\""),
        holiday("TwoWhens", "yearly = \"12-25\"\neaster = 1", "says in two ways when it is"),
        holiday(
            "DayInDate", "date = \"12-25\"",
            "workflow.toml:3: calendar.holiday.date: found \"12-25\"; allowed: a date such as 2026-12-25"),
        holiday("DateInDay", "yearly = 2026-12-25",
                "workflow.toml:3: calendar.holiday.yearly: found 2026-12-25; allowed: a text in quotes"),
        holiday("NoSuchDay", "yearly = \"02-30\"",
                "found \"02-30\"; allowed: month and day such as \"12-25\""),
        holiday("NotDigits", "yearly = \"1a-25\"", "found \"1a-25\"; allowed: month and day"),
        holiday(
            "NoSuchWeekday", "weekday = \"4th donnerstag of november\"",
            "workflow.toml:3: calendar.holiday.weekday: found \"4th donnerstag of november\"; allowed: such "
            "as \"4th thursday of november\" or \"last monday of may\""),
        holiday("NoSuchMonth", "weekday = \"4th thursday of nov\"", "found \"4th thursday of nov\""),
        holiday("FifthWeekday", "weekday = \"5th monday of may\"", "with 1st, 2nd, 3rd, 4th or last"),
        holiday("MoreWords", "weekday = \"last monday of may 2026\"", "calendar.holiday.weekday: found"),
        holiday("FarFromEaster", "easter = 300",
                "calendar.holiday.easter: found 300; allowed: an integer from -80 to 200"),
        holiday("HalfDay", "easter = 1\nhours = \"9-12\"",
                "workflow.toml:4: calendar.holiday.hours: found \"9-12\"; allowed: hours such as"),
        holiday("UnknownKey", "easter = 1\nhour = \"\"",
                "calendar.holiday.hour: unknown key; did you mean \"hours\"?"),
        Wrong{"UnknownCalendar", berlin + "[[queue]]\nname = \"review\"\ncalendar = \"apac\"\n",
              "workflow.toml:7: queue.calendar: found \"apac\"; allowed: \"emea\""},
        Wrong{
            "NoOtherCalendar",
            "[[phase]]\nname = \"p\"\nbusiness_days = 1\nqueue = \"review\"\nrole = \"qa\"\ncalendar = "
            "\"\"\n",
            "workflow.toml:6: phase.calendar: found \"\"; allowed: none, as there is no [[named_calendar]]"},
        Wrong{"CalendarTwice", berlin + berlin, "named_calendar.name: \"emea\" is there twice"},
        Wrong{"CalendarWithoutZone", "[[named_calendar]]\nname = \"emea\"\nmonday = \"09:00-17:00\"\n",
              "workflow.toml:1: named_calendar.time_zone: missing; it must be set"},
        Wrong{"CalendarWithoutWork", "[[named_calendar]]\nname = \"emea\"\ntime_zone = \"UTC\"\n",
              "workflow.toml:1: named_calendar: has no working day"},
        Wrong{"CalendarWithoutName", "[[named_calendar]]\ntime_zone = \"UTC\"\nmonday = \"09:00-17:00\"\n",
              "workflow.toml:1: named_calendar.name: missing"},
        Wrong{"NoName", "[[calendar.holiday]]\neaster = 1\n",
              "workflow.toml:1: calendar.holiday.name: missing; it must be set"},
        Wrong{"OneHoliday", "[calendar.holiday]\neaster = 1\n",
              "calendar.holiday: found a table; allowed: tables, each beginning with [[calendar.holiday]]"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace oin
