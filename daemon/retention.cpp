#include "daemon/retention.hpp"

#include <limits>

#include "daemon/log.hpp"

namespace oin {
namespace {

constexpr int most_at_once = 1000;
constexpr auto next_batch = std::chrono::minutes(1);
constexpr auto next_day = std::chrono::days(1);

store::KeptSince kept_since(const Settings::Retention& days, Instant now) {
  const auto since = [&](int number) {
    return number > 0 ? std::optional<Instant>(now - std::chrono::days(number)) : std::nullopt;
  };
  return {since(days.automatic), since(days.noise),        since(days.tickets),
          since(days.letters),   since(days.dead_letters), since(days.quarantine)};
}

}  // namespace

Result<void> keep_what_is_kept(store::Transaction& tx, const Office& office, Instant now) {
  OIN_TRY(const store::Swept gone, tx.sweep(kept_since(office.settings.retention, now), most_at_once));
  const bool more = gone.all() >= most_at_once;
  log::info(
      "retention.done automatic={} noise={} tickets={} letters={} dead_letters={} quarantine={} more={}",
      gone.automatic, gone.noise, gone.tickets, gone.letters, gone.dead_letters, gone.quarantine, more);
  return tx.set_timer(
      {0, std::string(retention_timer), now + (more ? std::chrono::seconds(next_batch) : next_day)});
}

Result<void> keep_retention_timer(store::Transaction& tx, const Office& office, Instant now) {
  const Settings::Retention& days = office.settings.retention;
  if (days == Settings::Retention{0, 0, 0, 0, 0, 0}) return tx.cancel_timer(0, retention_timer);
  OIN_TRY(const auto set, tx.timer_at(0, retention_timer));
  return set ? Result<void>(success()) : tx.set_timer({0, std::string(retention_timer), now + next_day});
}

Result<Json> retention_query(store::Transaction& tx, const Office& office, Instant now) {
  const Settings::Retention& days = office.settings.retention;
  OIN_TRYV(tx.savepoint());
  auto swept = tx.sweep(kept_since(days, now), std::numeric_limits<int>::max());
  OIN_TRYV(tx.rollback_to_savepoint());
  OIN_TRY(const store::Swept due, std::move(swept));
  OIN_TRY(const auto next, tx.timer_at(0, retention_timer));
  const auto line = [](const char* kind, int kept, int number) {
    return Json{{"kind", kind}, {"days", kept}, {"due", number}};
  };
  return Json{{"next_at", next ? Json(to_rfc3339(*next)) : Json()},
              {"kinds",
               {line("automatic", days.automatic, due.automatic), line("noise", days.noise, due.noise),
                line("tickets", days.tickets, due.tickets), line("letters", days.letters, due.letters),
                line("dead_letters", days.dead_letters, due.dead_letters),
                line("quarantine", days.quarantine, due.quarantine)}}};
}

}  // namespace oin
