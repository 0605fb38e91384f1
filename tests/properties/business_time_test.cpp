/// business_time_test.cpp: the calendar against a model that walks minute by minute and asks ICU at each what
/// the wall clock shows: slow, and too simple to be wrong in the same way.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/gregocal.h>

#include <memory>

#include "daemon/workflow/business_time.hpp"

namespace oin {
namespace {

using std::chrono::seconds;
using Hours = CalendarSettings::Hours;
using Holiday = CalendarSettings::Holiday;

/// The wall clock as ICU's own calendar shows it.
struct Wall {
  int year, month, day, weekday, minute;  ///< weekday: 0 is Sunday; minute of the day
};

class Model {
 public:
  explicit Model(const CalendarSettings& settings) : settings_(settings) {
    UErrorCode status = U_ZERO_ERROR;
    calendar_ = std::make_unique<icu::GregorianCalendar>(
        icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(settings.time_zone)), status);
  }

  Instant add(Instant from, seconds left) const {
    if (left <= seconds(0)) {
      while (!works(from)) from += to_next_minute(from);
      return from;
    }
    for (;; from += to_next_minute(from)) {
      if (!works(from)) continue;
      if (left <= to_next_minute(from)) return from + left;
      left -= to_next_minute(from);
    }
  }

  Instant subtract(Instant until, seconds left) const {
    while (left > seconds(0)) {
      const seconds step = since_last_minute(until);
      if (works(until - step)) {
        if (left <= step) return until - left;
        left -= step;
      }
      until -= step;
    }
    return until;
  }

  seconds between(Instant from, Instant to) const {
    seconds sum(0);
    while (from < to) {
      const seconds step = std::min(to_next_minute(from), to - from);
      if (works(from)) sum += step;
      from += step;
    }
    return sum;
  }

  bool works(Instant at) const {
    const Wall wall = shown(at);
    const auto within = [&](const CalendarSettings::Day& day) {
      for (const Hours& hours : day)
        if (hours.begin <= wall.minute && wall.minute < hours.end) return true;
      return false;
    };
    if (!within(settings_.week[static_cast<std::size_t>((wall.weekday + 6) % 7)])) return false;
    for (const auto& date : settings_.holidays)
      if (is(wall, date.year(), date.month(), date.day())) return false;
    for (const Holiday& holiday : settings_.named_holidays)
      if (falls_on(holiday, wall) && !within(holiday.hours)) return false;
    return true;
  }

 private:
  static seconds to_next_minute(Instant at) { return seconds(60 - at.time_since_epoch().count() % 60); }
  static seconds since_last_minute(Instant at) {
    return seconds((at.time_since_epoch().count() + 59) % 60 + 1);
  }

  Wall shown(Instant at) const {
    UErrorCode status = U_ZERO_ERROR;
    calendar_->setTime(static_cast<UDate>(at.time_since_epoch().count()) * 1000, status);
    const auto get = [&](UCalendarDateFields field) { return calendar_->get(field, status); };
    return {get(UCAL_YEAR), get(UCAL_MONTH) + 1, get(UCAL_DATE), get(UCAL_DAY_OF_WEEK) - 1,
            get(UCAL_HOUR_OF_DAY) * 60 + get(UCAL_MINUTE)};
  }

  static bool is(const Wall& wall, std::chrono::year year, std::chrono::month month, std::chrono::day day) {
    return wall.year == static_cast<int>(year) && is(wall, month, day);
  }
  static bool is(const Wall& wall, std::chrono::month month, std::chrono::day day) {
    return wall.month == static_cast<int>(static_cast<unsigned>(month)) &&
           wall.day == static_cast<int>(static_cast<unsigned>(day));
  }

  static int days_of(const Wall& wall) {
    static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = wall.year % 4 == 0 && (wall.year % 100 != 0 || wall.year % 400 == 0);
    return wall.month == 2 && leap ? 29 : days[wall.month - 1];
  }

  /// Of Easter Sunday, 1 being 1 March: Gauss's rule as it holds from 1900 to 2099.
  static int easter(int year) {
    const int d = (19 * (year % 19) + 24) % 30, e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7;
    const int day = 22 + d + e;
    const bool late = day == 57 || (day == 56 && d == 28 && year % 19 > 10);
    return late ? day - 7 : day;
  }
  /// Counted from 1 March of the wall clock's own year.
  static int since_march(const Wall& wall) {
    int count = wall.day;
    for (Wall month{wall.year, 3, 1, 0, 0}; month.month < wall.month; ++month.month) count += days_of(month);
    for (Wall month{wall.year, 2, 1, 0, 0}; month.month >= wall.month; --month.month) count -= days_of(month);
    return count;
  }

  static bool falls_on(const Holiday& holiday, const Wall& wall) {
    if (const auto* once = std::get_if<std::chrono::year_month_day>(&holiday.when))
      return is(wall, once->year(), once->month(), once->day());
    if (const auto* yearly = std::get_if<std::chrono::month_day>(&holiday.when))
      return is(wall, yearly->month(), yearly->day());
    if (const auto* nth = std::get_if<std::chrono::month_weekday>(&holiday.when))
      return is(wall, nth->month(), std::chrono::day(static_cast<unsigned>(wall.day))) &&
             wall.weekday == static_cast<int>(nth->weekday_indexed().weekday().c_encoding()) &&
             (wall.day + 6) / 7 == static_cast<int>(nth->weekday_indexed().index());
    if (const auto* last = std::get_if<std::chrono::month_weekday_last>(&holiday.when))
      return is(wall, last->month(), std::chrono::day(static_cast<unsigned>(wall.day))) &&
             wall.weekday == static_cast<int>(last->weekday_last().weekday().c_encoding()) &&
             wall.day + 7 > days_of(wall);
    return since_march(wall) ==
           easter(wall.year) + std::get<CalendarSettings::DaysFromEaster>(holiday.when).days;
  }

  CalendarSettings settings_;
  std::unique_ptr<icu::GregorianCalendar> calendar_;
};

// ---- random calendars ----

int number(int least, int most) { return *rc::gen::inRange(least, most + 1); }

/// Up to three ranges of hours, any minute of the day, midnight and noon more often than others.
CalendarSettings::Day some_day() {
  CalendarSettings::Day day;
  int at = number(0, 2) == 0 ? 0 : number(0, 1380);
  for (int ranges = number(0, 3); ranges > 0 && at < 24 * 60; --ranges) {
    const int end = number(0, 3) == 0 ? 24 * 60 : std::min(24 * 60, at + number(1, 400));
    day.push_back({at, end});
    at = end + number(0, 120);
  }
  return day;
}

decltype(Holiday::when) some_when(int year) {
  using namespace std::chrono;
  const month in(static_cast<unsigned>(number(1, 12)));
  const weekday on(static_cast<unsigned>(number(0, 6)));
  switch (number(0, 4)) {
    case 0:
      return std::chrono::year(year) / in / static_cast<unsigned>(number(1, 28));
    case 1:
      return in / static_cast<unsigned>(number(1, in == February ? 29 : 30));
    case 2:
      return in / on[static_cast<unsigned>(number(1, 4))];
    case 3:
      return in / on[last];
    default:
      return CalendarSettings::DaysFromEaster{number(-60, 60)};
  }
}

CalendarSettings some_calendar(int year) {
  CalendarSettings settings;
  settings.time_zone = *rc::gen::element<std::string>(
      "UTC", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Asia/Kathmandu",
      "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca", "Pacific/Apia", "Pacific/Chatham",
      "America/Santiago", "Asia/Tehran", "America/Havana", "Atlantic/Azores", "Asia/Gaza", "Antarctica/Troll",
      "America/Scoresbysund", "Europe/Dublin", "Africa/Cairo", "Asia/Amman", "America/Asuncion");
  for (auto& day : settings.week) day = number(0, 3) == 0 ? CalendarSettings::Day{} : some_day();
  // At least some work in each week, or the model walks for an hour.
  settings.week[static_cast<std::size_t>(number(0, 6))] = {{60, 180}, {200, 24 * 60}};
  for (int i = number(0, 5); i > 0; --i)
    settings.holidays.push_back(std::chrono::year(year) / number(1, 12) / number(1, 28));
  for (int i = number(0, 12); i > 0; --i)
    settings.named_holidays.push_back({"x", some_when(year), some_day()});
  return settings;
}

/// Any second of the year, every other one near a change of the zone's clock if there is one.
Instant some_instant(int year, const std::string& zone) {
  using namespace std::chrono;
  const seconds second(number(0, 2) == 0 ? number(0, 86'399) : 60 * number(0, 1439));
  const Instant at = sys_days(std::chrono::year(year) / 1 / 1) + days(number(0, 364)) + second;
  const WallClock clock(zone);
  const auto period = clock.period_at(at);
  return number(0, 1) == 0 || period == clock.periods().begin() ? at : period->begin - days(1) + second;
}

/// Mostly within a day or two, as the model takes its time.
seconds some_work() {
  const int minutes = *rc::gen::weightedOneOf<int>(
      {{4, rc::gen::inRange(0, 600)}, {2, rc::gen::inRange(0, 5000)}, {1, rc::gen::just(480)}});
  return seconds(60 * minutes);
}

struct Case {
  int year = number(2000, 2060);
  CalendarSettings settings = some_calendar(year);
  Model model{settings};
  BusinessCalendar calendar{settings};
  Instant from = some_instant(year, settings.time_zone);
};

RC_GTEST_PROP(BusinessTime, IsAddedAsTheModelDoes, ()) {
  const Case c;
  const seconds work = some_work() + seconds(number(0, 2) == 0 ? number(0, 59) : 0);
  RC_TAG(c.settings.time_zone);
  const Instant due = c.calendar.add_business_time(c.from, work);
  RC_ASSERT(to_rfc3339(due) == to_rfc3339(c.model.add(c.from, work)));
  RC_ASSERT(c.calendar.business_time_between(c.from, due) == work);
}

RC_GTEST_PROP(BusinessTime, IsSubtractedAsTheModelDoes, ()) {
  const Case c;
  const seconds work = some_work();
  const Instant start = c.calendar.subtract_business_minutes(c.from, work / seconds(60));
  RC_ASSERT(to_rfc3339(start) == to_rfc3339(c.model.subtract(c.from, work)));
  RC_ASSERT(c.calendar.business_time_between(start, c.from) == work);
}

RC_GTEST_PROP(BusinessTime, LiesBetweenTwoInstantsAsTheModelSees, ()) {
  const Case c;
  const Instant to = c.from + seconds(number(-100'000, 2'000'000));
  const seconds work = c.model.between(c.from, to);
  RC_ASSERT(c.calendar.business_time_between(c.from, to) == work);
  RC_ASSERT(c.calendar.business_minutes_between(c.from, to) == work / seconds(60));
}

RC_GTEST_PROP(BusinessTime, IsOpenWhenTheModelWorks, ()) {
  const Case c;
  RC_ASSERT(c.calendar.is_working(c.from) == c.model.works(c.from));
  RC_ASSERT(to_rfc3339(c.calendar.next_opening(c.from)) == to_rfc3339(c.model.add(c.from, seconds(0))));
}

RC_GTEST_PROP(BusinessTime, IsSharedOutByPausesWithoutLoss, ()) {
  const Case c;
  const Instant due = c.calendar.add_business_time(c.from, some_work());
  seconds sum(0);
  Instant at = c.from;
  for (int pieces = number(0, 20); pieces > 0 && at < due; --pieces) {
    const Instant next = std::min(due, at + seconds(number(1, 20'000)));
    sum += c.calendar.business_time_between(at, next);
    at = next;
  }
  RC_ASSERT(sum + c.calendar.business_time_between(at, due) == c.calendar.business_time_between(c.from, due));
}

RC_GTEST_PROP(BusinessTime, IsNeverDueEarlierForALaterStartOrForMoreWork, ()) {
  const Case c;
  const seconds work = some_work(), more = work + seconds(number(0, 10'000));
  const Instant later = c.from + seconds(number(0, 500'000));
  const Instant due = c.calendar.add_business_time(c.from, work);
  RC_ASSERT(due <= c.calendar.add_business_time(later, work));
  RC_ASSERT(due <= c.calendar.add_business_time(c.from, more));
  RC_ASSERT(c.calendar.subtract_business_minutes(c.from, work / seconds(60)) <=
            c.calendar.subtract_business_minutes(later, work / seconds(60)));
}

}  // namespace
}  // namespace oin
