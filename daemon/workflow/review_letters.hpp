/// review_letters.hpp: what the letters about a submission may say: what was understood, what stands in its
/// way, what changed, the way from here.
#pragma once

#include <nlohmann/json.hpp>

#include "daemon/workflow/desk.hpp"
#include "daemon/workflow/revision.hpp"
#include "daemon/workflow/ticket.hpp"
#include "parsers/address.hpp"

namespace oin {

/// What every letter about a review has.
nlohmann::json review_variables(const Desk& desk, const Ticket& ticket, const Address& to);

nlohmann::json submission_received(const Desk& desk, const Ticket& ticket, const Address& to);
/// Of a submission that cannot be reviewed yet: the same, its issues being in the way.
nlohmann::json submission_incomplete(const Desk& desk, const Ticket& ticket, const Address& to);
/// The form, for whoever asked how to submit or sent none of it.
/// `topic` is what the mail that asked is about (Intent::topic): of some there is more to say.
nlohmann::json submission_form(const Desk& desk, const Ticket& ticket, const Address& to,
                               std::string_view topic);
nlohmann::json revision_received(const Desk& desk, const Ticket& ticket, const Address& to,
                                 const RevisionOutcome& outcome);
nlohmann::json issue_answers_noted(const Desk& desk, const Ticket& ticket, const Address& to,
                                   const RevisionOutcome& outcome);
/// Of links that were opened: only what is new by it.
nlohmann::json links_checked(const Desk& desk, const Ticket& ticket, const Address& to,
                             const RevisionOutcome& outcome);

}  // namespace oin
