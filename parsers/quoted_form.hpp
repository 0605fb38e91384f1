/// quoted_form.hpp: what a sender wrote into a form that the mail quotes back.
///
/// Answers stand beneath the quoted labels, with or without ">" in front of those.  Where the letter that is
/// answered is known, a line that it did not have is the sender's too: "> App name: Acme" when we had asked
/// "App name:".  Where it is not, the sender's word is taken that the answers stand within ("my answers are
/// in red").
#pragma once

#include <string_view>
#include <vector>

#include "parsers/text_lines.hpp"

namespace oin {

/// The sender's own lines of a body and all blank ones, each answer behind the quoted label and section it
/// answers.  `written` are the newly written ones, numbered as in the body (blank ones as the line before);
/// `letter` may be empty.
std::vector<TextLine> answered_lines(std::string_view body, const std::vector<TextLine>& written,
                                     std::string_view letter);

}  // namespace oin
