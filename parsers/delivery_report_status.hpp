/// delivery_report_status.hpp: reply codes (RFC 5321 4.2) and enhanced status codes (RFC 3463) in a text.
///
/// Both are looked for where they stand alone, so that neither an IP address nor a version number is one.
#pragma once

#include <string>
#include <string_view>

namespace oin {

/// The first "5.1.1"; empty without one.
std::string status_in(std::string_view text);

/// The first that a server said: behind a reply code ("550 5.1.1", "550-5.1.1") or marked ("#5.1.1",
/// "(5.1.1)").  In prose a bare "4.2.1" may be anything.
std::string said_status_in(std::string_view text);

/// The class of the first reply code that refuses ('5' of "550 No such user", or '4'), or 0 without one.
char reply_class(std::string_view text);

/// "5.0.0", which says no more than its class.
bool is_vague_status(std::string_view status);

}  // namespace oin
