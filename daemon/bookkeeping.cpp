#include "daemon/bookkeeping.hpp"

#include <algorithm>
#include <iterator>

#include "daemon/workflow/apply.hpp"
#include "daemon/workflow/due_things.hpp"

namespace oin {

Result<void> record(store::Transaction& tx, const Office& office, const Ticket& after,
                    std::span<const Event> events) {
  if (events.empty()) return success();
  OIN_TRYV(tx.append(after, events));
  return tx.set_timers(after.id, timers_of(office.desk, after));
}

Result<std::vector<UnwordedLetter>> record(store::Transaction& tx, const Office& office, const Ticket& after,
                                           const Decision& decision, const Mail* answered, Instant now) {
  OIN_TRYV(record(tx, office, after, decision.events));
  std::vector<UnwordedLetter> all;
  for (const ElsewhereChange& change : decision.elsewhere) {
    OIN_TRYV(record(tx, office, change.after, change.events));
    for (const MailId mail : change.mails) {
      OIN_TRYV(tx.file_mail(change.after.id, mail));
    }
    OIN_TRY(auto letters, enqueue_letters(tx, office, change.letters, change.after, answered, now));
    std::ranges::move(letters, std::back_inserter(all));
  }
  OIN_TRY(auto letters, enqueue_letters(tx, office, decision.letters, after, answered, now));
  std::ranges::move(letters, std::back_inserter(all));
  return all;
}

Result<Decided> decide_and_record(store::Transaction& tx, const Office& office, TicketId ticket,
                                  const Input& input, Instant now) {
  Decided done;
  OIN_TRY(done.before, tx.ticket(ticket));
  done.decision = decide(office.desk, done.before, input, now);
  done.after = oin::apply(done.before, done.decision.events);
  OIN_TRY(const auto letters, record(tx, office, done.after, done.decision, nullptr, now));
  OIN_TRYV(word_letters(tx, office, letters));
  done.letters = static_cast<int>(letters.size());
  return done;
}

}  // namespace oin
