/// sqlite_transaction.hpp: the Transaction of the SQLite store, one .cpp a group of methods.
///
/// The SQL is the one both engines read ($1 placeholders, RETURNING, ON CONFLICT) wherever that is no detour.
#pragma once

#include <functional>

#include "daemon/store/sqlite_query.hpp"
#include "daemon/store/store.hpp"

namespace oin::store {

class SqliteTransaction final : public Transaction {
 public:
  using GiveBack = std::function<void(std::unique_ptr<Connection>)>;
  /// `db` is in a transaction already; `give_back` takes it once that has ended.
  SqliteTransaction(std::unique_ptr<Connection> db, GiveBack give_back);
  ~SqliteTransaction() override;

  Result<void> commit() override;
  Result<void> savepoint() override;
  Result<void> release() override;
  Result<void> rollback_to_savepoint() override;

  // sqlite_ledger.cpp
  Result<std::vector<std::pair<std::string, Position>>> positions() override;
  Result<Position> position(std::string_view mailbox) override;
  Result<void> set_position(std::string_view mailbox, Position at) override;
  Result<bool> in_ledger(std::string_view mailbox, std::uint32_t epoch, std::uint32_t uid) override;
  Result<void> add_to_ledger(const LedgerEntry& entry) override;
  Result<std::vector<std::uint32_t>> ledger_uids(std::string_view mailbox, std::uint32_t epoch) override;
  Result<std::vector<std::uint32_t>> unhandled(std::string_view mailbox, std::uint32_t epoch) override;
  Result<void> set_handled(std::string_view mailbox, std::uint32_t epoch,
                           std::span<const std::uint32_t> uids) override;
  Result<std::vector<LedgerEntry>> ledger_of_mail(MailId mail) override;
  Result<void> account_for(std::string_view mailbox, std::string_view digest, MailId mail,
                           std::string_view fate) override;

  // sqlite_mails.cpp
  Result<std::optional<MailId>> mail_by_digest(std::string_view digest) override;
  Result<MailId> add_mail(const MailRow& row, const Packed& raw) override;
  Result<Packed> raw_mail(MailId mail) override;
  Result<std::optional<MailRow>> mail(MailId mail) override;
  Result<std::vector<MailRow>> mails_after(MailId mail, int limit) override;
  Result<std::vector<MailRow>> mails_by_message_id(std::string_view message_id) override;
  Result<void> file_mail(TicketId ticket, MailId mail) override;
  Result<std::vector<TicketId>> tickets_of_mail(MailId mail) override;
  Result<int> mails_from(std::string_view comparable_address, Instant since, int at_most) override;
  Result<std::optional<TicketId>> flood_ticket(std::string_view comparable_address, Instant since) override;
  Result<void> set_flood(std::string_view comparable_address, TicketId ticket, Instant at) override;
  Result<std::optional<TicketId>> ticket_of_message(std::string_view message_id) override;
  Result<std::vector<TicketMail>> mails_of(TicketId ticket) override;

  // sqlite_tickets.cpp
  Result<TicketId> next_ticket_id() override;
  Result<Ticket> ticket(TicketId ticket) override;
  Result<void> append(const Ticket& after, std::span<const Event> events) override;
  Result<std::vector<Ticket>> tickets(const TicketFilter& filter) override;
  Result<std::vector<TicketId>> tickets_of(std::string_view comparable_address) override;
  Result<std::vector<TicketId>> tickets_of_app(const AppKey& key, int limit) override;
  Result<std::string> app_named(std::span<const std::string> names) override;
  Result<std::vector<TimelineEntry>> timeline(TicketId ticket) override;
  Result<std::vector<QueueSize>> queues(Instant now) override;

  // sqlite_letters.cpp
  Result<LetterId> next_letter_id() override;
  Result<void> enqueue(const Letter& letter) override;
  Result<void> word(LetterId letter, std::string_view subject, std::string_view bytes) override;
  Result<std::optional<Letter>> letter(LetterId letter) override;
  Result<std::vector<Letter>> letters(bool with_sent) override;
  Result<std::vector<Letter>> letters_by_message_id(std::string_view message_id) override;
  Result<Correspondence> correspondence(std::string_view comparable_address, TicketId ticket,
                                        Instant now) override;
  Result<int> letters_since(Instant since) override;
  Result<OutboxSize> outbox_size() override;

  // sqlite_outbox.cpp
  Result<std::vector<Letter>> claim(Instant now, std::chrono::seconds lease, int limit,
                                    const ClaimRules& rules) override;
  Result<void> mark_dot_started(LetterId letter) override;
  Result<void> settle(const Letter& letter) override;
  Result<int> count_deferral(std::string_view domain) override;
  Result<void> rest(std::string_view domain, Instant until) override;
  Result<void> answers_again(std::string_view domain) override;
  Result<bool> followed(const Letter& letter) override;
  Result<int> recover_letters(Instant now, std::optional<Instant> uncertain_at) override;
  Result<std::optional<Instant>> next_letter_at() override;

  // sqlite_breaker.cpp
  Result<Breaker> breaker() override;
  Result<void> set_breaker(const Breaker& breaker) override;

  // sqlite_suppressions.cpp
  Result<bool> mark_returned(LetterId letter, std::string_view comparable_address,
                             std::string_view answer) override;
  Result<int> count_failure(std::string_view comparable_address, LetterId letter, Instant now) override;
  Result<void> suppress(const Suppression& suppression) override;
  Result<bool> lift_suppression(std::string_view key) override;
  Result<std::optional<Suppression>> suppression_of(std::string_view comparable_address) override;
  Result<std::vector<Suppression>> suppressions() override;

  // sqlite_timers.cpp
  Result<std::int64_t> quarantine(const QuarantineRow& row, const Packed& raw) override;
  Result<std::vector<QuarantineRow>> quarantined() override;
  Result<Packed> quarantined_raw(std::int64_t id) override;
  Result<void> leave_quarantine(std::int64_t id) override;
  Result<std::vector<Timer>> due_timers(Instant now, int limit) override;
  Result<std::optional<Instant>> next_timer_at() override;
  Result<std::optional<Instant>> timer_at(TicketId ticket, std::string_view name) override;
  Result<void> set_timers(TicketId ticket, std::span<const TicketTimer> timers) override;
  Result<void> set_timer(const Timer& timer) override;
  Result<void> cancel_timer(TicketId ticket, std::string_view name) override;

  // sqlite_erasure.cpp
  Result<Erased> erase(const Erasure& erasure) override;
  Result<int> next_erased_mark() override;
  Result<void> add_erasure(const ErasureRow& row) override;

  // sqlite_retention.cpp
  Result<Swept> sweep(const KeptSince& kept, int limit) override;

 private:
  Result<std::int64_t> mailbox_id(std::string_view mailbox);        ///< 0: not known yet
  Result<std::int64_t> known_mailbox_id(std::string_view mailbox);  ///< made known where it was not
  Result<int> next_mail_number(TicketId ticket);
  Result<void> list(const Ticket& after);
  Result<void> list_app(const Ticket& after);
  Result<void> forget_secrets(TicketId ticket);
  Result<std::vector<TicketId>> find_their_tickets();
  Result<void> erase_from_bytes(const Erasure& erasure, Erased& done);
  Result<void> erase_from_events(Erased& done);
  Result<void> read_recipients(Letter& letter);
  Result<std::vector<LetterId>> due_letters(std::string_view domain, Instant now, int limit,
                                            const ClaimRules& rules);
  Result<int> share_of(std::string_view domain, Instant now, const ClaimRules& rules);
  Error missing(std::string_view what, std::int64_t id) const;

  std::unique_ptr<Connection> owned_;  // null once committed
  Connection& db_;
  GiveBack give_back_;
};

}  // namespace oin::store
