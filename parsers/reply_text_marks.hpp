/// reply_text_marks.hpp: what a line says by itself about quotations and signatures.
///
/// Each question is about the words alone; what follows from the answers is decided in reply_text.cpp.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "parsers/text_lines.hpp"

namespace oin {

/// A line with ">" in front that is no mbox ">From ", no end of a tag or address broken over lines, no line
/// of a program's output.
std::vector<bool> quoted_lines(const std::vector<TextLine>& lines);

/// A line of nothing but dashes, underscores, equals signs or asterisks.
bool is_rule(std::string_view line);

/// False for nearly every line, at little cost: it is no title, no reply-above line and no device line.
bool may_be_mark(std::string_view line);

/// "-----Original Message-----"; without its dashes only where a header block follows.
enum class Title : unsigned char { none, original, bare_original, forwarded };
Title title_of(std::string_view line);

/// Says that the answers stand within the quoted text.
bool hints_at_answers_within(std::string_view written);

/// Another desk's "please type your reply above this line".
bool is_reply_above_line(std::string_view line);

/// "Sent from my iPhone": names a device, so it is believed wherever it stands.
bool is_device_line(std::string_view line);
/// "Sent from my desk", "Sent via Outlook": to be believed only as a last paragraph below others.
bool is_device_like_line(std::string_view line);

/// "-Ada Lovelace": a name behind a dash, to be believed only as a last paragraph.
bool is_dashed_name(std::string_view line);

/// "This e-mail is confidential …": how a legal notice begins, and how many of their words a paragraph holds.
bool begins_disclaimer(std::string_view paragraph);
std::size_t disclaimer_words_in(std::string_view paragraph);

}  // namespace oin
