/// sourcing.hpp: a request for Profile Sourcing: what it says, what it lacks, and what comes of each mail.
///
/// Whoever asks is asked for what is missing, and it is their turn until it has come; then a person of the
/// team decides by the queue's date.  What is switched on lapses by itself (due_things.hpp).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "daemon/workflow/draft.hpp"

namespace oin {

/// The fields without which nobody can switch it on and which were not told: app_name, org_id.
std::vector<std::string> missing_facts(const Ticket& ticket);

/// A request that waits for facts of its vendor's, and is on for nobody.
bool awaits_facts(const Ticket& ticket);

/// For how long it is wished, as a person of the team reads it: "30 days", "until 2026-12-31"; or empty.
std::string wished_time(const Ticket& ticket);

/// What came of a mail in a request.
struct SourcingOutcome {
  bool said = false;         ///< it told something new
  std::string unfit_org_id;  ///< what it gave for an org id and is none
};

/// The first mail of a request.
SourcingOutcome begin_sourcing(Draft& draft, const Desk& desk, const MailArrived& in);

/// A later one, of a person on its record.
SourcingOutcome continue_sourcing(Draft& draft, const Desk& desk, const MailArrived& in);

/// What tells its sender how the request now stands: what is missing, or who decides by when.
LetterDraft sourcing_letter(const Desk& desk, const Ticket& ticket, const Address& to,
                            const SourcingOutcome& outcome);

/// The variables of that letter.
nlohmann::json sourcing_variables(const Desk& desk, const Ticket& ticket, const Address& to,
                                  const std::string& unfit_org_id = {});

/// Of one that reminds of what is missing.
nlohmann::json sourcing_reminder_variables(const Desk& desk, const Ticket& ticket, const Address& to);

/// The same for letters to the team: label and value, line by line.
nlohmann::json asked_variables(const Ticket& ticket);

/// A request and the submission of the same app or org know of each other, whichever came first.
void link_sourcing(Draft& draft, const MailArrived& in);

}  // namespace oin
