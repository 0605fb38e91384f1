/// letter_writer.hpp: a decided letter made into the bytes that will be sent, once and for all.
///
/// Called inside the transaction that decided it, so that a letter is rendered from the facts it was decided
/// on and every attempt to deliver it sends the same bytes and the same Message-ID.
#pragma once

#include <span>

#include "daemon/office.hpp"
#include "daemon/store/store.hpp"
#include "daemon/workflow/decide.hpp"

namespace oin {

/// The mail that is answered, for the threading header fields (RFC 5322 3.6.4); null for a letter on our own.
Result<store::Letter> write_letter(const Office& office, const LetterDraft& draft, const Ticket& ticket,
                                   const Mail* answered, store::LetterId id, Instant now);

/// Writes and enqueues every letter of a decision; how many.
Result<int> enqueue_letters(store::Transaction& tx, const Office& office, std::span<const LetterDraft> drafts,
                            const Ticket& ticket, const Mail* answered, Instant now);

}  // namespace oin
