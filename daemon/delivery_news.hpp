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

}  // namespace oin
