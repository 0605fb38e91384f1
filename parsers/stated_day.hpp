/// stated_day.hpp: the day that words name, before anybody asks what it was named for (stated_date.hpp).
///
/// "5. Januar", "Monday 7 December", "12/07/2026", "fin de la semaine prochaine", "in two weeks".  What looks
/// like a day but is none (30 February, a Monday that is a Sunday, 3/4/2026 of unknown order) is of the kind
/// `unknown`, so that no part of it is taken for another.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>

#include "parsers/prose_tokens.hpp"
#include "parsers/written_day.hpp"

namespace oin {

struct StatedDay {
  enum class Kind {
    unknown,
    calendar,  ///< "5 January"
    weekday,   ///< "Friday"
    near,      ///< "tomorrow", "end of day"
    week,      ///< "next week": Monday to Friday
    end,       ///< "end of next week", "fin janvier"
    shift,     ///< "in two weeks", "another week"
    duration,  ///< "two weeks": a date only where time is asked for
  };
  std::size_t length = 0;  ///< tokens
  Kind kind = Kind::unknown;
  std::chrono::sys_days first = {}, last = {};
  bool bare_digits = false;   ///< "24/12", "5.01": a date only behind a word such as "until"
  bool of_a_week = false;     ///< "end of next week", "next week": no one works before the Monday after it
  bool ends_range = false;    ///< "July 10-31"
  bool is_extension = false;  ///< "two more weeks"
  bool names_today = false;   ///< a weekday that is also the one of writing; `first` is a week later
};

/// The day named by the tokens that begin at `at`.
std::optional<StatedDay> stated_day(std::span<const ProseToken> tokens, std::size_t at,
                                    std::chrono::sys_days written_on, DayOrder order);

}  // namespace oin
