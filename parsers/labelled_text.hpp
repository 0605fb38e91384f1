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

/// The line without the ">" of a quotation.
std::string_view unquoted(std::string_view line);

/// Does the line only ask: a known label, and no value but a line to write on ("App name: ______")?
bool is_unanswered(std::string_view line);

/// Is the line the title of a section by its marks alone: "[SAML 2.0]"?
bool is_bracketed_title(std::string_view line);

/// The row a label names where it stands: in its section, beside its protocol's name, or anywhere.
const FieldRow* row_of(std::string_view section, std::string_view key);

}  // namespace oin
