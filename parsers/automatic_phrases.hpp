/// automatic_phrases.hpp: the header fields and wordings by which machine-made mail gives itself away.
///
/// Data only.  A header field is evidence by itself; a wording is only where a person would not write it
/// (mail programs' own subject prefixes), the rest is weak and needs another sign beside it.  Phrases are
/// compared folded (phrase_table.hpp).
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace oin {

/// A field that a machine's mail carries, and what kind of machine that is.
struct TellingField {
  std::string_view name;
  std::string_view value;  ///< lower case, found anywhere in the body; empty: the field's presence is enough
  std::string_view kind;
};
std::span<const TellingField> telling_fields();

/// What a mail program puts in front of the subject that it answers, up to the colon or in brackets: proof by
/// itself.
std::span<const std::string> auto_reply_prefixes();

/// Words of an absence: proof only beside another sign, for a person may write them too.
std::span<const std::string> absence_words();

/// How a ticket system acknowledges, and how a challenge asks; both need another sign too.
std::span<const std::string> ticket_system_words();
std::span<const std::string> challenge_words();

/// How a ticket system marks its subjects, lower case, as it stands: "[ticket". Another sign is needed.
std::span<const std::string_view> ticket_tags();

/// What a text says of itself: "this is an automated message", "please do not reply to this e-mail".
std::span<const std::string> self_declarations();

/// How the subject of a bounce begins or goes on.
std::span<const std::string> bounce_subjects();

/// How the subject of a complaint about spam begins, where it is no feedback report (RFC 5965).
std::span<const std::string> complaint_subjects();

/// Local parts behind which nobody reads, without their punctuation: "noreply".
std::span<const std::string_view> unread_local_parts();

}  // namespace oin
