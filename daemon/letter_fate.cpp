#include "daemon/letter_fate.hpp"

#include <algorithm>

namespace oin {
namespace {

using store::LetterState;
using store::RecipientState;

/// Still something to send: later, or never if it is too old.
void try_later(store::Letter& letter, const Settings::Outbox& limits, Instant now) {
  if (now - letter.written_at >= limits.give_up) {
    letter.state = LetterState::dead;
    letter.next_attempt_at.reset();
    return;
  }
  letter.state = LetterState::queued;
  letter.next_attempt_at = now + retry_pause(letter.attempts, letter.id, limits);
  // One attempt falls on the time at which the team is told, and the last on the end.
  for (const auto at : {letter.written_at + limits.notice_after, letter.written_at + limits.give_up})
    if (at > now) letter.next_attempt_at = std::min(*letter.next_attempt_at, at);
}

}  // namespace

std::chrono::seconds retry_pause(int attempts, store::LetterId id, const Settings::Outbox& limits) {
  auto pause = limits.retry_first;
  for (int i = 1; i < attempts && pause < limits.retry_longest; ++i) pause *= 2;
  pause = std::min(pause, limits.retry_longest);
  return pause + pause * (id % 11) / 100;
}

store::Letter after_attempt(store::Letter letter, const smtp::Sending& sending,
                            std::span<const std::size_t> sent_to, const Settings::Outbox& limits,
                            SmtpSettings::Uncertain uncertain, Instant now) {
  const bool second_doubt = letter.dot_started;
  ++letter.attempts;
  letter.dot_started = false;
  bool doubt = false;
  for (std::size_t i = 0; i < sent_to.size(); ++i) {
    store::LetterRecipient& recipient = letter.recipients[sent_to[i]];
    recipient.answer = letter.last_answer = smtp::reason(sending, i);
    switch (smtp::verdict(sending, i)) {
      case smtp::Verdict::delivered:
        recipient.state = RecipientState::accepted;
        break;
      case smtp::Verdict::refused:
        recipient.state = RecipientState::refused;
        break;
      case smtp::Verdict::deferred:
        break;
      case smtp::Verdict::uncertain:
        doubt = true;
        break;
    }
  }
  const auto any = [&](RecipientState state) {
    return std::ranges::find(letter.recipients, state, &store::LetterRecipient::state) !=
           letter.recipients.end();
  };
  letter.next_attempt_at.reset();
  if (doubt) {
    letter.state = LetterState::uncertain;
    letter.dot_started = true;
    if (uncertain == SmtpSettings::Uncertain::retry && !second_doubt)
      letter.next_attempt_at = now + limits.uncertain_after;
  } else if (any(RecipientState::queued)) {
    try_later(letter, limits, now);
  } else {
    letter.state = any(RecipientState::refused) ? LetterState::failed : LetterState::sent;
  }
  return letter;
}

store::Letter after_no_server(store::Letter letter, const std::string& why, const Settings::Outbox& limits,
                              Instant now) {
  ++letter.attempts;
  letter.last_answer = why;
  if (letter.dot_started && letter.state == LetterState::sending) {
    // An uncertain letter whose second try found no server is as uncertain as before.
    letter.state = LetterState::uncertain;
    letter.next_attempt_at = now + retry_pause(letter.attempts, letter.id, limits);
    return letter;
  }
  try_later(letter, limits, now);
  return letter;
}

}  // namespace oin
