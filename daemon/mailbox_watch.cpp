#include "daemon/mailbox_watch.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <random>

#include "daemon/endpoints.hpp"
#include "daemon/log.hpp"
#include "daemon/net/curl_stream.hpp"

namespace oin {
namespace {

using asio::experimental::awaitable_operators::operator&&;

constexpr std::string_view handled_keyword = "$OindHandled";
constexpr auto connect_deadline = std::chrono::seconds(60);

/// Cut so that each window stays within the limits of bytes and mails; a mail over `message_bytes` stands
/// alone, because only its header section is fetched.
struct WindowPlan {
  std::vector<imap::Listed> mails;
  bool oversized = false;
};

std::vector<WindowPlan> plan(const std::vector<imap::Listed>& listed, const Settings::Intake& limits) {
  std::vector<WindowPlan> windows;
  std::size_t bytes = 0;
  for (const imap::Listed& mail : listed) {
    const bool oversized = mail.size > limits.message_bytes;
    const bool fits = !windows.empty() && !oversized && !windows.back().oversized &&
                      windows.back().mails.size() < limits.window_mails &&
                      bytes + mail.size <= limits.window_bytes;
    if (!fits) {
      windows.push_back({{}, oversized});
      bytes = 0;
    }
    windows.back().mails.push_back(mail);
    bytes += mail.size;
  }
  return windows;
}

std::vector<std::uint32_t> uids_of(const WindowPlan& window) {
  std::vector<std::uint32_t> uids;
  for (const imap::Listed& mail : window.mails) uids.push_back(mail.uid);
  return uids;
}

/// Asks for the windows before `count` that were not asked for yet.  All it refers to is its caller's.
Task<void> request_up_to(std::size_t count, const std::vector<WindowPlan>& windows, std::size_t& requested,
                         imap::Session& session) {
  for (; requested < std::min(count, windows.size()); ++requested) {
    const WindowPlan& window = windows[requested];
    OIN_CO_TRYV(
        co_await session.request(uids_of(window), window.oversized ? imap::Part::header : imap::Part::whole));
  }
  co_return success();
}

std::vector<Arrival> arrivals_of(std::vector<imap::Fetched> fetched, bool oversized) {
  std::vector<Arrival> out;
  out.reserve(fetched.size());
  for (imap::Fetched& mail : fetched)
    out.push_back({mail.uid, mail.internal_date, std::move(mail.bytes),
                   oversized ? static_cast<std::size_t>(mail.size) : 0});
  return out;
}

/// Doubles from the first to the longest, each shortened by up to half by chance, so that many daemons do not
/// come back to a server in step.
class Backoff {
 public:
  Backoff(std::chrono::milliseconds first, std::chrono::milliseconds longest)
      : first_(first), next_(first), longest_(longest) {}
  std::chrono::milliseconds next() {
    const auto base = next_;
    next_ = std::min(next_ * 2, longest_);
    std::uniform_int_distribution<std::int64_t> jitter(base.count() / 2, base.count());
    return std::chrono::milliseconds(jitter(random_));
  }
  void reset() { next_ = first_; }

 private:
  std::chrono::milliseconds first_, next_, longest_;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace

MailboxWatch::MailboxWatch(MailboxSettings mailbox, const Settings::Intake& limits, Intake& intake,
                           Scanners& scanners, StoreWorker& store, const Clock& clock, net::CurlLoop& loop)
    : mailbox_(std::move(mailbox)),
      limits_(limits),
      intake_(intake),
      scanners_(scanners),
      store_(store),
      clock_(clock),
      loop_(loop) {
  status_.name = mailbox_.name;
  status_.since = clock.now();
}

void MailboxWatch::enter(std::string_view state) {
  if (status_.state == state) return;
  status_.state = state;
  status_.since = clock_.now();
}

asio::awaitable<void> MailboxWatch::watch() {
  Backoff backoff(limits_.retry_first, limits_.retry_longest);
  asio::steady_timer pause(co_await asio::this_coro::executor);
  forever_ = true;
  for (;;) {
    const Result<void> ended = co_await follow();
    if (ended || ended.error().fault == Fault::stopping) break;
    if (status_.state == "watching" || status_.state == "reading") backoff.reset();
    status_.last_error = ended.error().what;
    status_.caught_up = false;
    enter("lost");
    const auto wait = backoff.next();
    log::warn("mailbox.lost mailbox={} retry_in_ms={} why={}", mailbox_.name, wait.count(),
              log::field(ended.error().what));
    pause.expires_after(wait);
    const auto [failed] = co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
    if (failed) break;
  }
  enter("stopped");
}

Task<void> MailboxWatch::once() { return follow(); }

Task<std::unique_ptr<imap::Session>> MailboxWatch::connect() {
  OIN_CO_TRY(net::Endpoint endpoint, imap_endpoint(mailbox_.server));
  OIN_CO_TRY(auto stream, co_await net::connect(loop_, std::move(endpoint), connect_deadline));
  imap::Limits limits;
  limits.answer = limits_.answer;
  co_return co_await imap::Session::open(std::move(stream), std::move(limits));
}

Task<void> MailboxWatch::follow() {
  if (status_.state != "lost") enter("connecting");
  OIN_CO_TRY(auto session, co_await connect());
  OIN_CO_TRYV(co_await open_folder(*session));
  log::info("mailbox.open mailbox={} uidvalidity={} last_uid={} waits_by={}", mailbox_.name,
            status_.position.uid_validity, status_.position.last_uid,
            session->has("IDLE") ? "idle" : "polling");
  status_.last_error.clear();
  for (;;) {
    OIN_CO_TRY(const bool found, co_await drain(*session));
    OIN_CO_TRYV(co_await keep_house(*session));
    if (found && forever_) continue;  // more may have come meanwhile
    status_.caught_up = true;
    if (!forever_) break;
    enter("watching");
    OIN_CO_TRYV(co_await wait_for_news(*session));
  }
  co_await session->logout();
  co_return success();
}

Task<void> MailboxWatch::open_folder(imap::Session& session) {
  OIN_CO_TRY(const imap::MailboxState folder, co_await session.select(mailbox_.folder));
  keywords_ = folder.permanent_keywords;
  std::function<Result<store::Position>(store::Transaction&)> job =
      [name = mailbox_.name](store::Transaction& tx) { return tx.position(name); };
  OIN_CO_TRY(store::Position position, co_await store_.run(std::move(job)));
  // A UIDNEXT at or below what was read means that UIDs were given out anew under the old UIDVALIDITY, which
  // servers do after losing an index.  Everything is looked at again; digests tell what is known.
  const bool renumbered = folder.uid_next != 0 && folder.uid_next <= position.last_uid;
  if (position.uid_validity != 0 && (position.uid_validity != folder.uid_validity || renumbered))
    log::warn("mailbox.renumbered mailbox={} old_uidvalidity={} uidvalidity={} last_uid={} uidnext={}",
              mailbox_.name, position.uid_validity, folder.uid_validity, position.last_uid, folder.uid_next);
  if (position.uid_validity != folder.uid_validity || renumbered)
    position = {folder.uid_validity, 0, position.epoch + 1};
  status_.position = position;
  co_return success();
}

Task<bool> MailboxWatch::drain(imap::Session& session) {
  OIN_CO_TRY(auto listed, co_await session.list_after(status_.position.last_uid));
  if (listed.empty()) co_return false;
  enter("reading");
  status_.caught_up = false;
  status_.waiting = listed.size();
  OIN_CO_TRYV(co_await fetch(session, std::move(listed)));
  status_.waiting = 0;
  co_return true;
}

Task<void> MailboxWatch::fetch(imap::Session& session, std::vector<imap::Listed> listed) {
  const std::vector<WindowPlan> windows = plan(listed, limits_);
  std::size_t requested = 0;
  const auto oversized = [&](std::size_t i) { return i < windows.size() && windows[i].oversized; };

  // While one window is committed the next is parsed, and two more are on their way.
  OIN_CO_TRYV(co_await request_up_to(2, windows, requested, session));
  OIN_CO_TRY(auto fetched, co_await session.receive());
  OIN_CO_TRYV(co_await request_up_to(3, windows, requested, session));
  auto first = arrivals_of(std::move(fetched), oversized(0));
  auto [first_read, second] = co_await (read(std::move(first)) && session.receive());
  OIN_CO_TRY(auto ready, std::move(first_read));
  OIN_CO_TRY(fetched, std::move(second));
  for (std::size_t i = 0; i < windows.size(); ++i) {
    OIN_CO_TRYV(co_await request_up_to(i + 4, windows, requested, session));
    auto arrivals = arrivals_of(std::move(fetched), oversized(i + 1));
    auto [recorded, next_read, next_fetched] =
        co_await (record(std::move(ready)) && read(std::move(arrivals)) && session.receive());
    OIN_CO_TRYV(std::move(recorded));
    OIN_CO_TRY(ready, std::move(next_read));
    OIN_CO_TRY(fetched, std::move(next_fetched));
    status_.waiting -= std::min(status_.waiting, windows[i].mails.size());
  }
  co_return success();
}

Task<std::vector<ReadArrival>> MailboxWatch::read(std::vector<Arrival> window) {
  OIN_CO_TRYV(co_await hold_until_scanned(window));
  co_return co_await intake_.read(std::move(window));
}

/// What waits here is in the mailbox still, and the position has not passed it.
Task<void> MailboxWatch::hold_until_scanned(std::vector<Arrival>& window) {
  Backoff backoff(limits_.retry_first, limits_.retry_longest);
  asio::steady_timer pause(co_await asio::this_coro::executor);
  for (bool held = false;; held = true) {
    const Result<void> scanned = co_await scanners_.scan(window);
    if (scanned) {
      if (held) {
        log::info("mail.released mailbox={} mails={}", mailbox_.name, window.size());
        status_.last_error.clear();
        enter("reading");
      }
      co_return success();
    }
    if (!forever_ || scanned.error().fault != Fault::transient) co_return scanned;
    if (!held)
      log::warn("mail.held mailbox={} mails={} why={}", mailbox_.name, window.size(),
                log::field(scanned.error().what));
    status_.last_error = scanned.error().what;
    enter("held");
    pause.expires_after(backoff.next());
    const auto [failed] = co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
    if (failed) co_return stopping();
  }
}

Task<void> MailboxWatch::record(std::vector<ReadArrival> window) {
  OIN_CO_TRY(const Recorded done,
             co_await intake_.record(mailbox_.name, status_.position, std::move(window)));
  status_.position = done.position;
  co_return success();
}

Task<void> MailboxWatch::keep_house(imap::Session& session) {
  const std::uint32_t epoch = status_.position.epoch;
  std::function<Result<std::vector<std::uint32_t>>(store::Transaction&)> job =
      [name = mailbox_.name, epoch](store::Transaction& tx) { return tx.unhandled(name, epoch); };
  OIN_CO_TRY(auto uids, co_await store_.run(std::move(job)));
  if (uids.empty()) co_return success();

  Result<void> done = success();
  if (mailbox_.after == MailboxSettings::After::move)
    done = co_await session.move(uids, mailbox_.move_to);
  else if (mailbox_.after == MailboxSettings::After::seen)
    done = co_await session.add_flag(uids, "\\Seen");
  else if (keywords_)
    done = co_await session.add_flag(uids, std::string(handled_keyword));
  if (!done) {
    // Housekeeping: what a server refuses is said and not tried again on this connection's watch.
    if (done.error().fault == Fault::permanent)
      log::warn("mailbox.housekeeping_refused mailbox={} mails={} why={}", mailbox_.name, uids.size(),
                log::field(done.error().what));
    else
      co_return std::move(done).error();
  }
  std::function<Result<void>(store::Transaction&)> mark = [name = mailbox_.name, epoch,
                                                           uids](store::Transaction& tx) {
    return tx.set_handled(name, epoch, uids);
  };
  co_return co_await store_.run(std::move(mark));
}

Task<void> MailboxWatch::wait_for_news(imap::Session& session) {
  if (session.has("IDLE")) {
    OIN_CO_TRY(const imap::IdleEnd end, co_await session.idle(limits_.idle));
    if (end == imap::IdleEnd::news) {
      const auto age = std::chrono::steady_clock::now() - session.last_exists_at();
      log::debug("mailbox.news mailbox={} exists_age_us={}", mailbox_.name,
                 std::chrono::duration_cast<std::chrono::microseconds>(age).count());
    }
    co_return success();
  }
  asio::steady_timer pause(co_await asio::this_coro::executor, limits_.poll);
  const auto [failed] = co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
  if (failed) co_return stopping();
  co_return co_await session.noop();
}

Task<MailboxWatch::Folder> MailboxWatch::look() {
  OIN_CO_TRY(auto session, co_await connect());
  OIN_CO_TRY(const imap::MailboxState state, co_await session->examine(mailbox_.folder));
  Folder folder{state.uid_validity, {}};
  OIN_CO_TRY(folder.uids, co_await session->all_uids());
  co_await session->logout();
  co_return folder;
}

}  // namespace oin
