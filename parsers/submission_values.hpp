/// submission_values.hpp: what a label's value says, in the domain's own words.
///
/// Enumerations come out in lower case as DOMAIN writes them ("self-service", "create users"), yes and no in
/// all their spellings as booleans.  A value that is not of its field's shape is kept as text: the checks say
/// so.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "parsers/submission.hpp"
#include "parsers/submission_labels.hpp"

namespace oin {

/// Nothing when the value is empty or says nothing about the field ("SP-initiated: no" names no flow).
std::optional<FieldValue> field_value(const FieldRow& row, std::string_view value);

/// Several values of one field as one: lists grow, a scalar is replaced.
bool grows(const FieldValue& value);

/// Is it one value said twice: an address with and without its last slash, a text wrapped elsewhere, a list
/// in another order?
bool same_value(const FieldValue& a, const FieldValue& b);

/// "yes", "☑", "not supported", …; nothing when it is neither.
std::optional<bool> yes_or_no(std::string_view value);

/// Is the text one word of a vocabulary and nothing else?
bool is_choice(std::string_view vocabulary, std::string_view text);

/// The file a value names: "attached (acme.png)" → "acme.png"; empty when it names none.
std::string attached_name(std::string_view value);

}  // namespace oin
