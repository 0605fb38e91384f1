/// suppression.hpp: addresses that letters keep coming back from are written to no more.
///
/// A failure counts when it is permanent and speaks of the address (RFC 3463: not of the letter's size, its
/// content or the sender's standing), once a letter and recipient, whether the far server refused it or a
/// delivery report at the letter's own signed address says so.  A delay is no failure.
#pragma once

#include "daemon/office.hpp"
#include "daemon/store/store.hpp"
#include "parsers/delivery_report.hpp"

namespace oin {

/// What of a report is about recipients of this letter and was not reported before, in the addresses that the
/// letter has: whoever knows a letter's signed address may speak of nobody else.
DeliveryReport report_about(const store::Letter& letter, const DeliveryReport& report);

/// Whether a permanent failure of this enhanced status ("5.1.1", or empty) is the address's own.
bool speaks_of_address(std::string_view enhanced_status);

/// The enhanced status within an SMTP server's answer ("550 5.1.1 no such user"); empty when there is none.
std::string_view enhanced_status_in(std::string_view answer);

/// Marks who a letter came back from, and counts it.  `report` is report_about()'s.
Result<void> note_report(store::Transaction& tx, const Office& office, const store::Letter& letter,
                         const DeliveryReport& report, Instant now);

/// Counts a letter that failed for good at an address; with too many, the address is suppressed and the
/// letter's ticket is told.
Result<void> note_failure(store::Transaction& tx, const Office& office, const store::Letter& letter,
                          const std::string& address, const std::string& why, Instant now);

}  // namespace oin
