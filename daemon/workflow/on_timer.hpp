/// on_timer.hpp: what a ticket does by itself when one of its timers (due_things.hpp) is due.
///
/// A timer that is run late, because the desk was down, is run once: of several reminders that are due only
/// the last is sent, and the letters say that they are late.
#pragma once

#include "daemon/workflow/decide.hpp"

namespace oin {

Decision on_timer(const Desk& desk, const Ticket& ticket, const TimerDue& timer, Instant now);

}  // namespace oin
