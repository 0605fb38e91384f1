/// sqlite_ledger.cpp: how far each mailbox was read, and what became of every UID in it.
#include <fmt/format.h>

#include "daemon/store/sqlite_transaction.hpp"
#include "daemon/store/stored_digest.hpp"

namespace oin::store {

Result<std::int64_t> SqliteTransaction::mailbox_id(std::string_view mailbox) {
  Query find(db_, "SELECT id FROM mailbox WHERE name = $1", mailbox);
  OIN_TRY(const bool found, find.next());
  return found ? find.integer(0) : std::int64_t{0};
}

Result<std::int64_t> SqliteTransaction::known_mailbox_id(std::string_view mailbox) {
  OIN_TRY(const std::int64_t id, mailbox_id(mailbox));
  if (id != 0) return id;
  OIN_TRYV(run(db_, "INSERT INTO mailbox (name) VALUES ($1)", mailbox));
  return db_.last_id();
}

Result<std::vector<std::pair<std::string, Position>>> SqliteTransaction::positions() {
  std::vector<std::pair<std::string, Position>> out;
  Query all(db_, "SELECT name, uid_validity, last_uid, epoch FROM mailbox ORDER BY name");
  for (;;) {
    OIN_TRY(const bool found, all.next());
    if (!found) return out;
    out.emplace_back(all.text(0), Position{all.uid(1), all.uid(2), all.uid(3)});
  }
}

Result<Position> SqliteTransaction::position(std::string_view mailbox) {
  Query find(db_, "SELECT uid_validity, last_uid, epoch FROM mailbox WHERE name = $1", mailbox);
  OIN_TRY(const bool found, find.next());
  return found ? Position{find.uid(0), find.uid(1), find.uid(2)} : Position{};
}

Result<void> SqliteTransaction::set_position(std::string_view mailbox, Position at) {
  return run(
      db_,
      "INSERT INTO mailbox (name, uid_validity, last_uid, epoch) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (name) DO UPDATE SET uid_validity = excluded.uid_validity, last_uid = excluded.last_uid,"
      " epoch = excluded.epoch",
      mailbox, at.uid_validity, at.last_uid, at.epoch);
}

Result<bool> SqliteTransaction::in_ledger(std::string_view mailbox, std::uint32_t epoch, std::uint32_t uid) {
  OIN_TRY(const std::int64_t id, mailbox_id(mailbox));
  Query find(db_, "SELECT 1 FROM ledger WHERE mailbox = $1 AND epoch = $2 AND uid = $3", id, epoch, uid);
  return find.next();
}

Result<void> SqliteTransaction::add_to_ledger(const LedgerEntry& entry) {
  OIN_TRY(const std::int64_t mailbox, known_mailbox_id(entry.mailbox));
  const std::optional<std::string> digest = digest_octets(entry.digest);
  if (!digest && !entry.digest.empty())
    return permanent(fmt::format("{}: \"{}\" is no digest", db_.name(), entry.digest));
  std::optional<MailId> mail;
  if (entry.mail != 0) mail = entry.mail;
  // What has vanished cannot be flagged or moved.
  const bool handled = entry.fate == "vanished";
  if (digest)
    return run(db_, "INSERT INTO ledger VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", mailbox, entry.epoch,
               entry.uid, entry.uid_validity, mail, Blob{*digest}, entry.fate, entry.at, handled);
  return run(db_, "INSERT INTO ledger VALUES ($1, $2, $3, $4, $5, NULL, $6, $7, $8)", mailbox, entry.epoch,
             entry.uid, entry.uid_validity, mail, entry.fate, entry.at, handled);
}

Result<std::vector<std::uint32_t>> SqliteTransaction::ledger_uids(std::string_view mailbox,
                                                                  std::uint32_t epoch) {
  OIN_TRY(const std::int64_t id, mailbox_id(mailbox));
  std::vector<std::uint32_t> out;
  Query all(db_, "SELECT uid FROM ledger WHERE mailbox = $1 AND epoch = $2 ORDER BY uid", id, epoch);
  for (;;) {
    OIN_TRY(const bool found, all.next());
    if (!found) return out;
    out.push_back(all.uid(0));
  }
}

Result<std::vector<std::uint32_t>> SqliteTransaction::unhandled(std::string_view mailbox,
                                                                std::uint32_t epoch) {
  OIN_TRY(const std::int64_t id, mailbox_id(mailbox));
  std::vector<std::uint32_t> out;
  // Left to itself SQLite takes the primary key and reads every row the mailbox ever had.
  Query all(db_,
            "SELECT uid FROM ledger INDEXED BY ledger_unhandled"
            " WHERE mailbox = $1 AND epoch = $2 AND handled = 0 ORDER BY uid",
            id, epoch);
  for (;;) {
    OIN_TRY(const bool found, all.next());
    if (!found) return out;
    out.push_back(all.uid(0));
  }
}

Result<void> SqliteTransaction::set_handled(std::string_view mailbox, std::uint32_t epoch,
                                            std::span<const std::uint32_t> uids) {
  OIN_TRY(const std::int64_t id, mailbox_id(mailbox));
  for (const std::uint32_t uid : uids) {
    OIN_TRYV(run(db_, "UPDATE ledger SET handled = 1 WHERE mailbox = $1 AND epoch = $2 AND uid = $3", id,
                 epoch, uid));
  }
  return success();
}

Result<std::vector<LedgerEntry>> SqliteTransaction::ledger_of_mail(MailId mail) {
  std::vector<LedgerEntry> out;
  Query all(
      db_,
      "SELECT m.name, l.epoch, l.uid_validity, l.uid, l.digest, l.mail, l.fate, l.at"
      " FROM ledger l JOIN mailbox m ON m.id = l.mailbox WHERE l.mail = $1 ORDER BY l.at, m.name, l.uid",
      mail);
  for (;;) {
    OIN_TRY(const bool found, all.next());
    if (!found) return out;
    out.push_back({.mailbox = all.text(0),
                   .epoch = all.uid(1),
                   .uid_validity = all.uid(2),
                   .uid = all.uid(3),
                   .digest = digest_hex(all.view(4)),
                   .mail = all.integer(5),
                   .fate = all.text(6),
                   .at = all.instant(7)});
  }
}

Result<void> SqliteTransaction::account_for(std::string_view mailbox, std::string_view digest, MailId mail,
                                            std::string_view fate) {
  OIN_TRY(const std::int64_t id, mailbox_id(mailbox));
  const std::optional<std::string> octets = digest_octets(digest);
  if (!octets) return permanent(fmt::format("{}: \"{}\" is no digest", db_.name(), digest));
  return run(
      db_,
      "UPDATE ledger SET mail = $1, fate = $2 WHERE mailbox = $3 AND digest = $4 AND fate = 'quarantined'",
      mail, fate, id, Blob{*octets});
}

}  // namespace oin::store
