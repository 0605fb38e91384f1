/// sqlite_timers.cpp: timers, and the mails that could not be handled.
#include <fmt/format.h>

#include <algorithm>

#include "daemon/store/sqlite_transaction.hpp"

namespace oin::store {

Result<std::vector<Timer>> SqliteTransaction::due_timers(Instant now, int limit) {
  std::vector<Timer> out;
  Query all(db_, "SELECT ticket, name, at FROM timer WHERE at <= $1 ORDER BY at, ticket LIMIT $2", now,
            limit);
  for (;;) {
    OIN_TRY(const bool found, all.next());
    if (!found) return out;
    out.push_back({all.integer(0), all.text(1), all.instant(2)});
  }
}

Result<std::optional<Instant>> SqliteTransaction::next_timer_at() {
  Query first(db_, "SELECT min(at) FROM timer");
  OIN_TRYV(first.next());
  return first.optional_instant(0);
}

Result<std::optional<Instant>> SqliteTransaction::timer_at(TicketId ticket, std::string_view name) {
  Query find(db_, "SELECT at FROM timer WHERE ticket = $1 AND name = $2", ticket, name);
  OIN_TRY(const bool found, find.next());
  return found ? find.optional_instant(0) : std::nullopt;
}

Result<void> SqliteTransaction::set_timers(TicketId ticket, std::span<const TicketTimer> timers) {
  std::vector<std::string> gone;
  {
    Query all(db_, "SELECT name FROM timer WHERE ticket = $1", ticket);
    for (;;) {
      OIN_TRY(const bool found, all.next());
      if (!found) break;
      if (std::ranges::find(timers, all.view(0), &TicketTimer::name) == timers.end())
        gone.push_back(all.text(0));
    }
  }
  for (const std::string& name : gone) {
    OIN_TRYV(cancel_timer(ticket, name));
  }
  for (const TicketTimer& timer : timers) {
    OIN_TRYV(set_timer({ticket, timer.name, timer.at}));
  }
  return success();
}

Result<void> SqliteTransaction::set_timer(const Timer& timer) {
  return run(db_,
             "INSERT INTO timer (ticket, name, at) VALUES ($1, $2, $3)"
             " ON CONFLICT (ticket, name) DO UPDATE SET at = excluded.at WHERE timer.at <> excluded.at",
             timer.ticket, timer.name, timer.at);
}

Result<void> SqliteTransaction::cancel_timer(TicketId ticket, std::string_view name) {
  return run(db_, "DELETE FROM timer WHERE ticket = $1 AND name = $2", ticket, name);
}

Result<std::int64_t> SqliteTransaction::quarantine(const QuarantineRow& row, const Packed& raw) {
  Query add(db_,
            "INSERT INTO quarantine (mailbox, uid_validity, uid, reason, message_id, from_address, subject, "
            "at, codec,"
            " bytes, oversized) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
            row.mailbox, row.uid_validity, row.uid, row.reason, row.message_id, row.from, row.subject, row.at,
            raw.codec, Blob{raw.bytes}, row.oversized);
  OIN_TRYV(add.next());
  return add.integer(0);
}

Result<std::vector<QuarantineRow>> SqliteTransaction::quarantined() {
  std::vector<QuarantineRow> out;
  Query all(db_,
            "SELECT id, mailbox, uid_validity, uid, reason, message_id, from_address, subject, at, oversized"
            " FROM quarantine"
            " ORDER BY id");
  for (;;) {
    OIN_TRY(const bool found, all.next());
    if (!found) return out;
    out.push_back({.id = all.integer(0),
                   .mailbox = all.text(1),
                   .uid_validity = all.uid(2),
                   .uid = all.uid(3),
                   .reason = all.text(4),
                   .message_id = all.text(5),
                   .from = all.text(6),
                   .subject = all.text(7),
                   .at = all.instant(8),
                   .oversized = all.integer(9)});
  }
}

Result<Packed> SqliteTransaction::quarantined_raw(std::int64_t id) {
  Query find(db_, "SELECT codec, bytes FROM quarantine WHERE id = $1", id);
  OIN_TRY(const bool found, find.next());
  if (!found) return missing("quarantined mail", id);
  return Packed{find.number(0), std::string(find.view(1))};
}

Result<void> SqliteTransaction::leave_quarantine(std::int64_t id) {
  OIN_TRYV(run(db_, "DELETE FROM quarantine WHERE id = $1", id));
  if (db_.changed_rows() == 0) return missing("quarantined mail", id);
  return success();
}

}  // namespace oin::store
