/// commands.hpp: what the team can tell the desk to do, by mail and by oinctl in the same words.
///
/// One table (command_table.cpp) says for each command who may give it, in which state, and what it does. All
/// commands of a mail happen or none; one that decides on the case is judged against the state it was written
/// for.
#pragma once

#include "daemon/workflow/decide.hpp"

namespace oin {

Decision on_commands(const Desk& desk, const Ticket& ticket, const CommandsGiven& given, Instant now);

/// A mail of a verified person of the team to a ticket: its commands, or, without any, an answer that goes to
/// the vendor in the desk's name.  The person is answered line by line.
Decision on_staff_mail(const Desk& desk, const Ticket& ticket, const MailArrived& in, Instant now);

/// Commands of a verified person in a mail that belongs to no ticket: they are told so, and nothing is done.
Decision on_stray_commands(const Desk& desk, const MailArrived& in);

/// The ticket numbers that commands name ("/merge 12"), for whoever has to fetch them first.
std::vector<TicketId> named_tickets(const std::vector<Command>& commands);

/// The mail of the ticket that is to be split off, likewise.
std::optional<int> mail_to_split(const std::vector<Command>& commands);

}  // namespace oin
