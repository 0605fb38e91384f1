/// delivery_report.hpp: delivery status notifications (RFC 3464, 6533) and what looks like them.
///
/// A report's own fields come first.  Where a mail system wrote prose only (qmail, Exim, Exchange and all the
/// older ones), recipients are read from its lines (delivery_report_prose.hpp), and Amazon SES's notices from
/// their JSON; a mail in which no recipient is found is no report.  Never fails; linear.  The far server's
/// own status outranks the reporting server's vaguer one, and the reason is told from status and words by the
/// tables of delivery_reasons.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oin {

struct Mail;

struct RecipientReport {
  std::string address;     ///< Original-Recipient, else Final-Recipient, without its type
  std::string action;      ///< failed, delayed, delivered, relayed or expanded
  std::string status;      ///< "5.1.1" (RFC 3463); empty when none is given
  std::string diagnostic;  ///< the far server's words
  /// Class 5 (RFC 3463 2): the same message would fail again.  A full mailbox may be so too (5.2.2), and
  /// `reason` tells that it may empty itself.  Never of a delay.
  bool permanent = false;
  std::string reason;  ///< user-unknown, mailbox-full, over-size, policy, spam, host-unknown, network,
                       ///< expired, relay-denied or other
};

struct DeliveryReport {
  std::string original_message_id;  ///< from the returned message or its header; may be empty
  std::vector<RecipientReport> recipients;
};

/// The report that the mail is, or nothing: from its message/delivery-status part, else from what it says.
std::optional<DeliveryReport> delivery_report(const Mail& mail);

/// Why it failed, in one of the words above.  Either argument may be empty.
std::string delivery_reason(std::string_view status, std::string_view diagnostic);

}  // namespace oin
