/// submission_facts.hpp: everything the rules may ask about a submission and the mail it came with.
///
/// Beside the fields and the details of their files (parsers/submission_files.hpp), with every yes/no as
/// "yes" or "no":
///
///   protocols              saml, oidc, …
///   ticket.kind            submission, update, …
///   ticket.revision        1, 2, …
///   ticket.phase           the phase it is in: "initial-review"
///   form.extent            whole (nothing may be missing), change, removal
///   route                  public (in the catalog), private (for named orgs alone)
///   route.private          yes, of the latter: for the words of a message
///   today                  20261129: the date in UTC as a number
///   sender                 the writer's addr-spec
///   variables.names        of the tenant variables that are declared; and so
///                            .labels, .types, .used, .undeclared, .unused, .repeated, .unexplained
///   saml.attributes.names  and .values; so for every field of pairs
///   api.scopes.redundant   scopes to read what another lets manage
///   form.fields            the names of the fields that have a value
///   form.conflicting       fields or labels; and so .ambiguous, .unknown
///   …_cert:days_left       for every file with a date of expiry
///   desk.same_app          the sender's other open tickets for this app
///   before.NAME            what a field, a file's detail or variables.names
///                            was a revision ago
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
