/// automatic_phrases.hpp: the header fields and wordings by which machine-made mail gives itself away.
///
/// Data only.  A header field is evidence by itself; a wording is only where a person would not write it
/// (mail programs' own subject prefixes), the rest is weak and needs another sign beside it.
#pragma once

#include <span>
#include <string_view>

namespace oin {

/// A field that a machine's mail carries, and what kind of machine that is.
struct TellingField {
  std::string_view name;
  std::string_view value;  ///< lower case, found anywhere in the body; empty: the field's presence is enough
  std::string_view kind;
};
std::span<const TellingField> telling_fields();

/// Subjects that mail programs begin an automatic reply with: proof by themselves.
std::span<const std::string_view> auto_reply_subjects();

/// Words of an absence: proof only beside another sign, for a person may write them too.
std::span<const std::string_view> absence_words();

/// How a ticket system acknowledges, and how a challenge asks; both need another sign too.
std::span<const std::string_view> ticket_system_words();
std::span<const std::string_view> challenge_words();

/// How the subject of a bounce begins.
std::span<const std::string_view> bounce_subjects();

/// Local parts behind which nobody reads, without their punctuation: "noreply".
std::span<const std::string_view> unread_local_parts();

}  // namespace oin
