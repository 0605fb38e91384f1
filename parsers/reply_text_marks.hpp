/// reply_text_marks.hpp: what a single line, or a few together, say about where a quotation begins.
///
/// Each question is about the words alone; what follows from the answers is decided in reply_text.cpp.  All
/// of it together is linear in the text: whatever looks at neighbouring lines looks at a fixed number.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "parsers/text_lines.hpp"

namespace oin {

/// A line with ">" in front that is no mbox ">From ", no end of a tag or address broken over lines, no line
/// of a program's output.
std::vector<bool> quoted_lines(const std::vector<TextLine>& lines);

/// A line of nothing but dashes, underscores, equals signs or asterisks.
bool is_rule(std::string_view line);

/// Lines [begin, end) that say "On Monday, Ada wrote:".
struct Attribution {
  /// How much must be seen besides before what follows is taken for a quotation.
  enum class Proof {
    none,           ///< a machine wrote it: it names an address
    own_paragraph,  ///< a date, a time and a verb, with a blank line below
    quote_below,    ///< believed only where a ">" line follows
  };
  std::size_t begin = 0, end = 0;
  Proof proof = Proof::quote_below;
};

/// The one that ends with that line.
std::optional<Attribution> attribution_ending_at(const std::vector<TextLine>& lines,
                                                 const std::vector<bool>& quoted, std::size_t last);

/// "-----Original Message-----"; without its dashes only where a header block follows.
enum class Title { none, original, bare_original, forwarded };
Title title_of(std::string_view line);

/// For each line: the line behind the header block ("From: … Sent: … To: … Subject: …") that begins there, or
/// 0.  It must name who and when, and one thing more, so that a form's "From:" or "Date:" is not taken for
/// one; below a rule such as Outlook's two fields are enough, in a language we do not know four.
std::vector<std::size_t> header_block_ends(const std::vector<TextLine>& lines);

/// Says that the answers stand within the quoted text.
bool hints_at_answers_within(std::string_view written);

/// Another desk's "please type your reply above this line".
bool is_reply_above_line(std::string_view line);

/// A device's own last line, wherever it stands.
bool is_device_line(std::string_view line);
/// "Sent from a magnificent torch of pixels": a joke of the same kind, to be believed only as a last line.
bool is_device_like_line(std::string_view line);

/// "-Ada Lovelace": a name behind a dash, to be believed only as a last paragraph.
bool is_dashed_name(std::string_view line);

/// "This e-mail is confidential …": how a legal notice begins, and how many of their words a paragraph holds.
bool begins_disclaimer(std::string_view paragraph);
std::size_t disclaimer_words_in(std::string_view paragraph);

}  // namespace oin
