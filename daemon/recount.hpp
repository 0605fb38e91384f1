/// recount.hpp: other settings, and the tickets that were counted by the ones before.
///
/// At the start and after a reload: each open ticket's due date by the calendars of today, its timers by the
/// reminders of today.  What stands where it stood is not touched, so doing it once more changes nothing.
#pragma once

#include "daemon/clock.hpp"
#include "daemon/office.hpp"
#include "daemon/store_worker.hpp"

namespace oin {

struct Recounted {
  int tickets = 0, moved = 0;
  TicketId last = 0;  ///< 0: there are no more
};

/// The next few tickets of that state behind `after`.
Result<Recounted> recount(store::Transaction& tx, const Office& office, std::string_view state,
                          TicketId after, Instant now);

/// All of them, few at a time: between two jobs whatever came in goes first.
Task<Recounted> recount_all(const CurrentOffice& office, StoreWorker& store, const Clock& clock);

}  // namespace oin
