/// escalation.hpp: a mail that presses makes its ticket stand out, and its sender is told who has it.
#pragma once

#include <nlohmann/json.hpp>

#include "daemon/workflow/draft.hpp"

namespace oin {

/// Marks the ticket and tells its people and the lead, once in each turn of the team.  False where the mail
/// does not press, or nobody of the team is at turn.
bool escalate(Draft& draft, const Desk& desk, const MailArrived& in);

/// Adds "escalated" and "owner": who of the team has the ticket, by name; empty where nobody is named.
void add_escalation(nlohmann::json& variables, const Desk& desk, const Ticket& ticket);

/// Tells a person who presses who has their ticket, whose turn it is and until when.
LetterDraft escalation_acknowledged(const Desk& desk, const Ticket& ticket, const Address& to);

}  // namespace oin
