#include "daemon/timers.hpp"

#include <algorithm>

#include "daemon/bookkeeping.hpp"
#include "daemon/log.hpp"
#include "daemon/look_ups.hpp"
#include "daemon/retention.hpp"
#include "daemon/workflow/digest.hpp"
#include "daemon/workflow/due_things.hpp"

namespace oin {
namespace {

constexpr int timers_per_job = 100;
constexpr auto longest_sleep = std::chrono::minutes(10);

/// A look-up that has not told what it saw after this long is asked for again.
constexpr auto look_up_lease = std::chrono::minutes(2);

/// What waits, to each person of the team.
Result<int> write_digests(store::Transaction& tx, const Office& office, Instant now) {
  std::vector<LetterDraft> digests;
  OIN_TRY(const auto open, tx.tickets({.state = "open"}));
  for (const PersonSettings& person : office.desk.people)
    if (auto letter = digest(office.desk, person, open, now)) digests.push_back(*std::move(letter));
  Ticket none;
  none.mailbox = office.desk.mailboxes.front().name;
  OIN_TRY(const auto letters, enqueue_letters(tx, office, digests, none, nullptr, now));
  OIN_TRYV(word_letters(tx, office, letters));
  log::info("digest.written letters={}", letters.size());
  return static_cast<int>(letters.size());
}

/// The desk's own timer beside those of its tickets.
Result<void> keep_digest_timer(store::Transaction& tx, const Office& office, Instant now) {
  constexpr std::string_view name = "digest";
  const auto next = next_digest_at(office.desk, now);
  if (!next) return tx.cancel_timer(0, name);
  OIN_TRY(const auto set, tx.timer_at(0, name));
  return set && *set <= *next ? Result<void>(success()) : tx.set_timer({0, std::string(name), *next});
}

/// A timer of yesterday's settings does nothing, and stands again where today's have it.
Result<void> set_later(store::Transaction& tx, const Office& office, const Ticket& ticket,
                       const store::Timer& timer, Instant now) {
  auto timers = timers_of(office.desk, ticket);
  std::erase_if(timers, [&](const TicketTimer& each) { return each.name == timer.name && each.at <= now; });
  return tx.set_timers(ticket.id, timers);
}

}  // namespace

Result<FiredTimers> fire_timers(store::Transaction& tx, const Office& office, Instant now) {
  FiredTimers done;
  OIN_TRY(const auto due, tx.due_timers(now, timers_per_job));
  for (const store::Timer& timer : due) {
    // One that fired before it may have moved it, or taken it away.
    OIN_TRY(const auto still, tx.timer_at(timer.ticket, timer.name));
    if (still != timer.at) continue;
    if (timer.name == look_up_timer) {
      // Taken away when what was seen is recorded, so that a crash in between repeats it.
      OIN_TRYV(tx.set_timer({timer.ticket, timer.name, now + look_up_lease}));
      done.look_ups.push_back(timer.ticket);
      ++done.timers;
      continue;
    }
    OIN_TRYV(tx.cancel_timer(timer.ticket, timer.name));
    ++done.timers;
    if (timer.name == retention_timer) {
      OIN_TRYV(keep_what_is_kept(tx, office, now));
      continue;
    }
    if (timer.ticket == 0) {
      OIN_TRY(const int letters, write_digests(tx, office, now));
      done.letters += letters;
      continue;
    }
    OIN_TRY(const Decided fired,
            decide_and_record(tx, office, timer.ticket, TimerDue{timer.name, timer.at}, now));
    done.letters += fired.letters;
    if (fired.decision.events.empty()) {
      OIN_TRYV(set_later(tx, office, fired.after, timer, now));
    }
    log::info("timer.fired ticket={} timer={} events={}", reference(timer.ticket), timer.name,
              fired.decision.events.size());
  }
  OIN_TRYV(keep_digest_timer(tx, office, now));
  OIN_TRYV(keep_retention_timer(tx, office, now));
  return done;
}

Timers::Timers(const CurrentOffice& office, StoreWorker& store, const Clock& clock,
               std::function<void()> on_letters, std::function<void(TicketId)> look_up,
               const asio::any_io_executor& executor)
    : office_(office),
      store_(store),
      clock_(clock),
      on_letters_(std::move(on_letters)),
      look_up_(std::move(look_up)),
      bell_(executor) {}

Task<int> Timers::once() {
  int all = 0;
  for (;;) {
    std::function<Result<FiredTimers>(store::Transaction&)> job =
        [this, office = office_.get()](store::Transaction& tx) {
          return fire_timers(tx, *office, clock_.now());
        };
    OIN_CO_TRY(const FiredTimers done, co_await store_.run(std::move(job)));
    all += done.timers;
    if (done.letters > 0) on_letters_();
    for (const TicketId ticket : done.look_ups) look_up_(ticket);
    if (done.timers == 0) co_return all;
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
