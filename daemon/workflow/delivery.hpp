/// delivery.hpp: what becomes of letters on their way, as far as it concerns a ticket.
#pragma once

#include "daemon/workflow/decide.hpp"

namespace oin {

Decision on_suppression(const Desk& desk, const Ticket& ticket, const SuppressionChanged& in, Instant now);

}  // namespace oin
