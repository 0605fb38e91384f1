/// bookkeeping.hpp: a decision written down: events, what they do to other tickets, timers.
#pragma once

#include "daemon/letter_writer.hpp"

namespace oin {

/// Appends the events that made `after` of its ticket, and sets the ticket's timers by what it now is.
Result<void> record(store::Transaction& tx, const Office& office, const Ticket& after,
                    std::span<const Event> events);

/// The whole decision, with its letters in the outbox.  `answered` as in enqueue_letters().
Result<std::vector<UnwordedLetter>> record(store::Transaction& tx, const Office& office, const Ticket& after,
                                           const Decision& decision, const Mail* answered, Instant now);

/// What became of a ticket that something asked a decision for.
struct Decided {
  Ticket before, after;
  Decision decision;
  int letters = 0;
};

/// Decides on the ticket and writes it down, its letters to the last word; nothing where it is refused.
Result<Decided> decide_and_record(store::Transaction& tx, const Office& office, TicketId ticket,
                                  const Input& input, Instant now);

}  // namespace oin
