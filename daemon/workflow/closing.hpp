/// closing.hpp: how a case ends, and how one that has ended goes on.
#pragma once

#include <string>

#include "daemon/workflow/draft.hpp"

namespace oin {

/// Mails may hold secrets that no field does, so they are forgotten wherever there was a submission.
void end_case(Draft& draft, const Desk& desk, const std::string& outcome, const std::string& why);

/// The case is open again, in the phase it had and with fresh time: the vendor's turn if an issue waits for
/// them, else the team's.
void reopen(Draft& draft, const Desk& desk, Instant from, const std::string& why);

/// Whether a letter says that a case, whose hold has just ended, goes on: not where one about its new due
/// date follows, nor where that date has long been missed.
bool tells_of_resumption(const Ticket& ticket);

/// Does a mail of one on its record open it again?  What ended by itself or by its vendor goes on; what the
/// desk has decided or published does not.  Only for so many days ([reminders] reopen_days).
bool reopens_by_mail(const Desk& desk, const Ticket& ticket, Instant now);

/// The letter of that name to everybody who is written to about the ticket, about its end.
LetterDraft ended(const std::string& letter, const Desk& desk, const Ticket& ticket);

}  // namespace oin
