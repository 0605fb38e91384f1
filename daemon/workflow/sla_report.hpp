/// sla_report.hpp: how long the team takes for each phase, from the clocks of its tickets.
///
/// A round is one stretch of a phase with a budget of its own: from when the phase began, or its vendor had
/// answered, to when it passed or went back to the vendor.  A hold within it is not counted, and does not end
/// it.  A round belongs to the day on which it ended.  Times are business minutes of the calendar that the
/// phase has today.  What ended after its due date is a breach.  Answers to questions count as a phase
/// "answer".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "daemon/workflow/desk.hpp"
#include "daemon/workflow/ticket.hpp"

namespace oin {

struct PhaseTimes {
  std::string phase, title;
  int tickets = 0, rounds = 0, breaches = 0;
  int running = 0, overdue = 0;  ///< rounds that go on now, and those of them that are late
  /// Of one round, and of all rounds of a ticket together.
  std::int64_t round_half = 0, round_most = 0;    ///< the 50th and 90th percentile
  std::int64_t ticket_half = 0, ticket_most = 0;  ///< likewise
  std::int64_t longest = 0;                       ///< of the rounds
};

/// A phase each, in the desk's order and "answer" last; phases in which nothing was done are left out.
std::vector<PhaseTimes> sla_report(const Desk& desk, std::span<const Ticket> tickets,
                                   std::optional<Instant> from, std::optional<Instant> to, Instant now);

/// The smallest of `values` that so many percent of them do not exceed; 0 of none.
std::int64_t percentile(std::vector<std::int64_t> values, int percent);

}  // namespace oin
