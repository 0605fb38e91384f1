/// clock_json.hpp: why a ticket is due when it is, and what happens to it next by itself, for `oinctl ticket
/// N`.
#pragma once

#include "daemon/mail_json.hpp"
#include "daemon/workflow/desk.hpp"
#include "daemon/workflow/ticket.hpp"

namespace oin {

/// Stretch by stretch, each with the numbers and with the sentence that explains it.
Json clock_json(const Desk& desk, const Ticket& ticket, Instant now);
/// The calendar that the ticket counts in now.
Json calendar_json(const Desk& desk, const Ticket& ticket);
/// By time.
Json timers_json(const Desk& desk, const Ticket& ticket);

}  // namespace oin
