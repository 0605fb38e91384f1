#include "daemon/workflow/case_clock.hpp"

#include <algorithm>
#include <ranges>

namespace oin {
namespace {

/// The stretch in which the clock ran towards a due date last, or will when a hold ends; null when it never
/// did.
const ClockInterval* last_run(const Ticket& ticket) {
  const auto newest = std::ranges::find_if(ticket.clock | std::views::reverse, [](const ClockInterval& each) {
    return each.runs || each.budget > 0;
  });
  return newest == std::ranges::rend(ticket.clock) ? nullptr : &*newest;
}

/// Of an event that is written down as it happens.
std::optional<Instant> unless_now(const Draft& draft, Instant from) {
  return from == draft.now() ? std::nullopt : std::optional(from);
}

std::int64_t minutes(std::chrono::seconds time) {
  return std::chrono::round<std::chrono::minutes>(time).count();
}

}  // namespace

void enter_phase(Draft& draft, const Desk& desk, const PhaseSettings& phase, Instant from) {
  const BusinessCalendar& calendar = desk.calendar_of(phase.name, phase.queue);
  if (draft.ticket().queue != phase.queue) draft.add(QueueChanged{phase.queue, ""});
  std::optional<Instant> due;  // while it is held, the time has yet to begin
  if (draft.ticket().state != TicketState::held) due = calendar.add_business_days(from, phase.business_days);
  draft.add(
      PhaseEntered{phase.name, due, calendar.minutes_of_days(phase.business_days), unless_now(draft, from)});
}

void promise_answer(Draft& draft, const Desk& desk, Instant from) {
  const Ticket& ticket = draft.ticket();
  const QueueSettings* queue = desk.queue(ticket.queue);
  if (!queue || queue->answer_business_days <= 0 || (ticket.turn == Turn::team && ticket.due_at)) return;
  const BusinessCalendar& calendar = desk.calendar_of(ticket);
  draft.add(AnswerPromised{calendar.add_business_days(from, queue->answer_business_days),
                           calendar.minutes_of_days(queue->answer_business_days), unless_now(draft, from)});
}

void pass_turn(Draft& draft, Turn turn, std::string why) {
  if (draft.ticket().turn != turn || draft.ticket().clock.empty())
    draft.add(TurnPassed{turn, std::move(why)});
}

void return_to_team(Draft& draft, const Desk& desk, Instant from, const std::string& why) {
  const Ticket& ticket = draft.ticket();
  if (ticket.phase == "precheck")
    if (const PhaseSettings* first = desk.phase_after("precheck"))
      return enter_phase(draft, desk, *first, from);
  const PhaseSettings* phase = desk.phase(ticket.phase.value_or(""));
  if (!phase) return pass_turn(draft, Turn::team, why);
  if (desk.workflow.clock.on_resubmission == "restart") return enter_phase(draft, desk, *phase, from);
  const BusinessCalendar& calendar = desk.calendar_of(ticket);
  const auto a_day = std::chrono::minutes(calendar.minutes_of_days(1));  // to look at what came
  const auto left = std::max<std::chrono::seconds>(time_left(desk, ticket, draft.now()), a_day);
  draft.add(
      ClockResumed{calendar.add_business_time(from, left), minutes(left), why, unless_now(draft, from)});
}

void resume(Draft& draft, const Desk& desk, const std::string& why) {
  const Ticket& ticket = draft.ticket();
  const ClockInterval* run = last_run(ticket);
  const bool counted = ticket.turn == Turn::team && run && (run->due || run->budget > 0);
  const auto left = time_left(desk, ticket, draft.now());
  const Instant due_before = counted && run->due ? *run->due : draft.now();
  draft.add(Resumed{why});
  if (counted) {
    // What was missed before the hold stays missed.
    const Instant due =
        left.count() == 0 ? due_before : desk.calendar_of(ticket).add_business_time(draft.now(), left);
    if (ticket.answer_promised)
      draft.add(AnswerPromised{due, minutes(left)});
    else
      draft.add(ClockResumed{due, minutes(left), why});
  } else if (reviewed(ticket.kind) && !ticket.awaits_vendor() &&
             (ticket.phase != "precheck" || ticket.submission)) {
    return_to_team(draft, desk, draft.now(), why);  // what its vendor owed was settled in the meantime
  }
}

std::chrono::seconds time_left(const Desk& desk, const Ticket& ticket, Instant now) {
  const ClockInterval* run = last_run(ticket);
  if (!run) return {};
  if (!run->due) return std::chrono::minutes(run->budget);  // it was to begin during a hold
  const Instant stopped = run->to.value_or(now);
  return desk.calendar_of(ticket).business_time_between(stopped, *run->due);
}

std::optional<Instant> recomputed_due(const Desk& desk, const Ticket& ticket) {
  if (!ticket.due_at || ticket.clock.empty()) return std::nullopt;
  const ClockInterval& run = ticket.clock.back();
  if (run.budget == 0) return std::nullopt;  // overdue before it was counted
  const Instant due =
      desk.calendar_of(ticket).add_business_minutes(run.counted_from.value_or(run.from), run.budget);
  // Budgets are whole minutes, and a due date may have its start's seconds or a remainder's.
  if (std::chrono::abs(due - *ticket.due_at) < std::chrono::minutes(1)) return std::nullopt;
  return due;
}

}  // namespace oin
