/// reply_text.hpp: what the sender newly wrote, without quotes, signature or quoted headers.
///
/// Never fails: when unsure it keeps text, because a lost answer costs a vendor days and a kept quote costs a
/// reviewer one second.  So
///   - a quotation marked by ">" goes line by line, and what stands between stays;
///   - one that is only announced ("On … wrote:", a header block, "-----Original Message-----") goes to the
///     end, but not where nothing stands above it (the answer may stand below), and not where the sender says
///     that the answers stand within it;
///   - a mail of nothing but ">" lines says nothing new: its reply is empty;
///   - a forwarded message is kept whole: it is the content;
///   - a signature is what stands behind "-- " (RFC 3676 4.3), a device's own line, a legal notice or "-Ada
///     Lovelace" at the end; a name below a greeting stays.
/// Linear in the size of the body, a few dozen bytes a line.  HTML comes here as text whose quotes
/// html_text.hpp has marked by ">". The phrases stand in reply_phrases*.cpp; samples:
/// tests/corpus/*email-reply-parser, talon, quotequail.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/text_lines.hpp"

namespace oin {

/// The subject tells an Outlook forward ("FW: …") from a reply: both carry the same header block.
std::string reply_text(std::string_view body, std::string_view subject = {});

struct Reply {
  std::string text;
  bool told_apart = false;  ///< something in the body is quoted, announced as quoted, or forwarded
  /// So many bytes of `text`, from its beginning, are surely the sender's own: below them stands what is
  /// forwarded, or what is announced as quoted and kept all the same.
  std::size_t own_size = 0;
};
Reply reply(std::string_view body, std::string_view subject = {});

/// The same as lines that know their number in the body.  Views into `body`.
std::vector<TextLine> reply_lines(std::string_view body, std::string_view subject = {});

/// One block of newly written lines, and what it answers.  Views into the body.
struct Answer {
  std::vector<TextLine> written;  ///< no blank line at either end
  /// The ">" lines between the block before and this one, without their marks: the nearest question is the
  /// last of them.  Empty for what stands above every quotation.
  std::vector<TextLine> quoted;
};

/// The reply, cut where quoted lines stand between.  All `written` together are the lines of reply_lines(),
/// but for the blank ones between blocks.
std::vector<Answer> answers(std::string_view body, std::string_view subject = {});

}  // namespace oin
