/// clock_explanation.hpp: how a due date came about, stretch by stretch, for a person who doubts it.
///
/// Pure, and counted anew from the intervals: what it says is what the calendar says today.  Where that is
/// no longer what was promised, the sentence names both.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "daemon/workflow/business_time.hpp"
#include "daemon/workflow/ticket.hpp"

namespace oin {

struct ClockLine {
  Instant from;
  std::optional<Instant> to;  ///< nothing: still going on
  bool runs = false;
  std::int64_t minutes = 0;  ///< business minutes used in it; none where the clock stands still
  std::int64_t left = 0;     ///< of its budget at its end, or now; below nothing when it is overdue
  std::optional<Instant> due;
  std::string why;
  Instant
      counted_from{};  ///< since when the minutes count: a mail that was read late counts from its arrival
};

/// Intervals that ended as they began are left out: they are steps of one decision.
std::vector<ClockLine> explain_clock(std::span<const ClockInterval> clock, const BusinessCalendar& calendar,
                                     Instant now);

/// "Mon 12 Oct 10:00 to Wed 14 Oct 15:30 Europe/Berlin: 1,290 business minutes of 2,400 used (initial review
/// is with the team); 1,110 left", with the holidays in it, and for one that goes on how its due date adds
/// up.
std::string sentence(const ClockLine& line, const BusinessCalendar& calendar, Instant now);

}  // namespace oin
