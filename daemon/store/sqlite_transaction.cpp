#include "daemon/store/sqlite_transaction.hpp"

#include <fmt/format.h>

namespace oin::store {

SqliteTransaction::SqliteTransaction(std::unique_ptr<Connection> db, GiveBack give_back)
    : owned_(std::move(db)), db_(*owned_), give_back_(std::move(give_back)) {}

SqliteTransaction::~SqliteTransaction() {
  if (!owned_) return;
  owned_->roll_back();
  give_back_(std::move(owned_));
}

Result<void> SqliteTransaction::commit() {
  Result<void> done = db_.commit();  // rolls back what it cannot commit
  give_back_(std::move(owned_));
  return done;
}

Result<void> SqliteTransaction::savepoint() { return db_.begin_piece(); }
Result<void> SqliteTransaction::release() { return db_.end_piece(); }
Result<void> SqliteTransaction::rollback_to_savepoint() { return db_.undo_piece(); }

Error SqliteTransaction::missing(std::string_view what, std::int64_t id) const {
  return permanent(fmt::format("{}: there is no {} {}", db_.name(), what, id));
}

}  // namespace oin::store
