#include "daemon/delivery_news.hpp"

#include <algorithm>

#include "daemon/letter_writer.hpp"
#include "daemon/suppression.hpp"
#include "daemon/workflow/apply.hpp"
#include "daemon/workflow/decide.hpp"

namespace oin {

Result<void> tell_ticket(store::Transaction& tx, const Office& office, const store::Letter& before,
                         const store::Letter& after, Instant now) {
  if (after.ticket == 0) return success();
  OIN_TRY(Ticket ticket, tx.ticket(after.ticket));
  Decision all;
  for (std::size_t i = 0; i < after.recipients.size(); ++i) {
    const store::LetterRecipient& recipient = after.recipients[i];
    if (recipient.state == before.recipients[i].state) continue;
    const LetterAnswered answered{after.event, recipient.address, recipient.answer,
                                  recipient.state == store::RecipientState::accepted};
    Decision one = decide(office.desk, ticket, answered, now);
    ticket = oin::apply(std::move(ticket), one.events);
    std::ranges::move(one.events, std::back_inserter(all.events));
    std::ranges::move(one.letters, std::back_inserter(all.letters));
  }
  // Delivery moves no timer, and most letters are accepted: the ticket's are left as they stand.
  OIN_TRYV(tx.append(ticket, all.events));
  OIN_TRY(const auto letters, enqueue_letters(tx, office, all.letters, ticket, nullptr, now));
  return word_letters(tx, office, letters);
}

Result<void> note_refusals(store::Transaction& tx, const Office& office, const store::Letter& before,
                           const store::Letter& after, Instant now) {
  for (std::size_t i = 0; i < after.recipients.size(); ++i) {
    const store::LetterRecipient& recipient = after.recipients[i];
    const bool refused = recipient.state == store::RecipientState::refused &&
                         before.recipients[i].state != store::RecipientState::refused;
    if (!refused || !speaks_of_address(enhanced_status_in(recipient.answer))) continue;
    OIN_TRYV(note_failure(tx, office, after, recipient.address, recipient.answer, now));
  }
  return success();
}

}  // namespace oin
