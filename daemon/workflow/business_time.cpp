#include "daemon/workflow/business_time.hpp"

#include <fmt/format.h>
#include <unicode/timezone.h>

#include <algorithm>

#include "daemon/workflow/holiday.hpp"

namespace oin {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::local_seconds;
using std::chrono::minutes;

namespace {

std::shared_ptr<const icu::TimeZone> zone_named(const std::string& name) {
  std::shared_ptr<const icu::TimeZone> zone(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  if (*zone == icu::TimeZone::getUnknown())
    zone.reset(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8("UTC")));
  return zone;
}

/// The zone's offset from UTC at a moment that is given in UTC, or on the local wall clock.
std::chrono::seconds offset(const icu::TimeZone& zone, std::chrono::seconds since_epoch, bool local) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t raw = 0, saving = 0;
  zone.getOffset(static_cast<UDate>(since_epoch.count()) * 1000, local, raw, saving, status);
  return std::chrono::seconds((raw + saving) / 1000);
}

std::int64_t length_of(const CalendarSettings::Day& day) {
  std::int64_t sum = 0;
  for (const auto& hours : day) sum += hours.end - hours.begin;
  return sum;
}

}  // namespace

bool BusinessCalendar::known_time_zone(const std::string& name) {
  const std::unique_ptr<icu::TimeZone> zone(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  return *zone != icu::TimeZone::getUnknown();
}

BusinessCalendar::BusinessCalendar(CalendarSettings settings)
    : settings_(std::move(settings)), zone_(zone_named(settings_.time_zone)) {
  for (const auto& day : settings_.week) day_minutes_ = std::max(day_minutes_, length_of(day));
  if (day_minutes_ <= 0) {
    for (std::size_t day = 0; day < 5; ++day) settings_.week[day] = {{9 * 60, 17 * 60}};
    day_minutes_ = 8 * 60;
  }
}

Instant BusinessCalendar::to_utc(local_seconds wall) const {
  return Instant(wall.time_since_epoch() - offset(*zone_, wall.time_since_epoch(), true));
}

local_seconds BusinessCalendar::to_local(Instant at) const {
  return local_seconds(at.time_since_epoch() + offset(*zone_, at.time_since_epoch(), false));
}

CalendarSettings::Day BusinessCalendar::hours_of(local_days day) const {
  if (std::ranges::find(settings_.holidays, std::chrono::year_month_day(day)) != settings_.holidays.end())
    return {};
  CalendarSettings::Day hours = settings_.week[std::chrono::weekday(day).iso_encoding() - 1];
  for (const auto& holiday : settings_.named_holidays)
    if (falls_on(holiday, day)) hours = work_within(hours, holiday.hours);
  return hours;
}

Instant BusinessCalendar::add_business_days(Instant from, int count) const {
  return add_business_minutes(from, count * day_minutes_);
}

Instant BusinessCalendar::add_business_minutes(Instant from, std::int64_t count) const {
  std::chrono::seconds left = minutes(count);
  local_days day = std::chrono::floor<days>(to_local(from));
  // Ten years of holidays in a row end the search: a calendar like that is a mistake, not a promise.
  for (int walked = 0; walked < 3660; ++walked, day += days(1)) {
    for (const auto& hours : hours_of(day)) {
      const Instant begin = std::max(to_utc(day + minutes(hours.begin)), from);
      const Instant end = to_utc(day + minutes(hours.end));
      if (begin >= end) continue;
      if (left <= end - begin) return begin + left;
      left -= end - begin;
    }
  }
  return from + left;
}

std::string BusinessCalendar::shown(Instant at) const {
  static constexpr const char* weekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                             "Friday", "Saturday", "Sunday"};
  static constexpr const char* months[] = {"January",   "February", "March",    "April",
                                           "May",       "June",     "July",     "August",
                                           "September", "October",  "November", "December"};
  const local_seconds wall = to_local(at);
  const local_days day = std::chrono::floor<days>(wall);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{wall - day};
  return fmt::format("{} {} {} {}, {:02}:{:02} {}", weekdays[std::chrono::weekday{day}.iso_encoding() - 1],
                     static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                     settings_.time_zone);
}

}  // namespace oin
