#include "daemon/suppressed_query.hpp"

#include <fmt/format.h>

#include "daemon/address_key.hpp"
#include "daemon/arguments.hpp"
#include "daemon/bookkeeping.hpp"
#include "parsers/address.hpp"

namespace oin {
namespace {

Json line(const store::Suppression& one) {
  return {{"address", one.key}, {"reason", one.reason}, {"at", to_rfc3339(one.at)}, {"by", one.by}};
}

Result<void> tell_tickets(store::Transaction& tx, const Office& office, const SuppressionChanged& change,
                          Instant now) {
  OIN_TRY(const auto tickets, tx.tickets_of(comparable(change.address)));
  for (const TicketId id : tickets) {
    OIN_TRY(const Ticket ticket, tx.ticket(id));
    if (ticket.state == TicketState::closed) continue;
    OIN_TRYV(decide_and_record(tx, office, id, change, now));
  }
  return success();
}

}  // namespace

Result<Json> suppressed_query(store::Transaction& tx, const Office& office, const Json& arguments,
                              Instant now) {
  const std::string act = arguments.value("act", "list");
  if (act == "list") {
    OIN_TRY(const auto all, tx.suppressions());
    Json out = Json::array();
    for (const store::Suppression& one : all) out.push_back(line(one));
    return out;
  }
  OIN_TRY(const PersonSettings* by, person(office.desk, actor_of(arguments)));
  const std::string address = text(arguments, "address"), key = address_key(address);
  if (key.empty())
    return permanent(
        fmt::format("\"{}\" is no address; allowed: ada@vendor.example, @vendor.example", address));
  if (act == "add") {
    const std::string reason = text(arguments, "reason");
    if (reason.empty()) return permanent("suppressed add takes a reason behind the address");
    const store::Suppression added{key, reason, now, by->address};
    OIN_TRYV(tx.suppress(added));
    OIN_TRYV(tell_tickets(tx, office, {key, reason, by->address}, now));
    return line(added);
  }
  OIN_TRY(const bool was, tx.lift_suppression(key));
  if (!was) return permanent(fmt::format("{} is not suppressed", key));
  OIN_TRYV(tell_tickets(tx, office, {key, "", by->address}, now));
  return Json{{"address", key}, {"by", by->address}};
}

}  // namespace oin
