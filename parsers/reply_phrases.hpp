/// reply_phrases.hpp: the words mail programs put around what a person wrote, language by language.
///
/// Data only: a client or language that is missing is a line in reply_phrases.cpp and a line in its test.
/// Matching ignores the case of A to Z only, so those letters are lower case here and all others stand in the
/// form (or forms) in which mail programs write them.
#pragma once

#include <span>
#include <string_view>

namespace oin {

/// "wrote", "schrieb", "a écrit": the verb of a line that introduces a quotation.
std::span<const std::string_view> attribution_verbs();

/// "van", "de la": the words of a name that have no capital.
std::span<const std::string_view> name_particles();

/// "on ", "am ", "le ": how such a line begins, when not with a digit.
std::span<const std::string_view> attribution_starts();

/// "original message": between dashes, above a quotation that has no ">" in front.
std::span<const std::string_view> original_message_titles();

/// "forwarded message": between dashes or alone, above what is being passed on.
std::span<const std::string_view> forwarded_message_titles();

/// "fwd:", "wg:": how the subject of a forwarded message begins.
std::span<const std::string_view> forward_subjects();

/// "we", "our": a person tells what somebody wrote; a mail program does not.
std::span<const std::string_view> first_person_words();

/// "sent from my ", "get outlook for ": how a device's or an app's own last line begins.
std::span<const std::string_view> device_lines();

/// "sent via ": the same, but people begin so too.
std::span<const std::string_view> app_lines();

/// "iphone", "outlook": what such lines name.
std::span<const std::string_view> device_words();

/// "please type your reply above": how another desk's marker begins.
std::span<const std::string_view> reply_above_lines();

/// "see my comments below": the answers stand within the quoted text, so that text must be kept.
std::span<const std::string_view> answers_within_hints();

/// "this e-mail and any attachments are confidential": how a legal notice begins.
std::span<const std::string_view> disclaimer_starts();

/// "recipient", "confidential": the words such notices go on with.
std::span<const std::string_view> disclaimer_words();

enum class QuotedField : unsigned char { from, date, to, subject };

struct QuotedFieldLabel {
  std::string_view label;  ///< "from", "gesendet"
  QuotedField field;
};

/// The labels of the header block that Outlook and others put above a quotation.
std::span<const QuotedFieldLabel> quoted_field_labels();

}  // namespace oin
