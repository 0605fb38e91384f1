/// business_time.hpp: "five business days" as an instant, by a calendar of working hours and holidays.
///
/// One business day is the longest working day of the week, counted in minutes, so that a pause within a day
/// is exact.  A budget that ends exactly at closing time is due at that close, not at the next opening. Hours
/// are wall-clock time in the calendar's zone, through daylight saving (ICU's time-zone rules).
#pragma once

#include <memory>
#include <string>

#include "config/workflow_settings.hpp"
#include "parsers/base/instant.hpp"

namespace icu_72 {  // ICU puts its version into its namespace
class TimeZone;
}

namespace oin {

class BusinessCalendar {
 public:
  /// An unknown time zone counts as UTC and a week without work as Mon–Fri: the loader has refused both.
  explicit BusinessCalendar(CalendarSettings settings);

  Instant add_business_days(Instant from, int days) const;
  Instant add_business_minutes(Instant from, std::int64_t minutes) const;

  /// "Monday 30 November 2026, 10:00 UTC", in the calendar's zone.
  std::string shown(Instant at) const;

  static bool known_time_zone(const std::string& name);

 private:
  /// The day's work in order, with its holidays taken off.
  CalendarSettings::Day hours_of(std::chrono::local_days day) const;
  Instant to_utc(std::chrono::local_seconds wall) const;
  std::chrono::local_seconds to_local(Instant at) const;

  CalendarSettings settings_;
  std::shared_ptr<const icu_72::TimeZone> zone_;
  std::int64_t day_minutes_ = 0;
};

}  // namespace oin
