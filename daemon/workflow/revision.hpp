/// revision.hpp: what a mail says of a submission becomes a revision, which is checked at once; issues are
/// raised and closed, the turn passes, the review begins.
#pragma once

#include <string>
#include <vector>

#include "daemon/workflow/draft.hpp"

namespace oin {

struct FieldChange {
  std::string field, before, after;  ///< the values as shown; empty for none
};

/// What came of a mail in an open review, for the letter that answers it.
struct RevisionOutcome {
  bool revised = false;              ///< the submission is not what it was
  std::vector<FieldChange> changed;  ///< in the order of the fields' names
  std::vector<int> closed, raised;   ///< issues
  std::vector<int> answered;         ///< issues of which the sender said something
  bool reopened = false;             ///< a phase that was passed is done again

  bool anything() const { return revised || !closed.empty() || !raised.empty() || !answered.empty(); }
};

/// Is what such a ticket holds checked by the rules?
bool checked(TicketKind kind);

/// The first mail of a review: its submission is the first revision.  Without blocking issues the first phase
/// begins when the mail arrived.
void begin_review(Draft& draft, const Desk& desk, const MailArrived& in);

/// A later mail of one who may change the ticket.
RevisionOutcome continue_review(Draft& draft, const Desk& desk, const MailArrived& in);

/// Raises what was found, or says it anew where it stands in other words; what was waived stays waived.
void raise_found(Draft& draft, const Finding& finding, RevisionOutcome& out);

/// Whose turn it is, and in which phase, now that the checks and the vendor have spoken; a phase that begins
/// has its time from `from`.
void move_on(Draft& draft, const Desk& desk, Instant from, RevisionOutcome& out);

}  // namespace oin
