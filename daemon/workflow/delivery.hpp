/// delivery.hpp: what becomes of letters on their way, and of mails that are too many, as far as it concerns
/// a ticket.
#pragma once

#include "daemon/workflow/decide.hpp"

namespace oin {

Decision on_suppression(const Desk& desk, const Ticket& ticket, const SuppressionChanged& in, Instant now);

Decision on_letter_waits(const Desk& desk, const Ticket& ticket, const LetterWaits& in, Instant now);

/// One ticket in triage that takes in the rest; nobody is answered.
Decision on_flood(const Desk& desk, const Ticket& ticket, const FloodBegan& in, Instant now);

}  // namespace oin
