/// plain_value.hpp: what strangers wrote, made harmless for a letter's words.
///
/// The result is valid UTF-8 without control characters (but "\n" and tab) and without the bidi embeddings,
/// overrides and isolates (U+202A-202E, U+2066-2069), which could show a reader another order than is there.
#pragma once

#include <string>
#include <string_view>

namespace oin {

/// CR LF and CR become LF; a byte that is no UTF-8 becomes U+FFFD.
std::string plain_value(std::string_view text);

/// One line: runs of white space become one blank, none at either end; what is longer than `longest`
/// characters ends in "…".
std::string one_line(std::string_view text, std::size_t longest);

/// For element content and quoted attributes; a line break becomes <br>.
std::string html_escaped(std::string_view text);

/// The length of the well-formed UTF-8 sequence at the front of `text` (RFC 3629); 0 when there is none.
std::size_t utf8_length(std::string_view text);

}  // namespace oin
