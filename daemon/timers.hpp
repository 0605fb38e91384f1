/// timers.hpp: what is to happen to tickets at a time.  Sleeps until the next due timer; never scans.
#pragma once

#include "daemon/clock.hpp"
#include "daemon/office.hpp"
#include "daemon/store_worker.hpp"
#include "daemon/wakeup.hpp"

namespace oin {

struct FiredTimers {
  int timers = 0, letters = 0;
  std::vector<TicketId> look_ups;  ///< tickets whose links are to be opened; their timers stay for a while
};

/// What is due now, up to a hundred of them, in order.
Result<FiredTimers> fire_timers(store::Transaction& tx, const Office& office, Instant now);

class Timers {
 public:
  /// `look_up`: a ticket's links are to be opened, which no transaction waits for.
  Timers(const CurrentOffice& office, StoreWorker& store, const Clock& clock,
         std::function<void()> on_letters, std::function<void(TicketId)> look_up,
         const asio::any_io_executor& executor);

  asio::awaitable<void> run();   ///< returns only when cancelled
  Task<int> once();              ///< everything that is due now; how many
  void ring() { bell_.ring(); }  ///< a timer was set, or the clock moved

 private:
  const CurrentOffice& office_;
  StoreWorker& store_;
  const Clock& clock_;
  std::function<void()> on_letters_;
  std::function<void(TicketId)> look_up_;
  Wakeup bell_;
};

}  // namespace oin
