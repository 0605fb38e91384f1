#include "daemon/workflow/business_time.hpp"

#include <fmt/format.h>
#include <unicode/timezone.h>

#include <algorithm>

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

}  // namespace

bool BusinessCalendar::known_time_zone(const std::string& name) {
  const std::unique_ptr<icu::TimeZone> zone(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  return *zone != icu::TimeZone::getUnknown();
}

BusinessCalendar::BusinessCalendar(CalendarSettings settings)
    : settings_(std::move(settings)), zone_(zone_named(settings_.time_zone)) {
  const auto length = [](const CalendarSettings::Hours& h) { return h.end - h.begin; };
  day_minutes_ = length(*std::ranges::max_element(settings_.week, {}, length));
  if (day_minutes_ <= 0) {
    for (std::size_t day = 0; day < 5; ++day) settings_.week[day] = {9 * 60, 17 * 60};
    day_minutes_ = 8 * 60;
  }
}

Instant BusinessCalendar::to_utc(local_seconds wall) const {
  return Instant(wall.time_since_epoch() - offset(*zone_, wall.time_since_epoch(), true));
}

local_seconds BusinessCalendar::to_local(Instant at) const {
  return local_seconds(at.time_since_epoch() + offset(*zone_, at.time_since_epoch(), false));
}

BusinessCalendar::Span BusinessCalendar::working_hours(local_days day) const {
  const std::chrono::year_month_day date{day};
  const std::chrono::weekday weekday{day};
  const auto& hours = settings_.week[weekday.iso_encoding() - 1];
  const bool holiday = std::ranges::find(settings_.holidays, date) != settings_.holidays.end();
  const Instant begin = to_utc(day + minutes(hours.begin));
  return {begin, holiday ? begin : to_utc(day + minutes(hours.end))};
}

Instant BusinessCalendar::add_business_days(Instant from, int count) const {
  return add_business_minutes(from, count * day_minutes_);
}

Instant BusinessCalendar::add_business_minutes(Instant from, std::int64_t count) const {
  std::chrono::seconds left = minutes(count);
  local_days day = std::chrono::floor<days>(to_local(from));
  // Ten years of holidays in a row end the search: a calendar like that is a mistake, not a promise.
  for (int walked = 0; walked < 3660; ++walked, day += days(1)) {
    const Span hours = working_hours(day);
    const Instant begin = std::max(hours.begin, from);
    if (begin >= hours.end) continue;
    if (left <= hours.end - begin) return begin + left;
    left -= hours.end - begin;
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
