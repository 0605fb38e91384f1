/// labelled_text.hpp: the lines of a text as sections, labels and values; knows layouts, judges no value.
///
/// Any vendor's layout: "App name: x", "- **App name:** x", "3) App name - x", "App name<tab>x", a table row,
/// a label alone with its value below (indented, listed or plain), sections in brackets, with Markdown marks,
/// underlined, or as "SAML settings:".  Which words are labels is submission_labels.hpp's to say.
#pragma once

#include <vector>

#include "parsers/labelled_value.hpp"
#include "parsers/text_lines.hpp"

namespace oin {

LabelledText labelled_text(const std::vector<TextLine>& lines);

}  // namespace oin
