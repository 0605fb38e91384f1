#include "daemon/sla_json.hpp"

#include <fmt/format.h>

#include "daemon/workflow/sla_report.hpp"

namespace oin {
namespace {

/// The first moment of the day that the argument names, or of the one after it; nothing where there is no
/// argument.
Result<std::optional<Instant>> day_of(const Office& office, const Json& arguments, const char* key,
                                      int days_later) {
  const std::string text = arguments.value(key, "");
  if (text.empty()) return std::optional<Instant>();
  const auto day = parse_full_date(text);
  if (!day) return permanent(fmt::format("--{} takes a day such as 2026-11-23", key));
  return std::optional(office.desk.calendar.at(std::chrono::sys_days(*day) + std::chrono::days(days_later),
                                               std::chrono::minutes(0)));
}

}  // namespace

Result<Json> sla_query(store::Transaction& tx, const Office& office, const Json& arguments, Instant now) {
  OIN_TRY(const auto from, day_of(office, arguments, "from", 0));
  OIN_TRY(const auto to, day_of(office, arguments, "to", 1));
  OIN_TRY(const auto tickets, tx.tickets({}));
  Json out = Json::array();
  for (const PhaseTimes& one : sla_report(office.desk, tickets, from, to, now))
    out.push_back({{"phase", one.phase},
                   {"title", one.title},
                   {"tickets", one.tickets},
                   {"rounds", one.rounds},
                   {"breaches", one.breaches},
                   {"running", one.running},
                   {"overdue", one.overdue},
                   {"round_minutes_p50", one.round_half},
                   {"round_minutes_p90", one.round_most},
                   {"round_minutes_longest", one.longest},
                   {"ticket_minutes_p50", one.ticket_half},
                   {"ticket_minutes_p90", one.ticket_most}});
  return out;
}

}  // namespace oin
