/// submission_labels.hpp: which words name which field of an integration.
///
/// All knowledge of labels is the tables in submission_label_table.cpp; adding a spelling is adding it to a
/// row. Labels are compared folded (label_key): no case, accents, punctuation, plural or small words.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oin {

inline constexpr std::size_t longest_label = 90;

/// How a field's value is read.
enum class Shape {
  line,   ///< one line of text
  prose,  ///< text of several lines
  url,    ///< one URL, or an attachment's name
  file,   ///< an attachment's name, or a URL
  yes_no,
  choice,     ///< one word of a vocabulary
  choices,    ///< several
  list,       ///< free entries
  contacts,   ///< addresses, URLs, telephone numbers
  pairs,      ///< "email = user.email"
  variables,  ///< "label=…; name=…"
  secret,
};

struct FieldRow {
  std::string_view scope;  ///< "", "test_account", "saml", …: the prefix of the dotted name
  std::string_view name;   ///< "acs_url"; with the scope in front it is the canonical name
  Shape shape;
  std::string_view vocabulary;  ///< of choice(s): its name in submission_vocabulary.cpp
  std::string_view anywhere;    ///< labels that name it in every section, separated by "|"
  std::string_view inside;      ///< labels that name it only in its own section or beside its protocol's name

  std::string dotted() const {
    return scope.empty() ? std::string(name) : std::string(scope) + "." + std::string(name);
  }
};

/// Where the form asks for the field: the place of its row; behind all others for a name that has none.
std::size_t position_in_form(std::string_view dotted);

/// A label in the form in which labels are compared: "Provide the *ACS URLs*:" → "acs url".
std::string label_key(std::string_view label);

/// The key of a label that is_known_key(), with or without what it has in parentheses: "Audience URI (SP
/// Entity ID)", "Logo (required)"; else empty.  Says no to nearly all prose without folding it.
std::string known_key(std::string_view label);

/// Does a label say that its value is new: "New ACS URL"?
bool tells_change(std::string_view label);

/// Is a label nothing but a word for what was before, or for what is now: "Old value", "New"?
bool tells_past(std::string_view label);
bool tells_present(std::string_view label);

/// Does a label ask for its value: "What is your ACS URL?"
bool is_question(std::string_view label);

/// The scopes that are protocols: saml, oidc, scim, swa, wsfed, api, connector, private.
const std::vector<std::string_view>& protocol_scopes();

/// The protocol's id as INTERFACES names it: "api" → "api_service"; empty for scopes that are none.
std::string_view protocol_of_scope(std::string_view scope);

/// The row that a key names inside a section, labels that hold anywhere included.
const FieldRow* row_inside(std::string_view scope, std::string_view key);

/// The row that a key names whatever the section.
const FieldRow* row_anywhere(std::string_view key);

/// Does the key name a field in any section?  Then a line that begins with it is a labelled line.
bool is_known_key(std::string_view key);

/// The same for a key with one letter wrong; empty when nothing or too much is near.
std::string nearest_key(std::string_view key);

/// A name in a program as words: "acsUrl" → "acs Url"; with `acronyms` also "ACSUrl" → "ACS Url".
std::string words_of(std::string_view name, bool acronyms);

/// The key, known or near one, of a label as programs spell it: "acsUrl", "ACSUrl", "acs_url".
std::string program_key(std::string_view label);

/// The scope whose protocol is named in a key ("scim base url" → "scim"), and the key without that name.
struct ScopedKey {
  std::string_view scope;
  std::string rest;
};
std::optional<ScopedKey> protocol_in(std::string_view key);

/// The row a label names where it stands: in its section, beside its protocol's name, or anywhere.
const FieldRow* row_of(std::string_view section, std::string_view key);

/// The scope of a section title: "SAML 2.0 settings" → "saml", "Customer support" → "", unknown → nothing.
/// `bare_line` titles stand alone without any mark and must consist of section words only.
std::optional<std::string_view> scope_of_title(std::string_view title, bool bare_line);

}  // namespace oin
