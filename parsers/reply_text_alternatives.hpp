/// reply_text_alternatives.hpp: the reply of a mail that has both a text and an HTML body.
///
/// The text tells.  Only where it shows nothing quoted and the HTML does (some programs drop the marks when
/// they make the one from the other) the HTML's reply is taken, and only if both say the same: every word of
/// that reply stands in the text, and every word of the text in the HTML.  Where they do not, nothing is
/// surely the sender's own.  HTML is parsed only in that case.
#pragma once

#include <string_view>

#include "parsers/reply_text.hpp"

namespace oin {

Reply reply(std::string_view text, std::string_view html, std::string_view subject);

}  // namespace oin
