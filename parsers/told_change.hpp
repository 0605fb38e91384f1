/// told_change.hpp: a change of one field as people tell it in a sentence, or beside what it was before.
///
/// "Please change the ACS URL to https://…", "The entity ID is now acme", "Remove the demo video"; and of a
/// labelled value the new one: "https://old… -> https://new…", "was a, now b".  The words are tables in
/// told_change.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/submission_labels.hpp"

namespace oin {

struct ToldChange {
  std::string_view label;
  std::string key;
  std::string value;  ///< "remove": the field is to be empty
};

/// May the line tell a change?  False for nearly every line, at little cost.
bool may_tell_change(std::string_view line);

/// The changes told in a sentence or several, of fields that the section or the label itself makes known.
std::vector<ToldChange> told_changes(std::string_view text, std::string_view section);

/// Of a value that names the old and the new, the new; else the value.
std::string_view new_of(std::string_view value);

}  // namespace oin
