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
  std::string_view sign;  ///< what sets them apart: ":", " - "
};

/// Reads a line as label and value, the label in its section; nothing when it is neither.  Words that nobody
/// knows are a label where a colon says so, or the same sign as in the line before.
std::optional<Label> labelled(std::string_view line, std::string_view section,
                              std::string_view sign_before = {});

/// A value that ends where the next label of the same line begins: "Acme | Website: https://acme.example".
struct FurtherLabel {
  std::string_view value, rest;
};
std::optional<FurtherLabel> further_label(std::string_view value);

/// The line without the ">" of a quotation.
std::string_view unquoted(std::string_view line);

/// Does the line only ask: a known label, and no value but a line to write on ("App name: ______")?
bool is_unanswered(std::string_view line);

/// Is the line the title of a section by its marks alone: "[SAML 2.0]"?
bool is_bracketed_title(std::string_view line);

/// The length of a bullet with its blank: "- ", "• "; else 0.
std::size_t symbol_length(std::string_view text);

/// The length of a number with its blank: "12. ", "3.2 ", "(1) ", "a) ", "Q3. "; else 0.
std::size_t number_length(std::string_view text);

/// The length of a number in words: "Section 2: ", "Part B - "; else 0.
std::size_t ordinal_length(std::string_view text);

/// The length of any of them.
std::size_t bullet_length(std::string_view text);
std::string_view without_bullet(std::string_view text);

/// A box that is ticked or not: "[x] ", "☐ "; `length` is the mark's with the blanks behind it.
struct Tick {
  bool on = false;
  std::size_t length = 0;
};
std::optional<Tick> tick_at(std::string_view text);

std::string_view without_marks(std::string_view text, std::string_view marks);

bool is_url_alone(std::string_view line);

/// "Best regards,": what comes next is a name and no value.
bool is_sign_off(std::string_view line);

/// Nothing but the characters that people underline with.
bool is_underline(std::string_view line);

/// "-----BEGIN CERTIFICATE-----" (RFC 7468), which is no title; its block is one value.
bool begins_armour(std::string_view line);
bool ends_armour(std::string_view line);

}  // namespace oin
