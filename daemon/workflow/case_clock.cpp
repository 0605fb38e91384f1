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

}  // namespace

void enter_phase(Draft& draft, const Desk& desk, const PhaseSettings& phase, Instant from) {
  const BusinessCalendar& calendar = desk.calendar_of(phase.name, phase.queue);
  if (draft.ticket().queue != phase.queue) draft.add(QueueChanged{phase.queue, ""});
  std::optional<Instant> due;  // while it is held, the time has yet to begin
  if (draft.ticket().state != TicketState::held) due = calendar.add_business_days(from, phase.business_days);
  draft.add(PhaseEntered{phase.name, due, calendar.minutes_of_days(phase.business_days)});
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
  const auto left = std::max<std::chrono::seconds>(time_left(desk, ticket, draft.now()), a_day);
  draft.add(ClockResumed{calendar.add_business_time(from, left),
                         std::chrono::round<std::chrono::minutes>(left).count(), why});
}

void resume(Draft& draft, const Desk& desk, const std::string& why) {
  const ClockInterval* run = last_run(draft.ticket());
  const bool counted = draft.ticket().turn == Turn::team && run && (run->due || run->budget > 0);
  const auto left = time_left(desk, draft.ticket(), draft.now());
  const Instant due_before = counted && run->due ? *run->due : draft.now();
  draft.add(Resumed{why});
  if (!counted) return;
  const BusinessCalendar& calendar = desk.calendar_of(draft.ticket());
  // What was missed before the hold stays missed.
  const Instant due = left.count() == 0 ? due_before : calendar.add_business_time(draft.now(), left);
  const auto minutes = std::chrono::round<std::chrono::minutes>(left).count();
  if (draft.ticket().answer_promised)
    draft.add(AnswerPromised{due, minutes});
  else
    draft.add(ClockResumed{due, minutes, why});
}

std::chrono::seconds time_left(const Desk& desk, const Ticket& ticket, Instant now) {
  const ClockInterval* run = last_run(ticket);
  if (!run) return {};
  if (!run->due) return std::chrono::minutes(run->budget);  // it was to begin during a hold
  const Instant stopped = run->to.value_or(now);
  return desk.calendar_of(ticket).business_time_between(stopped, *run->due);
}

}  // namespace oin
