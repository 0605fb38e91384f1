/// commands.hpp: what people of the team may do with a ticket, and who may do what.
#pragma once

#include "daemon/workflow/decide.hpp"

namespace oin {

Decision on_command(const Desk& desk, const Ticket& ticket, const CommandGiven& command, Instant now);

}  // namespace oin
