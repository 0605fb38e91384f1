/// reply_text.hpp: what the sender newly wrote, without quotes, signature or quoted headers.
///
/// Never fails: when unsure it keeps text, because a lost answer costs a vendor days and a kept quote costs a
/// reviewer one second.  A forwarded message is kept whole: it is the content.  Linear in the size of the
/// body. The phrases stand in reply_phrases.cpp; samples: tests/corpus/*-email-reply-parser, talon.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/text_lines.hpp"

namespace oin {

/// The subject tells an Outlook forward ("FW: …") from a reply: both carry the same header block.
std::string reply_text(std::string_view body, std::string_view subject = {});

/// The same as lines that know their number in the body.  Views into `body`.
std::vector<TextLine> reply_lines(std::string_view body, std::string_view subject = {});

}  // namespace oin
