/// staff_notices.hpp: what the team is mailed about a ticket.
///
/// One letter a person, each of which can be answered with commands.  [notices] switches them off.
#pragma once

#include <string>
#include <vector>

#include "daemon/workflow/draft.hpp"

namespace oin {

/// It has come to the team, or to those of its next phase, and nobody has it yet; `by`, who saw to that,
/// knows.
void tell_new(Draft& draft, const Desk& desk, const PersonSettings* by = nullptr);

/// A participant wrote what a person has to read.
void tell_vendor_wrote(Draft& draft, const Desk& desk, const Mail& mail);

void tell_assigned(Draft& draft, const Desk& desk, const PersonSettings& to, const PersonSettings& by);

/// `event`: "staff-due-soon", "staff-overdue", "staff-reminder", "staff-held".  `tell` as in [[warning]].
void tell_due(Draft& draft, const Desk& desk, const std::string& event, const std::vector<std::string>& tell);

/// Its vendor presses: to whoever works on it, and to the lead.
void tell_escalation(Draft& draft, const Desk& desk, const std::string& why);

/// Something is wrong that only a person can mend: an address that does not exist.
void tell_trouble(Draft& draft, const Desk& desk, const std::string& what);

/// "command-result", "command-refused": what came of each command.  `text_above`: what stood above them was
/// sent to nobody.
LetterDraft command_letter(const std::string& event, const Desk& desk, const Ticket& ticket,
                           const PersonSettings& to, const std::vector<CommandResult>& results,
                           bool text_above);

/// Asks the person whether a mail in their name was theirs.
LetterDraft command_unverified(const Desk& desk, const Ticket& ticket, const PersonSettings& to,
                               const Mail& mail);

}  // namespace oin
