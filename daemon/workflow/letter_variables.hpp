/// letter_variables.hpp: what a letter's template may say, as JSON; sample.json of each template has the same
/// keys.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "daemon/workflow/desk.hpp"
#include "daemon/workflow/ticket.hpp"
#include "parsers/address.hpp"

namespace oin {

/// What every letter has: desk_name, reference, number, title, contact_name, mailbox_address.
nlohmann::json common_variables(const Desk& desk, const Ticket& ticket, const Address& to);

std::string phase_title(const Desk& desk, const Ticket& ticket);

/// has_due and due: the ticket's due date as a person reads it.
void add_due(nlohmann::json& variables, const Desk& desk, const Ticket& ticket);

nlohmann::json unclear_received(const Desk& desk, const Ticket& ticket, const Address& to);
nlohmann::json message_too_large(const Desk& desk, const Ticket& ticket, const Address& to,
                                 std::size_t bytes);
nlohmann::json question_received(const Desk& desk, const Ticket& ticket, const Address& to);
nlohmann::json status_of(const Desk& desk, std::span<const Ticket> tickets, const Address& to);

}  // namespace oin
