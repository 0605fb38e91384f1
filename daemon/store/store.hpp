/// store.hpp: where everything the desk knows is kept, behind one transaction type.
///
/// All reading and writing goes through a Transaction: what one job reads and writes is one consistent piece.
/// Destroyed without commit() it rolls back.  Used from one thread at a time.  An Error of Fault::transient
/// (disk full, I/O, busy) leaves the store as it was before the transaction: trying again later is safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/store/compression.hpp"
#include "daemon/workflow/answering.hpp"
#include "daemon/workflow/app_keys.hpp"
#include "daemon/workflow/due_things.hpp"
#include "daemon/workflow/event.hpp"
#include "daemon/workflow/ticket.hpp"
#include "parsers/base/result.hpp"

namespace oin::store {

using LetterId = std::int64_t;

/// How far a mailbox was read.  Everything up to last_uid has a ledger row.
struct Position {
  std::uint32_t uid_validity = 0;  ///< 0: never selected
  std::uint32_t last_uid = 0;
  std::uint32_t epoch =
      0;  ///< counts the numberings of the mailbox: a new UIDVALIDITY, or a UIDNEXT that fell
  bool operator==(const Position&) const = default;
};

/// What became of one UID of a mailbox (promise 1: every UID ever seen has its row).
struct LedgerEntry {
  std::string mailbox;
  std::uint32_t epoch = 0, uid_validity = 0, uid = 0;
  std::string digest;  ///< content_digest(); empty for a mail that vanished before it was read
  MailId mail = 0;
  std::string fate;  ///< recorded, duplicate, vanished, quarantined, oversized
  Instant at;
};

struct MailRow {
  MailId id = 0;
  std::string digest, message_id, mailbox;
  std::string from, to, subject;  ///< `from` an addr-spec, `to` addr-specs with ", " between
  Instant arrived_at;
  std::int64_t size = 0;
};

struct TimelineEntry {
  int seq = 0;
  Event event;
};

/// What `oinctl tickets` may ask for; an empty one does not matter.  Every word of `words` must stand
/// somewhere in reference, title, requester or the subject of a mail.
struct TicketFilter {
  std::string queue{}, phase{}, state{}, assignee{}, words{};  // {}: so that naming one field is enough
  bool overdue = false;
  Instant now{};
  TicketId after = 0;  ///< only those of higher numbers
  int limit = -1;      ///< no more than so many; below nothing: all
};

/// A mail of a ticket, in either direction, numbered within it.
struct TicketMail {
  int number = 0;
  bool outgoing = false;
  std::int64_t id = 0;  ///< MailId or LetterId
  std::string message_id, from, to, subject;
  Instant at;
  std::int64_t size = 0;
};

enum class LetterState { queued, sending, sent, uncertain, failed, dead, withdrawn };
/// `returned`: accepted by the next server, and a delivery report says that it never arrived.
enum class RecipientState { queued, accepted, refused, returned };
std::string_view name(LetterState state);  ///< "queued": in the store and in --json
std::string_view name(RecipientState state);

struct LetterRecipient {
  std::string address;
  RecipientState state = RecipientState::queued;
  std::string answer;  ///< the far server's last words
};

struct Letter {
  LetterId id = 0;
  TicketId ticket = 0;  ///< 0: belongs to none
  std::string event, message_id, reverse_path, subject, from;
  std::vector<LetterRecipient> recipients;
  std::string bytes;  ///< the RFC 5322 message, CRLF; empty in listings
  bool acknowledgement = false;
  Instant written_at;
  LetterState state = LetterState::queued;
  int attempts = 0;
  bool dot_started = false;  ///< a final dot went out whose answer never came
  std::optional<Instant> next_attempt_at;
  std::string last_answer;
  bool delay_told = false;  ///< the team knows that it waits
  bool deleted = false;     ///< `bytes` only say why they are gone: there is nothing left to send
};

/// An address, in comparable form, that nothing is sent to; "@domain.example" stands for all of a domain.
struct Suppression {
  std::string key, reason;
  Instant at;
  std::string by;  ///< "desk", or the person
};

/// Whether all outgoing mail is held until a person has looked.
struct Breaker {
  std::optional<Instant> open_since;  ///< nothing: letters go
  int letters = 0;                    ///< written within the minute that opened it
  std::optional<Instant> closed_at;   ///< the last time
};

/// How many letters recipient domains may get now; one without an entry, any number.
using DomainShares = std::map<std::string, int, std::less<>>;

/// How claim() goes about a domain: after so many deferrals in a row, one letter at a time finds out whether
/// it takes any.
struct ClaimRules {
  DomainShares shares{};
  int patience = 0;          ///< 0: never mind
  std::string only_event{};  ///< no other letters; empty: all
};

struct QuarantineRow {
  std::int64_t id = 0;
  std::string mailbox;
  std::uint32_t uid_validity = 0, uid = 0;
  std::string reason, message_id, from, subject;
  Instant at;
  std::int64_t oversized = 0;  ///< not 0: the mail's size, and its raw bytes are the header section alone
};

struct Timer {
  TicketId ticket = 0;
  std::string name;  ///< "due"
  Instant at;
};

struct QueueSize {
  std::string queue;
  int open = 0, overdue = 0;  ///< `open` counts whatever is not closed, held ones too
  std::optional<Instant> oldest, due_next;
};

struct OutboxSize {
  int queued = 0, sending = 0, sent = 0, uncertain = 0, failed = 0, dead = 0, withdrawn = 0;
};

/// How a person is taken out of the store: what is theirs, and what stands where they stood.
struct Erasure {
  std::function<bool(std::string_view address)> is_theirs;
  /// The text without their addresses; without their names too where `of_their_ticket`.
  std::function<std::string(std::string_view, bool of_their_ticket)> text;
  /// The same of a mail's or letter's bytes; nothing where they do not name them.
  std::function<Result<std::optional<Packed>>(const Packed&, bool of_their_ticket)> bytes;
};

/// What stands where a mail's or letter's bytes were.
inline constexpr std::string_view erased_bytes = "(This message was erased with the person it is about.)\r\n";
inline constexpr std::string_view expired_bytes = "(This message was deleted when its time was over.)\r\n";

struct Erased {
  std::vector<TicketId> tickets;  ///< on whose record they stood
  int mails = 0, letters = 0;     ///< whose bytes are gone or changed
  int withdrawn = 0;              ///< letters that had not gone
  int quarantined = 0;            ///< mails in quarantine that are gone or changed
  std::int64_t rows = 0;          ///< changed in all
};

/// What is kept of an erasure: by whom and when, not whom.
struct ErasureRow {
  Instant at;
  std::string by;
  int first_mark = 0, marks = 0;
  Erased done;
};

/// Since when each kind is kept; nothing: for ever.
struct KeptSince {
  std::optional<Instant> automatic, noise, tickets, letters, dead_letters, quarantine;
};

/// How many of each kind were deleted.
struct Swept {
  int automatic = 0, noise = 0, tickets = 0, letters = 0, dead_letters = 0, quarantine = 0;
  int all() const { return automatic + noise + tickets + letters + dead_letters + quarantine; }
};

class Transaction {
 public:
  virtual ~Transaction() = default;

  virtual Result<void> commit() = 0;  ///< once; nothing may be called after it
  /// A nested piece that can be undone alone: one bad mail of a batch.  Ended by one of the two below it.
  /// A transaction in which a method failed commits only if that was in a piece since undone.
  virtual Result<void> savepoint() = 0;
  virtual Result<void> release() = 0;
  virtual Result<void> rollback_to_savepoint() = 0;

  // mailboxes and the ledger
  virtual Result<std::vector<std::pair<std::string, Position>>>
  positions() = 0;  ///< of every mailbox, by name
  virtual Result<Position> position(std::string_view mailbox) = 0;
  virtual Result<void> set_position(std::string_view mailbox, Position) = 0;
  virtual Result<bool> in_ledger(std::string_view mailbox, std::uint32_t epoch, std::uint32_t uid) = 0;
  virtual Result<void> add_to_ledger(const LedgerEntry&) = 0;
  /// Every UID with a row, ascending: what `oinctl reconcile` holds against the folder.
  virtual Result<std::vector<std::uint32_t>> ledger_uids(std::string_view mailbox, std::uint32_t epoch) = 0;
  /// UIDs whose housekeeping on the server (flag, move) is not confirmed yet, ascending.
  /// A vanished mail has none.
  virtual Result<std::vector<std::uint32_t>> unhandled(std::string_view mailbox, std::uint32_t epoch) = 0;
  virtual Result<void> set_handled(std::string_view mailbox, std::uint32_t epoch,
                                   std::span<const std::uint32_t> uids) = 0;
  virtual Result<std::vector<LedgerEntry>> ledger_of_mail(MailId) = 0;
  /// The new fate of a mail that its rows in the mailbox call quarantined.  Reads every row of the mailbox.
  virtual Result<void> account_for(std::string_view mailbox, std::string_view digest, MailId,
                                   std::string_view fate) = 0;

  // incoming mails; raw bytes come packed, because packing is work for the parser threads
  virtual Result<std::optional<MailId>> mail_by_digest(std::string_view digest) = 0;
  virtual Result<MailId> add_mail(const MailRow& row, const Packed& raw) = 0;  ///< row.id is ignored
  virtual Result<Packed> raw_mail(MailId) = 0;
  virtual Result<std::optional<MailRow>> mail(MailId) = 0;
  virtual Result<std::vector<MailRow>> mails_after(MailId,
                                                   int limit) = 0;  ///< by id, for walking through all
  virtual Result<std::vector<MailRow>> mails_by_message_id(std::string_view message_id) = 0;
  virtual Result<void> file_mail(TicketId, MailId) = 0;  ///< gives it the ticket's next mail number, once
  virtual Result<std::vector<TicketId>> tickets_of_mail(MailId) = 0;
  /// Counts no further than `at_most`.
  virtual Result<int> mails_from(std::string_view comparable_address, Instant since,
                                 int at_most = 1'000'000) = 0;
  /// The ticket that takes in the flood of an address that was still on at `since`.
  virtual Result<std::optional<TicketId>> flood_ticket(std::string_view comparable_address,
                                                       Instant since) = 0;
  virtual Result<void> set_flood(std::string_view comparable_address, TicketId, Instant at) = 0;

  // tickets
  virtual Result<TicketId> next_ticket_id() = 0;  ///< free until append() uses it
  virtual Result<Ticket> ticket(TicketId) = 0;    ///< an unopened Ticket{id} when there is none
  /// Appends events to the ticket's record, and brings listing, participants and timers up to `after`,
  /// which is the fold with them.
  virtual Result<void> append(const Ticket& after, std::span<const Event> events) = 0;
  virtual Result<std::vector<Ticket>> tickets(const TicketFilter&) = 0;  ///< by id
  /// Tickets on whose record the address (in comparable form) stands, newest first.
  virtual Result<std::vector<TicketId>> tickets_of(std::string_view comparable_address) = 0;
  /// Tickets of an app by one of its keys (app_keys.hpp), those whose review has ended well first, then the
  /// newest.
  virtual Result<std::vector<TicketId>> tickets_of_app(const AppKey&, int limit) = 0;
  /// The longest of the (folded) names that is one of an app whose review has ended well; empty for none.
  virtual Result<std::string> app_named(std::span<const std::string> names) = 0;
  /// The newest ticket in which a mail or letter of that Message-ID is filed.
  virtual Result<std::optional<TicketId>> ticket_of_message(std::string_view message_id) = 0;
  virtual Result<std::vector<TimelineEntry>> timeline(TicketId) = 0;
  virtual Result<std::vector<TicketMail>> mails_of(TicketId) = 0;
  virtual Result<std::vector<QueueSize>> queues(Instant now) = 0;

  // letters
  virtual Result<LetterId> next_letter_id() = 0;  ///< free until enqueue() uses it
  /// As `queued`; takes its ticket's next mail number too.  Its subject and bytes are word()'s, which must
  /// follow before the commit.
  virtual Result<void> enqueue(const Letter&) = 0;
  virtual Result<void> word(LetterId, std::string_view subject, std::string_view bytes) = 0;
  /// Takes up to `limit` letters that are due, oldest first, in turn from each recipient domain, and marks
  /// them sending until now + lease.  Never a letter whose ticket has an earlier one queued, sending or
  /// uncertain: a ticket's letters to vendors keep their order, and so do those to the team, which wait for
  /// no other. A letter whose lease ran out counts as due, and comes with dot_started as its sender left it.
  virtual Result<std::vector<Letter>> claim(Instant now, std::chrono::seconds lease, int limit,
                                            const ClaimRules& = {}) = 0;
  virtual Result<void> mark_dot_started(LetterId) = 0;
  /// Writes back state, attempts, dot_started, next_attempt_at, last_answer and the recipients' states; ends
  /// the lease.  What was sent is packed.
  virtual Result<void> settle(const Letter&) = 0;
  /// One more deferral of a letter to the domain, with none accepted since the last; how many there are now.
  virtual Result<int> count_deferral(std::string_view domain) = 0;
  /// No letter to the domain is due before.  Ended by answers_again().
  virtual Result<void> rest(std::string_view domain, Instant until) = 0;
  virtual Result<void> answers_again(std::string_view domain) = 0;
  /// Is a newer letter of its kind about its ticket written to its first recipient?
  virtual Result<bool> followed(const Letter&) = 0;
  /// Letters left `sending` by a daemon that died: those whose dot had started become uncertain with
  /// next attempt at `uncertain_at` (none: held), the others queued and due at once.
  virtual Result<int> recover_letters(Instant now, std::optional<Instant> uncertain_at) = 0;
  virtual Result<std::optional<Instant>> next_letter_at() = 0;  ///< when claim() will next have something
  virtual Result<std::optional<Letter>> letter(LetterId) = 0;   ///< with its bytes
  virtual Result<std::vector<Letter>> letters(bool with_sent) = 0;
  virtual Result<std::vector<Letter>> letters_by_message_id(std::string_view message_id) = 0;
  /// What answered the address in the hour and the day before `now`, whatever became of it.
  virtual Result<Correspondence> correspondence(std::string_view comparable_address, TicketId,
                                                Instant now) = 0;
  virtual Result<int> letters_since(Instant since) = 0;  ///< told by ids, so it costs the same after a flood
  virtual Result<OutboxSize> outbox_size() = 0;
  virtual Result<Breaker> breaker() = 0;
  virtual Result<void> set_breaker(const Breaker&) = 0;

  // addresses that nothing is sent to
  /// A letter came back from a recipient of it: they are `returned`, and what was `sent` has `failed`.  False
  /// when that was known, or when they are none of its recipients.
  virtual Result<bool> mark_returned(LetterId, std::string_view comparable_address,
                                     std::string_view answer) = 0;
  /// Counts a permanent failure of an address, once a letter; how many letters there are now.
  virtual Result<int> count_failure(std::string_view comparable_address, LetterId, Instant now) = 0;
  virtual Result<void> suppress(const Suppression&) = 0;  ///< an older one of that key is replaced
  /// Its failures are forgotten too; false when it was not suppressed.
  virtual Result<bool> lift_suppression(std::string_view key) = 0;
  virtual Result<std::optional<Suppression>> suppression_of(std::string_view comparable_address) = 0;
  virtual Result<std::vector<Suppression>> suppressions() = 0;  ///< by key

  // quarantine
  virtual Result<std::int64_t> quarantine(const QuarantineRow&, const Packed& raw) = 0;
  virtual Result<std::vector<QuarantineRow>> quarantined() = 0;
  virtual Result<Packed> quarantined_raw(std::int64_t id) = 0;
  virtual Result<void> leave_quarantine(std::int64_t id) = 0;

  // timers: at most one of a name for a ticket
  virtual Result<std::vector<Timer>> due_timers(Instant now, int limit) = 0;  ///< oldest first
  virtual Result<std::optional<Instant>> next_timer_at() = 0;
  virtual Result<std::optional<Instant>> timer_at(TicketId, std::string_view name) = 0;
  /// These and no others, of this ticket.
  virtual Result<void> set_timers(TicketId, std::span<const TicketTimer>) = 0;
  virtual Result<void> set_timer(const Timer&) = 0;
  virtual Result<void> cancel_timer(TicketId, std::string_view name) = 0;

  // what goes again
  /// Out of every table; reads all of them.  Letters that have not gone and name them are withdrawn; while
  /// one is just being sent it is a permanent Error.
  virtual Result<Erased> erase(const Erasure&) = 0;
  virtual Result<int> next_erased_mark() = 0;  ///< counts from 1; none is given twice
  virtual Result<void> add_erasure(const ErasureRow&) = 0;
  /// Deletes at most `limit` bytes of mails and letters, and mails in quarantine, that came before.  Events,
  /// digests and the ledger stay; of a mail that is in no ticket, nothing else does.
  virtual Result<Swept> sweep(const KeptSince&, int limit) = 0;
};

/// Outlives its transactions.  begin() and begin_read() may be called from any thread.
class Store {
 public:
  virtual ~Store() = default;
  virtual Result<std::unique_ptr<Transaction>> begin() = 0;       ///< for reading and writing, one at a time
  virtual Result<std::unique_ptr<Transaction>> begin_read() = 0;  ///< a snapshot; writing in it is an Error
  virtual Result<std::string> check() = 0;                        ///< "ok", or what is wrong with the file
  virtual Result<void> backup(const std::filesystem::path& to) = 0;  ///< whole or not at all; replaces `to`
  /// Leaves nothing in the file or its log of what was deleted or changed.  Takes up to twice its room while
  /// it lasts, and no transaction beside it.
  virtual Result<void> compact() = 0;
  /// Ends the statement that is running with an error; from any thread.
  virtual void interrupt() = 0;
};

enum class Access {
  daemon,  ///< creates and migrates the file, takes the lock that keeps a second daemon out
  reader,  ///< read-only beside a running daemon or without one
};

/// Opens the SQLite file.  Errors are one line that says what to do: not writable, held by another daemon
/// (which pid), made by a newer version, not a database, disk full.
Result<std::unique_ptr<Store>> open_sqlite(const std::filesystem::path& path, Access access);

}  // namespace oin::store
