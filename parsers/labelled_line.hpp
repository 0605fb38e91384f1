/// labelled_line.hpp: one line as label and value, or as one of the marks that people set around them.
///
/// Any vendor's line: "App name: x", "- **App name:** x", "3) App name - x", "App name<tab>x", "| App name |
/// x |", a label alone.  Which words are labels is submission_labels.hpp's to say.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "parsers/submission_labels.hpp"

namespace oin {

struct Label {
  std::string_view label, value;
  std::string key;        ///< empty: not known
  bool separated = true;  ///< false: the label stands alone, without even a colon
};

/// Reads a line as label and value, the label in its section; nothing when it is neither.
std::optional<Label> labelled(std::string_view line, std::string_view section);

/// The line without the ">" of a quotation.
std::string_view unquoted(std::string_view line);

/// Does the line only ask: a known label, and no value but a line to write on ("App name: ______")?
bool is_unanswered(std::string_view line);

/// Is the line the title of a section by its marks alone: "[SAML 2.0]"?
bool is_bracketed_title(std::string_view line);

/// The length of a bullet or number with its blank: "- ", "• ", "12. ", "a) ", "Q3. "; else 0.
std::size_t bullet_length(std::string_view text);
std::string_view without_bullet(std::string_view text);

std::string_view without_marks(std::string_view text, std::string_view marks);

bool is_url_alone(std::string_view line);

/// Nothing but the characters that people underline with.
bool is_underline(std::string_view line);

/// "-----BEGIN CERTIFICATE-----" (RFC 7468), which is no title; its block is one value.
bool begins_armour(std::string_view line);
bool ends_armour(std::string_view line);

}  // namespace oin
