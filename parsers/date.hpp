/// date.hpp: the Date field (RFC 5322 3.3) and the older forms mail still carries.
///
/// Reads obsolete years, named and military zones and comments (4.3), asctime ("Mon Nov 23 10:00:00 2026")
/// and RFC 850 ("Monday, 23-Nov-26 10:00:00 GMT").  Without a zone it is UTC, as 4.3 has it for an unknown
/// one. What is out of range is no date: nobody is given a deadline from "32 Jan 25:61".
#pragma once

#include <optional>
#include <string_view>

#include "parsers/base/instant.hpp"

namespace oin {

std::optional<Instant> parse_date(std::string_view field_body);

}  // namespace oin
