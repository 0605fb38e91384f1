/// delivery_report_fields.hpp: the fields of a delivery status notification (RFC 3464 2, RFC 6533).
///
/// Read from a message/delivery-status part, and as well from any text into which a gateway has written
/// them. What is no field is skipped; nothing fails.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/delivery_report.hpp"

namespace oin {

/// The groups that tell of a recipient, in order, at most `limit`; `permanent` and `reason` are not judged.
std::vector<RecipientReport> recipient_groups(std::string_view content, std::size_t limit);

/// The first of these fields in the first group of fields ("Message-ID"), unfolded; empty without one.
std::string first_field(std::string_view content, std::string_view name);

}  // namespace oin
