#include "daemon/workflow/closing.hpp"

#include <algorithm>
#include <array>

#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/case_letters.hpp"
#include "daemon/workflow/participants.hpp"

namespace oin {

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
  } else if (ticket.phase == "precheck" || ticket.awaits_vendor()) {
    pass_turn(draft, Turn::vendor, why);
  } else if (const PhaseSettings* phase = desk.phase(ticket.phase.value_or(""))) {
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
  constexpr std::array ended_softly{"inactive", "withdrawn", "answered", "expired"};
  return ticket.state == TicketState::closed && ticket.closed_at && ticket.goes_on_in() == 0 &&
         std::ranges::find(ended_softly, ticket.outcome.value_or("")) != ended_softly.end() &&
         now - *ticket.closed_at <= std::chrono::days(desk.workflow.reminders.reopen_days);
}

LetterDraft ended(const std::string& letter, const Desk& desk, const Ticket& ticket) {
  return to_participants(letter, desk, ticket, closed_variables);
}

}  // namespace oin
