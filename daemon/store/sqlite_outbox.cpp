/// sqlite_outbox.cpp: which letter goes next, and what became of it.
#include <algorithm>
#include <limits>

#include "daemon/store/letter_words.hpp"
#include "daemon/store/sqlite_transaction.hpp"
#include "parsers/address.hpp"

namespace oin::store {
namespace {

// An earlier letter of the same ticket that is not through yet; what tells the team of a letter that is stuck
// does not wait for it.  The first condition is the one of the index letter_unsent, in its words, which is
// how SQLite knows that the index will do.
#define TO_TEAM(letter) "(" letter ".event LIKE 'staff-%' OR " letter ".event LIKE 'command-%')"
#define UNBLOCKED                                                                                           \
  "(l.ticket IS NULL OR NOT EXISTS (SELECT 1 FROM letter e WHERE e.state <> 'sent' AND e.ticket = l.ticket" \
  " AND e.id < l.id AND e.state IN ('queued', 'sending', 'uncertain') AND " TO_TEAM("e") " = " TO_TEAM(     \
      "l") "))"

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

Result<std::vector<LetterId>> SqliteTransaction::due_letters(std::string_view domain, Instant now, int limit,
                                                             const ClaimRules& rules) {
  std::vector<LetterId> due;
  Query all(db_,
            "SELECT id FROM letter l INDEXED BY letter_due_domain WHERE domain = $1 AND due_at <= $2"
            " AND due_at IS NOT NULL AND ($3 = '' OR event = $3) AND " UNBLOCKED
            " ORDER BY due_at, id LIMIT $4",
            domain, now, rules.only_event, limit);
  for (;;) {
    OIN_TRY(const bool found, all.next());
    if (!found) return due;
    due.push_back(all.integer(0));
  }
}

/// How many letters the domain may get in this claim.
Result<int> SqliteTransaction::share_of(std::string_view domain, Instant now, const ClaimRules& rules) {
  const auto share = rules.shares.find(domain);
  const int most = share == rules.shares.end() ? std::numeric_limits<int>::max() : share->second;
  if (rules.patience == 0 || most == 0) return most;
  Query doubtful(db_, "SELECT 1 FROM destination WHERE domain = $1 AND deferrals >= $2", domain,
                 rules.patience);
  OIN_TRY(const bool found, doubtful.next());
  if (!found) return most;
  Query on_its_way(db_,
                   "SELECT 1 FROM letter INDEXED BY letter_due_domain WHERE domain = $1 AND due_at > $2"
                   " AND due_at IS NOT NULL AND state = 'sending' LIMIT 1",
                   domain, now);
  OIN_TRY(const bool asked, on_its_way.next());
  return asked ? 0 : 1;
}

Result<std::vector<Letter>> SqliteTransaction::claim(Instant now, std::chrono::seconds lease, int limit,
                                                     const ClaimRules& rules) {
  std::vector<std::string> domains;  // by the age of their oldest letter
  {
    Query all(db_,
              "SELECT domain, min(due_at) AS first FROM letter INDEXED BY letter_due_domain"
              " WHERE due_at <= $1 AND due_at IS NOT NULL AND ($2 = '' OR event = $2)"
              " GROUP BY domain ORDER BY first LIMIT $3",
              now, rules.only_event, std::max(limit, 0) + static_cast<int>(rules.shares.size()));
    for (;;) {
      OIN_TRY(const bool found, all.next());
      if (!found) break;
      domains.push_back(all.text(0));
    }
  }
  std::vector<std::vector<LetterId>> due;
  for (const std::string& domain : domains) {
    OIN_TRY(const int share, share_of(domain, now, rules));
    if (share <= 0) continue;
    OIN_TRY(auto ids, due_letters(domain, now, std::min(limit, share), rules));
    due.push_back(std::move(ids));
  }
  // In turn, so that a long backlog for one domain does not keep the others waiting.
  std::vector<LetterId> chosen;
  for (std::size_t turn = 0, left = 1; left > 0 && chosen.size() < static_cast<std::size_t>(limit); ++turn) {
    left = 0;
    for (const std::vector<LetterId>& ids : due) {
      if (turn >= ids.size() || chosen.size() >= static_cast<std::size_t>(limit)) continue;
      chosen.push_back(ids[turn]);
      ++left;
    }
  }
  std::vector<Letter> out;
  for (const LetterId id : chosen) {
    OIN_TRYV(run(db_, "UPDATE letter SET state = 'sending', due_at = $1 WHERE id = $2", now + lease, id));
    OIN_TRY(auto claimed, letter(id));
    if (!claimed) return missing("letter", id);
    out.push_back(std::move(*claimed));
  }
  return out;
}

Result<int> SqliteTransaction::count_deferral(std::string_view domain) {
  Query count(db_,
              "INSERT INTO destination (domain, deferrals) VALUES ($1, 1)"
              " ON CONFLICT (domain) DO UPDATE SET deferrals = deferrals + 1 RETURNING deferrals",
              domain);
  OIN_TRYV(count.next());
  const int deferrals = count.number(0);
  OIN_TRYV(count.next());
  return deferrals;
}

Result<void> SqliteTransaction::rest(std::string_view domain, Instant until) {
  OIN_TRYV(run(db_, "UPDATE destination SET rests_until = $1 WHERE domain = $2", until, domain));
  return run(db_,
             "UPDATE letter SET due_at = $1, next_attempt_at = $1 WHERE domain = $2 AND due_at < $1"
             " AND due_at IS NOT NULL AND state = 'queued'",
             until, domain);
}

Result<void> SqliteTransaction::answers_again(std::string_view domain) {
  OIN_TRYV(run(db_, "DELETE FROM destination WHERE domain = $1", domain));
  return success();
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
          " last_answer = $6, delay_told = $7 WHERE id = $8",
          name(letter.state), letter.attempts, letter.dot_started, letter.next_attempt_at, due_at(letter),
          letter.last_answer, letter.delay_told, letter.id));
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
