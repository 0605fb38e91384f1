/// sqlite_outbox.cpp: which letter goes next, and what became of it.
#include "daemon/store/letter_words.hpp"
#include "daemon/store/sqlite_transaction.hpp"
#include "parsers/address.hpp"

namespace oin::store {
namespace {

// An earlier letter of the same ticket that is not through yet.  The first condition is the one of the index
// letter_unsent, in its words, which is how SQLite knows that the index will do.
#define UNBLOCKED                                                                                           \
  "(l.ticket IS NULL OR NOT EXISTS (SELECT 1 FROM letter e WHERE e.state <> 'sent' AND e.ticket = l.ticket" \
  " AND e.id < l.id AND e.state IN ('queued', 'sending', 'uncertain')))"

/// When the outbox should look at the letter again, once the attempt in hand is over.
std::optional<Instant> due_at(const Letter& letter) {
  switch (letter.state) {
    case LetterState::queued:
    case LetterState::sending:
      return letter.next_attempt_at.value_or(letter.written_at);
    case LetterState::uncertain:
      return letter.next_attempt_at;  // nothing: held for a person
    case LetterState::sent:
    case LetterState::failed:
    case LetterState::dead:
    case LetterState::withdrawn:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<Letter>> SqliteTransaction::claim(Instant now, std::chrono::seconds lease, int limit) {
  std::vector<LetterId> due;
  {
    Query all(db_,
              "SELECT id FROM letter l WHERE due_at <= $1 AND " UNBLOCKED " ORDER BY due_at, id LIMIT $2",
              now, limit);
    for (;;) {
      OIN_TRY(const bool found, all.next());
      if (!found) break;
      due.push_back(all.integer(0));
    }
  }
  std::vector<Letter> out;
  for (const LetterId id : due) {
    OIN_TRYV(run(db_, "UPDATE letter SET state = 'sending', due_at = $1 WHERE id = $2", now + lease, id));
    OIN_TRY(auto claimed, letter(id));
    if (!claimed) return missing("letter", id);
    out.push_back(std::move(*claimed));
  }
  return out;
}

Result<void> SqliteTransaction::mark_dot_started(LetterId letter) {
  OIN_TRYV(run(db_, "UPDATE letter SET dot_started = 1 WHERE id = $1", letter));
  if (db_.changed_rows() == 0) return db_.refuse(missing("letter", letter));
  return success();
}

Result<void> SqliteTransaction::settle(const Letter& letter) {
  OIN_TRYV(
      run(db_,
          "UPDATE letter SET state = $1, attempts = $2, dot_started = $3, next_attempt_at = $4, due_at = $5,"
          " last_answer = $6 WHERE id = $7",
          name(letter.state), letter.attempts, letter.dot_started, letter.next_attempt_at, due_at(letter),
          letter.last_answer, letter.id));
  if (db_.changed_rows() == 0) return db_.refuse(missing("letter", letter.id));
  if (letter.state == LetterState::sent && !letter.bytes.empty()) {
    const Packed packed = pack(letter.bytes);
    OIN_TRYV(run(db_, "UPDATE letter_bytes SET codec = $1, bytes = $2 WHERE letter = $3", packed.codec,
                 Blob{packed.bytes}, letter.id));
  }
  int number = 0;
  for (const LetterRecipient& recipient : letter.recipients) {
    OIN_TRYV(run(db_,
                 "UPDATE letter_recipient SET state = $1, answer = $2 WHERE letter = $3 AND number = $4"
                 " AND address = $5",
                 name(recipient.state), recipient.answer, letter.id, ++number, recipient.address));
  }
  return success();
}

Result<bool> SqliteTransaction::followed(const Letter& letter) {
  if (letter.ticket == 0 || letter.recipients.empty()) return false;
  // What waits for its turn is not sent, so the index of the unsent has every one that can follow.
  Query newer(db_,
              "SELECT 1 FROM letter l JOIN letter_recipient r ON r.letter = l.id AND r.number = 1"
              " WHERE l.state <> 'sent' AND l.ticket = $1 AND l.id > $2 AND l.state <> 'withdrawn'"
              " AND l.event = $3 AND r.key = $4 LIMIT 1",
              letter.ticket, letter.id, letter.event, comparable(letter.recipients.front().address));
  return newer.next();
}

Result<int> SqliteTransaction::recover_letters(Instant now, std::optional<Instant> uncertain_at) {
  OIN_TRYV(run(db_,
               "UPDATE letter SET state = 'uncertain', next_attempt_at = $1, due_at = $1"
               " WHERE due_at IS NOT NULL AND state = 'sending' AND dot_started",
               uncertain_at));
  const auto uncertain = db_.changed_rows();
  OIN_TRYV(run(db_,
               "UPDATE letter SET state = 'queued', next_attempt_at = $1, due_at = $1"
               " WHERE due_at IS NOT NULL AND state = 'sending'",
               now));
  return static_cast<int>(uncertain + db_.changed_rows());
}

Result<std::optional<Instant>> SqliteTransaction::next_letter_at() {
  Query first(db_, "SELECT due_at FROM letter l WHERE due_at IS NOT NULL AND " UNBLOCKED
                   " ORDER BY due_at, id LIMIT 1");
  OIN_TRY(const bool found, first.next());
  return found ? first.optional_instant(0) : std::nullopt;
}

}  // namespace oin::store
