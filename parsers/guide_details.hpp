/// guide_details.hpp: what a configuration guide says, as a review asks: its sections, the features it names,
/// and what should not stand in one.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/guide.hpp"
#include "parsers/submission.hpp"

namespace oin {

/// Facts by name, each with its values; yes/no as "yes" and "no":
///
///   format           pdf, docx, html, plain, other
///   words, pictures  counts (no pictures are told of a PDF)
///   readable         no: its format is broken, or a limit was met
///   sections         which it has: prerequisites, features, steps, attributes, troubleshooting, support, sp,
///                    authorization
///   features         which it names, in the words of scim.features, saml.flows and of yes/no fields: "create
///                    users", "idp", "sp", "slo", "force authentication", "jit"; in any wording that brings
///                    an action and its object together
///   marks            what should not be there: draft, comments, tracked-changes, secret, private-key,
///                    custom-auth-server, own-app-steps, http-link, local-link
///   names            which of these it names: app (or the company), okta, other-idp-more (another provider
///                    oftener than Okta), contact, recovery, credentials, skus (one of the plans), version
///   unexplained      labels of tenant variables that do not occur in it
///
/// `scope` is the protocol's ("saml"); the submission is what the guide is held against.
std::map<std::string, std::vector<std::string>> guide_details(const Guide& guide,
                                                              const Submission& submission,
                                                              std::string_view scope);

}  // namespace oin
