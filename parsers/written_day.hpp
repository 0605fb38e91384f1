/// written_day.hpp: a day of the calendar as people write it, in digits or with a month's name.
///
/// "5. Januar 2027", "January 5th", "2026-12-05", "7.12.", "12/07/2026".  No year is made up and no order of
/// day and month guessed; versions, phone numbers and the digits of addresses are none.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "parsers/date_cursor.hpp"
#include "parsers/prose_tokens.hpp"

namespace oin {

enum class DayOrder { unknown, day_first, month_first };

struct DayDigits {
  int year = 0, month = 0, day = 0;  ///< year 0: not told
};

struct WrittenDay {
  std::size_t length = 0;
  DayDigits digits;
  bool either_order = false;  ///< between slashes, and both could be the month
  bool bare_digits = false;   ///< without a year: a date only behind a word such as "until"
  bool ends_range = false;    ///< "July 10-31"
};

/// The one that begins at `at`.
std::optional<WrittenDay> written_day(std::span<const ProseToken> tokens, std::size_t at, DayOrder order);

/// How the text's own dates, or else its language, order day and month between slashes.
DayOrder day_order(std::span<const ProseToken> tokens);

/// Is a lone number at `at` a day of a month ("20" in "20 to 24 December")?  How many tokens it has, or 0.
std::size_t lone_day(std::span<const ProseToken> tokens, std::size_t at);

// The parts of one, for those who read more of a date:

/// Is what stands in front part of the same number, name or address?
bool is_continued(std::span<const ProseToken> tokens, std::size_t at, char separator);

/// A month at the cursor, or 0; "may" is one only with a capital.
int take_month(DateCursor& cursor);

/// "2026", ", 2026", "de 2026"; 0 when none follows.
int take_year(DateCursor& cursor);

/// "th", "er", "°", if they follow.
void take_ordinal(DateCursor& cursor);

}  // namespace oin
