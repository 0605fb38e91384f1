#include "daemon/workflow/case_clock.hpp"

#include <algorithm>
#include <ranges>

namespace oin {
namespace {

/// The stretch in which the clock ran last; null when it never did.
const ClockInterval* last_run(const Ticket& ticket) {
  const auto newest = std::ranges::find(ticket.clock | std::views::reverse, true, &ClockInterval::runs);
  return newest == std::ranges::rend(ticket.clock) ? nullptr : &*newest;
}

void go_on(Draft& draft, const BusinessCalendar& calendar, Instant from, std::chrono::seconds left,
           const std::string& why) {
  const auto minutes = std::chrono::round<std::chrono::minutes>(left).count();
  draft.add(ClockResumed{calendar.add_business_time(from, left), minutes, why});
}

}  // namespace

void enter_phase(Draft& draft, const Desk& desk, const PhaseSettings& phase, Instant from) {
  const BusinessCalendar& calendar = desk.calendar_of(phase.name, phase.queue);
  if (draft.ticket().queue != phase.queue) draft.add(QueueChanged{phase.queue, ""});
  draft.add(PhaseEntered{phase.name, calendar.add_business_days(from, phase.business_days),
                         calendar.minutes_of_days(phase.business_days)});
}

void promise_answer(Draft& draft, const Desk& desk, Instant from) {
  const Ticket& ticket = draft.ticket();
  const QueueSettings* queue = desk.queue(ticket.queue);
  if (!queue || queue->answer_business_days <= 0 || (ticket.turn == Turn::team && ticket.due_at)) return;
  const BusinessCalendar& calendar = desk.calendar_of(ticket);
  draft.add(AnswerPromised{calendar.add_business_days(from, queue->answer_business_days),
                           calendar.minutes_of_days(queue->answer_business_days)});
}

void pass_turn(Draft& draft, Turn turn, std::string why) {
  if (draft.ticket().turn != turn || draft.ticket().clock.empty())
    draft.add(TurnPassed{turn, std::move(why)});
}

void return_to_team(Draft& draft, const Desk& desk, Instant from, const std::string& why) {
  const Ticket& ticket = draft.ticket();
  const PhaseSettings* phase = desk.phase(ticket.phase.value_or(""));
  if (!phase) return pass_turn(draft, Turn::team, why);
  if (desk.workflow.clock.on_resubmission == "restart") return enter_phase(draft, desk, *phase, from);
  const BusinessCalendar& calendar = desk.calendar_of(ticket);
  const auto a_day = std::chrono::minutes(calendar.minutes_of_days(1));  // to look at what came
  go_on(draft, calendar, from, std::max<std::chrono::seconds>(time_left(desk, ticket, draft.now()), a_day),
        why);
}

void resume(Draft& draft, const Desk& desk, const std::string& why) {
  const ClockInterval* run = last_run(draft.ticket());
  const bool counted = draft.ticket().turn == Turn::team && run && run->due;
  const auto left = time_left(desk, draft.ticket(), draft.now());
  draft.add(Resumed{why});
  if (counted) go_on(draft, desk.calendar_of(draft.ticket()), draft.now(), left, why);
}

std::chrono::seconds time_left(const Desk& desk, const Ticket& ticket, Instant now) {
  const ClockInterval* run = last_run(ticket);
  if (!run || !run->due) return {};
  const Instant stopped = run->to.value_or(now);
  return desk.calendar_of(ticket).business_time_between(stopped, *run->due);
}

}  // namespace oin
