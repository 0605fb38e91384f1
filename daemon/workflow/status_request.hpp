/// status_request.hpp: which of their tickets somebody asks about who does not answer a letter.
#pragma once

#include <span>
#include <vector>

#include "daemon/workflow/ticket.hpp"
#include "parsers/mail.hpp"

namespace oin {

/// Of `known`, those on whose record the sender stands, newest first: the ones that the mail names by number
/// or by the app's name, whether they are over or not; where it names none, all that are not over; where all
/// are over, the newest.  `in_thread` is the ticket in whose thread the mail says it is; 0: in none.
std::vector<Ticket> asked_about(const Mail& mail, TicketId in_thread, std::span<const Ticket> known);

}  // namespace oin
