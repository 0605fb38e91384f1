/// submission_form.hpp: labelled values become fields: which field each label means, and which protocols are
/// meant.
#pragma once

#include <string_view>

#include "parsers/labelled_text.hpp"
#include "parsers/submission.hpp"

namespace oin {

/// Provenance gets `part` and the values' own lines.
Submission submission_form(const LabelledText& text, std::string_view part);

/// Adds the protocols that a text names in passing, as a subject does.
void add_protocols_named_in(std::string_view text, Submission& form);

}  // namespace oin
