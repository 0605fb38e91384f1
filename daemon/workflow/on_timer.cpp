#include "daemon/workflow/on_timer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/case_letters.hpp"
#include "daemon/workflow/closing.hpp"
#include "daemon/workflow/confirmation.hpp"
#include "daemon/workflow/draft.hpp"
#include "daemon/workflow/due_things.hpp"
#include "daemon/workflow/letter_variables.hpp"
#include "daemon/workflow/participants.hpp"
#include "daemon/workflow/review_letters.hpp"
#include "daemon/workflow/sourcing.hpp"
#include "daemon/workflow/staff_notices.hpp"

namespace oin {
namespace {

constexpr auto late_after = std::chrono::hours(1);

struct Timing {
  const Desk& desk;
  const TimerDue& timer;
  Draft& draft;

  const Ticket& ticket() const { return draft.ticket(); }
  /// To nobody when nobody can be reached.
  void send(LetterDraft letter) {
    if (letter.to.empty()) return;
    const bool late = draft.now() - timer.at > late_after;
    letter.variables["late_since"] = late ? shown(desk, ticket(), timer.at) : "";
    draft.send(std::move(letter));
  }
};

std::vector<std::string> told_when_overdue(const Desk& desk) {
  const auto it = std::ranges::find(desk.workflow.warnings, 100, &WarningSettings::percent);
  return it == desk.workflow.warnings.end() ? std::vector<std::string>() : it->tell;
}

void pass_due(Timing& on) {
  on.draft.add(DuePassed{*on.ticket().due_at});
  tell_due(on.draft, on.desk, "staff-overdue", told_when_overdue(on.desk));
  if (on.ticket().promised) on.send(to_participants("delay-notice", on.desk, on.ticket(), delay_variables));
}

/// Of the steps that a desk which slept has missed, the last says enough.
void warn(Timing& on) {
  const Instant due = *on.ticket().due_at;
  if (due <= on.draft.now()) {
    const TimerDue overdue{"due", due};
    Timing instead{on.desk, overdue, on.draft};
    return pass_due(instead);
  }
  const WarningSettings* step = next_warning(on.desk, on.ticket());
  for (const WarningSettings& later : on.desk.workflow.warnings)
    if (step && later.percent > step->percent && later.percent < 100 &&
        warning_at(on.desk, on.ticket(), later) <= on.draft.now())
      step = &later;
  if (!step) return;
  on.draft.add(TeamWarned{step->percent});
  tell_due(on.draft, on.desk, "staff-due-soon", step->tell);
}

void nag(Timing& on) {
  on.draft.add(TeamWarned{on.ticket().warned_percent + 1});
  tell_due(on.draft, on.desk, "staff-overdue", told_when_overdue(on.desk));
}

void tell_delay(Timing& on) {
  if (on.ticket().promised && on.ticket().due_at > *on.ticket().promised)
    on.send(to_participants("delay-notice", on.desk, on.ticket(), delay_variables));
}

void remind_vendor(Timing& on) {
  int step = 0;
  for (int each = on.ticket().reminders_sent + 1; each <= reminder_steps; ++each)
    if (const auto at = reminder_at(on.desk, on.ticket(), each); at && *at <= on.draft.now()) step = each;
  if (step == 0) return;
  on.draft.add(Reminded{step});
  const bool last = step == reminder_steps;
  LetterDraft letter =
      awaits_facts(on.ticket())
          ? to_participants("profile-sourcing-incomplete", on.desk, on.ticket(), sourcing_reminder_variables)
          : to_participants(last ? "reminder-final" : "reminder", on.desk, on.ticket(), reminder_variables);
  if (!on.ticket().to_confirm.empty()) {
    letter.to = asked_to_confirm(on.ticket());
    letter.asks_confirmation = true;
  }
  const bool unreachable = letter.to.empty();
  if (unreachable)
    tell_trouble(on.draft, on.desk, "It is the vendor's turn, and none of their addresses can be reached.");
  letter.variables["unreachable"] = unreachable;
  if ((last || unreachable) && on.ticket().to_confirm.empty() &&
      on.desk.workflow.reminders.last_to_escalation_contact)
    for (const Address& contact : escalation_contacts(on.ticket())) letter.to.push_back(contact);
  on.send(std::move(letter));
}

void remind(Timing& on) {
  if (on.ticket().turn == Turn::vendor) return remind_vendor(on);
  on.draft.add(Reminded{0});
  tell_due(on.draft, on.desk, "staff-reminder", {"assignee"});
}

void close(Timing& on) {
  if (!reviewed(on.ticket().kind) && !awaits_facts(on.ticket()))
    return end_case(on.draft, on.desk, "answered", "nothing more was asked");
  end_case(on.draft, on.desk, "inactive", "nothing was heard from its vendor");
  on.send(ended("closed-inactive", on.desk, on.ticket()));
}

void tell_expiring(Timing& on) {
  on.draft.add(ExpiryTold{});
  if (*on.ticket().granted_until > on.draft.now())  // else that it is over says more
    on.send(to_participants("profile-sourcing-expiring", on.desk, on.ticket(), granted_variables));
}

/// The case ends with it, unless its vendor has asked for more and waits for an answer.
void expire(Timing& on) {
  tell_due(on.draft, on.desk, "staff-expired", {"assignee"});
  on.draft.add(AccessEnded{});
  if (on.ticket().turn != Turn::team) end_case(on.draft, on.desk, "expired", "its time was over");
  on.send(to_participants("profile-sourcing-expired", on.desk, on.ticket(), granted_variables));
}

void end_hold(Timing& on) {
  resume(on.draft, on.desk, "the time of the hold is over");
  if (tells_of_resumption(on.ticket()))
    on.send(to_participants("reopened", on.desk, on.ticket(), review_variables));
}

void ask_about_hold(Timing& on) {
  on.draft.add(TeamWarned{on.ticket().warned_percent});
  tell_due(on.draft, on.desk, "staff-held", {"assignee"});
}

constexpr std::pair<std::string_view, void (*)(Timing&)> actions[] = {
    {"warn", warn},     {"due", pass_due},    {"overdue", nag},         {"delay", tell_delay},
    {"remind", remind}, {"close", close},     {"held", ask_about_hold}, {"expiring", tell_expiring},
    {"expire", expire}, {"resume", end_hold},
};

}  // namespace

Decision on_timer(const Desk& desk, const Ticket& ticket, const TimerDue& timer, Instant now) {
  Draft draft(ticket, "desk", 0, now);
  // What is not due any more (a timer of yesterday's settings) does nothing.
  const auto timers = timers_of(desk, ticket);
  const auto due = std::ranges::find(timers, timer.name, &TicketTimer::name);
  if (due == timers.end() || due->at > now) return {};
  Timing on{desk, timer, draft};
  if (timer.name == "forget-secrets") draft.add(SecretsForgotten{});
  for (const auto& [name, act] : actions)
    if (name == timer.name) act(on);
  return std::move(draft).take();
}

}  // namespace oin
