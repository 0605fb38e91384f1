#include "daemon/workflow/business_time.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/workflow/date_words.hpp"
#include "daemon/workflow/holiday.hpp"

namespace oin {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::local_seconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

// Ten years of holidays in a row end a search: a calendar like that is a mistake, not a promise.
constexpr int idle_days = 3660;

std::int64_t length_of(const CalendarSettings::Day& day) {
  std::int64_t sum = 0;
  for (const auto& hours : day) sum += hours.end - hours.begin;
  return sum;
}

/// When the clock shows this in a period, or would if the period had no ends.
Instant in(const WallClock::Period& period, local_seconds wall) {
  return Instant(wall.time_since_epoch() - period.offset);
}

local_days day_in(const WallClock::Period& period, Instant at) {
  return std::chrono::floor<days>(local_seconds(at.time_since_epoch() + period.offset));
}

}  // namespace

BusinessCalendar::BusinessCalendar(CalendarSettings settings)
    : settings_(std::move(settings)), clock_(settings_.time_zone) {
  std::ranges::sort(settings_.holidays);
  for (const Day& day : settings_.week) day_minutes_ = std::max(day_minutes_, length_of(day));
  if (day_minutes_ <= 0) {
    for (std::size_t day = 0; day < 5; ++day) settings_.week[day] = {{9 * 60, 17 * 60}};
    day_minutes_ = 8 * 60;
  }
}

const CalendarSettings::Day& BusinessCalendar::hours_of(local_days day, Day& cut) const {
  const Day& hours = settings_.week[std::chrono::weekday(day).iso_encoding() - 1];
  if (hours.empty()) return hours;
  if (std::ranges::binary_search(settings_.holidays, std::chrono::year_month_day(day))) return cut = {};
  bool whole = true;
  for (const auto& holiday : settings_.named_holidays) {
    if (!falls_on(holiday, day)) continue;
    cut = work_within(whole ? hours : cut, holiday.hours);
    whole = false;
  }
  return whole ? hours : cut;
}

// Days are walked within one period of the wall clock at a time.  The day on which the clock changes comes
// twice, once with each offset and cut where they meet, so stretches are in order even where the change takes
// the clock back over midnight.
template <class Take>
void BusinessCalendar::forward(Instant from, Take take) const {
  int idle = 0;
  Day cut;
  for (auto period = clock_.period_at(from); period != clock_.periods().end(); ++period) {
    const Instant earliest = std::max(from, period->begin);
    for (local_days day = day_in(*period, earliest); in(*period, day) < period->end; day += days(1)) {
      if (++idle > idle_days) return;
      for (const auto& hours : hours_of(day, cut)) {
        const Instant begin = std::max(in(*period, day + minutes(hours.begin)), earliest);
        const Instant end = std::min(in(*period, day + minutes(hours.end)), period->end);
        if (begin >= end) continue;
        if (!take(begin, end)) return;
        idle = 0;
      }
    }
  }
}

template <class Take>
void BusinessCalendar::backward(Instant until, Take take) const {
  int idle = 0;
  Day cut;
  for (auto period = clock_.period_at(until);; --period) {
    const Instant latest = std::min(until, period->end);
    for (local_days day = day_in(*period, latest); in(*period, day + days(1)) > period->begin;
         day -= days(1)) {
      if (++idle > idle_days) return;
      const Day& work = hours_of(day, cut);
      for (auto hours = work.rbegin(); hours != work.rend(); ++hours) {
        const Instant begin = std::max(in(*period, day + minutes(hours->begin)), period->begin);
        const Instant end = std::min(in(*period, day + minutes(hours->end)), latest);
        if (begin >= end) continue;
        if (!take(begin, end)) return;
        idle = 0;
      }
    }
    if (period == clock_.periods().begin()) return;
  }
}

Instant BusinessCalendar::add_business_time(Instant from, seconds work) const {
  seconds left = std::max(work, seconds(0));
  Instant due = from;
  forward(from, [&](Instant begin, Instant end) {
    due = std::min(end, begin + left);
    left -= due - begin;
    return left > seconds(0);
  });
  return due + left;
}

Instant BusinessCalendar::add_business_days(Instant from, int count) const {
  return add_business_minutes(from, minutes_of_days(count));
}

Instant BusinessCalendar::add_business_minutes(Instant from, std::int64_t count) const {
  return add_business_time(from, minutes(count));
}

Instant BusinessCalendar::subtract_business_minutes(Instant until, std::int64_t count) const {
  seconds left = minutes(count);
  if (left <= seconds(0)) return until;
  Instant start = until;
  backward(until, [&](Instant begin, Instant end) {
    start = std::max(begin, end - left);
    left -= end - start;
    return left > seconds(0);
  });
  return start - left;
}

seconds BusinessCalendar::business_time_between(Instant from, Instant to) const {
  seconds work{0};
  if (from >= to) return work;
  forward(from, [&](Instant begin, Instant end) {
    if (begin < to) work += std::min(end, to) - begin;
    return end < to;
  });
  return work;
}

std::int64_t BusinessCalendar::business_minutes_between(Instant from, Instant to) const {
  return std::chrono::floor<minutes>(business_time_between(from, to)).count();
}

Instant BusinessCalendar::next_opening(Instant at) const { return add_business_time(at, seconds(0)); }

std::chrono::year_month_day BusinessCalendar::day_of(Instant at) const {
  return std::chrono::year_month_day{std::chrono::floor<days>(clock_.shown(at))};
}

Instant BusinessCalendar::at(std::chrono::year_month_day day, minutes of_day) const {
  const local_seconds wall = local_days{day} + of_day;
  const auto period = clock_.period_at(Instant(wall.time_since_epoch()));
  return in(*period, wall);
}

Instant BusinessCalendar::opening_on(std::chrono::year_month_day day) const {
  return next_opening(at(day, minutes(0)));
}

std::vector<BusinessCalendar::DayOff> BusinessCalendar::days_off_between(Instant from, Instant to) const {
  std::vector<DayOff> out;
  const local_days last = std::chrono::floor<days>(clock_.shown(to));
  for (local_days day = std::chrono::floor<days>(clock_.shown(from)); day <= last; day += days(1)) {
    const Day& hours = settings_.week[std::chrono::weekday(day).iso_encoding() - 1];
    const auto add = [&](const std::string& name, Day left) {
      if (left != hours) out.push_back({day, name, std::move(left)});
    };
    if (std::ranges::binary_search(settings_.holidays, std::chrono::year_month_day(day))) add("", {});
    for (const auto& holiday : settings_.named_holidays)
      if (falls_on(holiday, day)) add(holiday.name, work_within(hours, holiday.hours));
  }
  return out;
}

std::string BusinessCalendar::date_shown(Instant at, std::string_view locale) const {
  return date_in_words(day_of(at), locale);
}

std::string BusinessCalendar::hours_shown() const {
  constexpr const char* weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  const auto& week = settings_.week;
  std::string out;
  for (std::size_t first = 0, next = 0; first < week.size(); first = next) {
    for (next = first + 1; next < week.size() && week[next] == week[first]; ++next) continue;
    if (week[first].empty()) continue;
    out += fmt::format("{}{}", out.empty() ? "" : "; ", weekdays[first]);
    if (next > first + 1) out += fmt::format("-{}", weekdays[next - 1]);
    for (const auto& [begin, end] : week[first])
      out += fmt::format("{} {:02}:{:02}-{:02}:{:02}", begin == week[first].front().begin ? "" : ",",
                         begin / 60, begin % 60, end / 60, end % 60);
  }
  return out;
}

std::string BusinessCalendar::brief_date(local_days day, Instant now) const {
  const std::chrono::year_month_day date(day), today(std::chrono::floor<days>(clock_.shown(now)));
  const std::string brief = brief_date_in_words(date);
  return date.year() == today.year() ? brief : fmt::format("{} {}", brief, static_cast<int>(date.year()));
}

std::string BusinessCalendar::brief_time(Instant at, Instant now) const {
  const local_seconds wall = clock_.shown(at);
  const local_days day = std::chrono::floor<days>(wall);
  const std::chrono::hh_mm_ss time(wall - day);
  return fmt::format("{} {:02}:{:02}", brief_date(day, now), time.hours().count(), time.minutes().count());
}

std::string BusinessCalendar::shown(Instant at, std::string_view locale) const {
  const local_seconds wall = clock_.shown(at);
  const std::chrono::hh_mm_ss time(wall - std::chrono::floor<days>(wall));
  return fmt::format("{}, {:02}:{:02} {}", date_shown(at, locale), time.hours().count(),
                     time.minutes().count(), settings_.time_zone);
}

}  // namespace oin
