/// letter_preview.hpp: what each letter would say of a ticket, if what it tells of happened now.
///
/// The same functions make these variables that make them when the letter is decided on.  What only that
/// moment has (a person's words, a mail's size, the results of commands) is not there: whoever previews fills
/// it with the letter's sample, and says so.  Pure; nothing of the ticket changes.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "daemon/workflow/desk.hpp"
#include "daemon/workflow/ticket.hpp"

namespace oin {

/// In the ticket's own language.  Nothing for an event that is none.
std::optional<nlohmann::json> preview_variables(const Desk& desk, const Ticket& ticket,
                                                std::string_view event, Instant now);

}  // namespace oin
