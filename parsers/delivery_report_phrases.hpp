/// delivery_report_phrases.hpp: the wordings by which mail systems report in prose.
///
/// Data only.  Phrases are compared folded (phrase_table.hpp), words as they stand.  A new mail system's
/// report is usually one line here.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace oin {

/// That a message did not arrive, or not yet: proof of a report where a mail system wrote them.
std::span<const std::string> nondelivery_phrases();

/// That it will be tried again.
std::span<const std::string> delay_phrases();

/// A line that says: what follows is the message that came back, or its header.  The first are found
/// anywhere in the line, the second are all of it.
std::span<const std::string> original_phrases();
std::span<const std::string> original_headings();

/// The word in front of an address that names whom the message was for, lower case: "to", "recipient:".
std::span<const std::string_view> recipient_words();

/// The word in front of an address that names somebody else: "from", "contact".
std::span<const std::string_view> bystander_words();

}  // namespace oin
