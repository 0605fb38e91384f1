#include "daemon/outbox.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include "daemon/breaker.hpp"
#include "daemon/delivery_news.hpp"
#include "daemon/endpoints.hpp"
#include "daemon/letter_fate.hpp"
#include "daemon/log.hpp"
#include "daemon/net/curl_stream.hpp"
#include "daemon/outgoing_gate.hpp"
#include "parsers/address.hpp"

namespace oin {
namespace {

constexpr std::size_t letters_per_line = 8;  ///< handed to a connection at once
constexpr int letters_per_connection =
    100;  ///< then a new one: servers limit it, and memory leaks on both sides
constexpr auto idle_connection = std::chrono::seconds(45);
constexpr auto connect_deadline = std::chrono::seconds(60);
constexpr auto stop_within = std::chrono::seconds(8);
constexpr auto first_rest = std::chrono::seconds(5);  ///< of a server that is away, then doubled
constexpr auto longest_pause = std::chrono::minutes(10);

std::string_view local_name(std::string_view domain) {
  return domain.empty() ? std::string_view("localhost") : domain;
}

/// "The final dot goes out" is committed before it goes.
Task<void> commit_dot(StoreWorker& store, store::LetterId id, std::string message_id) {
  std::function<Result<void>(store::Transaction&)> job = [id](store::Transaction& tx) {
    return tx.mark_dot_started(id);
  };
  OIN_CO_TRYV(co_await store.run(std::move(job)));
  log::debug("letter.dot letter={} message_id={}", id, log::field(message_id));
  co_return success();
}

/// What a coroutine ends with, put where the caller can see it: Asio's own results must have a default.
template <class T>
asio::awaitable<void> into(std::optional<Result<T>>& out, Task<T> task) {
  out.emplace(co_await std::move(task));
}

}  // namespace

struct Outbox::Line {
  std::unique_ptr<smtp::Client> client;
  int letters = 0;  ///< sent over this connection
  std::chrono::steady_clock::time_point used_at;
  asio::cancellation_signal stop_connecting;
  bool busy = false;
};

Outbox::Outbox(const CurrentOffice& office, StoreWorker& store, const Clock& clock, net::CurlLoop& loop,
               const asio::any_io_executor& executor)
    : office_(office), store_(store), clock_(clock), loop_(loop), executor_(executor), bell_(executor) {
  for (int i = 0; i < office.get()->settings.smtp.connections; ++i)
    lines_.push_back(std::make_unique<Line>());
}

Outbox::~Outbox() = default;

bool Outbox::busy() const {
  return std::ranges::any_of(lines_, [](const auto& line) { return line->busy; });
}

asio::awaitable<void> Outbox::run() {
  // A stop must not throw out of here: finish() still has letters on the wire to bring home.
  co_await asio::this_coro::throw_if_cancelled(false);
  while ((co_await asio::this_coro::cancellation_state).cancelled() == asio::cancellation_type::none) {
    const auto rest = server_rests_until_ - std::chrono::steady_clock::now();
    if (rest > rest.zero()) {
      if (!co_await bell_.wait(std::chrono::duration_cast<std::chrono::milliseconds>(rest) +
                               std::chrono::milliseconds(1)))
        break;
      continue;
    }
    auto handed = co_await hand_out(clock_.now(), true);
    if (!handed) log::error("outbox.store_failed why={}", log::field(handed.error().what));
    if (handed && handed.value() > 0) continue;
    auto pause = co_await until_next();
    const auto at_most = pause ? pause.value() : std::chrono::milliseconds(1000);
    if (!co_await bell_.wait(at_most)) break;
  }
  co_await finish();
}

Task<void> Outbox::once() {
  unreachable_ = false;
  const Instant begun = clock_.now();  // what is deferred in this pass is not due in it again
  bool any = false;
  for (;;) {
    OIN_CO_TRY(const std::size_t handed, co_await hand_out(begun, false));
    any = any || handed > 0;
    if (handed == 0 && !busy()) break;
    if (handed == 0) co_await bell_.wait(longest_pause);
  }
  if (!any) {
    if (const auto opened = co_await open(*lines_.front()); !opened) {
      unreachable_ = true;
      last_error_ = opened.error().what;
    }
  }
  co_await finish();
  if (unreachable_) co_return transient(last_error_);
  co_return success();
}

asio::awaitable<void> Outbox::finish() {
  co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
  stopping_ = true;
  for (const auto& line : lines_) {
    line->stop_connecting.emit(asio::cancellation_type::terminal);
    if (line->client) line->client->hasten(stop_within);
  }
  while (busy()) co_await bell_.wait(std::chrono::seconds(1));
  for (const auto& line : lines_) {
    if (line->client) co_await line->client->quit();
    line->client.reset();  // and with it the timer of hasten(), which would keep the loop alive
  }
  stopping_ = false;
}

Task<std::vector<store::Letter>> Outbox::claim(Instant due, std::size_t limit, store::ClaimRules rules) {
  std::function<Result<std::vector<store::Letter>>(store::Transaction&)> job =
      [office = office_.get(), due, now = clock_.now(), limit,
       rules = std::move(rules)](store::Transaction& tx) {
        return claim_letters(tx, *office, due, now, static_cast<int>(limit), rules);
      };
  return store_.run(std::move(job));
}

/// Gives each idle connection some of what is due; how many letters were given out.
Task<std::size_t> Outbox::hand_out(Instant due, bool paced) {
  std::vector<Line*> idle;
  for (const auto& line : lines_)
    if (!line->busy) idle.push_back(line.get());
  if (idle.empty()) co_return std::size_t{0};
  const auto office = office_.get();
  const auto now = std::chrono::steady_clock::now();
  std::size_t most = idle.size() * letters_per_line;
  store::ClaimRules rules;
  if (paced) {
    const LimitSettings& limits = office->desk.workflow.limits;
    pacing_.set_rates(limits.letters_per_minute, limits.letters_per_domain_per_minute);
    most = std::min(most, static_cast<std::size_t>(pacing_.allowance(now)));
    if (most == 0 && !held_back_)
      log::warn("outbox.held_back letters_per_minute={} more are due; look at oinctl outbox",
                limits.letters_per_minute);
    held_back_ = most == 0;
    rules = {pacing_.shares(now), office->settings.outbox.domain_patience};
  }
  if (most == 0) co_return std::size_t{0};
  OIN_CO_TRY(auto letters, co_await claim(due, most, std::move(rules)));
  std::erase_if(letters, [&](const store::Letter& letter) { return !in_hand_.insert(letter.id).second; });
  const std::size_t count = letters.size();
  for (const store::Letter& letter : letters)
    if (!letter.recipients.empty()) {
      const std::string key = comparable(letter.recipients.front().address);
      pacing_.take(std::string_view(key).substr(key.rfind('@') + 1), now);
    }
  std::vector<std::vector<store::Letter>> shares(std::min(idle.size(), count));
  for (std::size_t i = 0; i < count; ++i) shares[i % shares.size()].push_back(std::move(letters[i]));
  for (std::size_t i = 0; i < shares.size(); ++i) {
    idle[i]->busy = true;
    // A bug in work() must stop the daemon, not silence a connection: the handler rethrows.
    asio::co_spawn(executor_, work(*idle[i], std::move(shares[i]), paced), [](std::exception_ptr bug) {
      if (bug) std::rethrow_exception(bug);
    });
  }
  co_return count;
}

asio::awaitable<void> Outbox::work(Line& line, std::vector<store::Letter> letters, bool paced) {
  for (store::Letter& letter : letters) {
    const auto id = letter.id;
    const bool away = paced && std::chrono::steady_clock::now() < server_rests_until_;
    Result<void> delivered = success();
    if (away) {
      delivered = co_await put_back(std::move(letter));
    } else {
      delivered = co_await deliver(line, std::move(letter));
    }
    in_hand_.erase(id);
    // What could not be settled is recovered from the store when its lease ends.
    if (!delivered) log::error("letter.not_settled letter={} why={}", id, log::field(delivered.error().what));
  }
  line.used_at = std::chrono::steady_clock::now();
  line.busy = false;
  bell_.ring();
}

Task<void> Outbox::open(Line& line) {
  const bool stale = line.client && std::chrono::steady_clock::now() - line.used_at > idle_connection;
  if (line.client && line.client->usable() && !stale && line.letters < letters_per_connection)
    co_return success();
  if (line.client) co_await line.client->quit();
  line.client.reset();
  line.letters = 0;
  const auto office = office_.get();
  const std::string name(local_name(office->settings.desk.domain));
  OIN_CO_TRY(net::Endpoint endpoint, smtp_endpoint(office->settings.smtp.server, name));
  std::optional<Result<std::unique_ptr<net::ByteStream>>> connected;
  auto connecting = into(connected, net::connect(loop_, std::move(endpoint), connect_deadline));
  co_await asio::co_spawn(executor_, std::move(connecting),
                          asio::bind_cancellation_slot(line.stop_connecting.slot(), asio::use_awaitable));
  OIN_CO_TRY(auto stream, *std::move(connected));
  smtp::Timeouts timeouts;
  timeouts.final_answer = office->settings.outbox.final_answer;
  OIN_CO_TRY(line.client, co_await smtp::Client::open(std::move(stream), name, timeouts));
  if (stopping_) line.client->hasten(stop_within);
  co_return success();
}

Task<void> Outbox::deliver(Line& line, store::Letter letter) {
  const auto office = office_.get();
  const Settings& settings = office->settings;
  const store::Letter before = letter;
  smtp::Envelope envelope{letter.reverse_path, {}};
  std::vector<std::size_t> sent_to;
  for (std::size_t i = 0; i < letter.recipients.size(); ++i)
    if (letter.recipients[i].state == store::RecipientState::queued) {
      sent_to.push_back(i);
      envelope.forward_paths.push_back(letter.recipients[i].address);
    }
  const smtp::DotHook before_dot = [this, id = letter.id, message_id = letter.message_id] {
    return commit_dot(store_, id, message_id);
  };
  for (;;) {
    Result<void> opened = stopping();
    if (!stopping_) opened = co_await open(line);
    if (opened) server_failures_ = 0;
    if (!opened) {
      if (opened.error().fault == Fault::stopping) {
        letter.next_attempt_at = clock_.now();
        letter.state = before.dot_started ? store::LetterState::uncertain : store::LetterState::queued;
        co_return co_await settle(std::move(letter));
      }
      unreachable_ = true;
      last_error_ = opened.error().what;
      log::warn("smtp.unreachable letter={} why={}", letter.id, log::field(last_error_));
      letter = after_no_server(std::move(letter), last_error_, settings.outbox, clock_.now());
      server_is_away();
      co_return co_await settle(std::move(letter));
    }
    const bool reused = line.letters > 0;
    const smtp::Sending sending = co_await line.client->send(envelope, letter.bytes, before_dot);
    ++line.letters;
    line.used_at = std::chrono::steady_clock::now();
    // A server may have closed a connection that lay idle: surely not sent, so a fresh one is tried at once.
    if (reused && sending.stage == smtp::Stage::before_dot && sending.broken && !line.client->usable()) {
      line.client.reset();
      continue;
    }
    letter = after_attempt(std::move(letter), sending, sent_to, settings.outbox, settings.smtp.uncertain,
                           clock_.now());
    break;
  }
  last_error_.clear();
  std::function<Result<void>(store::Transaction&)> job = [this, office, before,
                                                          letter](store::Transaction& tx) -> Result<void> {
    OIN_TRYV(tx.settle(letter));
    OIN_TRYV(tell_of_waiting(tx, *office, letter, clock_.now()));
    OIN_TRYV(note_destination(tx, *office, before, letter, clock_.now()));
    OIN_TRYV(note_refusals(tx, *office, before, letter, clock_.now()));
    return tell_ticket(tx, *office, before, letter, clock_.now());
  };
  log::info("letter.{} ticket={} letter={} event={} message_id={} attempts={} answer={}",
            store::name(letter.state), letter.ticket ? reference(letter.ticket) : "none", letter.id,
            letter.event, log::field(letter.message_id), letter.attempts, log::field(letter.last_answer));
  co_return co_await store_.run(std::move(job));
}

Task<void> Outbox::settle(store::Letter letter) {
  std::function<Result<void>(store::Transaction&)> job =
      [letter, office = office_.get(), now = clock_.now()](store::Transaction& tx) -> Result<void> {
    OIN_TRYV(tx.settle(letter));
    return tell_of_waiting(tx, *office, letter, now);
  };
  return store_.run(std::move(job));
}

/// Connections that fail side by side are one failure.
void Outbox::server_is_away() {
  if (std::chrono::steady_clock::now() < server_rests_until_) return;
  Settings::Outbox limits = office_.get()->settings.outbox;
  limits.retry_longest = limits.server_retry_longest;
  limits.retry_first = std::min({limits.retry_first, first_rest, limits.retry_longest});
  const auto rest = retry_pause(++server_failures_, 0, limits);
  server_rests_until_ = std::chrono::steady_clock::now() + rest;
}

/// Not tried: the server was found to be away while the letter stood in line.
Task<void> Outbox::put_back(store::Letter letter) {
  letter.state = letter.dot_started ? store::LetterState::uncertain : store::LetterState::queued;
  letter.next_attempt_at = clock_.now();
  if (letter.last_answer.empty()) letter.last_answer = last_error_;
  return settle(std::move(letter));
}

Task<std::chrono::milliseconds> Outbox::until_next() {
  std::function<Result<std::optional<Instant>>(store::Transaction&)> job =
      [office = office_.get()](store::Transaction& tx) -> Result<std::optional<Instant>> {
    OIN_TRY(const store::Breaker breaker, tx.breaker());
    if (breaker.open_since) return closes_at(breaker, office->desk.workflow.limits);
    return tx.next_letter_at();
  };
  OIN_CO_TRY(const auto at, co_await store_.run(std::move(job)));
  std::chrono::milliseconds pause = longest_pause;
  if (pacing_.allowance(std::chrono::steady_clock::now()) == 0) co_return std::chrono::milliseconds(250);
  if (at)
    pause = std::clamp<std::chrono::milliseconds>(*at - clock_.now(), std::chrono::milliseconds(50),
                                                  longest_pause);
  co_return pause;
}

}  // namespace oin
