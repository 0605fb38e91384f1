/// digest.hpp: what waits for a person of the team, once each working morning.
#pragma once

#include <optional>
#include <span>

#include "daemon/workflow/decide.hpp"

namespace oin {

/// The next time at which digests go out; nothing when the desk writes none.
std::optional<Instant> next_digest_at(const Desk& desk, Instant now);

/// What waits for this person: what they have, and what nobody has that takes one of their roles; a lead sees
/// all.  Nothing when nothing waits.  Of `tickets` those that are open count.
std::optional<LetterDraft> digest(const Desk& desk, const PersonSettings& person,
                                  std::span<const Ticket> tickets, Instant now);

}  // namespace oin
