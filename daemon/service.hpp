/// service.hpp: the daemon itself: every part made, wired together, run, and brought to a clean stop.
///
/// One io_context on one thread carries the network; parsing has its pool and the store its thread, and the
/// three exchange values.
#pragma once

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/thread_pool.hpp>
#include <list>

#include "daemon/console.hpp"
#include "daemon/look_ups.hpp"
#include "daemon/mailbox_watch.hpp"
#include "daemon/outbox.hpp"
#include "daemon/scanners.hpp"
#include "daemon/timers.hpp"

namespace oin {

class Service {
 public:
  Service(Office office, std::unique_ptr<store::Store> store, Clock& clock, std::filesystem::path config);

  /// Until SIGTERM or SIGINT; the exit status.
  int run();
  /// One pass over mailboxes, timers and letters; the exit status.
  int once();

 private:
  void spawn(asio::awaitable<void> task);
  void stop();
  asio::awaitable<void> obey_signals();
  asio::awaitable<void> say_alive();
  asio::awaitable<void> say_alive_at_long_work();
  asio::awaitable<void> pass(int& status);
  Result<int> recover_letters();
  void obey_new_settings();
  asio::awaitable<void> recount();
  asio::awaitable<void> keep_time();

  Task<Json> answer(std::string verb, Json arguments);
  Task<Json> query(std::string verb, Json arguments);
  Task<Json> status(Json arguments);
  Task<Json> reconcile(Json arguments);
  Task<Json> reconcile_one(MailboxWatch& watch);
  Task<Json> retry_quarantined(Json arguments);
  Task<Json> command(Json arguments);
  Task<Json> move_clock(Json arguments);
  Task<Json> erase(Json arguments);
  Task<Json> compact();

  CurrentOffice office_;
  Clock& clock_;
  std::filesystem::path config_;
  asio::io_context io_{1};
  asio::thread_pool parsers_;
  StoreWorker store_;
  net::CurlLoop imap_loop_, smtp_loop_, web_loop_, scan_loop_;
  Outbox outbox_;
  Intake intake_;
  Scanners scanners_;
  LookUps look_ups_;
  Timers timers_;
  Console console_;
  std::list<MailboxWatch> watches_;
  std::list<asio::cancellation_signal> stops_;
  asio::steady_timer last_resort_;
  int long_work_ = 0;  ///< jobs in the store that take as long as they take: erasing, compacting
  int running_ = 0;    ///< tasks spawned and not ended
  bool stopping_ = false;
  bool failed_ = false;
};

}  // namespace oin
