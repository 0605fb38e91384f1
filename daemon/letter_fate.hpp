/// letter_fate.hpp: what a letter is after an attempt to deliver it.  Pure.
///
/// 4xx and network faults are tried again, ever less often, until the letter is given up as dead; 5xx fails
/// at once, with the far server's words; an answer that never came to a final dot makes it uncertain, which
/// is tried again once (or kept for a person, by setting), since only there may a copy arise.
#pragma once

#include <span>

#include "config/settings.hpp"
#include "daemon/smtp/client.hpp"
#include "daemon/store/store.hpp"

namespace oin {

/// `sent_to` are the indices of the recipients that stood in the envelope, in its order.
store::Letter after_attempt(store::Letter letter, const smtp::Sending& sending,
                            std::span<const std::size_t> sent_to, const Settings::Outbox& limits,
                            SmtpSettings::Uncertain uncertain, Instant now);

/// After an attempt that found no server at all: surely not sent.
store::Letter after_no_server(store::Letter letter, const std::string& why, const Settings::Outbox& limits,
                              Instant now);

/// Pause before attempt number `attempts` + 1: doubled each time up to the longest, then spread by up to a
/// tenth by the letter's own number, so that a backlog does not come due in one second.
std::chrono::seconds retry_pause(int attempts, store::LetterId id, const Settings::Outbox& limits);

}  // namespace oin
