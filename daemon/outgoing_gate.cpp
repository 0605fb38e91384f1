#include "daemon/outgoing_gate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/breaker.hpp"
#include "daemon/delivery_news.hpp"
#include "daemon/log.hpp"
#include "daemon/workflow/apply.hpp"
#include "daemon/workflow/pointless.hpp"
#include "parsers/address.hpp"

namespace oin {
namespace {

using store::LetterState;
using store::RecipientState;

bool may_be_delivered(const store::Letter& letter) {
  return letter.dot_started || std::ranges::any_of(letter.recipients, [](const auto& recipient) {
           return recipient.state == RecipientState::accepted;
         });
}

Result<void> withdraw(store::Transaction& tx, Ticket ticket, store::Letter letter, const std::string& why,
                      Instant now) {
  LetterWithdrawn withdrawn{letter.event, {}, why};
  for (const store::LetterRecipient& recipient : letter.recipients) withdrawn.to.push_back(recipient.address);
  const Event event{now, "desk", 0, std::move(withdrawn)};
  OIN_TRYV(tx.append(oin::apply(std::move(ticket), event), {&event, 1}));
  letter.state = LetterState::withdrawn;
  letter.next_attempt_at.reset();
  letter.last_answer = why;
  return tx.settle(letter);
}

/// Whether it was withdrawn.
Result<bool> withdraw_if_pointless(store::Transaction& tx, const store::Letter& letter, Instant now) {
  if (letter.ticket == 0 || letter.recipients.empty() || !may_become_pointless(letter.event) ||
      may_be_delivered(letter))
    return false;
  OIN_TRY(Ticket ticket, tx.ticket(letter.ticket));
  OIN_TRY(const bool followed, tx.followed(letter));
  const auto why =
      pointless(ticket, {letter.event, letter.recipients.front().address, letter.written_at, followed});
  if (!why) return false;
  OIN_TRYV(withdraw(tx, std::move(ticket), letter, *why, now));
  log::info("letter.withdrawn ticket={} letter={} event={} why={}", reference(letter.ticket), letter.id,
            letter.event, log::field(*why));
  return true;
}

/// False: nobody is left to send it to.
Result<bool> refuse_suppressed(store::Transaction& tx, const Office& office, store::Letter& letter,
                               Instant now) {
  const store::Letter before = letter;
  bool refused = false, left = false;
  for (store::LetterRecipient& recipient : letter.recipients) {
    if (recipient.state != RecipientState::queued) continue;
    OIN_TRY(const auto suppressed, tx.suppression_of(comparable(recipient.address)));
    left = left || !suppressed;
    if (!suppressed) continue;
    refused = true;
    recipient.state = RecipientState::refused;
    recipient.answer = letter.last_answer =
        fmt::format("not sent: {} is suppressed ({})", suppressed->key, suppressed->reason);
  }
  if (!refused) return true;
  if (!left) {
    letter.state = may_be_delivered(letter) ? LetterState::failed : LetterState::withdrawn;
    letter.dot_started = false;
    letter.next_attempt_at.reset();
    OIN_TRYV(tx.settle(letter));
  }
  OIN_TRYV(tell_ticket(tx, office, before, letter, now));
  log::info("letter.suppressed ticket={} letter={} event={} why={}",
            letter.ticket ? reference(letter.ticket) : "none", letter.id, letter.event,
            log::field(letter.last_answer));
  return left;
}

}  // namespace

Result<std::vector<store::Letter>> claim_letters(store::Transaction& tx, const Office& office, Instant due,
                                                 Instant now, int limit, store::ClaimRules rules) {
  OIN_TRY(const bool held, mail_is_held(tx, office, now));
  if (held) rules.only_event = breaker_notice;
  std::vector<store::Letter> out;
  while (out.empty()) {
    OIN_TRY(auto claimed, tx.claim(due, office.settings.outbox.lease, limit, rules));
    if (claimed.empty()) break;
    for (store::Letter& letter : claimed) {
      OIN_TRY(const bool withdrawn, withdraw_if_pointless(tx, letter, now));
      if (withdrawn) continue;
      OIN_TRY(const bool goes, refuse_suppressed(tx, office, letter, now));
      if (goes) out.push_back(std::move(letter));
    }
  }
  return out;
}

}  // namespace oin
