/// case_clock.hpp: whose turn it is, and how the clock of a case runs, stops and goes on.
///
/// The clock runs while it is the team's turn and the case is not held.  A phase, a round of it and an answer
/// each have a budget of business minutes; where the budget ends is the due date.
#pragma once

#include <string>

#include "daemon/workflow/draft.hpp"

namespace oin {

/// The phase begins, with its whole time.
void enter_phase(Draft& draft, const Desk& desk, const PhaseSettings& phase, Instant from);

/// An answer by a person, in the time that the ticket's queue has for one; none where it has no such time,
/// and none beside an earlier promise: what is unanswered longest counts.
void promise_answer(Draft& draft, const Desk& desk, Instant from);

/// Nothing where the turn is there already.
void pass_turn(Draft& draft, Turn turn, std::string why);

/// What the vendor was asked for has come: the phase goes on, with its whole time or with what was left of it
/// ([clock] on_resubmission); out of the precheck the first phase begins.
void return_to_team(Draft& draft, const Desk& desk, Instant from, const std::string& why);

/// Ends a hold: the clock goes on where it stopped, or where what came in the meantime has brought the case.
void resume(Draft& draft, const Desk& desk, const std::string& why);

/// Business time that is left of the ticket's budget, now or when its clock last stopped; 0 when it is
/// overdue or has no due date.
std::chrono::seconds time_left(const Desk& desk, const Ticket& ticket, Instant now);

/// Where the budget that runs ends by the calendars of today; nothing when that is where it stands, or when
/// nothing is due.
std::optional<Instant> recomputed_due(const Desk& desk, const Ticket& ticket);

}  // namespace oin
