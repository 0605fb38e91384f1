#include "daemon/recount.hpp"

#include "daemon/bookkeeping.hpp"
#include "daemon/log.hpp"
#include "daemon/workflow/apply.hpp"
#include "daemon/workflow/due_things.hpp"

namespace oin {
namespace {

constexpr int tickets_per_job = 25;

}  // namespace

Result<Recounted> recount(store::Transaction& tx, const Office& office, std::string_view state,
                          TicketId after, Instant now) {
  Recounted done;
  OIN_TRY(const auto tickets,
          tx.tickets({.state = std::string(state), .after = after, .limit = tickets_per_job}));
  for (const Ticket& ticket : tickets) {
    const Decision decision = decide(office.desk, ticket, SettingsChanged{}, now);
    if (decision.events.empty()) {
      OIN_TRYV(tx.set_timers(ticket.id, timers_of(office.desk, ticket)));
    } else {
      const Ticket moved = oin::apply(ticket, decision.events);
      OIN_TRYV(record(tx, office, moved, decision.events));
      log::info("ticket.due_moved ticket={} from={} to={}", reference(ticket.id), to_rfc3339(*ticket.due_at),
                to_rfc3339(*moved.due_at));
      ++done.moved;
    }
    ++done.tickets;
    done.last = ticket.id;
  }
  return done;
}

Task<Recounted> recount_all(const CurrentOffice& office, StoreWorker& store, const Clock& clock) {
  Recounted all;
  for (const std::string state : {"open", "held"}) {
    TicketId after = 0;
    do {
      std::function<Result<Recounted>(store::Transaction&)> job = [office = office.get(), state, after,
                                                                   &clock](store::Transaction& tx) {
        return recount(tx, *office, state, after, clock.now());
      };
      OIN_CO_TRY(const Recounted some, co_await store.run(std::move(job)));
      all.tickets += some.tickets;
      all.moved += some.moved;
      after = some.last;
    } while (after != 0);
  }
  co_return all;
}

}  // namespace oin
