/// sqlite_erasure.cpp: a person is taken out of every table.
#include <fmt/format.h>
#include <sqlite3.h>

#include <nlohmann/json.hpp>
#include <set>

#include "daemon/store/sqlite_transaction.hpp"

namespace oin::store {
namespace {

using nlohmann::json;

/// Takes them out of every text within a value; true where there was one.
bool erase_in(json& value, const Erasure& erasure, bool of_their_ticket) {
  if (value.is_string()) {
    std::string fresh = erasure.text(value.get_ref<const std::string&>(), of_their_ticket);
    if (fresh == value.get_ref<const std::string&>()) return false;
    value = std::move(fresh);
    return true;
  }
  bool changed = false;
  if (value.is_structured())
    for (json& each : value) changed = erase_in(each, erasure, of_their_ticket) || changed;
  return changed;
}

/// SQL calls these while a person is erased: is_theirs(address), erased(text, of_their_ticket), and
/// erased_json(text, of_their_ticket) for what is JSON: within its text a line end is a letter "n" before the
/// next word.
class Functions {
 public:
  Functions(sqlite3* db, const Erasure& erasure) : db_(db) {
    void* context = const_cast<Erasure*>(&erasure);
    sqlite3_create_function(db_, "is_theirs", 1, SQLITE_UTF8, context, &Functions::is_theirs, nullptr,
                            nullptr);
    sqlite3_create_function(db_, "erased", 2, SQLITE_UTF8, context, &Functions::erased, nullptr, nullptr);
    sqlite3_create_function(db_, "erased_json", 2, SQLITE_UTF8, context, &Functions::erased_json, nullptr,
                            nullptr);
  }
  Functions(const Functions&) = delete;
  Functions& operator=(const Functions&) = delete;
  ~Functions() {
    sqlite3_create_function(db_, "is_theirs", 1, SQLITE_UTF8, nullptr, nullptr, nullptr, nullptr);
    sqlite3_create_function(db_, "erased", 2, SQLITE_UTF8, nullptr, nullptr, nullptr, nullptr);
    sqlite3_create_function(db_, "erased_json", 2, SQLITE_UTF8, nullptr, nullptr, nullptr, nullptr);
  }

 private:
  static std::string_view text(sqlite3_value* value) {
    const void* bytes = sqlite3_value_blob(value);
    return bytes == nullptr ? std::string_view()
                            : std::string_view(static_cast<const char*>(bytes),
                                               static_cast<std::size_t>(sqlite3_value_bytes(value)));
  }
  static const Erasure& erasure(sqlite3_context* context) {
    return *static_cast<const Erasure*>(sqlite3_user_data(context));
  }
  static void is_theirs(sqlite3_context* context, int, sqlite3_value** arguments) {
    sqlite3_result_int(context, erasure(context).is_theirs(text(arguments[0])) ? 1 : 0);
  }
  static void erased(sqlite3_context* context, int, sqlite3_value** arguments) {
    if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return sqlite3_result_null(context);
    give(context, erasure(context).text(text(arguments[0]), sqlite3_value_int(arguments[1]) != 0));
  }
  static void erased_json(sqlite3_context* context, int, sqlite3_value** arguments) {
    json body = json::parse(text(arguments[0]), nullptr, false);
    const bool changed =
        !body.is_discarded() && erase_in(body, erasure(context), sqlite3_value_int(arguments[1]) != 0);
    give(context, changed ? body.dump(-1, ' ', false, json::error_handler_t::replace)
                          : std::string(text(arguments[0])));
  }
  static void give(sqlite3_context* context, const std::string& out) {
    // Copied: -1 is SQLITE_TRANSIENT, without its old-style cast.
    sqlite3_result_text64(context, out.data(), out.size(),
                          reinterpret_cast<sqlite3_destructor_type>(static_cast<std::intptr_t>(-1)),
                          SQLITE_UTF8);
  }

  sqlite3* db_;
};

#define HERE(ticket) ticket " IN (SELECT ticket FROM their_ticket)"
#define FILED_HERE "EXISTS (SELECT 1 FROM filed f WHERE f.mail = mail.id AND " HERE("f.ticket") ")"
#define OF_LETTER \
  "EXISTS (SELECT 1 FROM letter l WHERE l.id = letter_recipient.letter AND " HERE("l.ticket") ")"
#define WITHOUT(table, column, here)                                                        \
  "UPDATE OR REPLACE " table " SET " column " = erased(" column ", " here ") WHERE " column \
  " <> erased(" column ", " here ")"

/// Every column of text in which an address or a name may stand, but for events'.
constexpr const char* texts[] = {WITHOUT("mail", "from_address", FILED_HERE),
                                 WITHOUT("mail", "from_key", FILED_HERE),
                                 WITHOUT("mail", "to_addresses", FILED_HERE),
                                 WITHOUT("mail", "subject", FILED_HERE),
                                 WITHOUT("mail", "message_id", FILED_HERE),
                                 WITHOUT("letter", "subject", HERE("ticket")),
                                 WITHOUT("letter", "last_answer", HERE("ticket")),
                                 WITHOUT("letter_recipient", "address", OF_LETTER),
                                 WITHOUT("letter_recipient", "key", OF_LETTER),
                                 WITHOUT("letter_recipient", "answer", OF_LETTER),
                                 WITHOUT("quarantine", "reason", "0"),
                                 WITHOUT("quarantine", "message_id", "0"),
                                 WITHOUT("quarantine", "from_address", "0"),
                                 WITHOUT("quarantine", "subject", "0"),
                                 WITHOUT("suppressed", "key", "0"),
                                 WITHOUT("suppressed", "reason", "0"),
                                 WITHOUT("suppressed", "who", "0"),
                                 WITHOUT("delivery_failure", "key", "0"),
                                 WITHOUT("flood", "key", "0"),
                                 WITHOUT("app", "value", HERE("ticket")),
                                 WITHOUT("erasure", "who", "0")};

}  // namespace

/// What their tickets are, for the SQL above.
Result<std::vector<TicketId>> SqliteTransaction::find_their_tickets() {
  OIN_TRYV(
      db_.execute("CREATE TEMP TABLE IF NOT EXISTS their_ticket (ticket INTEGER PRIMARY KEY);"
                  "DELETE FROM their_ticket"));
  OIN_TRYV(run(db_,
               "INSERT OR IGNORE INTO their_ticket SELECT ticket FROM participant WHERE is_theirs(address)"
               " UNION SELECT f.ticket FROM filed f JOIN mail m ON m.id = f.mail WHERE is_theirs(m.from_key)"
               " UNION SELECT l.ticket FROM letter l JOIN letter_recipient r ON r.letter = l.id"
               " WHERE l.ticket > 0 AND is_theirs(r.key)"));
  std::vector<TicketId> out;
  Query all(db_, "SELECT t.ticket FROM their_ticket t JOIN ticket ON ticket.id = t.ticket ORDER BY 1");
  for (;;) {
    OIN_TRY(const bool found, all.next());
    if (!found) return out;
    out.push_back(all.integer(0));
  }
}

Result<Erased> SqliteTransaction::erase(const Erasure& erasure) {
  const Functions functions(db_.handle(), erasure);
  Erased done;
  OIN_TRYV(db_.execute("PRAGMA secure_delete = ON"));
  OIN_TRY(done.tickets, find_their_tickets());
  {
    Query busy(db_,
               "SELECT l.id FROM letter l JOIN letter_recipient r ON r.letter = l.id"
               " WHERE l.state = 'sending' AND is_theirs(r.key) LIMIT 1");
    OIN_TRY(const bool found, busy.next());
    if (found)
      return permanent(
          fmt::format("letter {} is just being sent to them; try again in a moment", busy.integer(0)));
  }
  const auto count = [&](int& into) {
    into += static_cast<int>(db_.changed_rows());
    done.rows += db_.changed_rows();
  };
  OIN_TRYV(run(db_,
               "UPDATE mail_raw SET codec = $1, bytes = $2 WHERE codec <> $1"
               " AND mail IN (SELECT id FROM mail WHERE is_theirs(from_key))",
               static_cast<int>(codec_deleted), Blob{erased_bytes}));
  count(done.mails);
  OIN_TRYV(run(db_,
               "UPDATE letter_bytes SET codec = $1, bytes = $2 WHERE codec <> $1"
               " AND letter IN (SELECT letter FROM letter_recipient WHERE is_theirs(key))",
               static_cast<int>(codec_deleted), Blob{erased_bytes}));
  count(done.letters);
  OIN_TRYV(run(db_, "DELETE FROM quarantine WHERE is_theirs(from_address)"));
  count(done.quarantined);
  OIN_TRYV(erase_from_bytes(erasure, done));
  // No letter may go whose text is gone.
  OIN_TRYV(
      run(db_,
          "UPDATE letter SET state = 'withdrawn', due_at = NULL, next_attempt_at = NULL, last_answer = $1"
          " WHERE state NOT IN ('sent', 'withdrawn')"
          " AND id IN (SELECT letter FROM letter_bytes WHERE codec = $2 AND bytes = $3)",
          "a person it is about was erased", static_cast<int>(codec_deleted), Blob{erased_bytes}));
  count(done.withdrawn);
  OIN_TRYV(erase_from_events(done));
  for (const char* sql : texts) {
    OIN_TRYV(db_.execute(sql));
    done.rows += db_.changed_rows();
  }
  OIN_TRYV(db_.execute("DROP TABLE their_ticket; PRAGMA secure_delete = FAST"));
  return done;
}

/// What others wrote, and what was written to others.
Result<void> SqliteTransaction::erase_from_bytes(const Erasure& erasure, Erased& done) {
  const auto each = [&](const char* select, const char* update, int& changed) -> Result<void> {
    for (std::int64_t id = 0;;) {
      Packed kept;
      bool here = false;
      std::string state;
      {
        Query next(db_, select, id, static_cast<int>(codec_deleted));
        OIN_TRY(const bool found, next.next());
        if (!found) return success();
        id = next.integer(0);
        kept = {next.number(1), next.text(2)};
        here = next.yes(3);
        state = next.text(4);
      }
      OIN_TRY(auto fresh, erasure.bytes(kept, here));
      if (!fresh) continue;
      if (state == "sending")
        return permanent(
            fmt::format("letter {}, which names them, is just being sent; try again in a moment", id));
      // What may still go out goes with the bytes it was decided with, or not at all.
      if (state != "sent" && state != "withdrawn") fresh = Packed{codec_deleted, std::string(erased_bytes)};
      OIN_TRYV(run(db_, update, fresh->codec, Blob{fresh->bytes}, id));
      ++changed, ++done.rows;
    }
  };
  OIN_TRYV(each(
      "SELECT r.mail, r.codec, r.bytes, EXISTS (SELECT 1 FROM filed f WHERE f.mail = r.mail AND " HERE(
          "f.ticket") "), 'sent' FROM mail_raw r WHERE r.mail > $1 AND r.codec <> $2 ORDER BY r.mail LIMIT 1",
      "UPDATE mail_raw SET codec = $1, bytes = $2 WHERE mail = $3", done.mails));
  OIN_TRYV(each(
      "SELECT b.letter, b.codec, b.bytes, " HERE("l.ticket") ", l.state"
                                                             " FROM letter_bytes b JOIN letter l ON l.id = "
                                                             "b.letter WHERE b.letter > $1 AND b.codec <> $2"
                                                             " ORDER BY b.letter LIMIT 1",
      "UPDATE letter_bytes SET codec = $1, bytes = $2 WHERE letter = $3", done.letters));
  return each(
      "SELECT id, codec, bytes, 0, 'sent' FROM quarantine WHERE id > $1 AND codec <> $2 ORDER BY id LIMIT 1",
      "UPDATE quarantine SET codec = $1, bytes = $2 WHERE id = $3", done.quarantined);
}

/// Times, types and numbers stay; so do the words, but for addresses and names.  Listing and record are what
/// the events give.
Result<void> SqliteTransaction::erase_from_events(Erased& done) {
  std::set<TicketId> changed(done.tickets.begin(), done.tickets.end());
  for (std::int64_t ticket = 0, seq = 0;;) {
    std::string actor, body;
    {
      Query next(db_,
                 "SELECT ticket, seq, erased(actor, 0), erased_json(body, " HERE("ticket") ") FROM event"
                 " WHERE (ticket, seq) > ($1, $2) AND (actor <> erased(actor, 0) OR body <> erased_json(body, " HERE(
                     "ticket") ")) ORDER BY ticket, seq LIMIT 1",
                 ticket, seq);
      OIN_TRY(const bool found, next.next());
      if (!found) break;
      ticket = next.integer(0), seq = next.integer(1);
      actor = next.text(2), body = next.text(3);
    }
    OIN_TRYV(run(db_, "UPDATE event SET actor = $1, body = $2 WHERE ticket = $3 AND seq = $4", actor, body,
                 ticket, seq));
    ++done.rows;
    changed.insert(ticket);
  }
  for (const TicketId id : changed) {
    OIN_TRYV(run(db_, "DELETE FROM participant WHERE ticket = $1", id));
    OIN_TRY(const Ticket now, ticket(id));
    OIN_TRYV(list(now));
  }
  return success();
}

Result<int> SqliteTransaction::next_erased_mark() {
  Query last(db_, "SELECT coalesce(max(first_mark + marks), 1) FROM erasure");
  OIN_TRYV(last.next());
  return last.number(0);
}

Result<void> SqliteTransaction::add_erasure(const ErasureRow& row) {
  return run(db_,
             "INSERT INTO erasure (at, who, first_mark, marks, tickets, mails, letters, row_count)"
             " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
             row.at, row.by, row.first_mark, row.marks, row.done.tickets.size(), row.done.mails,
             row.done.letters, row.done.rows);
}

}  // namespace oin::store
