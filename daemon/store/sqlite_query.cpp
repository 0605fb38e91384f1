#include "daemon/store/sqlite_query.hpp"

#include <sqlite3.h>

#include <cassert>

namespace oin::store {
namespace {

// SQLITE_TRANSIENT is a C cast of -1 to a function pointer; the same value, made once and without the
// old-style cast.
sqlite3_destructor_type transient_copy() {
  return reinterpret_cast<sqlite3_destructor_type>(static_cast<std::intptr_t>(-1));
}

}  // namespace

Query::Query(Start, Connection& db, const char* sql) : db_(db) {
  if (const Error* undone = db.undone()) {
    error_ = *undone;  // SQLite has left the transaction: what ran now would stand outside of it
    return;
  }
  if (auto prepared = db.prepared(sql)) {
    statement_ = prepared.value();
    assert(sqlite3_stmt_busy(statement_) == 0);
  } else {
    error_ = std::move(prepared).error();
  }
}

Query::~Query() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Result<bool> Query::next() {
  if (error_) return *error_;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  error_ = db_.failure(code);
  return *error_;
}

bool Query::null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Query::view(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes == nullptr ? std::string_view()
                          : std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

std::optional<Instant> Query::optional_instant(int column) const {
  if (null(column)) return std::nullopt;
  return instant(column);
}

void Query::bind(int at, std::int64_t value) { sqlite3_bind_int64(statement_, at, value); }

void Query::bind(int at, std::string_view value) {
  // A view without data would be NULL.
  const char* data = value.data() != nullptr ? value.data() : "";
  const int code = sqlite3_bind_text64(statement_, at, data, value.size(),
                                       copy_ ? transient_copy() : SQLITE_STATIC, SQLITE_UTF8);
  if (code != SQLITE_OK) error_ = db_.failure(code);  // longer than SQLite's billion octets
}

void Query::bind(int at, Blob value) {
  const char* data = value.bytes.data() != nullptr ? value.bytes.data() : "";
  const int code =
      sqlite3_bind_blob64(statement_, at, data, value.bytes.size(), copy_ ? transient_copy() : SQLITE_STATIC);
  if (code != SQLITE_OK) error_ = db_.failure(code);
}

}  // namespace oin::store
