/// quoted_printable.hpp: a text body for the wire: CRLF line ends, ASCII, lines of at most 76 (RFC 2045 6.7).
#pragma once

#include <string>
#include <string_view>

namespace oin {

/// May go as 7bit: ASCII, no line over 76 octets, nothing that a relay changes (blanks at a line's end, "From
/// " or "." at its beginning).
bool is_7bit(std::string_view text);

/// "=C3": how both the body's encoding and RFC 2047's Q encoding write an octet.
void append_encoded_octet(std::string& out, char octet);

/// Line by line, so that what is ASCII stays readable.
std::string quoted_printable(std::string_view text);

/// LF, CR LF and CR become CR LF; the last line ends too.
std::string with_crlf(std::string_view text);

}  // namespace oin
