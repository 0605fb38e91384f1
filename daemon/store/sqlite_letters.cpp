/// sqlite_letters.cpp: letters as they were written, and how many went where.
#include <fmt/format.h>

#include <algorithm>

#include "daemon/store/letter_words.hpp"
#include "daemon/store/sqlite_transaction.hpp"
#include "parsers/address.hpp"

namespace oin::store {
namespace {

#define LETTER_COLUMNS                                                                                      \
  "id, ticket, event, message_id, reverse_path, from_address, subject, acknowledgement, written_at, state," \
  " attempts, dot_started, next_attempt_at, last_answer, delay_told"

/// Without recipients and bytes.
Result<std::vector<Letter>> letter_rows(Query query) {
  std::vector<Letter> out;
  for (;;) {
    OIN_TRY(const bool found, query.next());
    if (!found) return out;
    Letter letter;
    letter.id = query.integer(0);
    letter.ticket = query.integer(1);  // NULL reads as 0
    letter.event = query.text(2);
    letter.message_id = query.text(3);
    letter.reverse_path = query.text(4);
    letter.from = query.text(5);
    letter.subject = query.text(6);
    letter.acknowledgement = query.yes(7);
    letter.written_at = query.instant(8);
    letter.state = letter_state(query.view(9));
    letter.attempts = query.number(10);
    letter.dot_started = query.yes(11);
    letter.next_attempt_at = query.optional_instant(12);
    letter.last_answer = query.text(13);
    letter.delay_told = query.yes(14);
    out.push_back(std::move(letter));
  }
}

/// In comparable form.
std::string domain_of(std::string_view addr_spec) {
  const std::string key = comparable(addr_spec);
  return key.substr(key.rfind('@') + 1);  // npos + 1: all of what has no '@'
}

}  // namespace

Result<LetterId> SqliteTransaction::next_letter_id() {
  Query last(db_, "SELECT coalesce(max(id), 0) + 1 FROM letter");
  OIN_TRYV(last.next());
  return last.integer(0);
}

Result<void> SqliteTransaction::enqueue(const Letter& letter) {
  std::optional<TicketId> ticket;
  if (letter.ticket != 0) ticket = letter.ticket;
  Instant due_at = letter.next_attempt_at.value_or(letter.written_at);
  const std::string domain = letter.recipients.empty() ? "" : domain_of(letter.recipients.front().address);
  {
    Query resting(db_, "SELECT rests_until FROM destination WHERE domain = $1", domain);
    OIN_TRY(const bool found, resting.next());
    if (found) due_at = std::max(due_at, resting.optional_instant(0).value_or(due_at));
  }
  OIN_TRYV(run(db_,
               "INSERT INTO letter (id, ticket, event, message_id, reverse_path, from_address, subject,"
               " acknowledgement, written_at, size, state, attempts, dot_started, next_attempt_at, due_at, "
               "last_answer, domain)"
               " VALUES ($1, $2, $3, $4, $5, $6, '', $7, $8, 0, 'queued', $9, 0, $10, $11, $12, $13)",
               letter.id, ticket, letter.event, letter.message_id, letter.reverse_path, letter.from,
               letter.acknowledgement, letter.written_at, letter.attempts, letter.next_attempt_at, due_at,
               letter.last_answer, domain));
  int number = 0;
  for (const LetterRecipient& recipient : letter.recipients) {
    OIN_TRYV(run(db_,
                 "INSERT INTO letter_recipient (letter, number, address, key, written_at, state, answer)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                 letter.id, ++number, recipient.address, comparable(recipient.address), letter.written_at,
                 name(recipient.state), recipient.answer));
  }
  if (!ticket) return success();
  OIN_TRY(const int mail_number, next_mail_number(letter.ticket));
  return run(db_, "INSERT INTO filed (ticket, number, letter) VALUES ($1, $2, $3)", letter.ticket,
             mail_number, letter.id);
}

Result<void> SqliteTransaction::word(LetterId letter, std::string_view subject, std::string_view bytes) {
  OIN_TRYV(
      run(db_, "UPDATE letter SET subject = $1, size = $2 WHERE id = $3", subject, bytes.size(), letter));
  if (db_.changed_rows() == 0) return db_.refuse(missing("letter", letter));
  // As they are while the letter waits: packing is left to settle(), where the network is slower than it.
  return run(db_, "INSERT INTO letter_bytes (letter, codec, bytes) VALUES ($1, $2, $3)", letter,
             static_cast<int>(codec_plain), Blob{bytes});
}

Result<void> SqliteTransaction::read_recipients(Letter& letter) {
  Query all(db_, "SELECT address, state, answer FROM letter_recipient WHERE letter = $1 ORDER BY number",
            letter.id);
  for (;;) {
    OIN_TRY(const bool found, all.next());
    if (!found) return success();
    letter.recipients.push_back({all.text(0), recipient_state(all.view(1)), all.text(2)});
  }
}

Result<std::optional<Letter>> SqliteTransaction::letter(LetterId id) {
  OIN_TRY(auto rows, letter_rows(Query(db_, "SELECT " LETTER_COLUMNS " FROM letter WHERE id = $1", id)));
  if (rows.empty()) return std::optional<Letter>();
  OIN_TRYV(read_recipients(rows.front()));
  Query bytes(db_, "SELECT codec, bytes FROM letter_bytes WHERE letter = $1", id);
  OIN_TRY(const bool found, bytes.next());
  if (!found) return missing("text of letter", id);
  Result<std::string> unpacked = unpack(bytes.number(0), bytes.view(1));
  if (!unpacked) return std::move(unpacked).error().in(fmt::format("{}: letter {}", db_.name(), id));
  rows.front().bytes = std::move(unpacked).value();
  rows.front().deleted = bytes.number(0) == codec_deleted;
  return std::optional(std::move(rows.front()));
}

Result<std::vector<Letter>> SqliteTransaction::letters(bool with_sent) {
  const char* sql = with_sent ? "SELECT " LETTER_COLUMNS " FROM letter ORDER BY id"
                              : "SELECT " LETTER_COLUMNS
                                " FROM letter INDEXED BY letter_unsent WHERE state <> 'sent' ORDER BY id";
  OIN_TRY(auto rows, letter_rows(Query(db_, sql)));
  for (Letter& row : rows) {
    OIN_TRYV(read_recipients(row));
  }
  return rows;
}

Result<std::vector<Letter>> SqliteTransaction::letters_by_message_id(std::string_view message_id) {
  OIN_TRY(auto rows,
          letter_rows(Query(db_, "SELECT " LETTER_COLUMNS " FROM letter WHERE message_id = $1 ORDER BY id",
                            message_id)));
  for (Letter& row : rows) {
    OIN_TRYV(read_recipients(row));
  }
  return rows;
}

Result<Correspondence> SqliteTransaction::correspondence(std::string_view comparable_address, TicketId ticket,
                                                         Instant now) {
  const Instant hour_ago = now - std::chrono::hours(1), day_ago = now - std::chrono::hours(24);
  Query count(
      db_,
      "SELECT count(*) FILTER (WHERE r.written_at >= $1), count(*),"
      " count(*) FILTER (WHERE r.written_at >= $1 AND l.acknowledgement AND coalesce(l.ticket, 0) = $2)"
      " FROM letter_recipient r JOIN letter l ON l.id = r.letter"
      " WHERE r.key = $3 AND r.written_at >= $4"
      // What the team is told of its work uses up no answer: a busy day must not silence "was this you?".
      " AND l.event NOT LIKE 'staff-%' AND l.event NOT IN ('command-result', 'command-refused')"
      // Twice in one letter is one letter.
      " AND NOT EXISTS (SELECT 1 FROM letter_recipient e WHERE e.letter = r.letter"
      " AND e.number < r.number AND e.key = r.key)",
      hour_ago, ticket, comparable_address, day_ago);
  OIN_TRYV(count.next());
  Correspondence facts{count.number(0), count.number(1), count.number(2)};
  // Counted no further than any limit on them goes.
  Query domain(db_,
               "SELECT count(*) FROM (SELECT 1 FROM letter INDEXED BY letter_domain_written"
               " WHERE domain = $1 AND written_at >= $2 LIMIT 1000)",
               domain_of(comparable_address), hour_ago);
  OIN_TRYV(domain.next());
  facts.letters_to_domain_last_hour = domain.number(0);
  Query about(
      db_,
      "SELECT count(*) FROM (SELECT letter FROM filed WHERE ticket = $1 ORDER BY number DESC LIMIT 1000) f"
      " JOIN letter l ON l.id = f.letter WHERE l.written_at >= $2 AND l.event NOT LIKE 'staff-%'"
      " AND l.event NOT LIKE 'command-%'",
      ticket, hour_ago);
  OIN_TRYV(about.next());
  facts.letters_on_ticket_last_hour = about.number(0);
  return facts;
}

Result<int> SqliteTransaction::letters_since(Instant since) {
  // Ids are given in the order of writing, so two look-ups tell what would be a long count after a flood.
  Query count(db_,
              "SELECT coalesce((SELECT max(id) FROM letter), 0) - coalesce((SELECT id FROM letter"
              " WHERE written_at < $1 ORDER BY written_at DESC, id DESC LIMIT 1), 0)",
              since);
  OIN_TRYV(count.next());
  return count.number(0);
}

Result<OutboxSize> SqliteTransaction::outbox_size() {
  OutboxSize out;
  int unsent = 0;
  {
    Query all(db_, "SELECT state, count(*) FROM letter WHERE state <> 'sent' GROUP BY state");
    for (;;) {
      OIN_TRY(const bool found, all.next());
      if (!found) break;
      const int count = all.number(1);
      unsent += count;
      switch (letter_state(all.view(0))) {
        case LetterState::queued:
          out.queued += count;
          break;
        case LetterState::sending:
          out.sending += count;
          break;
        case LetterState::sent:
          break;
        case LetterState::uncertain:
          out.uncertain += count;
          break;
        case LetterState::failed:
          out.failed += count;
          break;
        case LetterState::dead:
          out.dead += count;
          break;
        case LetterState::withdrawn:
          out.withdrawn += count;
          break;
      }
    }
  }
  Query total(db_, "SELECT count(*) FROM letter");
  OIN_TRYV(total.next());
  out.sent = total.number(0) - unsent;
  return out;
}

}  // namespace oin::store
