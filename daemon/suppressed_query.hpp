/// suppressed_query.hpp: `oinctl suppressed`: which addresses nothing is sent to; a person adds and lifts.
#pragma once

#include "daemon/mail_json.hpp"
#include "daemon/office.hpp"
#include "daemon/store/store.hpp"

namespace oin {

/// "act": "list", or "add" ("address", "reason") and "lift" ("address") by a person ("as", "unix_user").  The
/// open tickets of an address are told; an "@domain.example" has none.
Result<Json> suppressed_query(store::Transaction& tx, const Office& office, const Json& arguments,
                              Instant now);

}  // namespace oin
