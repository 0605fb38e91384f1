/// letter_variables.hpp: what a letter's template may say, as JSON; sample.json of each template has the same
/// keys.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>

#include "daemon/workflow/desk.hpp"
#include "daemon/workflow/ticket.hpp"
#include "parsers/address.hpp"

namespace oin {

/// What every letter has: desk_name, reference, number, title, contact_name, mailbox_address.
nlohmann::json common_variables(const Desk& desk, const Ticket& ticket, const Address& to);

/// A phase as letters about the ticket call it, in its language: of a private integration nothing is
/// published.
std::string title_of(const PhaseSettings& phase, const Ticket& ticket);

/// Of the ticket's phase, in its language; empty where it is in none: a question, before the review, after
/// it.
std::string phase_title(const Desk& desk, const Ticket& ticket);

/// closes: the day on which the case is closed if its vendor stays silent; empty where that is none.
void add_closes(nlohmann::json& variables, const Desk& desk, const Ticket& ticket);

/// As a person reads it, in the ticket's calendar and language; empty for nothing.
std::string shown(const Desk& desk, const Ticket& ticket, std::optional<Instant> at);
std::string date_shown(const Desk& desk, const Ticket& ticket, Instant at);

/// has_due and due: the ticket's due date as a person reads it.
void add_due(nlohmann::json& variables, const Desk& desk, const Ticket& ticket);

nlohmann::json unclear_received(const Desk& desk, const Ticket& ticket, const Address& to);
nlohmann::json message_too_large(const Desk& desk, const Ticket& ticket, const Address& to,
                                 std::size_t bytes);
nlohmann::json question_received(const Desk& desk, const Ticket& ticket, const Address& to);
nlohmann::json status_of(const Desk& desk, std::span<const Ticket> tickets, const Address& to);

}  // namespace oin
