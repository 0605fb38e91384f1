/// sqlite_breaker.cpp: whether outgoing mail is held.
#include "daemon/store/sqlite_transaction.hpp"

namespace oin::store {

Result<Breaker> SqliteTransaction::breaker() {
  Query one(db_, "SELECT open_since, letters, closed_at FROM breaker");
  OIN_TRY(const bool found, one.next());
  if (!found) return Breaker{};
  return Breaker{one.optional_instant(0), one.number(1), one.optional_instant(2)};
}

Result<void> SqliteTransaction::set_breaker(const Breaker& breaker) {
  return run(db_,
             "INSERT INTO breaker (id, open_since, letters, closed_at) VALUES (1, $1, $2, $3)"
             " ON CONFLICT (id) DO UPDATE SET open_since = excluded.open_since, letters = excluded.letters,"
             " closed_at = excluded.closed_at",
             breaker.open_since, breaker.letters, breaker.closed_at);
}

}  // namespace oin::store
