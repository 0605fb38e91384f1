#include "daemon/store/sqlite_connection.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cstring>

#include "daemon/store/sqlite_query.hpp"

namespace oin::store {
namespace {

/// A path as SQLite's URI wants it, whatever characters are in it (https://www.sqlite.org/uri.html).
std::string uri(const std::filesystem::path& path, std::string_view parameters) {
  std::string out = "file:";
  for (const char c : path.string())
    if (c == '?' || c == '#' || c == '%')
      out += fmt::format("%{:02x}", static_cast<unsigned char>(c));
    else
      out += c;
  return out.append(parameters);
}

// FULL: what is committed stays, also when the power goes.  No mmap: a failing disk would end us by SIGBUS
// where read() gives an Error.  Pages of 8 KiB (of a new file) take a mail or a letter whole: half as many
// writes as with 4.  A checkpoint each 4 000 of them (32 MB) writes a page that many mails touched only once.
constexpr const char* settings =
    "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -64000; PRAGMA wal_autocheckpoint = 4000;"
    "PRAGMA journal_size_limit = 67108864; PRAGMA secure_delete = FAST;";
constexpr const char* query_settings =
    "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;";

}  // namespace

void Connection::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
void Connection::Close::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Connection::Connection(std::string name, Mode mode) : name_(std::move(name)), mode_(mode) {}
Connection::~Connection() { roll_back(); }

Result<std::unique_ptr<Connection>> Connection::open(const std::filesystem::path& path, Mode mode) {
  std::unique_ptr<Connection> db(new Connection("store " + path.string(), mode));
  const bool writes = mode == Mode::read_write || mode == Mode::query;
  const int flags =
      (writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(uri(path, mode == Mode::immutable ? "?immutable=1" : "").c_str(), &handle,
                                   flags, nullptr);
  db->handle_.reset(handle);  // also a failed open leaves a handle
  if (code != SQLITE_OK) return db->failure(code);
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, 5000);
  OIN_TRYV(db->execute(mode == Mode::read_write ? settings : query_settings));
  return db;
}

Result<void> Connection::execute(const char* sql) {
  if (const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr); code != SQLITE_OK)
    return failure(code);
  return success();
}

Result<void> Connection::begin_writing() {
  OIN_TRYV(execute("BEGIN IMMEDIATE"));
  in_transaction_ = true;
  return success();
}

Result<void> Connection::begin_reading() {
  OIN_TRYV(execute("BEGIN"));
  in_transaction_ = true;
  // A plain BEGIN takes its snapshot with the first read, which may be much later: read at once.
  Result<void> read = run(*this, "SELECT 1 FROM migration LIMIT 1");
  if (!read) roll_back();
  return read;
}

Result<void> Connection::commit() {
  if (broken_) {
    Error error = *broken_;
    roll_back();
    return error;
  }
  if (Result<void> done = execute("COMMIT"); !done) {
    roll_back();
    return done;
  }
  in_transaction_ = false;
  return success();
}

void Connection::roll_back() {
  // After SQLITE_FULL or SQLITE_IOERR SQLite may have done so itself.
  if (in_transaction_ && handle_ && sqlite3_get_autocommit(handle_.get()) == 0)
    sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  in_transaction_ = false;
  broken_.reset();
}

Result<void> Connection::begin_piece() {
  if (broken_) return *broken_;
  return run(*this, "SAVEPOINT piece");
}

Result<void> Connection::end_piece() {
  if (broken_) return *broken_;
  return run(*this, "RELEASE piece");
}

Result<void> Connection::undo_piece() {
  if (undone()) return *broken_;
  OIN_TRYV(run(*this, "ROLLBACK TO piece"));
  OIN_TRYV(run(*this, "RELEASE piece"));
  broken_.reset();
  return success();
}

Result<sqlite3_stmt*> Connection::prepared(const char* sql) {
  auto& kept = statements_[sql];
  if (!kept) {
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return failure(code);
    kept.reset(statement);
  }
  return kept.get();
}

const Error* Connection::undone() const {
  return broken_ && sqlite3_get_autocommit(handle_.get()) != 0 ? &*broken_ : nullptr;
}

std::int64_t Connection::last_id() const { return sqlite3_last_insert_rowid(handle_.get()); }
std::int64_t Connection::changed_rows() const { return sqlite3_changes64(handle_.get()); }

Error Connection::failure(int code) {
  const std::string said = handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
  const int why = handle_ ? sqlite3_system_errno(handle_.get()) : 0;
  const std::string because = why != 0 ? fmt::format("{}: {}", said, std::strerror(why)) : said;
  const auto error = [&]() -> Error {
    switch (code & 0xff) {  // the low octet is the primary code, whatever the extended one
      case SQLITE_FULL:
        return transient(name_ + ": disk is full; make room, then it goes on by itself");
      case SQLITE_IOERR:
        // SQLite says FULL for ENOSPC only: a quota or a limit on the file's size (EDQUOT, EFBIG) ends up
        // here.
        if (code == SQLITE_IOERR_WRITE)
          return transient(
              name_ +
              ": cannot be written to; is the disk or a quota full?  Make room, then it goes on by itself");
        return transient(fmt::format("{}: {}; look at the disk and its free space", name_, because));
      case SQLITE_BUSY:
      case SQLITE_LOCKED:
        return transient(name_ + ": another program keeps it locked; close that one (an sqlite3 shell?)");
      case SQLITE_NOMEM:
        return transient(name_ + ": out of memory");
      case SQLITE_CANTOPEN:
        if (in_transaction_) return transient(fmt::format("{}: cannot be opened ({})", name_, because));
        return permanent(fmt::format("{}: cannot be opened ({}); look at the path, its owner and its mode",
                                     name_, because));
      case SQLITE_READONLY:
        if (mode_ != Mode::read_write)
          return permanent(name_ + ": written to in a transaction that only reads");
        return permanent(name_ + ": cannot be written to; look at the owner and mode of file and directory");
      case SQLITE_PERM:
      case SQLITE_AUTH:
        return permanent(
            fmt::format("{}: {}; look at the owner and mode of file and directory", name_, because));
      case SQLITE_NOTADB:
        return permanent(name_ + ": is not a database; look at the path, or restore a backup");
      case SQLITE_CORRUPT:
        return permanent(fmt::format(
            "{}: is damaged ({}); restore a backup, or rescue with sqlite3's .recover", name_, said));
      default:
        return permanent(fmt::format("{}: {}", name_, because));
    }
  }();
  return refuse(error);
}

Error Connection::refuse(Error why) {
  if (in_transaction_ && !broken_) broken_ = why;
  return why;
}

}  // namespace oin::store
