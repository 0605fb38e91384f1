/// submission_form.hpp: labelled values become fields: which field each label means, and which protocols are
/// meant.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>

#include "parsers/labelled_text.hpp"
#include "parsers/submission.hpp"

namespace oin {

/// Provenance gets `part` and the values' own lines.
Submission submission_form(const LabelledText& text, std::string_view part);

/// Puts into fields what stands under labels that only a ticket makes known: "JIT: yes" in an answer is of
/// the one of its protocols that has such a field, or of the one whose field is awaited.
void place_unknown(Submission& said, std::span<const std::string> protocols,
                   const std::set<std::string>& awaited);

/// Adds the protocols that a text names in passing, as a subject does.
void add_protocols_named_in(std::string_view text, Submission& form);

}  // namespace oin
