/// draft.hpp: a decision in the making.
#pragma once

#include <string>
#include <utility>

#include "daemon/workflow/apply.hpp"
#include "daemon/workflow/decide.hpp"

namespace oin {

/// Collects events and folds each in at once, so that what follows sees the ticket as it now is.
class Draft {
 public:
  Draft(const Ticket& ticket, std::string by, MailId mail, Instant now)
      : ticket_(ticket), by_(std::move(by)), mail_(mail), now_(now) {}

  void add(EventBody what) {
    decision_.events.push_back({now_, by_, mail_, std::move(what)});
    ticket_ = apply(std::move(ticket_), decision_.events.back());
  }
  void send(LetterDraft letter) {
    LetterWritten written{letter.event, {}};
    for (const Address& address : letter.to) written.to.push_back(address.addr_spec);
    add(std::move(written));
    decision_.letters.push_back(std::move(letter));
  }
  const Ticket& ticket() const { return ticket_; }
  Instant now() const { return now_; }
  Decision take() && { return std::move(decision_); }

 private:
  Ticket ticket_;
  std::string by_;
  MailId mail_;
  Instant now_;
  Decision decision_;
};

/// An answer by a person, in the time that the ticket's queue has for one; none where it has no such time.
inline void promise_answer(Draft& draft, const Desk& desk, Instant from) {
  const QueueSettings* queue = desk.queue(draft.ticket().queue);
  if (queue && queue->answer_business_days > 0)
    draft.add(AnswerPromised{desk.calendar.add_business_days(from, queue->answer_business_days)});
}

}  // namespace oin
