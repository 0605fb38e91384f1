#include "daemon/store/migrations.hpp"

#include <fmt/format.h>

#include <charconv>

#include "daemon/store/sqlite_query.hpp"

namespace oin::store {
namespace {

constexpr int application_id = 0x4f494e44;  // "OIND", what file(1) and we tell our files by

int number_of(const Migration& migration) {
  int number = 0;
  std::from_chars(migration.first.data(), migration.first.data() + migration.first.size(), number);
  return number;
}

int newest(std::span<const Migration> migrations) {
  return migrations.empty() ? 0 : number_of(migrations.back());
}

Error made_by_newer(const Connection& db, int theirs, int ours) {
  return permanent(
      fmt::format("{}: was made by a newer version (its tables are at {:04}, this one knows {:04}); "
                  "install that version, or restore a backup from before",
                  db.name(), theirs, ours));
}

/// 0 for an empty file.
Result<int> applied(Connection& db) {
  Query id(db, "PRAGMA application_id");
  OIN_TRYV(id.next());
  Query tables(db, "SELECT count(*), count(*) FILTER (WHERE name = 'migration') FROM sqlite_schema");
  OIN_TRYV(tables.next());
  if (tables.integer(0) == 0) return 0;
  if (id.integer(0) != application_id || tables.integer(1) == 0)
    return permanent(db.name() + ": is a database of another program; look at the path");
  Query last(db, "SELECT coalesce(max(number), 0) FROM migration");
  OIN_TRYV(last.next());
  return last.number(0);
}

Result<void> apply_one(Connection& db, const Migration& migration) {
  OIN_TRYV(db.execute(std::string(migration.second).c_str()));
  return run(db, "INSERT INTO migration (number, name, applied_at) VALUES ($1, $2, unixepoch())",
             number_of(migration), migration.first);
}

Result<void> prepare(Connection& db) {
  OIN_TRYV(db.execute(fmt::format("PRAGMA application_id = {}", application_id).c_str()));
  return db.execute(
      "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at "
      "INTEGER)");
}

}  // namespace

Result<int> require_ours(Connection& db, std::span<const Migration> migrations) {
  OIN_TRY(const int at, applied(db));
  if (at > newest(migrations)) return made_by_newer(db, at, newest(migrations));
  return at;
}

Result<void> migrate(Connection& db, std::span<const Migration> migrations) {
  OIN_TRY(const int at, require_ours(db, migrations));
  for (const Migration& migration : migrations) {
    if (number_of(migration) <= at) continue;
    OIN_TRYV(db.begin_writing());
    Result<void> done = prepare(db);
    if (done) done = apply_one(db, migration);
    if (done) done = db.commit();
    if (!done) {
      db.roll_back();
      return std::move(done).error().in(fmt::format("migration {}", migration.first));
    }
  }
  return success();
}

Result<void> require_current(Connection& db, std::span<const Migration> migrations) {
  OIN_TRY(const int at, require_ours(db, migrations));
  if (at < newest(migrations))
    return permanent(
        fmt::format("{}: its tables are at {:04} and this version needs {:04}; start oind once, it brings "
                    "them up to date",
                    db.name(), at, newest(migrations)));
  return success();
}

}  // namespace oin::store
