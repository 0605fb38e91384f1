#include "daemon/workflow/sla_report.hpp"

#include <algorithm>
#include <map>

namespace oin {
namespace {

struct Round {
  std::string phase;
  std::chrono::seconds worked{0};
  Instant due;
  std::optional<Instant> ended;  ///< nothing: it goes on
};

/// What an interval with a due date is a part of.
std::string name_of(const ClockInterval& interval) {
  return interval.why == answer_awaited || interval.phase.empty() ? "answer" : interval.phase;
}

std::chrono::seconds worked_in(const Desk& desk, const Ticket& ticket, const ClockInterval& each,
                               Instant now) {
  const BusinessCalendar& calendar = desk.calendar_of(each.phase, ticket.queue);
  return calendar.business_time_between(each.counted_from.value_or(each.from), each.to.value_or(now));
}

std::vector<Round> rounds_of(const Desk& desk, const Ticket& ticket, Instant now) {
  std::vector<Round> out;
  bool held = false;  // since the last round's stretch, and nothing else has happened
  for (const ClockInterval& each : ticket.clock) {
    if (each.to && *each.to == each.from) continue;  // a step of one decision
    if (!each.due) {
      held = each.why.starts_with(held_because) && !out.empty();
      continue;
    }
    const auto worked = worked_in(desk, ticket, each, now);
    if (held && out.back().phase == name_of(each)) {
      out.back().worked += worked;
      out.back().due = *each.due;
      out.back().ended = each.to;
    } else {
      out.push_back({name_of(each), worked, *each.due, each.to});
    }
    held = false;
  }
  // A round that a hold has stopped goes on when the hold ends.
  if (ticket.state == TicketState::held && !out.empty()) out.back().ended.reset();
  return out;
}

std::int64_t minutes(std::chrono::seconds time) {
  return std::chrono::floor<std::chrono::minutes>(time).count();
}

class Sum {
 public:
  void add(TicketId ticket, const Round& round) {
    rounds_.push_back(minutes(round.worked));
    by_ticket_[ticket] += round.worked;
    times.breaches += *round.ended > round.due ? 1 : 0;
  }
  PhaseTimes finished() && {
    std::vector<std::int64_t> whole;
    for (const auto& [ticket, worked] : by_ticket_) whole.push_back(minutes(worked));
    times.tickets = static_cast<int>(whole.size());
    times.rounds = static_cast<int>(rounds_.size());
    times.longest = rounds_.empty() ? 0 : std::ranges::max(rounds_);
    times.round_half = percentile(rounds_, 50);
    times.round_most = percentile(rounds_, 90);
    times.ticket_half = percentile(whole, 50);
    times.ticket_most = percentile(whole, 90);
    return std::move(times);
  }

  PhaseTimes times;

 private:
  std::vector<std::int64_t> rounds_;
  std::map<TicketId, std::chrono::seconds> by_ticket_;
};

}  // namespace

std::vector<PhaseTimes> sla_report(const Desk& desk, std::span<const Ticket> tickets,
                                   std::optional<Instant> from, std::optional<Instant> to, Instant now) {
  std::map<std::string, Sum> sums;
  for (const Ticket& ticket : tickets)
    for (const Round& round : rounds_of(desk, ticket, now)) {
      if (!round.ended) {
        ++sums[round.phase].times.running;
        sums[round.phase].times.overdue += now > round.due ? 1 : 0;
      } else if ((!from || *round.ended >= *from) && (!to || *round.ended < *to)) {
        sums[round.phase].add(ticket.id, round);
      }
    }
  std::vector<PhaseTimes> out;
  const auto take = [&](const std::string& phase, const std::string& title) {
    const auto it = sums.find(phase);
    if (it == sums.end()) return;
    out.push_back(std::move(it->second).finished());
    out.back().phase = phase;
    out.back().title = title;
    sums.erase(it);
  };
  for (const PhaseSettings& phase : desk.workflow.phases) take(phase.name, phase.title);
  take("answer", "answers to questions");
  while (!sums.empty()) take(std::string(sums.begin()->first), sums.begin()->first);  // of earlier settings
  return out;
}

std::int64_t percentile(std::vector<std::int64_t> values, int percent) {
  if (values.empty()) return 0;
  const std::size_t count = values.size();
  const std::size_t rank = std::max<std::size_t>(1, (count * static_cast<std::size_t>(percent) + 99) / 100);
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(rank - 1));
  return values[rank - 1];
}

}  // namespace oin
