#include "daemon/workflow/letter_preview.hpp"

#include <algorithm>
#include <array>

#include "daemon/workflow/case_letters.hpp"
#include "daemon/workflow/digest.hpp"
#include "daemon/workflow/escalation.hpp"
#include "daemon/workflow/letter_variables.hpp"
#include "daemon/workflow/review_letters.hpp"
#include "daemon/workflow/sourcing.hpp"
#include "daemon/workflow/team.hpp"

namespace oin {
namespace {

using nlohmann::json;

struct Preview {
  const Desk& desk;
  const Ticket& ticket;
  Instant now;

  Address requester() const { return {"", ticket.requester}; }
  /// Whoever has the ticket, else who would be told of it.
  PersonSettings person() const {
    if (const PersonSettings* assignee = desk.person(ticket.assignee.value_or(""))) return *assignee;
    const auto workers = workers_of(desk, ticket);
    return workers.empty() ? PersonSettings{} : *workers.front();
  }
};

/// Without these where only another moment has them.
json known_if(bool known, json variables, std::initializer_list<const char*> names) {
  if (!known)
    for (const char* name : names) variables.erase(name);
  return variables;
}

json common(const Preview& p) { return common_variables(p.desk, p.ticket, p.requester()); }
json review(const Preview& p) { return review_variables(p.desk, p.ticket, p.requester()); }
json staff(const Preview& p) {
  const PersonSettings person = p.person();
  return staff_variables(p.desk, p.ticket, {person.name, person.address});
}

json incomplete(const Preview& p) { return submission_incomplete(p.desk, p.ticket, p.requester()); }
json form(const Preview& p) { return submission_form(p.desk, p.ticket, p.requester(), ""); }
json unclear(const Preview& p) { return unclear_received(p.desk, p.ticket, p.requester()); }
json question(const Preview& p) { return question_received(p.desk, p.ticket, p.requester()); }
json status(const Preview& p) { return status_of(p.desk, {&p.ticket, 1}, p.requester()); }

json too_large(const Preview& p) {
  return known_if(false, message_too_large(p.desk, p.ticket, p.requester(), 0), {"size"});
}

json answers_noted(const Preview& p) {
  RevisionOutcome outcome;
  for (const Issue& issue : p.ticket.issues)
    if (!issue.answer.empty()) outcome.answered.push_back(issue.number);
  return known_if(!outcome.answered.empty(), issue_answers_noted(p.desk, p.ticket, p.requester(), outcome),
                  {"answered", "has_answered"});
}

/// As after /send: what is drafted is open, and the turn is the vendor's where that asks for an answer.
json issues_sent(const Preview& p) {
  Ticket after = p.ticket;
  std::vector<int> numbers;
  for (Issue& issue : after.issues)
    if (issue.state == IssueState::draft) {
      issue.state = IssueState::open;
      numbers.push_back(issue.number);
    }
  if (numbers.empty())
    for (const Issue& issue : after.issues)
      if (issue.stands()) numbers.push_back(issue.number);
  if (after.awaits_vendor() && after.state == TicketState::open) {
    if (after.turn != Turn::vendor) after.waiting_since = p.now;
    after.turn = Turn::vendor;
    after.due_at.reset();
  }
  return phase_issues(p.desk, after, numbers).variables;
}

/// As after /approve: the phase is behind, the next has its whole time.
json passed(const Preview& p) {
  Ticket after = p.ticket;
  const PhaseSettings* current = p.desk.phase(p.ticket.phase.value_or(""));
  const PhaseSettings* next = current ? p.desk.phase_after(current->name) : nullptr;
  if (!next) {
    if (!p.ticket.passed.empty()) return phase_passed(p.desk, after, p.ticket.passed.back()).variables;
    return known_if(false, phase_passed(p.desk, after, "").variables, {"passed_title"});
  }
  after.passed.push_back(current->name);
  after.phase = next->name;
  after.queue = next->queue;
  after.turn = Turn::team;
  after.due_at = p.desk.calendar_of(after).add_business_days(p.now, next->business_days);
  return phase_passed(p.desk, after, current->name).variables;
}

json hold(const Preview& p) {
  return known_if(p.ticket.state == TicketState::held, held_variables(p.desk, p.ticket, p.requester()),
                  {"why", "until"});
}

json delay(const Preview& p) {
  return known_if(p.ticket.promised.has_value(), delay_variables(p.desk, p.ticket, p.requester()),
                  {"promised"});
}

json reminder(const Preview& p) {
  return known_if(p.ticket.turn == Turn::vendor, reminder_variables(p.desk, p.ticket, p.requester()),
                  {"waiting_since", "closes"});
}

json closed(const Preview& p) {
  return known_if(p.ticket.state == TicketState::closed, closed_variables(p.desk, p.ticket, p.requester()),
                  {"why", "secrets_until", "reopen_until"});
}

json escalation(const Preview& p) {
  json variables = escalation_acknowledged(p.desk, p.ticket, p.requester()).variables;
  return known_if(p.ticket.escalated_at.has_value(), std::move(variables), {"owner"});
}

/// The signed address is the sample's: nobody confirms anything by a preview.
json to_confirm(const Preview& p) {
  json variables = review(p);
  variables.erase("confirm_address");
  variables["days"] = p.desk.workflow.limits.confirmation_days;
  return variables;
}

json granted(const Preview& p) {
  return known_if(p.ticket.granted_until.has_value(), granted_variables(p.desk, p.ticket, p.requester()),
                  {"until"});
}

/// What only a mail can give for an org id is not there.
json asked_for(const Preview& p) { return sourcing_variables(p.desk, p.ticket, p.requester()); }

json declined_request(const Preview& p) {
  json variables = closed(p);
  variables["until"] =
      p.ticket.state == TicketState::closed ? "" : shown(p.desk, p.ticket, p.ticket.granted_until);
  return variables;
}

json merged_into(const Preview& p) {
  json variables = common(p);
  if (const TicketId other = p.ticket.goes_on_in()) variables["other_reference"] = reference(other);
  return variables;
}

json vendor_wrote(const Preview& p) {
  json variables = staff(p);
  variables["from"] = p.ticket.requester;
  return variables;
}

json morning(const Preview& p) {
  const PersonSettings person = p.person();
  if (auto letter = digest(p.desk, person, {&p.ticket, 1}, p.now)) return letter->variables;
  json variables = common_variables(p.desk, p.ticket, {person.name, person.address});
  variables["day"] = p.desk.calendar.date_shown(p.now);
  return variables;
}

/// What opens the breaker is no ticket's; the numbers are the sample's.
json outbox_held(const Preview& p) {
  const PersonSettings person = p.person();
  json variables = common_variables(p.desk, p.ticket, {person.name, person.address});
  variables["since"] = p.desk.calendar.shown(p.now);
  return variables;
}

using Make = json (*)(const Preview&);

constexpr auto makers = std::to_array<std::pair<std::string_view, Make>>({
    {"app-problem-referred", common},
    {"closed-inactive", closed},
    {"command-refused", staff},
    {"command-result", staff},
    {"command-unverified", staff},
    {"command-without-ticket", staff},
    {"delay-notice", delay},
    {"escalation-acknowledged", escalation},
    {"issue-answers-noted", answers_noted},
    {"issues-settled", review},
    {"links-checked", review},
    {"merged", merged_into},
    {"message-received", common},
    {"message-too-large", too_large},
    {"on-hold", hold},
    {"phase-issues", issues_sent},
    {"phase-passed", passed},
    {"private-delivered", closed},
    {"profile-sourcing-declined", declined_request},
    {"profile-sourcing-enabled", granted},
    {"profile-sourcing-expired", granted},
    {"profile-sourcing-expiring", granted},
    {"profile-sourcing-extended", granted},
    {"profile-sourcing-incomplete", asked_for},
    {"profile-sourcing-received", asked_for},
    {"published", closed},
    {"question-answer", common},
    {"question-received", question},
    {"rejected", closed},
    {"reminder", reminder},
    {"reminder-final", reminder},
    {"removal-confirm", to_confirm},
    {"removal-confirmed", review},
    {"removal-received", review},
    {"removed", closed},
    {"reopened", review},
    {"revision-received", review},
    {"security-acknowledged", question},
    {"split", common},
    {"staff-assigned", staff},
    {"staff-digest", morning},
    {"staff-due-soon", staff},
    {"staff-escalation", staff},
    {"staff-expired", staff},
    {"staff-held", staff},
    {"staff-new", staff},
    {"staff-outbox-held", outbox_held},
    {"staff-overdue", staff},
    {"staff-reminder", staff},
    {"staff-trouble", staff},
    {"staff-vendor-replied", vendor_wrote},
    {"status", status},
    {"status-unknown", common},
    {"submission-form", form},
    {"submission-incomplete", incomplete},
    {"submission-received", review},
    {"unclear-received", unclear},
    {"withdrawal-confirm", to_confirm},
    {"withdrawn", closed},
});

}  // namespace

std::optional<json> preview_variables(const Desk& desk, const Ticket& ticket, std::string_view event,
                                      Instant now) {
  const auto found = std::ranges::find(makers, event, &std::pair<std::string_view, Make>::first);
  if (found == makers.end()) return std::nullopt;
  json variables = found->second(Preview{desk, ticket, now});
  variables["late_since"] = "";  // of the letters of timers: it goes out in time
  return variables;
}

}  // namespace oin
