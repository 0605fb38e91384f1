/// reply_text_header_block.hpp: "From: … Sent: … To: … Subject: …" above a quotation that has no ">" in
/// front.
///
/// Outlook, Apple Mail, Hotmail, Notes and others; bold, indented, folded, with blank lines between, in any
/// language of reply_phrases_fields.cpp, and below Outlook's own line of underscores in any other.  A form
/// has fields too, so a block must name who and when, and one thing more; behind a rule an address or a date
/// does.
#pragma once

#include <vector>

#include "parsers/text_lines.hpp"

namespace oin {

/// For each line: of how many lines the block is that begins there, or 0.
std::vector<unsigned char> header_block_lengths(const std::vector<TextLine>& lines);

}  // namespace oin
