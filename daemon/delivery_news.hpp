/// delivery_news.hpp: what became of a letter's recipients reaches the letter's ticket.
#pragma once

#include "daemon/office.hpp"
#include "daemon/store/store.hpp"

namespace oin {

/// The reply's own words reach the ticket's timeline: one event a recipient that is settled now.
Result<void> tell_ticket(store::Transaction& tx, const Office& office, const store::Letter& before,
                         const store::Letter& after, Instant now);

/// Counts what the far server refused for good against the addresses (suppression.hpp).
Result<void> note_refusals(store::Transaction& tx, const Office& office, const store::Letter& before,
                           const store::Letter& after, Instant now);

/// The team is told, once, of a letter that waits for long, and of one that was given up.  Sets delay_told.
Result<void> tell_of_waiting(store::Transaction& tx, const Office& office, const store::Letter& letter,
                             Instant now);

/// A domain that defers one letter after another rests as a whole; one that took a letter does not.
Result<void> note_destination(store::Transaction& tx, const Office& office, const store::Letter& before,
                              const store::Letter& after, Instant now);

}  // namespace oin
