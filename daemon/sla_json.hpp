/// sla_json.hpp: `oinctl report sla`, answered from the store.
#pragma once

#include "daemon/mail_json.hpp"
#include "daemon/office.hpp"
#include "daemon/store/store.hpp"

namespace oin {

/// `from` and `to` are days ("2026-11-23") of the desk's calendar, both included; without them everything
/// counts.
Result<Json> sla_query(store::Transaction& tx, const Office& office, const Json& arguments, Instant now);

}  // namespace oin
