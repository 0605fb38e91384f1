/// clock_history.hpp: whose turn it was when, as a letter tells it to a vendor, in their language.
///
/// `oinctl ticket N --clock` says the same to the team (clock_explanation.hpp), to the minute and in English.
#pragma once

#include <nlohmann/json.hpp>

#include "daemon/workflow/desk.hpp"
#include "daemon/workflow/ticket.hpp"

namespace oin {

/// Adds "history", and "has_history".  Where [letters] explain_clock is set, "explained", and in each stretch
/// of a running clock how much time it had ("budget") and used ("used"), until when it runs or ran ("due"),
/// and which days in it were free ("days_off").
void add_clock_history(nlohmann::json& variables, const Desk& desk, const Ticket& ticket);

}  // namespace oin
