/// sqlite_suppressions.cpp: addresses that nothing is sent to, and how they came to that.
#include "daemon/store/letter_words.hpp"
#include "daemon/store/sqlite_transaction.hpp"

namespace oin::store {

Result<bool> SqliteTransaction::mark_returned(LetterId letter, std::string_view comparable_address,
                                              std::string_view answer) {
  const std::string_view returned = name(RecipientState::returned);
  OIN_TRYV(run(db_,
               "UPDATE letter_recipient SET state = $1, answer = $2 WHERE letter = $3 AND key = $4"
               " AND state <> $1",
               returned, answer, letter, comparable_address));
  if (db_.changed_rows() == 0) return false;
  OIN_TRYV(run(db_, "UPDATE letter SET state = $1, last_answer = $2 WHERE id = $3 AND state = 'sent'",
               name(LetterState::failed), answer, letter));
  return true;
}

Result<int> SqliteTransaction::count_failure(std::string_view comparable_address, LetterId letter,
                                             Instant now) {
  OIN_TRYV(run(db_,
               "INSERT INTO delivery_failure (key, letter, at) VALUES ($1, $2, $3)"
               " ON CONFLICT (key, letter) DO NOTHING",
               comparable_address, letter, now));
  Query count(db_, "SELECT count(*) FROM delivery_failure WHERE key = $1", comparable_address);
  OIN_TRYV(count.next());
  return count.number(0);
}

Result<void> SqliteTransaction::suppress(const Suppression& suppression) {
  return run(
      db_,
      "INSERT INTO suppressed (key, reason, at, who) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (key) DO UPDATE SET reason = excluded.reason, at = excluded.at, who = excluded.who",
      suppression.key, suppression.reason, suppression.at, suppression.by);
}

Result<bool> SqliteTransaction::lift_suppression(std::string_view key) {
  OIN_TRYV(run(db_, "DELETE FROM suppressed WHERE key = $1", key));
  const bool was = db_.changed_rows() > 0;
  OIN_TRYV(run(db_, "DELETE FROM delivery_failure WHERE key = $1", key));
  return was;
}

Result<std::optional<Suppression>> SqliteTransaction::suppression_of(std::string_view comparable_address) {
  const auto at = comparable_address.rfind('@');
  const std::string_view domain = at == std::string_view::npos ? "" : comparable_address.substr(at);
  // The address's own reason before its domain's: '@' sorts before any local part.
  Query one(db_,
            "SELECT key, reason, at, who FROM suppressed WHERE key IN ($1, $2) ORDER BY key DESC LIMIT 1",
            comparable_address, domain);
  OIN_TRY(const bool found, one.next());
  if (!found) return std::optional<Suppression>();
  return std::optional(Suppression{one.text(0), one.text(1), one.instant(2), one.text(3)});
}

Result<std::vector<Suppression>> SqliteTransaction::suppressions() {
  std::vector<Suppression> out;
  Query all(db_, "SELECT key, reason, at, who FROM suppressed ORDER BY key");
  for (;;) {
    OIN_TRY(const bool found, all.next());
    if (!found) return out;
    out.push_back({all.text(0), all.text(1), all.instant(2), all.text(3)});
  }
}

}  // namespace oin::store
