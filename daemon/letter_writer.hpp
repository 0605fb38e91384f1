/// letter_writer.hpp: a decided letter made into the bytes that will be sent, once and for all.
///
/// Inside the transaction that decided it, so that a letter is rendered from the facts it was decided on and
/// every attempt to deliver it sends the same bytes and the same Message-ID.  In two steps: a letter takes
/// its place in the outbox, where the next decision sees it, and is then worded, which is the longer work and
/// needs no store.
#pragma once

#include <boost/asio/thread_pool.hpp>
#include <span>

#include "daemon/office.hpp"
#include "daemon/store/store.hpp"
#include "daemon/workflow/decide.hpp"
#include "templates/message.hpp"

namespace oin {

/// What a letter that stands in the outbox is yet to be made of.
struct UnwordedLetter {
  store::LetterId id = 0;
  std::string event;  ///< the template's name
  std::string locale;
  nlohmann::json variables;  ///< and what it is filled with
  MessageHeader header;
  std::vector<AttachedText> attachments;
};

struct WordedLetter {
  std::string subject, bytes;
};

/// Addresses and enqueues every letter of a decision.  `answered` is the mail that is answered, for the
/// threading header fields (RFC 5322 3.6.4); null for letters on our own.
Result<std::vector<UnwordedLetter>> enqueue_letters(store::Transaction& tx, const Office& office,
                                                    std::span<const LetterDraft> drafts, const Ticket& ticket,
                                                    const Mail* answered, Instant now);

Result<WordedLetter> word(const Office& office, const UnwordedLetter& letter);

/// Words all of them in the outbox.  With `helpers` their threads lend a hand as far as they are free.
Result<void> word_letters(store::Transaction& tx, const Office& office,
                          std::span<const UnwordedLetter> letters,
                          boost::asio::thread_pool* helpers = nullptr);

}  // namespace oin
