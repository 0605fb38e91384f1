#include "daemon/clock_json.hpp"

#include <algorithm>

#include "daemon/workflow/clock_explanation.hpp"
#include "daemon/workflow/due_things.hpp"

namespace oin {
namespace {

Json or_null(const std::optional<Instant>& at) { return at ? Json(to_rfc3339(*at)) : Json(); }

}  // namespace

Json clock_json(const Desk& desk, const Ticket& ticket, Instant now) {
  const BusinessCalendar& calendar = desk.calendar_of(ticket);
  Json out = Json::array();
  for (const ClockLine& line : explain_clock(ticket.clock, calendar, now))
    out.push_back({{"from", to_rfc3339(line.from)},
                   {"to", or_null(line.to)},
                   {"runs", line.runs},
                   {"why", line.why},
                   {"minutes", line.minutes},
                   {"left", line.due ? Json(line.left) : Json()},
                   {"due", or_null(line.due)},
                   {"text", sentence(line, calendar, now)}});
  return out;
}

Json calendar_json(const Desk& desk, const Ticket& ticket) {
  const BusinessCalendar& calendar = desk.calendar_of(ticket);
  return {{"name", calendar.name().empty() ? Json() : Json(calendar.name())},
          {"time_zone", calendar.time_zone()},
          {"hours", calendar.hours_shown()},
          {"day_minutes", calendar.day_minutes()}};
}

Json timers_json(const Desk& desk, const Ticket& ticket) {
  auto timers = timers_of(desk, ticket);
  std::ranges::stable_sort(timers, {}, &TicketTimer::at);
  Json out = Json::array();
  for (const TicketTimer& timer : timers)
    out.push_back({{"name", timer.name},
                   {"at", to_rfc3339(timer.at)},
                   {"when", desk.calendar_of(ticket).shown(timer.at)},
                   {"text", what_happens(desk, ticket, timer)}});
  return out;
}

}  // namespace oin
