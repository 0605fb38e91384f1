#include "daemon/service.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "daemon/log.hpp"
#include "daemon/recount.hpp"
#include "daemon/reload.hpp"
#include "daemon/service_manager.hpp"

namespace oin {
namespace {

/// The answer to a final dot gets 8 s; whatever still hangs after this is left to the next start.
constexpr auto stop_deadline = std::chrono::milliseconds(9500);

/// Cancelled coroutines end with this exception (Asio's way), which is a clean end.
bool is_cancellation(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const boost::system::system_error& e) {
    return e.code() == asio::error::operation_aborted;
  } catch (...) {
    return false;
  }
}

std::string what_of(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& e) {
    return e.what();
  } catch (...) {
    return "unknown";
  }
}

}  // namespace

Service::Service(Office opened, std::unique_ptr<store::Store> store, Clock& clock,
                 std::filesystem::path config)
    : office_(std::move(opened)),
      clock_(clock),
      config_(std::move(config)),
      parsers_(office_.get()->settings.intake.parser_threads),
      store_(std::move(store)),
      imap_loop_(io_.get_executor()),
      smtp_loop_(io_.get_executor()),
      web_loop_(io_.get_executor()),
      scan_loop_(io_.get_executor()),
      outbox_(office_, store_, clock, smtp_loop_, io_.get_executor()),
      intake_(office_, store_, parsers_, clock,
              [this] {
                outbox_.ring();
                timers_.ring();
              }),
      scanners_(office_, clock, scan_loop_),
      look_ups_(office_, store_, parsers_, clock, web_loop_,
                [this] {
                  outbox_.ring();
                  timers_.ring();
                }),
      timers_(
          office_, store_, clock, [this] { outbox_.ring(); },
          [this](TicketId ticket) { look_ups_.look_up(ticket); }, io_.get_executor()),
      console_(
          io_.get_executor(),
          [this](std::string verb, Json arguments) { return answer(std::move(verb), std::move(arguments)); }),
      last_resort_(io_) {
  const auto office = office_.get();
  for (const MailboxSettings& mailbox : office->settings.mailboxes)
    watches_.emplace_back(mailbox, office->settings.intake, intake_, scanners_, store_, clock_, imap_loop_);
}

/// A task that ends by an exception of its own stops the daemon: better a restart than a silent mailbox.
void Service::spawn(asio::awaitable<void> task) {
  asio::cancellation_signal& signal = stops_.emplace_back();
  ++running_;
  asio::co_spawn(io_, std::move(task),
                 asio::bind_cancellation_slot(signal.slot(), [this](std::exception_ptr thrown) {
                   // When all else has ended, the deadline of the stop must not keep the loop alive.
                   if (--running_ == 0) last_resort_.cancel();
                   if (!thrown || is_cancellation(thrown)) return;
                   log::error("daemon.bug what={}", log::field(what_of(thrown)));
                   failed_ = true;
                   stop();
                 }));
}

int Service::run() {
  const auto office = office_.get();
  if (const auto listening = console_.listen(office->settings.paths.socket); !listening) {
    log::error("daemon.no_socket why={}", log::field(listening.error().what));
    return 1;
  }
  spawn(obey_signals());
  spawn(console_.run());
  spawn(say_alive());
  spawn(say_alive_at_long_work());
  if (const auto recovered = recover_letters(); !recovered) {
    log::error("store.failed why={}", log::field(recovered.error().what));
    return 3;
  }
  spawn(outbox_.run());
  spawn(keep_time());
  for (int worker = 0; worker < office->settings.look_ups.concurrent; ++worker) spawn(look_ups_.run());
  for (MailboxWatch& watch : watches_) spawn(watch.watch());
  service_manager::ready();
  log::info("daemon.started version={} mailboxes={} store={}", OIND_VERSION, watches_.size(),
            log::field(office->settings.store.url));
  if (office->settings.desk.test_clock)
    log::warn("daemon.test_clock now={} this is for tests, never for production", to_rfc3339(clock_.now()));
  io_.run();
  log::info("daemon.stopped");
  return failed_ ? 1 : 0;
}

void Service::stop() {
  if (stopping_) return;
  stopping_ = true;
  service_manager::stopping();
  log::info("daemon.stopping");
  // What may last for minutes is rolled back, and can be asked for again.
  if (long_work_ > 0) store_.interrupt();
  console_.close();
  for (asio::cancellation_signal& signal : stops_) signal.emit(asio::cancellation_type::terminal);
  last_resort_.expires_after(stop_deadline);
  last_resort_.async_wait([this](boost::system::error_code ended) {
    if (ended) return;
    log::warn("daemon.stop_forced: some connection did not end in time; nothing recorded is lost");
    io_.stop();
  });
}

asio::awaitable<void> Service::obey_signals() {
  asio::signal_set signals(io_, SIGTERM, SIGINT, SIGHUP);
  for (;;) {
    const auto [failed, number] = co_await signals.async_wait(asio::as_tuple(asio::use_awaitable));
    if (failed) co_return;
    if (number == SIGHUP) {
      obey_new_settings();
      continue;
    }
    stop();
    co_return;
  }
}

void Service::obey_new_settings() {
  Problems problems;
  Reload fresh = reload(*office_.get(), config_, problems);
  for (const std::string& problem : problems) log::error("settings.problem what={}", log::field(problem));
  if (!fresh.office) {
    log::error("settings.kept problems={} the running settings stay; mend these and send SIGHUP again",
               problems.size());
    return;
  }
  log::set_level(fresh.office->settings.log.level);
  office_.replace(*std::move(fresh.office));
  for (const std::string& what : fresh.applied) log::info("settings.applied what={}", what);
  for (const std::string& what : fresh.need_restart)
    log::warn("settings.restart_needed what={} it stays as it was until oind is restarted", what);
  log::info("settings.reloaded applied={} restart_needed={}", fresh.applied.size(),
            fresh.need_restart.size());
  if (!fresh.applied.empty()) spawn(recount());
}

/// Open tickets by the settings of now.
asio::awaitable<void> Service::recount() {
  const auto done = co_await recount_all(office_, store_, clock_);
  if (!done) {
    log::error("settings.recount_failed why={}", log::field(done.error().what));
    co_return;
  }
  log::info("settings.recounted tickets={} moved={}", done.value().tickets, done.value().moved);
  timers_.ring();
}

/// No timer of the settings before fires at the start.
asio::awaitable<void> Service::keep_time() {
  co_await recount();
  co_await timers_.run();
}

/// Says it is alive only after the store answered: a loop that turns around a dead store is not alive.
asio::awaitable<void> Service::say_alive() {
  const auto every = service_manager::watchdog();
  if (!every) co_return;
  asio::steady_timer pause(io_);
  for (;;) {
    std::function<Result<void>(store::Transaction&)> job = [](store::Transaction& tx) -> Result<void> {
      OIN_TRYV(tx.next_timer_at());
      return success();
    };
    const auto alive = co_await store_.run(std::move(job));
    if (alive) service_manager::alive();
    pause.expires_after(*every);
    const auto [failed] = co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
    if (failed) co_return;
  }
}

/// The store answers nobody while a person is erased from gigabytes, and that is no reason to be killed.
asio::awaitable<void> Service::say_alive_at_long_work() {
  const auto every = service_manager::watchdog();
  if (!every) co_return;
  asio::steady_timer pause(io_);
  for (;;) {
    pause.expires_after(*every);
    const auto [failed] = co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
    if (failed) co_return;
    if (long_work_ > 0) service_manager::alive();
  }
}

/// Letters that a daemon which died had in hand.  Before anything else is claimed.
Result<int> Service::recover_letters() {
  const auto office = office_.get();
  const Settings& settings = office->settings;
  std::optional<Instant> uncertain_at;
  if (settings.smtp.uncertain == SmtpSettings::Uncertain::retry)
    uncertain_at = clock_.now() + settings.outbox.uncertain_after;
  std::function<Result<int>(store::Transaction&)> job = [this, uncertain_at](store::Transaction& tx) {
    return tx.recover_letters(clock_.now(), uncertain_at);
  };
  asio::io_context alone;
  std::optional<Result<int>> recovered;
  const auto wait = [](StoreWorker& store, auto work,
                       std::optional<Result<int>>& out) -> asio::awaitable<void> {
    out.emplace(co_await store.run(std::move(work)));
  };
  asio::co_spawn(alone, wait(store_, std::move(job), recovered), asio::detached);
  alone.run();
  return *std::move(recovered);
}

int Service::once() {
  int status = 0;
  if (const auto recovered = recover_letters(); !recovered) {
    log::error("store.failed why={}", log::field(recovered.error().what));
    return 3;
  }
  asio::co_spawn(io_, pass(status), [](std::exception_ptr bug) {
    if (bug) std::rethrow_exception(bug);
  });
  io_.run();
  return status;
}

asio::awaitable<void> Service::pass(int& status) {
  const auto note = [&](std::string_view what, const Error& error) {
    log::error("once.{} why={}", what, log::field(error.what));
    status = 1;
  };
  for (MailboxWatch& watch : watches_)
    if (auto done = co_await watch.once(); !done) note("mailbox_failed", done.error());
  co_await recount();
  if (auto done = co_await timers_.once(); !done) note("timers_failed", done.error());
  co_await look_ups_.once();
  if (auto done = co_await outbox_.once(); !done) note("smtp_failed", done.error());
  if (store_.failed()) status = 3;
}

}  // namespace oin
