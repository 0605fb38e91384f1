#include "daemon/workflow/due_things.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/look_ups.hpp"
#include "daemon/workflow/participants.hpp"
#include "daemon/workflow/sourcing.hpp"

namespace oin {
namespace {

void add_team(std::vector<TicketTimer>& out, const Desk& desk, const Ticket& ticket) {
  if (ticket.reminders_from) out.push_back({"remind", *ticket.reminders_from});
  if (!ticket.due_at) return;
  const BusinessCalendar& calendar = desk.calendar_of(ticket);
  if (ticket.promised && *ticket.due_at > *ticket.promised && !addressees(ticket).empty())
    out.push_back({"delay", ticket.changed_at});
  if (ticket.due_passed) {
    const int every = desk.workflow.clock.overdue_business_days;
    if (every > 0)
      out.push_back(
          {"overdue", calendar.add_business_days(ticket.warned_at.value_or(*ticket.due_at), every)});
    return;
  }
  out.push_back({"due", *ticket.due_at});
  if (const WarningSettings* step = next_warning(desk, ticket))
    out.push_back({"warn", warning_at(desk, ticket, *step)});
}

/// Whoever heard of it late, because the desk was down, has the same time to answer the last reminder.
std::optional<Instant> closing_at(const Desk& desk, const Ticket& ticket) {
  const auto planned = reminder_at(desk, ticket, closing_step);
  const ReminderSettings& reminders = desk.workflow.reminders;
  const int notice = reminders.close_business_days - reminders.last_business_days;
  if (!planned || !ticket.reminded_at || reminders.last_business_days == 0 || notice <= 0) return planned;
  return std::max(*planned, desk.calendar_of(ticket).add_business_days(*ticket.reminded_at, notice));
}

/// What is switched on ends by itself, whosever turn it is.
void add_granted(std::vector<TicketTimer>& out, const Desk& desk, const Ticket& ticket) {
  constexpr int notice_business_days = 2;
  if (!ticket.granted_until) return;
  const BusinessCalendar& calendar = desk.calendar_of(ticket);
  if (!ticket.expiry_told)
    out.push_back({"expiring", calendar.subtract_business_minutes(
                                   *ticket.granted_until, calendar.minutes_of_days(notice_business_days))});
  out.push_back({"expire", *ticket.granted_until});
}

void add_vendor(std::vector<TicketTimer>& out, const Desk& desk, const Ticket& ticket) {
  if (ticket.granted_until) return;
  if (!reviewed(ticket.kind) && !awaits_facts(ticket)) {
    const int wait = desk.workflow.reminders.answered_business_days;
    if (wait > 0)
      out.push_back({"close", desk.calendar_of(ticket).add_business_days(ticket.waiting_since, wait)});
    return;
  }
  for (int step = ticket.reminders_sent + 1; step <= reminder_steps; ++step)
    if (const auto at = reminder_at(desk, ticket, step)) {
      out.push_back({"remind", *at});
      break;
    }
  if (const auto at = closing_at(desk, ticket)) out.push_back({"close", *at});
}

void add_held(std::vector<TicketTimer>& out, const Desk& desk, const Ticket& ticket) {
  if (ticket.held_until) return out.push_back({"resume", *ticket.held_until});
  const int every = desk.workflow.clock.held_business_days;
  if (every > 0)
    out.push_back(
        {"held", desk.calendar_of(ticket).add_business_days(
                     ticket.warned_at && *ticket.warned_at > *ticket.held_since ? *ticket.warned_at
                                                                                : *ticket.held_since,
                     every)});
}

}  // namespace

std::vector<TicketTimer> timers_of(const Desk& desk, const Ticket& ticket) {
  std::vector<TicketTimer> out;
  if (const auto at = look_up_at(desk, ticket)) out.push_back({"look-up", *at});
  if (ticket.state == TicketState::closed) {
    if (ticket.forget_secrets_at) out.push_back({"forget-secrets", *ticket.forget_secrets_at});
  } else if (ticket.state == TicketState::held) {
    add_held(out, desk, ticket);
    add_granted(out, desk, ticket);
  } else if (ticket.turn == Turn::team) {
    add_team(out, desk, ticket);
    add_granted(out, desk, ticket);
  } else if (ticket.turn == Turn::vendor) {
    add_vendor(out, desk, ticket);
    add_granted(out, desk, ticket);
  }
  return out;
}

std::string what_happens(const Desk& desk, const Ticket& ticket, const TicketTimer& timer) {
  if (timer.name == "warn") {
    const WarningSettings* step = next_warning(desk, ticket);
    return fmt::format("the team is warned: {} % of the time is used", step ? step->percent : 100);
  }
  if (timer.name == "due")
    return ticket.promised ? "it is overdue: the team is told, and whoever was promised it"
                           : "it is overdue: the team is told";
  if (timer.name == "overdue") return "the team is told again that it is overdue";
  if (timer.name == "delay") return "the vendor is told that the date has moved";
  if (timer.name == "remind" && ticket.turn == Turn::team) return "the team is reminded";
  if (timer.name == "remind") {
    int step = ticket.reminders_sent + 1;
    while (step < reminder_steps && reminder_at(desk, ticket, step) != timer.at) ++step;
    return step == reminder_steps ? std::string("the vendor is reminded for the last time")
                                  : fmt::format("the vendor is reminded ({})", step);
  }
  if (timer.name == "close")
    return reviewed(ticket.kind) || awaits_facts(ticket) ? "it is closed as inactive"
                                                         : "it is closed as answered";
  if (timer.name == "held") return "the team is asked about the hold";
  if (timer.name == "resume") return "the hold ends";
  if (timer.name == "expiring") return "its requester is told that it ends soon";
  if (timer.name == "expire") return "what was granted ends";
  if (timer.name == "look-up") return "the links of its submission are opened";
  if (timer.name == "forget-secrets") return "its secrets are deleted";
  return timer.name;
}

const WarningSettings* next_warning(const Desk& desk, const Ticket& ticket) {
  const auto it = std::ranges::find_if(desk.workflow.warnings, [&](const WarningSettings& step) {
    return step.percent > ticket.warned_percent && step.percent < 100;
  });
  return it == desk.workflow.warnings.end() ? nullptr : &*it;
}

Instant warning_at(const Desk& desk, const Ticket& ticket, const WarningSettings& step) {
  const std::int64_t left = ticket.clock.back().budget * (100 - step.percent) / 100;
  return desk.calendar_of(ticket).subtract_business_minutes(*ticket.due_at, left);
}

std::optional<Instant> reminder_at(const Desk& desk, const Ticket& ticket, int step) {
  const ReminderSettings& reminders = desk.workflow.reminders;
  const std::array days{reminders.first_business_days, reminders.second_business_days,
                        reminders.last_business_days, reminders.close_business_days};
  const int wait = days.at(static_cast<std::size_t>(step - 1));
  if (wait == 0) return std::nullopt;
  const BusinessCalendar& calendar = desk.calendar_of(ticket);
  if (!ticket.reminders_from) return calendar.add_business_days(ticket.waiting_since, wait);
  // Moved: the first one comes at that time, and the others keep their distance to it.
  const auto first = std::ranges::find_if(days, [](int each) { return each > 0; });
  const Instant from = calendar.next_opening(*ticket.reminders_from);
  return wait == *first ? from : calendar.add_business_days(from, wait - *first);
}

}  // namespace oin
