/// submission_files.hpp: what the files of a submission show, as details of the fields they belong to.
///
/// Images, certificates, SAML metadata and configuration guides are told by their bytes.  The details' names
/// are the field's with what was found behind a colon ("app_icon:width" → "420"); they are said again with
/// each file that comes later.  A custom authorization server that the text names is a detail of oidc.issuer.
/// Under "mail" stands what belongs to no field: private_key, app_in_subject, files (their number),
/// attachments and unread_forms (both by name); all of the last mail.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/guide.hpp"
#include "parsers/mail.hpp"
#include "parsers/saml_metadata.hpp"
#include "parsers/submission.hpp"

namespace oin {

/// Takes the text out of a guide; guide() for all but PDF.
using GuideReader = std::function<Guide(std::string_view bytes)>;

/// Adds the details of what is attached to the mail, and names the icon, the guides, a WS-Fed screenshot and
/// a connector's test flows that no label names.  A mail in which nothing was said about a submission adds
/// what it brings for one that is open already: a logo, a guide, metadata.
void read_files(Submission& submission, const Mail& mail, const GuideReader& read_guide);

/// Places the files of an answer by what its ticket knows: the guide of the one of its protocols that has
/// none, and what is to be found in it; a screenshot, test flows.
void place_files(Submission& submission, const Submission& before);

/// What a document of metadata shows, as details of saml.metadata.
std::map<std::string, std::vector<std::string>> metadata_details(const SamlReading& reading);

}  // namespace oin
