/// labelled_text.hpp: the lines of a text as sections, labels and values; knows layouts, judges no value.
///
/// Any vendor's layout: "App name: x", "- **App name:** x", "3) App name - x", "App name<tab>x", a table row,
/// a label alone with its value below (indented, listed or plain), sections in brackets, with Markdown marks,
/// underlined, or as "SAML settings:".  Which words are labels is submission_labels.hpp's to say.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/submission_labels.hpp"
#include "parsers/text_lines.hpp"

namespace oin {

struct LabelledValue {
  std::string label;         ///< as written
  std::string key;           ///< label_key of it; empty when the label is not known anywhere
  std::string value;         ///< its lines joined by "\n"
  std::string_view section;  ///< the scope of the section it stands in, "" outside of protocols
  int line = 0;
};

struct SectionTitle {
  std::string_view scope;
  std::string title;
  int line = 0;
};

struct LabelledText {
  std::vector<LabelledValue> values;
  std::vector<SectionTitle> sections;
};

LabelledText labelled_text(const std::vector<TextLine>& lines);

}  // namespace oin
