#include "daemon/workflow/review_letters.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/workflow/blank_form.hpp"
#include "daemon/workflow/field_label.hpp"
#include "daemon/workflow/letter_variables.hpp"
#include "daemon/workflow/private_route.hpp"
#include "parsers/submission_labels.hpp"

namespace oin {
namespace {

using nlohmann::json;

const Submission& submission_of(const Ticket& ticket) {
  static const Submission nothing;
  return ticket.submission ? *ticket.submission : nothing;
}

json issue_variables(const Issue& issue) {
  const Finding& finding = issue.finding;
  return {{"number", issue.number}, {"label", finding.field.empty() ? "" : label_of(finding.field)},
          {"text", finding.text},   {"need", finding.need},
          {"why", finding.why},     {"source", finding.source},
          {"answer", issue.answer}};
}

void add_list(json& variables, const std::string& name, json list) {
  variables["has_" + name] = !list.empty();
  variables[name] = std::move(list);
}

/// Those that stand: what blocks, what must be mended before the end, what is advice.  Lines that are missing
/// from the form are listed as lines to be filled in: twenty times the same explanation hides the rest.
void add_issues(json& variables, const Ticket& ticket) {
  json missing = json::array(), blockers = json::array(), musts = json::array(), advice = json::array();
  for (const Issue& issue : ticket.issues) {
    if (!issue.stands()) continue;
    const bool line = issue.finding.code == "form.missing-field" && issue.answer.empty();
    json& list = issue.finding.blocks()               ? (line ? missing : blockers)
                 : issue.finding.severity == "advice" ? advice
                                                      : musts;
    list.push_back(issue_variables(issue));
  }
  variables["has_first"] = !missing.empty() || !blockers.empty();
  add_list(variables, "missing", std::move(missing));
  variables["has_issues"] = ticket.issues_standing() > 0;
  const Issue* offer = private_offer(ticket);
  variables["has_private_offer"] = offer != nullptr;
  variables["private_offer"] = offer ? offer->number : 0;
  add_list(variables, "blockers", std::move(blockers));
  add_list(variables, "musts", std::move(musts));
  add_list(variables, "advice", std::move(advice));
}

bool has_passed(const Ticket& ticket, const std::string& phase) {
  return std::ranges::find(ticket.passed, phase) != ticket.passed.end();
}

/// The phases, and from the current one on the days on which each ends if nothing holds it up.
void add_phases(json& variables, const Desk& desk, const Ticket& ticket) {
  json phases = json::array();
  std::optional<Instant> expected;
  bool reached = false;
  for (const PhaseSettings& phase : desk.workflow.phases) {
    if (!phase.enabled) continue;
    const BusinessCalendar& calendar = desk.calendar_of(phase.name, ticket.queue);
    const bool current = ticket.phase == phase.name;
    reached = reached || current;
    if (current)
      expected = ticket.due_at;
    else if (expected)
      expected = calendar.add_business_days(*expected, phase.business_days);
    phases.push_back({{"title", title_of(phase, ticket)},
                      {"business_days", phase.business_days},
                      {"one_day", phase.business_days == 1},
                      {"done", !reached && has_passed(ticket, phase.name)},
                      {"current", current},
                      {"expected", expected ? calendar.shown(*expected, ticket.locale) : ""}});
  }
  variables["phases"] = std::move(phases);
}

/// The fields in the order in which the form asks for them.
std::vector<std::string> in_form_order(const Submission& submission) {
  std::vector<std::string> names;
  for (const auto& [name, value] : submission.fields) names.push_back(name);
  std::ranges::stable_sort(names, {}, [](const std::string& name) { return position_in_form(name); });
  return names;
}

void add_submission(json& variables, const Ticket& ticket) {
  const Submission& submission = submission_of(ticket);
  std::string protocols;
  json fields = json::array(), unknown = json::array();
  for (const std::string& id : submission.protocols)
    protocols.append(protocols.empty() ? "" : ", ").append(protocol_title(id));
  for (const std::string& name : in_form_order(submission))
    fields.push_back({{"label", label_of(name)}, {"value", shown(submission.fields.at(name))}});
  for (const UnknownField& field : submission.unknown)
    unknown.push_back({{"label", field.label}, {"value", field.value}});
  const auto app = submission.fields.find("app_name");
  variables["app_name"] = app == submission.fields.end() ? ticket.title : shown(app->second);
  variables["protocol_names"] = std::move(protocols);
  add_list(variables, "fields", std::move(fields));
  add_list(variables, "unknown", std::move(unknown));
  variables["revision"] = ticket.revision;
}

json issues_of(const Ticket& ticket, const std::vector<int>& numbers) {
  json out = json::array();
  for (const int number : numbers)
    if (const Issue* issue = ticket.issue(number)) out.push_back(issue_variables(*issue));
  return out;
}

}  // namespace

json review_variables(const Desk& desk, const Ticket& ticket, const Address& to) {
  json variables = common_variables(desk, ticket, to);
  add_submission(variables, ticket);
  add_issues(variables, ticket);
  add_phases(variables, desk, ticket);
  add_due(variables, desk, ticket);
  variables["phase_title"] = phase_title(desk, ticket);
  variables["begun"] = ticket.phase.value_or("precheck") != "precheck";
  variables["blocked"] = ticket.blocked();
  variables["ours"] = ticket.turn == Turn::team;
  return variables;
}

json submission_received(const Desk& desk, const Ticket& ticket, const Address& to) {
  return review_variables(desk, ticket, to);
}

json submission_incomplete(const Desk& desk, const Ticket& ticket, const Address& to) {
  json variables = review_variables(desk, ticket, to);
  add_closes(variables, desk, ticket);
  return variables;
}

json submission_form(const Desk& desk, const Ticket& ticket, const Address& to, std::string_view topic) {
  json variables = common_variables(desk, ticket, to);
  variables["is_update"] = ticket.kind == TicketKind::update;
  for (const char* about : {"swa", "wsfed", "rename", "transfer"})
    variables[fmt::format("about_{}", about)] = topic == about;
  variables["form"] = form_as_text(form_to_fill(ticket.kind, submission_of(ticket)));
  add_phases(variables, desk, ticket);
  add_due(variables, desk, ticket);
  return variables;
}

json revision_received(const Desk& desk, const Ticket& ticket, const Address& to,
                       const RevisionOutcome& outcome) {
  json variables = review_variables(desk, ticket, to);
  json changed = json::array();
  for (const FieldChange& change : outcome.changed)
    changed.push_back(
        {{"label", label_of(change.field)}, {"before", change.before}, {"after", change.after}});
  add_list(variables, "changed", std::move(changed));
  add_list(variables, "closed", issues_of(ticket, outcome.closed));
  variables["reopened"] = outcome.reopened;
  return variables;
}

json links_checked(const Desk& desk, const Ticket& ticket, const Address& to,
                   const RevisionOutcome& outcome) {
  json variables = review_variables(desk, ticket, to);
  add_list(variables, "raised", issues_of(ticket, outcome.raised));
  add_list(variables, "closed", issues_of(ticket, outcome.closed));
  return variables;
}

json issue_answers_noted(const Desk& desk, const Ticket& ticket, const Address& to,
                         const RevisionOutcome& outcome) {
  json variables = review_variables(desk, ticket, to);
  add_list(variables, "answered", issues_of(ticket, outcome.answered));
  return variables;
}

}  // namespace oin
