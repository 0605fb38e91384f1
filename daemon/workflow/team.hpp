/// team.hpp: who of the team a ticket is the work of.
#pragma once

#include <string>
#include <vector>

#include "daemon/workflow/desk.hpp"
#include "daemon/workflow/ticket.hpp"

namespace oin {

/// The role that the ticket as it stands takes: its phase's, or its queue's for a question.
std::string role_of(const Desk& desk, const Ticket& ticket);

bool has_role(const PersonSettings& person, std::string_view role);

/// Whoever it is assigned to; else everybody with its role.
std::vector<const PersonSettings*> workers_of(const Desk& desk, const Ticket& ticket);

/// A ticket in a restricted queue is seen by those with the queue's role alone; null is nobody in particular.
bool may_see(const Desk& desk, const PersonSettings* person, const Ticket& ticket);

std::vector<const PersonSettings*> leads_of(const Desk& desk);

}  // namespace oin
