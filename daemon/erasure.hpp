/// erasure.hpp: a person's data leaves the store (docs/privacy.md).
///
/// Their mails' and letters' bytes are deleted; their addresses, and the names that stood beside them, become
/// a mark everywhere else.  Ticket numbers, times, kinds of events and digests stay: each ticket is still the
/// fold of its events, and a mail of theirs that is delivered once more is still known.
#pragma once

#include "daemon/commands.hpp"
#include "daemon/office.hpp"
#include "daemon/store/store.hpp"

namespace oin {

struct ErasureAsked {
  std::string address;   ///< an address, or "@vendor.example"
  bool dry_run = false;  ///< counts what would go, and leaves it
  bool force = false;    ///< also while an open ticket has them as its requester
};

/// By a person with the role lead.  An Error says what stands in the way.  What the file still holds of them
/// in its free pages is the store's compact() to remove, after the commit.
Result<Json> erase_person(store::Transaction& tx, const Office& office, const Actor& actor,
                          const ErasureAsked& asked, Instant now);

}  // namespace oin
