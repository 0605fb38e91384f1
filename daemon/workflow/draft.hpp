/// draft.hpp: a decision in the making.
#pragma once

#include <algorithm>
#include <iterator>
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
  /// A letter to nobody is none.
  void send(LetterDraft letter) {
    if (letter.to.empty()) return;
    if (!letter.to_staff) letter.locale = ticket_.locale;
    LetterWritten written{letter.event, {}, std::nullopt};
    for (const Address& address : letter.to) written.to.push_back(address.addr_spec);
    if (!letter.to_staff && letter.variables.value("has_due", false)) written.due = ticket_.due_at;
    add(std::move(written));
    decision_.letters.push_back(std::move(letter));
  }
  /// A letter to one of the team, after all others; the first of a decision to a person says enough.
  void notify(LetterDraft letter) {
    for (const LetterDraft& known : notices_)
      if (known.to.front().addr_spec == letter.to.front().addr_spec) return;
    notices_.push_back(std::move(letter));
  }
  const Ticket& ticket() const { return ticket_; }
  Instant now() const { return now_; }
  const std::vector<Event>& events() const { return decision_.events; }
  /// Another ticket as this decision has changed it so far; null when it has not.
  const Ticket* elsewhere(TicketId id) const {
    for (const ElsewhereChange& change : decision_.elsewhere)
      if (change.after.id == id) return &change.after;
    return nullptr;
  }
  /// This decision's work on another ticket, and the mails that become part of it.
  void change_elsewhere(Draft that, const std::vector<MailId>& mails = {}) {
    that.send_notices();
    const Ticket after = that.ticket();
    Decision decision = std::move(that).take();
    auto known = std::ranges::find_if(decision_.elsewhere,
                                      [&](const ElsewhereChange& each) { return each.after.id == after.id; });
    if (known == decision_.elsewhere.end())
      known = decision_.elsewhere.insert(known, ElsewhereChange{after, {}, {}, {}});
    known->after = after;
    std::ranges::move(decision.events, std::back_inserter(known->events));
    std::ranges::move(decision.letters, std::back_inserter(known->letters));
    known->mails.insert(known->mails.end(), mails.begin(), mails.end());
  }
  /// Notes on both tickets how they belong together; once.
  void link(const Ticket& other, const std::string& here, const std::string& there) {
    if (std::ranges::find(ticket_.links, other.id, &Link::ticket) != ticket_.links.end()) return;
    const Ticket* changed = elsewhere(other.id);
    Draft that(changed ? *changed : other, by_, mail_, now_);
    that.add(TicketLinked{ticket_.id, there});
    change_elsewhere(std::move(that));
    add(TicketLinked{other.id, here});
  }
  Decision take() && {
    send_notices();
    return std::move(decision_);
  }

 private:
  void send_notices() {
    for (LetterDraft& letter : std::exchange(notices_, {})) send(std::move(letter));
  }

  Ticket ticket_;
  std::string by_;
  MailId mail_;
  Instant now_;
  Decision decision_;
  std::vector<LetterDraft> notices_;
};

}  // namespace oin
