/// sqlite_retention.cpp: what has had its time is deleted: bytes of mails and letters, and mails in
/// quarantine.
///
/// Rows stay, because the ledger, the digests and the events are what every mail is accounted for by.
#include "daemon/store/sqlite_transaction.hpp"

namespace oin::store {
namespace {

#define OPEN_ELSEWHERE \
  "EXISTS (SELECT 1 FROM filed f JOIN ticket t ON t.id = f.ticket WHERE f.mail = m.id AND "

/// What is older than $1, at most $2 of them.
constexpr const char* unfiled =
    "SELECT m.id FROM mail m JOIN mail_raw r ON r.mail = m.id WHERE m.arrived_at < $1 AND r.codec <> 2"
    " AND NOT EXISTS (SELECT 1 FROM filed f WHERE f.mail = m.id) LIMIT $2";
constexpr const char* automatic =
    "SELECT m.id FROM mail m JOIN mail_raw r ON r.mail = m.id WHERE m.arrived_at < $1 AND r.codec <> 2"
    " AND EXISTS (SELECT 1 FROM filed f JOIN event e ON e.ticket = f.ticket AND e.mail = m.id WHERE f.mail = "
    "m.id"
    " AND e.type = 'mail-filed' AND json_extract(e.body, '$.automatic') <> '') LIMIT $2";
constexpr const char* noise =
    "SELECT m.id FROM mail m JOIN mail_raw r ON r.mail = m.id WHERE m.arrived_at < $1 AND r.codec <> 2 "
    "AND " OPEN_ELSEWHERE "t.queue = 'noise') AND NOT " OPEN_ELSEWHERE "t.queue <> 'noise') LIMIT $2";
constexpr const char* of_closed_tickets =
    "SELECT m.id FROM mail m JOIN mail_raw r ON r.mail = m.id WHERE m.arrived_at < $1 AND r.codec <> 2 "
    "AND " OPEN_ELSEWHERE "t.state = 'closed') AND NOT " OPEN_ELSEWHERE
    "(t.state <> 'closed' OR t.changed_at >= $1)) LIMIT $2";
constexpr const char* sent_letters =
    "SELECT l.id FROM letter l JOIN letter_bytes b ON b.letter = l.id LEFT JOIN ticket t ON t.id = l.ticket"
    " WHERE l.state = 'sent' AND l.written_at < $1 AND b.codec <> 2"
    " AND (t.id IS NULL OR (t.state = 'closed' AND t.changed_at < $1)) LIMIT $2";
constexpr const char* dead_letters =
    "SELECT l.id FROM letter l JOIN letter_bytes b ON b.letter = l.id"
    " WHERE l.state IN ('failed', 'dead', 'withdrawn') AND l.written_at < $1 AND b.codec <> 2 LIMIT $2";
constexpr const char* set_aside = "SELECT id FROM quarantine WHERE at < $1 LIMIT $2";

}  // namespace

Result<Swept> SqliteTransaction::sweep(const KeptSince& kept, int limit) {
  Swept done;
  const auto ids = [&](const char* sql, std::optional<Instant> since) -> Result<std::vector<std::int64_t>> {
    std::vector<std::int64_t> out;
    const int left = limit - done.all();
    if (!since || left <= 0) return out;
    Query all(db_, sql, *since, left);
    for (;;) {
      OIN_TRY(const bool found, all.next());
      if (!found) return out;
      out.push_back(all.integer(0));
    }
  };
  const auto drop_mails = [&](const char* sql, std::optional<Instant> since, int& count,
                              bool all_but_digest) -> Result<void> {
    OIN_TRY(const auto mails, ids(sql, since));
    for (const MailId mail : mails) {
      OIN_TRYV(
          run(db_, "UPDATE mail_raw SET codec = 2, bytes = $1 WHERE mail = $2", Blob{expired_bytes}, mail));
      if (!all_but_digest) continue;
      OIN_TRYV(run(db_,
                   "UPDATE mail SET message_id = NULL, from_address = '', from_key = '', to_addresses = '',"
                   " subject = '' WHERE id = $1",
                   mail));
    }
    count += static_cast<int>(mails.size());
    return success();
  };
  const auto drop_letters = [&](const char* sql, std::optional<Instant> since, int& count) -> Result<void> {
    OIN_TRY(const auto all, ids(sql, since));
    for (const LetterId letter : all) {
      OIN_TRYV(run(db_, "UPDATE letter_bytes SET codec = 2, bytes = $1 WHERE letter = $2",
                   Blob{expired_bytes}, letter));
    }
    count += static_cast<int>(all.size());
    return success();
  };
  OIN_TRYV(drop_mails(unfiled, kept.automatic, done.automatic, true));
  OIN_TRYV(drop_mails(automatic, kept.automatic, done.automatic, false));
  OIN_TRYV(drop_mails(noise, kept.noise, done.noise, false));
  OIN_TRYV(drop_mails(of_closed_tickets, kept.tickets, done.tickets, false));
  OIN_TRYV(drop_letters(sent_letters, kept.letters, done.letters));
  OIN_TRYV(drop_letters(dead_letters, kept.dead_letters, done.dead_letters));
  OIN_TRY(const auto aside, ids(set_aside, kept.quarantine));
  for (const std::int64_t id : aside) {
    OIN_TRYV(leave_quarantine(id));
  }
  done.quarantine = static_cast<int>(aside.size());
  return done;
}

}  // namespace oin::store
