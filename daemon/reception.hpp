/// reception.hpp: what the desk makes of one mail: who sent it, which ticket it is about, what it wants, and
/// what is decided.  Reads the store and writes nothing, so `oinctl explain` and the intake see the same
/// thing.
#pragma once

#include "daemon/office.hpp"
#include "daemon/reading.hpp"
#include "daemon/store/store.hpp"
#include "daemon/trust/sender_verdict.hpp"
#include "daemon/workflow/decide.hpp"

namespace oin {

struct Reception {
  Sender sender;
  std::string relation;  ///< the sender's to the desk: relation_of() its tickets; "names" a published app
  Intent intent;
  Permission answer;
  Ticket before, after;   ///< `before` is unopened when the mail belongs to no ticket
  Submission submission;  ///< as the mail has it beside the letter that it answers
  std::string match;      ///< how the ticket was found: "signed address", "thread", "subject"; empty for none
  Decision decision;
  /// The letter that a delivery report at its own signed address is about, and what is new in the report.
  std::optional<store::Letter> reported;
  DeliveryReport report;
};

/// `mail` is the id it will be recorded under (0 while explaining), `arrived_at` when its server took it.
Result<Reception> receive(store::Transaction& tx, const Office& office, const ReadMail& read,
                          std::string_view mailbox, MailId mail, Instant arrived_at, Instant now);

/// What the fields of the mailbox's own server prove about who wrote the mail.
trust::Verdict sender_verdict(const Office& office, const Mail& mail, std::string_view mailbox);

/// The letter for whose delivery reports a recipient address of the mail was signed.
Result<std::optional<store::Letter>> reported_letter(store::Transaction& tx, const Office& office,
                                                     const Mail& mail);

}  // namespace oin
