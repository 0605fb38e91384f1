#include "daemon/workflow/clock_explanation.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oin {
namespace {

/// "1,290": by hand, as a locale's separator would depend on where the daemon runs.
std::string grouped(std::int64_t number) {
  std::string digits = fmt::format("{}", number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string business_minutes(std::int64_t number) {
  return grouped(number) + (number == 1 ? " business minute" : " business minutes");
}

std::string when(const ClockLine& line, const BusinessCalendar& calendar, Instant now) {
  const std::string from = calendar.brief_time(line.from, now);
  return line.to ? fmt::format("{} to {} {}", from, calendar.brief_time(*line.to, now), calendar.time_zone())
                 : fmt::format("since {} {}", from, calendar.time_zone());
}

std::string use(const ClockLine& line) {
  if (!line.due)
    return fmt::format("{} used ({}), with no due date", business_minutes(line.minutes), line.why);
  const std::string used = fmt::format("{} of {} used ({})", business_minutes(line.minutes),
                                       grouped(line.minutes + line.left), line.why);
  return line.left < 0 ? fmt::format("{}; {} over", used, grouped(-line.left))
                       : fmt::format("{}; {} left", used, grouped(line.left));
}

/// "; no work on Thanksgiving (Thu 26 Nov); Christmas Eve (Thu 24 Dec) only 09:00-12:00"
std::string days_off(const ClockLine& line, const BusinessCalendar& calendar, Instant now) {
  std::string out;
  const Instant end = line.to ? *line.to : std::max(now, line.due.value_or(now));
  for (const auto& off : calendar.days_off_between(line.from, end)) {
    const std::string name =
        fmt::format("{} ({})", off.name.empty() ? "a holiday" : off.name, calendar.brief_date(off.day, now));
    std::string hours;
    for (const auto& [begin, close] : off.hours)
      hours += fmt::format("{}{:02}:{:02}-{:02}:{:02}", hours.empty() ? "" : ", ", begin / 60, begin % 60,
                           close / 60, close % 60);
    out += hours.empty() ? fmt::format("; no work on {}", name) : fmt::format("; {} only {}", name, hours);
  }
  return out;
}

/// How the due date of a running clock adds up.
std::string sum(const ClockLine& line, const BusinessCalendar& calendar, Instant now) {
  const std::int64_t budget = line.minutes + line.left;
  const auto shown = [&](Instant at) { return calendar.brief_time(at, now); };
  std::string added = fmt::format("{} + {}", shown(line.counted_from), business_minutes(budget));
  if (!calendar.is_working(line.counted_from))
    added += fmt::format(", counted from {}", shown(calendar.next_opening(line.counted_from)));
  const Instant counted = calendar.add_business_minutes(line.counted_from, budget);
  // Minutes are what is shown; a due date may carry its start's seconds or not.
  if (std::chrono::abs(counted - *line.due) < std::chrono::minutes(1))
    return fmt::format("; due {} = {}", shown(*line.due), added);
  return fmt::format("; due {} as promised, though by today's calendar {} = {}", shown(*line.due),
                     shown(counted), added);
}

}  // namespace

std::vector<ClockLine> explain_clock(std::span<const ClockInterval> clock, const BusinessCalendar& calendar,
                                     Instant now) {
  std::vector<ClockLine> lines;
  for (const ClockInterval& interval : clock) {
    if (interval.to && *interval.to <= interval.from) continue;
    ClockLine line{interval.from,
                   interval.to,
                   interval.runs,
                   0,
                   0,
                   std::nullopt,
                   interval.why,
                   interval.counted_from.value_or(interval.from)};
    if (interval.runs) {
      line.minutes = calendar.business_minutes_between(line.counted_from, interval.to.value_or(now));
      line.due = interval.due;
      if (line.due) line.left = interval.budget - line.minutes;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string sentence(const ClockLine& line, const BusinessCalendar& calendar, Instant now) {
  const std::string time = when(line, calendar, now);
  if (!line.runs)
    return fmt::format("{}: the clock {} still ({})", time, line.to ? "stood" : "stands", line.why);
  return fmt::format("{}: {}{}{}", time, use(line), !line.to && line.due ? sum(line, calendar, now) : "",
                     days_off(line, calendar, now));
}

}  // namespace oin
