#include "daemon/workflow/clock_history.hpp"

#include <fmt/format.h>

#include "daemon/workflow/letter_variables.hpp"

namespace oin {
namespace {

using nlohmann::json;

/// "12 h", "12 h 30 min": read alike in many languages.
std::string hours_and_minutes(std::int64_t minutes) {
  if (minutes % 60 == 0) return fmt::format("{} h", minutes / 60);
  if (minutes < 60) return fmt::format("{} min", minutes);
  return fmt::format("{} h {} min", minutes / 60, minutes % 60);
}

/// Whole days only: of a half day the hours say enough.
std::string days_off(const BusinessCalendar& calendar, const ClockInterval& interval,
                     const std::string& locale) {
  std::string out;
  for (const auto& off : calendar.days_off_between(interval.from, interval.to.value_or(*interval.due))) {
    if (!off.hours.empty()) continue;
    const Instant noon = calendar.at(std::chrono::year_month_day(off.day), std::chrono::hours(12));
    out += (out.empty() ? "" : "; ") + calendar.date_shown(noon, locale);
    if (!off.name.empty()) out += fmt::format(" ({})", off.name);
  }
  return out;
}

json stretch(const Desk& desk, const Ticket& ticket, const ClockInterval& interval) {
  const PhaseSettings* phase = desk.phase(interval.phase);
  const bool of_phase = phase && interval.why == with_the_team(interval.phase);
  json out = {{"when", date_shown(desk, ticket, interval.from)},
              {"ours", interval.runs},
              {"text", of_phase ? title_of(*phase, ticket) : interval.why},
              // The desk's own reasons are in English alone; a title and a person's words are as they are.
              {"in_any_language", of_phase || interval.why.starts_with(held_because)},
              {"due", ""},
              {"budget", ""},
              {"used", ""},
              {"days_off", ""}};
  if (!desk.workflow.explain_clock || !interval.runs || !interval.due) return out;
  const BusinessCalendar& calendar = desk.calendar_of(interval.phase, ticket.queue);
  out["due"] = calendar.shown(*interval.due, ticket.locale);
  out["budget"] = hours_and_minutes(interval.budget);
  if (interval.to)
    out["used"] = hours_and_minutes(
        calendar.business_minutes_between(interval.counted_from.value_or(interval.from), *interval.to));
  out["days_off"] = days_off(calendar, interval, ticket.locale);
  return out;
}

}  // namespace

void add_clock_history(json& variables, const Desk& desk, const Ticket& ticket) {
  json history = json::array();
  for (const ClockInterval& interval : ticket.clock)
    if (!interval.to || *interval.to > interval.from) history.push_back(stretch(desk, ticket, interval));
  variables["has_history"] = !history.empty();
  variables["history"] = std::move(history);
  variables["explained"] = desk.workflow.explain_clock;
}

}  // namespace oin
