/// flood.hpp: an address that sends more mails within an hour than `flood_mails_per_address_per_hour` makes
/// one ticket of all that come on top, and no letters.
///
/// Filing such a mail costs the same however many there were: no event, no decision, no answer.  Not counted
/// out: what a person of the team provably sent, and delivery reports at a letter's own signed address.
#pragma once

#include "daemon/intake.hpp"

namespace oin {

/// Files the mail, which is recorded already, where it is one too many; nothing where it is not.
Result<std::optional<Filed>> file_in_flood(store::Transaction& tx, const Office& office, const ReadMail& read,
                                           std::string_view mailbox, MailId mail, Instant arrived_at,
                                           Instant now);

}  // namespace oin
