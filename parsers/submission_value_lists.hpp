/// submission_value_lists.hpp: the values of fields that hold several: choices, contacts, pairs, variables.
///
/// One entry a line, or between commas and semicolons, with or without bullets, boxes and quotes around it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/submission.hpp"
#include "parsers/submission_labels.hpp"
#include "parsers/submission_vocabulary.hpp"

namespace oin {

FieldValue choices_value(const FieldRow& row, std::string_view value);
FieldValue contacts_value(std::string_view value);
FieldValue list_value(const FieldRow& row, std::string_view value);
FieldValue pairs_value(std::string_view value);
FieldValue variables_value(std::string_view value);

/// Without bullets and marks around it: "- `x`", "**x**", "<https://x>".
std::string_view plain(std::string_view value);

/// The plain pieces between any of the separators.
std::vector<std::string> split(std::string_view value, std::string_view separators);

/// Does a folded text hold the part as whole words?
bool has_words(std::string_view text, std::string_view part);

/// The first word of a vocabulary that a value names.
const VocabularyWord* known_word(std::string_view vocabulary, std::string_view value);

}  // namespace oin
