/// breaker.hpp: the circuit breaker of the outgoing gate: when the desk writes more letters within a minute
/// than is normal (`letters_per_minute`), all mail is held until a person has looked.
///
/// What counts is what was written, not what was sent: a backlog that a dead mail server left behind is no
/// sign of anything.  Held letters stay queued, and go, those that have become pointless aside, once a person
/// says `oinctl outbox resume`, or after `breaker_closes_after_minutes` where that is set.  The leads are
/// told once each time, by the only letters that go meanwhile.
#pragma once

#include "daemon/office.hpp"
#include "daemon/store/store.hpp"

namespace oin {

/// The letter to the leads.
inline constexpr std::string_view breaker_notice = "staff-outbox-held";

/// Opens or closes it as the time has come, and says whether mail is held now.
Result<bool> mail_is_held(store::Transaction& tx, const Office& office, Instant now);

/// A person lets the mail go; an Error when it is not held.
Result<void> release_mail(store::Transaction& tx, const std::string& by, Instant now);

/// When it will close by itself; nothing when mail is not held, or only a person can let it go.
std::optional<Instant> closes_at(const store::Breaker& breaker, const LimitSettings& limits);

}  // namespace oin
