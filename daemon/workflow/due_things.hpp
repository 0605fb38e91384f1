/// due_things.hpp: what will happen to a ticket by itself, and when, if nothing else happens first.
///
/// Pure, from the ticket and the desk's settings alone, so that timers need no bookkeeping: whoever stores a
/// ticket's events sets its timers to these.  What a timer does when it is due is decided in on_timer.cpp,
/// which leaves an event behind that moves the ticket on to its next timer.
///
/// No open ticket is without one, unless its queue promises nothing: the ball is never dropped.
#pragma once

#include <string>
#include <vector>

#include "daemon/workflow/desk.hpp"
#include "daemon/workflow/ticket.hpp"

namespace oin {

struct TicketTimer {
  /// "warn", "due", "overdue": the team's turn.  "close": the vendor's.  "remind": either's.  "held",
  /// "resume": neither's. "expiring", "expire": what was granted for a time. "delay": a promise cannot be
  /// kept.  "forget-secrets": the end. "look-up": its links are to be opened, which the shell does, not
  /// decide().
  std::string name;
  Instant at;
  bool operator==(const TicketTimer&) const = default;
};

std::vector<TicketTimer> timers_of(const Desk& desk, const Ticket& ticket);

/// What it will do, for a person: "the vendor is reminded (2)".
std::string what_happens(const Desk& desk, const Ticket& ticket, const TicketTimer& timer);

/// The step of [[warning]] that the ticket has not had yet; null behind the last.
const WarningSettings* next_warning(const Desk& desk, const Ticket& ticket);

/// When so much of the time for the ticket's due date is used up.
Instant warning_at(const Desk& desk, const Ticket& ticket, const WarningSettings& step);

/// When the vendor will be reminded for the n-th time (from 1), or, for `closing_step`, the case closed.
std::optional<Instant> reminder_at(const Desk& desk, const Ticket& ticket, int step);
constexpr int reminder_steps = 3;
constexpr int closing_step = reminder_steps + 1;

}  // namespace oin
