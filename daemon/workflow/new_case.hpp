/// new_case.hpp: a mail that belongs to no ticket opens one, and its sender is told.
#pragma once

#include "daemon/workflow/draft.hpp"

namespace oin {

/// Opens the draft's ticket by its first mail: kind, queue, title, people, and what is promised.
void open_ticket(Draft& draft, const Desk& desk, const MailArrived& in);

/// A question about building that stands in a review's thread becomes a ticket of its own, linked to it;
/// false where the mail is none.
bool open_linked_question(Draft& draft, const Desk& desk, const MailArrived& in);

/// A question that asked how to submit is made the review of the form that came now; false where the mail
/// brings none.
bool become_review(Draft& draft, const Desk& desk, const MailArrived& in, const Address* to);

}  // namespace oin
