/// pointless.hpp: which letters that still wait need not go any more, by what their ticket has become.  Pure.
///
/// A letter waits while its server is away, while its place in a backlog has not come, or while an earlier
/// one of its ticket is tried again: a reminder of what has been answered meanwhile, or a due date of what is
/// published, would only confuse.  Letters that say what was found or decided always go.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "daemon/workflow/ticket.hpp"

namespace oin {

struct WaitingLetter {
  std::string_view event;      ///< "reminder"
  std::string_view recipient;  ///< addr-spec of the first
  Instant written_at;
  bool followed = false;  ///< a newer one of its kind waits for the same recipient
};

/// Whether there is a rule for such letters at all: only then is their ticket worth reading.
bool may_become_pointless(std::string_view event);

/// Why it need not go any more, for the timeline; nothing: it goes.
std::optional<std::string> pointless(const Ticket& ticket, const WaitingLetter& letter);

}  // namespace oin
