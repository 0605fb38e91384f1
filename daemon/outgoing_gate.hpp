/// outgoing_gate.hpp: the last look at letters that were claimed, in the claiming transaction.
///
/// What has become pointless since it was written (workflow/pointless.hpp) is withdrawn here and never
/// reaches the network; its ticket's timeline says why.  A letter that may already lie in somebody's mailbox,
/// whole or in part, is not withdrawn.  A recipient who is suppressed is refused here, as if by the far
/// server, and a letter to nobody else is withdrawn.  While the circuit breaker holds the mail (breaker.hpp),
/// nothing is claimed but the notice that says so.
#pragma once

#include "daemon/office.hpp"
#include "daemon/store/store.hpp"

namespace oin {

/// Claims up to `limit` letters that are due and may go.  Fewer than there are never means that there are no
/// more unless it is none.
Result<std::vector<store::Letter>> claim_letters(store::Transaction& tx, const Office& office, Instant due,
                                                 Instant now, int limit, store::ClaimRules rules = {});

}  // namespace oin
