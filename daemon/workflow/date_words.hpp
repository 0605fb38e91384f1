/// date_words.hpp: a day as people of a language write it: "Monday 30 November 2026", "Montag, 30. November
/// 2026".
///
/// English is written here; every other language is ICU's, in whatever it knows (RFC 5646 tags).  A language
/// that ICU does not know is written in its root locale's way, not refused.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace oin {

std::string date_in_words(std::chrono::year_month_day day, std::string_view locale);

/// "Mon 30 Nov", for the team.
std::string brief_date_in_words(std::chrono::year_month_day day);

}  // namespace oin
