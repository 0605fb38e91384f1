/// delivery_report.hpp: delivery status notifications (RFC 3464, 6533) and what looks like them.
///
/// A report's own fields come first.  Where a mail system wrote prose only (qmail, Exim, Exchange and older
/// gateways), recipients are read from its lines; a mail in which none is found is no report.  Never fails.
/// The reason is told from the status and the diagnostic by one table (delivery_reasons.cpp).
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
