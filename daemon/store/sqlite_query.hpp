/// sqlite_query.hpp: one run of a prepared statement: values in by position ($1 …), rows out by column.
///
/// Parameters must appear in the SQL in the order of their numbers: SQLite numbers them as it meets them.
/// A statement is one Query's at a time; its end makes the statement free again.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

#include "daemon/store/sqlite_connection.hpp"
#include "parsers/base/instant.hpp"

namespace oin::store {

/// Bytes, where a std::string_view is text.
struct Blob {
  std::string_view bytes;
};

class Query {
 public:
  /// Keeps copies of texts and blobs, so that they may be temporaries.
  template <class... Values>
  Query(Connection& db, const char* sql, const Values&... values) : Query(Start{}, db, sql) {
    copy_ = true;
    bind_all(values...);
  }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query();

  Result<bool> next();  ///< to the first or next row; false: no more

  bool null(int column) const;
  std::int64_t integer(int column) const;
  int number(int column) const { return static_cast<int>(integer(column)); }
  std::uint32_t uid(int column) const { return static_cast<std::uint32_t>(integer(column)); }
  bool yes(int column) const { return integer(column) != 0; }
  std::string_view view(int column) const;  ///< text or blob, until next()
  std::string text(int column) const { return std::string(view(column)); }
  Instant instant(int column) const { return Instant(std::chrono::seconds(integer(column))); }
  std::optional<Instant> optional_instant(int column) const;

 private:
  template <class... Values>
  friend Result<void> run(Connection& db, const char* sql, const Values&... values);
  struct Start {};
  Query(Start, Connection& db, const char* sql);

  template <class... Values>
  void bind_all(const Values&... values) {
    if (statement_ == nullptr) return;
    int at = 0;
    (bind(++at, values), ...);
  }
  void bind(int at, std::int64_t value);
  void bind(int at, std::string_view value);
  void bind(int at, Blob value);
  void bind(int at, Instant value) { bind(at, static_cast<std::int64_t>(value.time_since_epoch().count())); }
  void bind(int at, const char* value) { bind(at, std::string_view(value)); }
  void bind(int at, const std::string& value) { bind(at, std::string_view(value)); }
  template <std::integral Number>
  void bind(int at, Number value) {
    bind(at, static_cast<std::int64_t>(value));
  }
  template <class Value>
  void bind(int at, const std::optional<Value>& value) {
    if (value) bind(at, *value);
  }  // unbound is NULL

  Connection& db_;
  sqlite3_stmt* statement_ = nullptr;
  bool copy_ = false;
  std::optional<Error> error_;
};

/// A statement without rows.
template <class... Values>
Result<void> run(Connection& db, const char* sql, const Values&... values) {
  Query query(Query::Start{}, db, sql);  // copies nothing: the values live until this returns
  query.bind_all(values...);
  OIN_TRYV(query.next());
  return success();
}

}  // namespace oin::store
