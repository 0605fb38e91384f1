/// business_time.hpp: "five business days" as an instant, by a calendar of working hours and holidays.
///
/// It is working time when the wall clock in the calendar's zone shows one of the day's hours.  So hours stay
/// where they are when the zone changes its clock; an hour that the clock leaves out is nobody's, and one
/// that it shows twice counts twice.  One business day is the longest working day of the week, counted in
/// minutes of work.  A budget that ends exactly at closing time is due at that close, not at the next
/// opening.  All is exact to the second, so that many short pauses add up to no error.
///
/// Immutable, and shared between threads without a lock.
#pragma once

#include <string>
#include <vector>

#include "config/workflow_settings.hpp"
#include "daemon/workflow/wall_clock.hpp"

namespace oin {

class BusinessCalendar {
 public:
  /// An unknown time zone counts as UTC and a week without work as Mon–Fri: the loader has refused both.
  explicit BusinessCalendar(CalendarSettings settings);

  std::int64_t day_minutes() const { return day_minutes_; }
  std::int64_t minutes_of_days(int days) const { return days * day_minutes_; }

  /// When that much work has been done from then on; with nothing to do, the next opening.
  Instant add_business_time(Instant from, std::chrono::seconds work) const;
  Instant add_business_days(Instant from, int days) const;
  Instant add_business_minutes(Instant from, std::int64_t minutes) const;
  /// The latest instant from which that much work lies before `until`; `until` itself when that is nothing.
  Instant subtract_business_minutes(Instant until, std::int64_t minutes) const;

  /// The work between two instants; none when `to` is not after `from`.
  std::chrono::seconds business_time_between(Instant from, Instant to) const;
  /// The same in whole minutes.  Add up times, not minutes: each of these forgets up to 59 seconds.
  std::int64_t business_minutes_between(Instant from, Instant to) const;

  /// The minute of closing time is no working time any more.
  bool is_working(Instant at) const { return next_opening(at) == at; }
  /// `at` itself when it is working time.
  Instant next_opening(Instant at) const;

  /// The day on the calendar's own wall.
  std::chrono::year_month_day day_of(Instant at) const;
  /// When the wall clock shows so many minutes of that day.
  Instant at(std::chrono::year_month_day day, std::chrono::minutes of_day) const;
  /// When work begins on that day, or on the next one that has work.
  Instant opening_on(std::chrono::year_month_day day) const;

  /// A day on which a holiday takes away work that its weekday has.
  struct DayOff {
    std::chrono::local_days day;
    std::string name;
    CalendarSettings::Day hours;  ///< what is still worked
  };
  /// In order, from the day of `from` to that of `to`; a holiday on a free day is none.
  std::vector<DayOff> days_off_between(Instant from, Instant to) const;

  const std::string& name() const { return settings_.name; }  ///< empty: the desk's own
  const std::string& time_zone() const { return settings_.time_zone; }
  /// "Mon-Thu 09:00-12:30, 13:00-17:30; Fri 09:00-13:00"
  std::string hours_shown() const;
  /// "Monday 30 November 2026, 10:00 UTC", in the calendar's zone and the words of a language
  /// (date_words.hpp).
  std::string shown(Instant at, std::string_view locale = "en") const;
  /// "Monday 30 November 2026"
  std::string date_shown(Instant at, std::string_view locale = "en") const;
  /// "Mon 30 Nov" and "Mon 30 Nov 10:00", with the year ("Mon 30 Nov 2026") where it is not that of `now`.
  std::string brief_date(std::chrono::local_days day, Instant now) const;
  std::string brief_time(Instant at, Instant now) const;

  static bool known_time_zone(const std::string& name) { return WallClock::knows(name); }

 private:
  using Day = CalendarSettings::Day;

  /// The day's work, with its holidays taken off; `cut` holds what one leaves of it.
  const Day& hours_of(std::chrono::local_days day, Day& cut) const;

  /// Gives `take(begin, end)` each stretch of work after `from`, in order, until it says false; likewise back
  /// from `until`.
  template <class Take>
  void forward(Instant from, Take take) const;
  template <class Take>
  void backward(Instant until, Take take) const;

  CalendarSettings settings_;
  WallClock clock_;
  std::int64_t day_minutes_ = 0;
};

}  // namespace oin
