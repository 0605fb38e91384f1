/// blank_form.hpp: the form of a submission, filled in as far as it is known, to be sent back filled in
/// whole.
///
/// What it has is what the desk reads (parsers/submission_label_table.cpp), so a returned form is understood
/// whatever its format.  Secrets are left out: nobody is mailed their password.
#pragma once

#include <string>
#include <vector>

#include "daemon/workflow/decide.hpp"
#include "parsers/submission.hpp"

namespace oin {

std::string form_as_text(const Submission& known);  ///< without a line end at its end
std::string form_as_json(const Submission& known);
std::string form_as_yaml(const Submission& known);

/// The three as files: oin-form.txt, .json, .yaml.
std::vector<LetterAttachment> form_files(const Submission& known);

}  // namespace oin
