/// sqlite_connection.hpp: one connection to the SQLite file, its prepared statements and its failures in
/// words.
///
/// A failure inside a transaction makes that transaction `broken`: it can no longer be committed, because
/// half of a method's statements may have run.  Only undoing the piece they were in mends it.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "parsers/base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace oin::store {

enum class Mode {
  read_write,  ///< the daemon's one writer
  query,       ///< the daemon's readers: SQL that writes is refused
  read_only,   ///< another process, which may not even be allowed to write
  immutable,   ///< a file in a place where nothing can be written: no lock, no -shm
};

class Connection {
 public:
  static Result<std::unique_ptr<Connection>> open(const std::filesystem::path& path, Mode mode);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// Any number of statements, not kept prepared.
  Result<void> execute(const char* sql);

  Result<void> begin_writing();
  Result<void> begin_reading();  ///< the snapshot is of this moment
  Result<void> commit();
  void roll_back();
  Result<void> begin_piece();
  Result<void> end_piece();
  Result<void> undo_piece();

  /// `sql` must be a literal: its address is the key under which it is kept.
  Result<sqlite3_stmt*> prepared(const char* sql);
  /// The Error for what sqlite3 just answered; breaks the transaction in hand.
  Error failure(int code);
  /// Breaks the transaction in hand for a reason of ours.
  Error refuse(Error why);
  /// Set when SQLite itself has ended the transaction in hand (disk full, I/O error).
  const Error* undone() const;
  std::int64_t changed_rows() const;
  /// Of the row that was inserted last.  RETURNING says the same for a temporary table's cost a row.
  std::int64_t last_id() const;

  const std::string& name() const { return name_; }
  sqlite3* handle() const { return handle_.get(); }  ///< for functions of our own in SQL

 private:
  Connection(std::string name, Mode mode);
  struct Close {
    void operator()(sqlite3* handle) const;
    void operator()(sqlite3_stmt* statement) const;
  };
  std::string name_;  ///< "store /var/lib/oind/oind.db"
  Mode mode_;
  bool in_transaction_ = false;
  std::optional<Error> broken_;
  std::unique_ptr<sqlite3, Close> handle_;
  std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, Close>> statements_;  // ends before handle_
};

}  // namespace oin::store
