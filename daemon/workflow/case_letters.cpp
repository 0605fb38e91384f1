#include "daemon/workflow/case_letters.hpp"

#include <algorithm>
#include <ranges>

#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/clock_history.hpp"
#include "daemon/workflow/letter_variables.hpp"
#include "daemon/workflow/participants.hpp"
#include "daemon/workflow/private_route.hpp"
#include "daemon/workflow/review_letters.hpp"
#include "daemon/workflow/sourcing.hpp"
#include "parsers/secrets.hpp"

namespace oin {
namespace {

using nlohmann::json;

std::string title_of_phase(const Desk& desk, const Ticket& ticket, const std::string& phase) {
  const PhaseSettings* settings = desk.phase(phase);
  return settings ? title_of(*settings, ticket) : phase;
}

/// A person's reason, where the clock stood still last because the case was held; empty where it was not.
std::string why_held_last(const Ticket& ticket) {
  constexpr std::string_view held = "held: ";
  const auto last = std::ranges::find(ticket.clock | std::views::reverse, false, &ClockInterval::runs);
  const bool is_hold = last != std::ranges::rend(ticket.clock) && last->why.starts_with(held);
  return is_hold ? last->why.substr(held.size()) : "";
}

}  // namespace

LetterDraft phase_issues(const Desk& desk, const Ticket& ticket, const std::vector<int>& numbers) {
  LetterDraft letter = to_participants("phase-issues", desk, ticket, review_variables);
  letter.variables["count"] = numbers.size();
  letter.variables["one"] = numbers.size() == 1;
  add_closes(letter.variables, desk, ticket);
  return letter;
}

LetterDraft phase_passed(const Desk& desk, const Ticket& ticket, const std::string& passed) {
  LetterDraft letter = to_participants("phase-passed", desk, ticket, review_variables);
  letter.variables["passed_title"] = title_of_phase(desk, ticket, passed);
  return letter;
}

LetterDraft merged(const Desk& desk, const Ticket& ticket, const Ticket& other) {
  LetterDraft letter = to_participants("merged", desk, ticket, common_variables);
  letter.variables["other_reference"] = reference(other.id);
  letter.variables["other_title"] = other.title;
  return letter;
}

LetterDraft split_off(const Desk& desk, const Ticket& ticket, const Ticket& other) {
  LetterDraft letter = to_participants("split", desk, other, common_variables);
  letter.variables.update(common_variables(desk, ticket, letter.to.empty() ? Address{} : letter.to.front()));
  letter.variables["other_reference"] = reference(other.id);
  letter.variables["other_title"] = other.title;
  return letter;
}

LetterDraft question_answer(const Desk& desk, const Ticket& ticket, const std::string& text) {
  LetterDraft letter = to_participants("question-answer", desk, ticket, common_variables);
  letter.variables["text"] = text;
  return letter;
}

json held_variables(const Desk& desk, const Ticket& ticket, const Address& to) {
  json variables = common_variables(desk, ticket, to);
  variables["why"] = ticket.held_why;
  variables["until"] = shown(desk, ticket, ticket.held_until);
  return variables;
}

json delay_variables(const Desk& desk, const Ticket& ticket, const Address& to) {
  json variables = common_variables(desk, ticket, to);
  variables["phase_title"] = phase_title(desk, ticket);
  variables["promised"] = shown(desk, ticket, ticket.promised);
  const bool moved = ticket.due_at && ticket.promised && *ticket.due_at > *ticket.promised;
  variables["has_due"] = moved;  // a date that has passed is no promise
  variables["due"] = moved ? shown(desk, ticket, ticket.due_at) : "";
  add_clock_history(variables, desk, ticket);
  variables["why"] = !moved                         ? ""
                     : ticket.due_moved_why.empty() ? why_held_last(ticket)
                                                    : ticket.due_moved_why;
  return variables;
}

json reminder_variables(const Desk& desk, const Ticket& ticket, const Address& to) {
  json variables = review_variables(desk, ticket, to);
  variables["waiting_since"] = date_shown(desk, ticket, ticket.waiting_since);
  add_closes(variables, desk, ticket);
  return variables;
}

json granted_variables(const Desk& desk, const Ticket& ticket, const Address& to) {
  json variables = common_variables(desk, ticket, to);
  variables["until"] = shown(desk, ticket, ticket.granted_until);
  add_due(variables, desk, ticket);  // of an answer to who asked for longer
  return variables;
}

json closed_variables(const Desk& desk, const Ticket& ticket, const Address& to) {
  json variables = review_variables(desk, ticket, to);
  const ReminderSettings& reminders = desk.workflow.reminders;
  variables["why"] = ticket.closed_why;
  json orgs = json::array();
  for (const std::string& org : orgs_named(ticket)) orgs.push_back({{"org", org}});
  variables["has_orgs"] = !orgs.empty();
  variables["orgs"] = std::move(orgs);
  variables["secrets_until"] = ticket.sealed_fields().empty()
                                   ? ""
                                   : date_shown(desk, ticket, ticket.forget_secrets_at.value_or(Instant{}));
  variables["reopen_until"] =
      ticket.closed_at && reminders.reopen_days > 0
          ? date_shown(desk, ticket, *ticket.closed_at + std::chrono::days(reminders.reopen_days))
          : "";
  return variables;
}

json staff_variables(const Desk& desk, const Ticket& ticket, const Address& to) {
  Ticket english = ticket;
  english.locale = "en";
  json variables = review_variables(desk, english, to);
  variables["requester"] = ticket.requester;
  variables["kind"] = name(ticket.kind);
  variables["queue"] = ticket.queue;
  variables["assignee"] = ticket.assignee.value_or("");
  variables["state"] = name(ticket.state);
  variables["turn"] = name(ticket.turn);
  variables["held_why"] = ticket.held_why;
  variables["is_review"] = reviewed(ticket.kind);
  json drafts = json::array();
  for (const Issue& issue : ticket.issues)
    if (issue.state == IssueState::draft)
      drafts.push_back({{"number", issue.number}, {"text", issue.finding.text}});
  variables["has_drafts"] = !drafts.empty();
  variables["drafts"] = std::move(drafts);
  variables["asked"] = asked_variables(ticket);
  return variables;
}

}  // namespace oin
