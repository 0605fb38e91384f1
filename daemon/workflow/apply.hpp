/// apply.hpp: folds events into a ticket, in memory and in the store alike.
#pragma once

#include <span>

#include "daemon/workflow/ticket.hpp"

namespace oin {

/// Folds one event in.  Total: what was once written is never refused.
Ticket apply(Ticket ticket, const Event& event);
/// Call it as oin::apply: a vector of events would also find std::apply.
Ticket apply(Ticket ticket, std::span<const Event> events);

}  // namespace oin
