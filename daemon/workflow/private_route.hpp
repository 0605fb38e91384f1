/// private_route.hpp: an integration for some orgs alone.
///
/// What cannot be offered to everybody (SCIM 1.1, Profile Sourcing, a header expression) is offered this way
/// instead; whoever accepts has the same phases, which end with its being ready for the orgs they named.  A
/// yes in words counts as the form's line "Visibility: private".
#pragma once

#include <string>
#include <vector>

#include "daemon/workflow/draft.hpp"
#include "daemon/workflow/revision.hpp"

namespace oin {

/// The standing issue by which the private way is offered; null where it is not.
const Issue* private_offer(const Ticket& ticket);

/// Adds to what a mail says of the submission that it is to be private, where its text accepts the offer.
void accept_offer(Submission& said, const Ticket& ticket, const Mail& mail);

/// A submission that says it is private becomes one; a review that had begun starts again.
void take_private_route(Draft& draft, const Desk& desk, RevisionOutcome& out);

/// The form to be filled in, with what is known: that it is an update, or private, with the lines that only
/// such a one has.
Submission form_to_fill(TicketKind kind, Submission known);

/// The orgs that may see it, as its vendor named them.
std::vector<std::string> orgs_named(const Ticket& ticket);

}  // namespace oin
