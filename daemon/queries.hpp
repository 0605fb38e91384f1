/// queries.hpp: what `oinctl` can ask, answered from the store: by the daemon for a caller at its socket, or
/// by oinctl itself when no daemon runs.  The JSON is a stable interface.
#pragma once

#include <string_view>

#include "daemon/mail_json.hpp"
#include "daemon/office.hpp"
#include "daemon/store/store.hpp"

namespace oin {

/// `arguments` are a verb's options by name: {"number": 1}, {"queue": "review"}.  An Error says what is wrong
/// with the question ("there is no OIN-7").  Who asks is in "as" or "unix_user": what stands in a restricted
/// queue is not there for whoever has not its role.
Result<Json> tickets_query(store::Transaction& tx, const Office& office, const Json& arguments, Instant now);
Result<Json> ticket_query(store::Transaction& tx, const Office& office, const Json& arguments, Instant now);
Result<Json> queues_query(store::Transaction& tx, const Office& office, const Json& arguments, Instant now);
Result<Json> outbox_query(store::Transaction& tx, const Office& office, const Json& arguments, Instant now);
/// A sealed mail is shown to a person of the desk, which the log tells.
Result<Json> quarantine_query(store::Transaction& tx, const Office& office, const Json& arguments);
Result<Json> what_happened_query(store::Transaction& tx, const Office& office, const Json& arguments);
/// The variables of a letter for one ticket, {"event", "number", "locale"}, and which of them are its
/// sample's.
Result<Json> template_query(store::Transaction& tx, const Office& office, const Json& arguments, Instant now);
/// The part of `status` that the store knows; the daemon adds its mailboxes.
Result<Json> status_query(store::Transaction& tx, const Office& office, const Json& arguments, Instant now);

/// Any of the above by its verb; "there is no verb …" otherwise.
Result<Json> answer_query(store::Transaction& tx, const Office& office, std::string_view verb,
                          const Json& arguments, Instant now);

Json ticket_line(const Ticket& ticket, Instant now);
Json letter_line(const store::Letter& letter);

}  // namespace oin
