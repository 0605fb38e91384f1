#include "daemon/flood.hpp"

#include "daemon/bookkeeping.hpp"
#include "daemon/log.hpp"
#include "daemon/reception.hpp"
#include "daemon/workflow/apply.hpp"
#include "parsers/address.hpp"

namespace oin {
namespace {

constexpr auto window = std::chrono::hours(1);

bool from_the_team(const Office& office, const Mail& mail, std::string_view mailbox) {
  return office.desk.person(mail.from.front().addr_spec) && sender_verdict(office, mail, mailbox).verified;
}

/// One that still takes mails in: closed by a person, it has had its end.
Result<std::optional<TicketId>> open_flood(store::Transaction& tx, const std::string& address,
                                           Instant since) {
  OIN_TRY(const auto known, tx.flood_ticket(address, since));
  if (!known) return known;
  OIN_TRY(const Ticket ticket, tx.ticket(*known));
  return ticket.state == TicketState::closed ? std::nullopt : known;
}

}  // namespace

Result<std::optional<Filed>> file_in_flood(store::Transaction& tx, const Office& office, const ReadMail& read,
                                           std::string_view mailbox, MailId mail_id, Instant arrived_at,
                                           Instant now) {
  const Mail& mail = read.mail;
  if (mail.from.empty() || mail.from.front().addr_spec.empty()) return std::optional<Filed>();
  const int limit = office.desk.workflow.limits.flood_mails_per_address_per_hour;
  const std::string address = comparable(mail.from.front().addr_spec);
  OIN_TRY(const int mails, tx.mails_from(address, arrived_at - window, limit + 1));
  if (mails <= limit || from_the_team(office, mail, mailbox)) return std::optional<Filed>();
  if (mail.delivery_report) {
    OIN_TRY(const auto letter, reported_letter(tx, office, mail));
    if (letter) return std::optional<Filed>();
  }
  Filed out{mail_id, 0, "flood", {}};
  OIN_TRY(const auto known, open_flood(tx, address, arrived_at - window));
  if (known) {
    out.ticket = *known;
    OIN_TRYV(tx.file_mail(out.ticket, mail_id));
  } else {
    OIN_TRY(out.ticket, tx.next_ticket_id());
    Ticket before;
    before.id = out.ticket;
    const FloodBegan began{mail, mail_id, std::string(mailbox), limit};
    const Decision decision = decide(office.desk, before, began, now);
    const Ticket after = oin::apply(before, decision.events);
    OIN_TRYV(tx.file_mail(out.ticket, mail_id));
    OIN_TRY(out.letters, record(tx, office, after, decision, nullptr, now));
    log::warn("mail.flood from={} ticket={} limit={}", log::field(address), reference(out.ticket), limit);
  }
  OIN_TRYV(tx.set_flood(address, out.ticket, arrived_at));
  return std::optional(std::move(out));
}

}  // namespace oin
