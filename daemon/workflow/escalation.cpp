#include "daemon/workflow/escalation.hpp"

#include "daemon/workflow/review_letters.hpp"
#include "daemon/workflow/staff_notices.hpp"
#include "daemon/workflow/team.hpp"

namespace oin {
namespace {

using nlohmann::json;

/// Whoever it is assigned to, else the first lead.
const PersonSettings* owner_of(const Desk& desk, const Ticket& ticket) {
  if (ticket.assignee)
    if (const PersonSettings* person = desk.person(*ticket.assignee)) return person;
  const auto leads = leads_of(desk);
  return leads.empty() ? nullptr : leads.front();
}

}  // namespace

bool escalate(Draft& draft, const Desk& desk, const MailArrived& in) {
  const Ticket& ticket = draft.ticket();
  if (!in.intent.escalated || ticket.state == TicketState::closed || ticket.queue == "noise") return false;
  if (ticket.escalated_at) return false;
  std::string why;
  for (const Evidence& piece : in.intent.escalation) why += (why.empty() ? "" : "; ") + piece.what;
  draft.add(Escalated{why});
  tell_escalation(draft, desk, why);
  return true;
}

void add_escalation(json& variables, const Desk& desk, const Ticket& ticket) {
  const PersonSettings* owner = ticket.escalated_at ? owner_of(desk, ticket) : nullptr;
  variables["escalated"] = ticket.escalated_at.has_value();
  variables["owner"] = owner ? owner->name : "";
}

LetterDraft escalation_acknowledged(const Desk& desk, const Ticket& ticket, const Address& to) {
  LetterDraft letter{"escalation-acknowledged", {to}, review_variables(desk, ticket, to)};
  add_escalation(letter.variables, desk, ticket);
  return letter;
}

}  // namespace oin
