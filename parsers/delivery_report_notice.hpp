/// delivery_report_notice.hpp: Amazon SES's notices of bounces, deliveries and complaints, which come by
/// mail as JSON when its notification service has a mail address for a subscriber.
///
/// The JSON stands in the text, bare or once more as a string within the notification service's own; lines
/// that were broken on the way are joined.  Bounded and never failing.
#pragma once

#include <optional>
#include <string>

#include "parsers/delivery_report.hpp"

namespace oin {

struct Mail;

struct DeliveryNotice {
  std::string type;  ///< "Bounce", "Complaint" or "Delivery"
  DeliveryReport report;
};

/// Nothing when the text is no such notice.  `reason` is not judged; `permanent` is what the notice says.
std::optional<DeliveryNotice> delivery_notice(const Mail& mail);

}  // namespace oin
