#include "daemon/timers.hpp"

#include <algorithm>

#include "daemon/letter_writer.hpp"
#include "daemon/log.hpp"
#include "daemon/workflow/apply.hpp"
#include "daemon/workflow/decide.hpp"

namespace oin {
namespace {

constexpr int timers_per_job = 100;
constexpr auto longest_sleep = std::chrono::minutes(10);

struct Fired {
  int timers = 0, letters = 0;
};

Result<Fired> fire(store::Transaction& tx, const Office& office, Instant now) {
  Fired done;
  OIN_TRY(const auto due, tx.due_timers(now, timers_per_job));
  for (const store::Timer& timer : due) {
    OIN_TRYV(tx.cancel_timer(timer.ticket, timer.name));
    OIN_TRY(const Ticket before, tx.ticket(timer.ticket));
    const Decision decision = decide(office.desk, before, TimerDue{timer.name}, now);
    const Ticket after = oin::apply(before, decision.events);
    if (!decision.events.empty()) {
      OIN_TRYV(tx.append(after, decision.events));
    }
    OIN_TRY(const auto letters, enqueue_letters(tx, office, decision.letters, after, nullptr, now));
    OIN_TRYV(word_letters(tx, office, letters));
    done.letters += static_cast<int>(letters.size());
    ++done.timers;
    log::info("timer.fired ticket={} timer={} events={}", reference(timer.ticket), timer.name,
              decision.events.size());
  }
  return done;
}

}  // namespace

Timers::Timers(const CurrentOffice& office, StoreWorker& store, const Clock& clock,
               std::function<void()> on_letters, const asio::any_io_executor& executor)
    : office_(office), store_(store), clock_(clock), on_letters_(std::move(on_letters)), bell_(executor) {}

Task<int> Timers::once() {
  int all = 0;
  for (;;) {
    std::function<Result<Fired>(store::Transaction&)> job =
        [this, office = office_.get()](store::Transaction& tx) { return fire(tx, *office, clock_.now()); };
    OIN_CO_TRY(const Fired done, co_await store_.run(std::move(job)));
    all += done.timers;
    if (done.letters > 0) on_letters_();
    if (done.timers < timers_per_job) co_return all;
  }
}

asio::awaitable<void> Timers::run() {
  for (;;) {
    auto fired = co_await once();
    if (!fired) log::error("timers.store_failed why={}", log::field(fired.error().what));
    std::function<Result<std::optional<Instant>>(store::Transaction&)> job = [](store::Transaction& tx) {
      return tx.next_timer_at();
    };
    auto next = co_await store_.run(std::move(job));
    std::chrono::milliseconds sleep =
        fired ? std::chrono::milliseconds(longest_sleep) : std::chrono::milliseconds(5000);
    if (next && next.value())
      sleep = std::clamp<std::chrono::milliseconds>(*next.value() - clock_.now(),
                                                    std::chrono::milliseconds(100), sleep);
    if (!co_await bell_.wait(sleep)) co_return;
  }
}

}  // namespace oin
