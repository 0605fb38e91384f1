/// instant.hpp: a moment in UTC, to the second, and its RFC 3339 form.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace oin {

using Instant = std::chrono::sys_seconds;

/// "2026-11-23T10:00:00Z" (RFC 3339, always UTC).
std::string to_rfc3339(Instant at);

/// Reads "2026-11-23T10:00:00Z", with "+02:00" in place of Z and fractions of a second allowed (and dropped).
/// Empty when it is no such instant; years 1 to 9999.
std::optional<Instant> parse_rfc3339(std::string_view text);

/// "2026-11-23" (RFC 3339 full-date).  Empty when there is no such day.
std::optional<std::chrono::year_month_day> parse_full_date(std::string_view text);

}  // namespace oin
