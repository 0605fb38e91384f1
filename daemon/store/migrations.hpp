/// migrations.hpp: brings a store's tables to what this version needs, one numbered file after the other.
///
/// Each file runs in one transaction with its line in the table `migration`, so a crash leaves whole steps.
/// Refused with one line: a file of another program, a file of a newer version; for a reader, an older one
/// too.
#pragma once

#include <span>
#include <string_view>
#include <utility>

#include "daemon/store/sqlite_connection.hpp"

namespace oin::store {

using Migration = std::pair<std::string_view, std::string_view>;  ///< "0001_first.sql" and its text

/// The number it stands at, 0 for an empty file; changes nothing.
Result<int> require_ours(Connection& db, std::span<const Migration> migrations);
Result<void> migrate(Connection& db, std::span<const Migration> migrations);
Result<void> require_current(Connection& db, std::span<const Migration> migrations);

}  // namespace oin::store
