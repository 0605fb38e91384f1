#include "daemon/workflow/revision.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/confirmation.hpp"
#include "daemon/workflow/private_route.hpp"
#include "daemon/workflow/staff_notices.hpp"
#include "daemon/workflow/submission_facts.hpp"
#include "parsers/fold.hpp"
#include "parsers/issue_answers.hpp"
#include "parsers/secrets.hpp"
#include "parsers/submission_files.hpp"
#include "parsers/submission_form.hpp"

namespace oin {
namespace {

const Submission& submission_of(const Ticket& ticket) {
  static const Submission nothing;
  return ticket.submission ? *ticket.submission : nothing;
}

std::string app_of(const Ticket& ticket) {
  const auto& fields = submission_of(ticket).fields;
  const auto name = fields.find("app_name");
  return name == fields.end() ? std::string() : folded(shown(name->second));
}

/// The sender's other open reviews of an app of this name.
std::vector<std::string> same_app(const Ticket& ticket, std::span<const Ticket> known) {
  std::vector<std::string> out;
  const std::string app = app_of(ticket);
  if (app.empty()) return out;
  for (const Ticket& other : known)
    if (other.id != ticket.id && checked(other.kind) && other.state != TicketState::closed &&
        app_of(other) == app)
      out.push_back(reference(other.id));
  return out;
}

/// What a mail's own attachments and text show is no change of the submission.
bool is_of_mail(const std::string& detail) { return detail.starts_with("mail:"); }

bool same_details(const Submission& one, const Submission& other) {
  const auto kept = [](const Submission& submission) {
    auto details = submission.details;
    std::erase_if(details, [](const auto& detail) { return is_of_mail(detail.first); });
    return details;
  };
  return kept(one) == kept(other);
}

std::vector<FieldChange> changes(const Submission& before, const Submission& after) {
  std::vector<FieldChange> out;
  for (const auto& [name, value] : after.fields) {
    const auto old = before.fields.find(name);
    if (old == before.fields.end())
      out.push_back({name, "", shown(value)});
    else if (old->second != value)
      out.push_back({name, shown(old->second), shown(value)});
  }
  for (const auto& [name, value] : before.fields)
    if (!after.fields.contains(name)) out.push_back({name, shown(value), ""});
  std::ranges::sort(out, {}, &FieldChange::field);
  return out;
}

/// The fields that issues stand against.
std::set<std::string> awaited_fields(const Ticket& ticket) {
  std::set<std::string> out;
  for (const Issue& issue : ticket.issues)
    if (issue.stands()) out.insert(issue.finding.field);
  return out;
}

/// Adds the revision that the mail makes, unless it says nothing new.
RevisionOutcome revise(Draft& draft, const MailArrived& in) {
  RevisionOutcome out;
  const Submission before = submission_of(draft.ticket());
  Submission said = in.submission;
  if (draft.ticket().submission) {
    place_unknown(said, before.protocols, awaited_fields(draft.ticket()));
    place_files(said, before);
    accept_offer(said, draft.ticket(), in.mail);
  }
  said.files.clear();
  if (!said.says_something()) return out;
  const Submission after = patched(before, said);
  if (draft.ticket().submission && before.fields == after.fields && same_details(before, after)) return out;
  draft.add(SubmissionRead{draft.ticket().revision + 1, std::move(said)});
  out.revised = true;
  out.changed = changes(before, after);
  return out;
}

const Issue* issue_for(const Ticket& ticket, const Finding& finding) {
  const auto it = std::ranges::find_if(ticket.issues, [&](const Issue& issue) {
    return issue.finding.code == finding.code && issue.finding.field == finding.field &&
           issue.state != IssueState::fixed;
  });
  return it == ticket.issues.end() ? nullptr : &*it;
}

bool found_again(const std::vector<Finding>& findings, const Issue& issue) {
  return std::ranges::any_of(findings, [&](const Finding& finding) {
    return finding.code == issue.finding.code && finding.field == issue.finding.field;
  });
}

/// Closes what is mended, raises what is new.  What was waived stays waived.
void check(Draft& draft, const Desk& desk, const MailArrived& in, const Submission* before,
           RevisionOutcome& out) {
  const Ticket& ticket = draft.ticket();
  const Circumstances around{.kind = ticket.kind,
                             .revision = ticket.revision,
                             .phase = ticket.phase.value_or(""),
                             .sender = ticket.requester,
                             .before = before,
                             .same_app = same_app(ticket, in.known),
                             .now = draft.now()};
  const auto findings = desk.rules.check(submission_facts(submission_of(ticket), around));
  const std::vector<Issue> stood = ticket.issues;
  for (const Issue& issue : stood)
    if (issue.by_rule && issue.stands() && !found_again(findings, issue)) {
      draft.add(IssueClosed{issue.number, "fixed", "the check passes now"});
      out.closed.push_back(issue.number);
    }
  for (const Finding& finding : findings) raise_found(draft, finding, out);
}

/// Written down is what was said of issues that stand after the checks: what is mended needs no word.
std::vector<IssueAnswer> note_answers(Draft& draft, const MailArrived& in, RevisionOutcome& out) {
  std::vector<int> standing;
  for (const Issue& issue : draft.ticket().issues)
    if (issue.stands() && std::ranges::find(out.raised, issue.number) == out.raised.end())
      standing.push_back(issue.number);
  if (standing.empty()) return {};
  auto answers = issue_answers(in.mail, standing);
  for (const IssueAnswer& answer : answers) {
    draft.add(IssueAnswered{answer.number, std::string(name(answer.said)), masked(answer.text)});
    out.answered.push_back(answer.number);
  }
  return answers;
}

/// An update is held against what is published, where the one who sends it may know that: what differs is
/// told to them.
const Submission* published_before(const Ticket& ticket, const MailArrived& in) {
  const Ticket* app = ticket.kind == TicketKind::update ? published(in) : nullptr;
  return app && app->submission && app->knows(in.sender.address) ? &*app->submission : nullptr;
}

bool in_precheck(const Ticket& ticket) { return ticket.phase == "precheck"; }

/// Fields that the catalog shows and no sign-in depends on: a change of these is looked at, not tested again.
bool of_catalog(const std::string& field) {
  return field.find('.') == std::string::npos && field != "variables" && field != "protocols" &&
         field != "dev_org_url";
}

/// A dispute or a question is for a person, whatever blocks.
void hand_to_team(Draft& draft, const Desk& desk, const MailArrived& in,
                  const std::vector<IssueAnswer>& answers) {
  const auto needs_person = std::ranges::find_if(answers, [](const IssueAnswer& answer) {
    return answer.said == IssueAnswer::Said::disputed || answer.said == IssueAnswer::Said::question;
  });
  if (needs_person == answers.end() || draft.ticket().turn != Turn::vendor) return;
  draft.add(TurnPassed{
      Turn::team,
      fmt::format("issue {} is {}", needs_person->number,
                  needs_person->said == IssueAnswer::Said::disputed ? "disputed" : "asked about")});
  promise_answer(draft, desk, in.arrived_at);
}

}  // namespace

bool checked(TicketKind kind) {
  return kind == TicketKind::submission || kind == TicketKind::update ||
         kind == TicketKind::private_integration;
}

void raise_found(Draft& draft, const Finding& finding, RevisionOutcome& out) {
  const Issue* known = issue_for(draft.ticket(), finding);
  if (known && (known->finding == finding || known->state == IssueState::waived)) return;
  const int number = known ? known->number : draft.ticket().next_issue_number();
  draft.add(IssueRaised{number, finding, true});
  out.raised.push_back(number);
}

void move_on(Draft& draft, const Desk& desk, Instant from, RevisionOutcome& out) {
  const PhaseSettings* first = desk.phase_after("precheck");
  const Ticket& ticket = draft.ticket();
  if (ticket.awaits_vendor()) {
    // A dispute that a person has yet to answer is not lost in a revision.
    if (!ticket.answer_promised) pass_turn(draft, Turn::vendor, waiting_for_vendor(ticket));
  } else if (in_precheck(ticket) && !ticket.to_confirm.empty()) {
    pass_turn(draft, Turn::vendor, fmt::format("the {} awaits its confirmation", ticket.to_confirm));
  } else if (in_precheck(ticket)) {
    if (first) enter_phase(draft, desk, *first, from);
    tell_new(draft, desk);
  } else if (first && out.revised && ticket.phase != first->name &&
             !std::ranges::all_of(out.changed, of_catalog, &FieldChange::field)) {
    enter_phase(draft, desk, *first, from);
    out.reopened = true;
  } else if (ticket.turn == Turn::vendor || ticket.answer_promised) {
    return_to_team(draft, desk, from, "everything that was asked for is answered");
  }
}

void begin_review(Draft& draft, const Desk& desk, const MailArrived& in) {
  RevisionOutcome out = revise(draft, in);
  if (!checked(draft.ticket().kind)) {
    if (const PhaseSettings* first = desk.phase_after("precheck"))
      enter_phase(draft, desk, *first, in.arrived_at);
    tell_new(draft, desk);
  } else if (!out.revised) {
    pass_turn(draft, Turn::vendor, "the form is awaited");
  } else {
    take_private_route(draft, desk, out);
    check(draft, desk, in, published_before(draft.ticket(), in), out);
    move_on(draft, desk, in.arrived_at, out);
  }
}

RevisionOutcome continue_review(Draft& draft, const Desk& desk, const MailArrived& in) {
  const std::optional<Submission> before = draft.ticket().submission;
  RevisionOutcome out = revise(draft, in);
  if (out.revised) take_private_route(draft, desk, out);
  if (out.revised && checked(draft.ticket().kind)) check(draft, desk, in, before ? &*before : nullptr, out);
  const auto answers = note_answers(draft, in, out);
  if (out.revised || !answers.empty()) move_on(draft, desk, in.arrived_at, out);
  hand_to_team(draft, desk, in, answers);
  return out;
}

}  // namespace oin
