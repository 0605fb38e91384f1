/// submission_label_table.hpp: the tables behind submission_labels.hpp; a new spelling is a word in one of
/// them.
#pragma once

#include <set>
#include <span>
#include <string_view>

#include "parsers/submission_labels.hpp"

namespace oin {

struct ProtocolWords {
  std::string_view words;  ///< as label_key writes them
  std::string_view scope;
};

std::span<const FieldRow> field_rows();

/// Longer spellings first: the first that is found is taken out of the label.
std::span<const ProtocolWords> protocol_words();

/// Titles of sections that have no protocol's name in them.
std::span<const ProtocolWords> section_titles();

/// What else may stand in a section's title that has no mark of its own.
const std::set<std::string_view>& title_words();

/// How a change is told around a label: "New ACS URL", "The logo has changed to", "Please change the website
/// to".
const std::set<std::string_view>& change_words();
const std::set<std::string_view>& words_after_change();

/// What makes a label name a value that holds no more: "Old ACS URL", "ACS URL (before)".
const std::set<std::string_view>& words_of_the_past();

/// How a label is asked for or led to: "What is your ACS URL?", "Do you support PATCH?", "Here is our logo".
std::span<const std::string_view> question_openings();

/// What people write above their names, in lower case.
std::span<const std::string_view> sign_offs();

/// What a label means the same without.
const std::set<std::string_view>& small_words();

}  // namespace oin
