#include "daemon/workflow/closing.hpp"

#include <algorithm>
#include <array>

#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/case_letters.hpp"
#include "daemon/workflow/participants.hpp"

namespace oin {
namespace {

/// The first where it never had one, the last where it was done.
const PhaseSettings* phase_it_had(const Desk& desk, const Ticket& ticket) {
  if (ticket.phase == "precheck") return desk.phase_after("precheck");
  if (ticket.phase == "done" && !ticket.passed.empty()) return desk.phase(ticket.passed.back());
  return desk.phase(ticket.phase.value_or(""));
}

}  // namespace

void end_case(Draft& draft, const Desk& desk, const std::string& outcome, const std::string& why) {
  const Instant forget = draft.now() + std::chrono::days(desk.workflow.forget_secrets_days);
  const bool may_hold_secrets = draft.ticket().submission.has_value();
  draft.add(TicketClosed{outcome, why, may_hold_secrets ? std::optional(forget) : std::nullopt});
}

void reopen(Draft& draft, const Desk& desk, Instant from, const std::string& why) {
  draft.add(Reopened{why});
  const Ticket& ticket = draft.ticket();
  if (!reviewed(ticket.kind)) {
    promise_answer(draft, desk, from);
    if (draft.ticket().turn == Turn::none) pass_turn(draft, Turn::team, why);
  } else if (ticket.awaits_vendor() || (ticket.phase == "precheck" && !ticket.submission)) {
    pass_turn(draft, Turn::vendor, why);
  } else if (const PhaseSettings* phase = phase_it_had(desk, ticket)) {
    enter_phase(draft, desk, *phase, from);
  } else {
    pass_turn(draft, Turn::team, why);
  }
}

bool tells_of_resumption(const Ticket& ticket) {
  const bool date_moved = ticket.due_at && ticket.promised && *ticket.due_at > *ticket.promised;
  return reviewed(ticket.kind) && !date_moved && !ticket.due_passed;
}

bool reopens_by_mail(const Desk& desk, const Ticket& ticket, Instant now) {
  constexpr std::array ended_softly{"inactive", "withdrawn", "answered", "expired", "referred"};
  return ticket.state == TicketState::closed && ticket.closed_at && ticket.goes_on_in() == 0 &&
         std::ranges::find(ended_softly, ticket.outcome.value_or("")) != ended_softly.end() &&
         now - *ticket.closed_at <= std::chrono::days(desk.workflow.reminders.reopen_days);
}

LetterDraft ended(const std::string& letter, const Desk& desk, const Ticket& ticket) {
  return to_participants(letter, desk, ticket, closed_variables);
}

}  // namespace oin
