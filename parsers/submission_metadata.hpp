/// submission_metadata.hpp: the fields of a form that a service provider's SAML metadata answers.
#pragma once

#include <string_view>

#include "parsers/saml_metadata.hpp"
#include "parsers/submission.hpp"

namespace oin {

/// Lines are counted from `first_line`, where the document begins in its part.  What says nothing about a
/// service provider fills no field and is named in `unknown`.
Submission metadata_fields(const SamlReading& reading, std::string_view part, int first_line = 1);

}  // namespace oin
