#include "daemon/delivery_news.hpp"

#include <algorithm>
#include <map>

#include "daemon/bookkeeping.hpp"
#include "daemon/letter_fate.hpp"
#include "daemon/log.hpp"
#include "daemon/suppression.hpp"
#include "daemon/workflow/apply.hpp"
#include "daemon/workflow/decide.hpp"
#include "parsers/address.hpp"
#include "templates/render.hpp"

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

Result<void> tell_of_waiting(store::Transaction& tx, const Office& office, const store::Letter& letter,
                             Instant now) {
  const bool given_up = letter.state == store::LetterState::dead;
  const bool waits = letter.state == store::LetterState::queued ||
                     (letter.state == store::LetterState::uncertain && letter.next_attempt_at);
  const bool long_ago = now - letter.written_at >= office.settings.outbox.notice_after;
  if (!given_up && (!waits || !long_ago || letter.delay_told)) return success();
  LetterWaits news{letter.event,      {},       letter.last_answer,
                   letter.written_at, given_up, is_to_team(letter.event)};
  for (const store::LetterRecipient& recipient : letter.recipients)
    if (recipient.state == store::RecipientState::queued) news.to.push_back(recipient.address);
  log::warn("letter.{} ticket={} letter={} event={} since={} why={}", given_up ? "given_up" : "delayed",
            letter.ticket ? reference(letter.ticket) : "none", letter.id, letter.event,
            to_rfc3339(letter.written_at), log::field(letter.last_answer));
  store::Letter told = letter;
  told.delay_told = true;
  OIN_TRYV(tx.settle(told));
  if (letter.ticket == 0) return success();
  OIN_TRYV(decide_and_record(tx, office, letter.ticket, news, now));
  return success();
}

Result<void> note_destination(store::Transaction& tx, const Office& office, const store::Letter& before,
                              const store::Letter& after, Instant now) {
  const Settings::Outbox& limits = office.settings.outbox;
  if (limits.domain_patience == 0) return success();
  std::map<std::string, bool> answered;  // by domain: did it settle anybody's fate?
  for (std::size_t i = 0; i < after.recipients.size(); ++i) {
    if (before.recipients[i].state != store::RecipientState::queued) continue;
    const std::string key = comparable(after.recipients[i].address);
    answered[key.substr(key.rfind('@') + 1)] |= after.recipients[i].state != store::RecipientState::queued;
  }
  for (const auto& [domain, yes] : answered) {
    if (yes) {
      OIN_TRYV(tx.answers_again(domain));
      continue;
    }
    // One letter that is deferred again and again (a full mailbox) says nothing of its domain's other people.
    if (after.state == store::LetterState::uncertain || after.attempts > 1) continue;
    OIN_TRY(const int deferrals, tx.count_deferral(domain));
    const int rounds = deferrals - limits.domain_patience + 1;
    if (rounds <= 0) continue;
    const auto pause = retry_pause(rounds, after.id, limits);
    OIN_TRYV(tx.rest(domain, now + pause));
    log::warn("destination.rests domain={} deferrals={} seconds={}", log::field(domain), deferrals,
              pause.count());
  }
  return success();
}

}  // namespace oin
