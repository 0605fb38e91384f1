/// What the daemon answers at its socket: queries.hpp for what the store knows, and here what only a running
/// daemon can do or tell.
#include <fmt/format.h>

#include <algorithm>

#include "daemon/arguments.hpp"
#include "daemon/commands.hpp"
#include "daemon/erasure.hpp"
#include "daemon/log.hpp"
#include "daemon/queries.hpp"
#include "daemon/service.hpp"

namespace oin {
namespace {

/// "5d", "2h30m", "90s" → seconds; nothing when it is no such span.
std::optional<std::chrono::seconds> read_span(std::string_view text) {
  std::chrono::seconds all{0};
  std::int64_t number = -1;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      number = std::max<std::int64_t>(number, 0) * 10 + (c - '0');
      if (number > 1'000'000'000) return std::nullopt;
      continue;
    }
    const int unit = c == 'd' ? 86'400 : c == 'h' ? 3'600 : c == 'm' ? 60 : c == 's' ? 1 : 0;
    if (unit == 0 || number < 0) return std::nullopt;
    all += std::chrono::seconds(number * unit);
    number = -1;
  }
  return number < 0 && !text.empty() ? std::optional(all) : std::nullopt;
}

}  // namespace

Task<Json> Service::answer(std::string verb, Json arguments) {
  if (verb == "status") co_return co_await status(std::move(arguments));
  if (verb == "reconcile") co_return co_await reconcile(std::move(arguments));
  if (verb == "clock") co_return co_await move_clock(std::move(arguments));
  if (verb == "quarantine" && text(arguments, "act") == "retry")
    co_return co_await retry_quarantined(std::move(arguments));
  if (verb == "erase") co_return co_await erase(std::move(arguments));
  if (verb == "compact") co_return co_await compact();
  if (verb == "ticket" && arguments.contains("words")) co_return co_await command(std::move(arguments));
  if (verb == "log") {
    const std::string level = text(arguments, "level");
    if (!log::set_level(level))
      co_return permanent(
          fmt::format("log level \"{}\": allowed are trace, debug, info, warn, error", level));
    co_return Json{{"level", level}};
  }
  co_return co_await query(std::move(verb), std::move(arguments));
}

Task<Json> Service::query(std::string verb, Json arguments) {
  const bool rings = verb == "outbox";
  std::function<Result<Json>(store::Transaction&)> job = [this, office = office_.get(), verb,
                                                          arguments](store::Transaction& tx) -> Result<Json> {
    return answer_query(tx, *office, verb, arguments, clock_.now());
  };
  auto result = co_await store_.run(std::move(job));
  if (rings) outbox_.ring();
  co_return result;
}

Task<Json> Service::status(Json arguments) {
  std::function<Result<Json>(store::Transaction&)> job = [this, office = office_.get(),
                                                          arguments](store::Transaction& tx) {
    return status_query(tx, *office, arguments, clock_.now());
  };
  OIN_CO_TRY(Json out, co_await store_.run(std::move(job)));
  bool ready = true;
  for (const MailboxWatch& watch : watches_) {
    const MailboxStatus& one = watch.status();
    ready = ready && (one.state == "watching" || one.state == "reading");
    out["mailboxes"].push_back({{"name", one.name},
                                {"state", one.state},
                                {"since", to_rfc3339(one.since)},
                                {"uidvalidity", one.position.uid_validity},
                                {"last_uid", one.position.last_uid},
                                {"waiting", one.waiting},
                                {"caught_up", one.caught_up},
                                {"last_error", one.last_error.empty() ? Json() : Json(one.last_error)}});
  }
  out["ready"] = ready;
  out["scanners"] = scanners_.status();
  out["outbox"]["last_error"] = outbox_.last_error().empty() ? Json() : Json(outbox_.last_error());
  out["outbox"]["held_back"] = outbox_.held_back();
  out["now"] = to_rfc3339(clock_.now());
  co_return out;
}

Task<Json> Service::reconcile(Json arguments) {
  const std::string wanted = text(arguments, "mailbox");
  Json out = Json::array();
  for (MailboxWatch& watch : watches_) {
    if (!wanted.empty() && watch.name() != wanted) continue;
    OIN_CO_TRY(Json one, co_await reconcile_one(watch));
    out.push_back(std::move(one));
  }
  if (out.empty()) co_return permanent(fmt::format("there is no mailbox \"{}\"", wanted));
  co_return out;
}

/// The folder as it is now, seen over a second connection, held against the ledger.  Mail that arrived a
/// moment ago may be on its way through the intake: it gets that moment.
Task<Json> Service::reconcile_one(MailboxWatch& watch) {
  constexpr int looks = 20;
  asio::steady_timer pause(io_);
  for (int look = 1;; ++look) {
    OIN_CO_TRY(const MailboxWatch::Folder folder, co_await watch.look());
    const store::Position position = watch.status().position;
    std::function<Result<std::vector<std::uint32_t>>(store::Transaction&)> job =
        [name = watch.name(), folder,
         position](store::Transaction& tx) -> Result<std::vector<std::uint32_t>> {
      // Another UIDVALIDITY than the one being followed: none of these UIDs was ever seen.
      if (folder.uid_validity != position.uid_validity) return folder.uids;
      OIN_TRY(const auto known, tx.ledger_uids(name, position.epoch));
      std::vector<std::uint32_t> unexplained;
      std::ranges::set_difference(folder.uids, known, std::back_inserter(unexplained));
      return unexplained;
    };
    OIN_CO_TRY(const auto unexplained, co_await store_.run(std::move(job)));
    const bool only_new = std::ranges::all_of(unexplained, [&](std::uint32_t uid) {
      return uid > watch.status().position.last_uid || !watch.status().caught_up;
    });
    if (unexplained.empty() || !only_new || look == looks)
      co_return Json{{"mailbox", watch.name()},
                     {"uidvalidity", folder.uid_validity},
                     {"in_folder", folder.uids.size()},
                     {"accounted", folder.uids.size() - unexplained.size()},
                     {"unexplained", unexplained}};
    pause.expires_after(std::chrono::milliseconds(250));
    const auto [failed] = co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
    if (failed) co_return stopping();
  }
}

Task<Json> Service::retry_quarantined(Json arguments) {
  const std::int64_t id = arguments.value("id", std::int64_t{0});
  std::function<Result<Json>(store::Transaction&)> job = [this, office = office_.get(),
                                                          id](store::Transaction& tx) -> Result<Json> {
    OIN_TRY(const Filed filed, refile_mail(tx, *office, id, clock_.now()));
    return Json{{"id", id},
                {"intent", filed.intent},
                {"ticket", filed.ticket ? Json(reference(filed.ticket)) : Json()}};
  };
  auto result = co_await store_.run(std::move(job));
  outbox_.ring();
  co_return result;
}

Task<Json> Service::command(Json arguments) {
  std::vector<std::string> words;
  for (const Json& word : arguments["words"])
    if (word.is_string()) words.push_back(word.get<std::string>());
  std::function<Result<Json>(store::Transaction&)> job =
      [this, office = office_.get(), words, id = arguments.value("number", std::int64_t{0}),
       actor = actor_of(arguments)](store::Transaction& tx) {
        return carry_out(tx, *office, actor, id, words, clock_.now());
      };
  auto result = co_await store_.run(std::move(job));
  outbox_.ring();
  timers_.ring();
  co_return result;
}

/// The transaction first: what the file still holds in its free pages and its log goes once nothing refers to
/// it any more.
Task<Json> Service::erase(Json arguments) {
  const ErasureAsked asked{text(arguments, "address"), arguments.value("dry_run", false),
                           arguments.value("force", false)};
  std::function<Result<Json>(store::Transaction&)> job =
      [this, office = office_.get(), asked, actor = actor_of(arguments)](store::Transaction& tx) {
        return erase_person(tx, *office, actor, asked, clock_.now());
      };
  ++long_work_;
  auto erased = co_await store_.run(std::move(job));
  --long_work_;
  OIN_CO_TRY(Json done, std::move(erased));
  if (asked.dry_run) co_return done;
  timers_.ring();
  if (auto compacted = co_await compact(); !compacted)
    co_return std::move(compacted).error().in(
        "erased, but the file still holds traces; `oinctl compact` removes them once this is mended");
  co_return done;
}

/// Also by itself, for an erasure that could not end with it.
Task<Json> Service::compact() {
  std::function<Result<void>(store::Store&)> work = [](store::Store& store) { return store.compact(); };
  ++long_work_;
  auto compacted = co_await store_.run_alone(std::move(work));
  --long_work_;
  OIN_CO_TRYV(std::move(compacted));
  co_return Json{{"compacted", true}};
}

Task<Json> Service::move_clock(Json arguments) {
  if (!office_.get()->settings.desk.test_clock)
    co_return permanent("the clock can be moved only under [desk] test_clock = true");
  const std::string to = text(arguments, "set"), by = text(arguments, "advance");
  if (const auto at = parse_rfc3339(to)) {
    clock_.set(*at);
  } else if (const auto span = read_span(by)) {
    clock_.set(clock_.now() + *span);
  } else if (!to.empty() || !by.empty()) {
    co_return permanent(
        "clock: set takes \"2026-11-23T10:00:00Z\", advance takes \"5d\", \"2h30m\", \"90s\"");
  }
  OIN_CO_TRYV(co_await timers_.once());
  timers_.ring();
  outbox_.ring();
  co_return Json{{"now", to_rfc3339(clock_.now())}};
}

}  // namespace oin
