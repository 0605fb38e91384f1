/// retention.hpp: what has had its time is deleted, once a day, a bounded number at a time (docs/privacy.md).
#pragma once

#include "daemon/mail_json.hpp"
#include "daemon/office.hpp"
#include "daemon/store/store.hpp"

namespace oin {

inline constexpr std::string_view retention_timer = "retention";

/// One run: deletes what is due, and sets its timer to when there will be more.
Result<void> keep_what_is_kept(store::Transaction& tx, const Office& office, Instant now);

/// The desk has the timer while anything is kept for a time only.
Result<void> keep_retention_timer(store::Transaction& tx, const Office& office, Instant now);

/// What would go now, of each kind, and the days it is kept; deletes nothing.
Result<Json> retention_query(store::Transaction& tx, const Office& office, Instant now);

}  // namespace oin
