/// sqlite_store.cpp: the SQLite file as a Store: opening it, handing out its connections, copying and
/// checking it.
#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <migrations.hpp>
#include <mutex>

#include "daemon/store/migrations.hpp"
#include "daemon/store/sqlite_transaction.hpp"
#include "daemon/store/store_lock.hpp"

namespace oin::store {
namespace {

namespace fs = std::filesystem;

/// One connection writes, any number read beside it (WAL): each reader sees the state of its begin.
class SqliteStore final : public Store {
 public:
  SqliteStore(fs::path path, StoreLock lock, std::unique_ptr<Connection> writer, Mode reading)
      : path_(std::move(path)),
        lock_(std::move(lock)),
        writes_(writer != nullptr),
        interruptible_(writer ? writer->handle() : nullptr),
        writer_(std::move(writer)),
        reading_(reading) {}

  Result<std::unique_ptr<Transaction>> begin() override {
    if (!writes_) return permanent("store " + path_.string() + ": is open for reading only");
    std::unique_ptr<Connection> db;
    {
      const std::scoped_lock guard(mutex_);
      db = std::move(writer_);
    }
    if (!db) return transient("store " + path_.string() + ": is in the middle of another transaction");
    return started(std::move(db), &Connection::begin_writing, &SqliteStore::keep_writer);
  }

  Result<std::unique_ptr<Transaction>> begin_read() override {
    OIN_TRY(auto db, reader());
    return started(std::move(db), &Connection::begin_reading, &SqliteStore::keep_reader);
  }

  Result<std::string> check() override;
  Result<void> backup(const fs::path& to) override;
  Result<void> compact() override;
  void interrupt() override {
    if (interruptible_) sqlite3_interrupt(interruptible_);
  }

 private:
  Result<std::unique_ptr<Connection>> reader() {
    {
      const std::scoped_lock guard(mutex_);
      if (!readers_.empty()) {
        std::unique_ptr<Connection> db = std::move(readers_.back());
        readers_.pop_back();
        return db;
      }
    }
    return Connection::open(path_, reading_);
  }
  void keep_writer(std::unique_ptr<Connection> db) {
    const std::scoped_lock guard(mutex_);
    writer_ = std::move(db);
  }
  void keep_reader(std::unique_ptr<Connection> db) {
    const std::scoped_lock guard(mutex_);
    readers_.push_back(std::move(db));
  }
  Result<std::unique_ptr<Transaction>> started(std::unique_ptr<Connection> db,
                                               Result<void> (Connection::*start)(),
                                               void (SqliteStore::*keep)(std::unique_ptr<Connection>)) {
    if (Result<void> begun = (*db.*start)(); !begun) {
      (this->*keep)(std::move(db));
      return std::move(begun).error();
    }
    return std::make_unique<SqliteTransaction>(
        std::move(db), [this, keep](std::unique_ptr<Connection> ended) { (this->*keep)(std::move(ended)); });
  }

  fs::path path_;
  StoreLock lock_;  // released last, when no connection is open any more
  bool writes_;
  std::mutex mutex_;
  sqlite3* interruptible_;              // the writer's, whoever has it
  std::unique_ptr<Connection> writer_;  // null while a transaction has it
  std::vector<std::unique_ptr<Connection>> readers_;
  Mode reading_;
};

Result<std::string> SqliteStore::check() {
  OIN_TRY(const auto db, Connection::open(path_, reading_));
  std::string wrong;
  const auto ask = [&](const char* sql, std::string_view kind) -> Result<void> {
    Query all(*db, sql);
    for (;;) {
      OIN_TRY(const bool found, all.next());
      if (!found) return success();
      if (all.view(0) == "ok") continue;
      if (!wrong.empty()) wrong += '\n';
      wrong += fmt::format("{}{}", kind, all.view(0));
    }
  };
  OIN_TRYV(ask("PRAGMA integrity_check", ""));
  OIN_TRYV(ask("PRAGMA foreign_key_check", "a row points nowhere, in table "));
  OIN_TRYV(
      ask("SELECT t.id FROM ticket t WHERE t.events <> (SELECT count(*) FROM event e WHERE e.ticket = t.id)"
          " OR t.events <> (SELECT max(seq) FROM event e WHERE e.ticket = t.id)",
          "events are missing of ticket "));
  OIN_TRYV(ask("SELECT id FROM mail WHERE id NOT IN (SELECT mail FROM mail_raw)",
               "no raw bytes are kept of mail "));
  OIN_TRYV(ask("SELECT id FROM letter WHERE id NOT IN (SELECT letter FROM letter_bytes)",
               "no bytes are kept of letter "));
  return wrong.empty() ? std::string("ok") : wrong;
}

Error cannot(std::string_view what, const fs::path& path) {
  const Fault fault = errno == ENOSPC || errno == EDQUOT ? Fault::transient : Fault::permanent;
  return {fault, fmt::format("{} {}: {}", what, path.string(), std::strerror(errno))};
}

Result<void> synced(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = fd >= 0 && ::fsync(fd) == 0;
  const Error error = cannot("sync", path);
  if (fd >= 0) ::close(fd);
  if (!done) return error;
  return success();
}

/// Creates the file for its owner alone; one that exists keeps its mode.
Result<void> make_private(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return cannot("store", path);
  ::close(fd);
  return success();
}

Result<void> SqliteStore::backup(const fs::path& to) {
  std::error_code ignored;
  if (fs::equivalent(path_, to, ignored)) return permanent(to.string() + ": is the store itself");
  const fs::path part = to.string() + ".part";
  fs::remove(part, ignored);
  OIN_TRYV(make_private(part));  // VACUUM INTO takes an empty file
  const auto write = [&]() -> Result<void> {
    OIN_TRY(const auto db, Connection::open(path_, reading_));
    OIN_TRYV(db->execute("PRAGMA query_only = OFF"));  // or it would refuse to write to the copy, too
    OIN_TRYV(run(*db, "VACUUM INTO $1", part.string()));
    OIN_TRYV(synced(part));
    if (::rename(part.c_str(), to.c_str()) != 0) return cannot("backup", to);
    return synced(fs::absolute(to).parent_path());
  };
  Result<void> done = write();
  if (!done) {
    fs::remove(part, ignored);
    return std::move(done).error().in("backup to " + to.string());
  }
  return success();
}

/// Deleted rows leave their bytes in free pages, changed ones theirs in the log: VACUUM writes the file anew
/// without them, and the log is cut to nothing once all of it is in the file.
Result<void> SqliteStore::compact() {
  if (!writes_) return permanent("store " + path_.string() + ": is open for reading only");
  std::unique_ptr<Connection> db;
  {
    const std::scoped_lock guard(mutex_);
    if (!writer_) return transient("store " + path_.string() + ": is in the middle of a transaction");
    db = std::move(writer_);
    readers_.clear();  // one that lags behind would keep the log
  }
  const auto rewrite = [&]() -> Result<void> {
    // The copy in between may be too large for memory, and holds nothing of what was deleted.
    OIN_TRYV(db->execute("PRAGMA temp_store = FILE"));
    auto vacuumed = db->execute("VACUUM");
    OIN_TRYV(db->execute("PRAGMA temp_store = MEMORY"));
    OIN_TRYV(std::move(vacuumed));
    Query cut(*db, "PRAGMA wal_checkpoint(TRUNCATE)");
    OIN_TRYV(cut.next());
    if (cut.yes(0))
      return transient("store " + path_.string() + ": another program reads in it; close that one");
    return success();
  };
  auto done = rewrite();
  keep_writer(std::move(db));
  return done;
}

Result<std::unique_ptr<Store>> open_for_daemon(const fs::path& path) {
  if (const fs::path folder = fs::absolute(path).parent_path(); !fs::is_directory(folder))
    return permanent(fmt::format("store {}: there is no directory {}; make it, owned by the daemon's user",
                                 path.string(), folder.string()));
  OIN_TRY(auto lock, StoreLock::take(path));
  OIN_TRYV(make_private(path));
  {
    // Asked before anything is set: what is not ours stays as it is.
    OIN_TRY(const auto db, Connection::open(path, Mode::query));
    OIN_TRYV(require_ours(*db, shipped::migrations()));
  }
  OIN_TRY(auto db, Connection::open(path, Mode::read_write));
  OIN_TRYV(migrate(*db, shipped::migrations()));
  return std::unique_ptr<Store>(new SqliteStore(path, std::move(lock), std::move(db), Mode::query));
}

Result<std::unique_ptr<Store>> open_for_reader(const fs::path& path) {
  std::error_code why;
  if (!fs::exists(path, why)) {
    if (why) return permanent(fmt::format("store {}: {}", path.string(), why.message()));
    return permanent(
        fmt::format("store {}: does not exist yet; oind makes it when it starts", path.string()));
  }
  const auto opened = [&](Mode mode) -> Result<std::unique_ptr<Store>> {
    OIN_TRY(auto db, Connection::open(path, mode));
    OIN_TRYV(require_current(*db, shipped::migrations()));
    return std::unique_ptr<Store>(new SqliteStore(path, StoreLock(), nullptr, mode));
  };
  Result<std::unique_ptr<Store>> store = opened(Mode::read_only);
  if (store) return store;
  // Where we may not make the files -wal and -shm, a store without them can still be read: nobody writes to
  // it.
  const fs::path wal = path.string() + "-wal", shm = path.string() + "-shm";
  const bool at_rest = !fs::exists(shm, why) && (!fs::exists(wal, why) || fs::file_size(wal, why) == 0);
  if (at_rest && ::access(fs::absolute(path).parent_path().c_str(), W_OK) != 0 &&
      ::access(path.c_str(), R_OK) == 0)
    return opened(Mode::immutable);
  return store;
}

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite(const fs::path& path, Access access) {
  // One name for one file, or two daemons could each lock a name of their own.
  std::error_code ignored;
  fs::path real = fs::weakly_canonical(path, ignored);
  if (real.empty()) real = path;
  return access == Access::daemon ? open_for_daemon(real) : open_for_reader(real);
}

}  // namespace oin::store
