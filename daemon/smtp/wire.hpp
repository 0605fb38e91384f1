/// wire.hpp: a message as it stands between DATA and the final dot (RFC 5321 2.3.8 and 4.5.2).
#pragma once

#include <string>
#include <string_view>

namespace oin::smtp {

/// Every line end CRLF (a lone LF or CR becomes one: what a server takes for a line end must not differ
/// from what we take for one, or a message could smuggle a second), every dot that begins a line doubled,
/// and a CRLF at the end.  The final dot is not part of it.
std::string to_wire(std::string_view message);

/// Any byte above 127.
bool is_8bit(std::string_view bytes);

/// Whether it may stand in MAIL FROM:<…> or RCPT TO:<…>: none of CR, LF, NUL, other controls, '<', '>',
/// space.
bool is_safe_path(std::string_view path);

}  // namespace oin::smtp
