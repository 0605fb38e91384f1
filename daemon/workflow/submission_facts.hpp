/// submission_facts.hpp: everything the rules may ask about a submission and the mail it came with.
///
/// Beside the fields and the details of their files (parsers/submission_files.hpp), with every yes/no as
/// "yes" or "no":
///
///   protocols                       saml, oidc, …
///   ticket.kind, ticket.revision    submission, update, …; 1, 2, …
///   form.extent                     whole (a new app: nothing may be missing), change (an update or a new
///   name),
///                                   removal
///   route                           public, private: in the catalog, or for named orgs alone
///   ticket.phase                    the phase it is in: "initial-review"
///   today                           20261129: the date in UTC as a number
///   sender                          the writer's addr-spec
///   variables.names, .labels, .used, .undeclared, .unused, .repeated, .unexplained
///   saml.attributes.names, .values  and so for every field of pairs
///   api.scopes.redundant            scopes to read what another scope lets manage
///   form.fields                     the names of the fields that have a value
///   form.conflicting, .ambiguous, .unknown   fields or labels
///   saml.encryption_cert:days_left  for every file with a date of expiry
///   desk.same_app                   the sender's other open tickets for an app of this name
///   before.NAME                     what a field, a file's detail or variables.names was a revision ago
///
/// A secret is "(sealed)" where it was given, "(promised)" where its sender has said how it will come,
/// "(none)" for "N/A".
#pragma once

#include <string>
#include <vector>

#include "daemon/workflow/facts.hpp"
#include "daemon/workflow/ticket.hpp"

namespace oin {

struct Circumstances {
  TicketKind kind = TicketKind::submission;
  int revision = 1;
  std::string phase;  ///< "qa"; empty where there is none yet
  std::string sender;
  const Submission* before = nullptr;  ///< the revision before; null for the first
  std::vector<std::string> same_app;   ///< "OIN-12"
  Instant now;
};

Facts submission_facts(const Submission& submission, const Circumstances& around);

}  // namespace oin
