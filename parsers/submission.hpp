/// submission.hpp: an integration as the sender described it: labelled fields, each with its provenance.
///
/// Field names are the domain's dotted ones ("saml.acs_url"); labels are folded and looked up in a table
/// (any order, case, bullet, numbering).  A label nobody knows is kept in `unknown`, never dropped.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace oin {

struct Mail;

struct Provenance {
  std::string part;  ///< the body part's number, or the attachment's file name
  int line = 0;      ///< 1-based in that part's text
};

struct UnknownField {
  std::string label, value;
  Provenance at{};
};

/// A field's value: one text, a list of them, or yes/no.  Kept as texts; `kind` says how to show it.
struct FieldValue {
  enum class Kind { text, list, boolean, pairs, variables, secret } kind = Kind::text;
  std::vector<std::string> items;  ///< one for text, "true"/"false" for boolean; "name=value" for pairs
  bool operator==(const FieldValue&) const = default;
};

struct Guide;

/// A file of which only the ticket that a mail answers may tell the field: its protocols, its app's name.
struct AttachedFile {
  std::string filename, sha256;
  std::size_t bytes = 0;
  bool picture = false;
  std::shared_ptr<const Guide> guide;  ///< where it may be one
};

struct Submission {
  std::vector<std::string>
      protocols;  ///< saml, oidc, scim, swa, wsfed, header, api_service, workflows; sorted
  std::map<std::string, FieldValue> fields;
  std::map<std::string, Provenance> provenance;
  std::map<std::string, std::vector<std::string>> details;  ///< "app_icon:width": see submission_files.hpp
  std::vector<UnknownField> unknown;
  std::vector<std::string> ambiguous;  ///< labels that fit several protocols: "Instance URL" of SAML and SCIM
  std::vector<std::string> cleared;    ///< fields given as "-" or "remove"
  std::vector<std::string> conflicting;  ///< fields given two different values, of which the last was kept
  int labelled = 0;                      ///< how many known labels had a value: the strength of the evidence
  std::vector<AttachedFile> files;       ///< of the mail that is read; no ticket keeps them

  bool empty() const { return fields.empty(); }
  /// Does it change what is known of a submission?
  bool says_something() const { return !fields.empty() || !cleared.empty() || !details.empty(); }
};

/// Reads what the sender newly wrote (and forwarded forms within it), answers beneath a quoted form's labels,
/// and what is attached: JSON, YAML and CSV win over the text of the mail, that over SAML metadata.  `letter`
/// is the text of ours that is answered, where it is known: what it did not say is the sender's.
Submission read_submission(const Mail& mail, std::string_view letter = {});

/// What a ticket knows once an update has named what changed: its fields replace, "-" and "remove" clear.
Submission patched(Submission before, const Submission& update);

/// Was this value promised and not given: "attached", "sent separately", "TBD"?
bool promised(std::string_view value);

/// Does a value say that there is none: "N/A", "none"?
bool declined(std::string_view value);

/// Reads one text, for the parts of a mail and for tests.
Submission read_labelled_text(std::string_view text, std::string_view part);

/// The value as people read it: lists joined by ", ", booleans as yes/no, secrets as "(sealed)".
std::string shown(const FieldValue& value);

}  // namespace oin
