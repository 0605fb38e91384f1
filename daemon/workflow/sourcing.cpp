#include "daemon/workflow/sourcing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/letter_variables.hpp"
#include "daemon/workflow/revision.hpp"
#include "daemon/workflow/staff_notices.hpp"
#include "parsers/base/instant.hpp"
#include "parsers/fold.hpp"
#include "parsers/sourcing_request.hpp"
#include "parsers/url.hpp"

namespace oin {
namespace {

using nlohmann::json;

constexpr std::array needed{"app_name", "org_id"};
constexpr auto wished_days = "sourcing.days", wished_until = "sourcing.until";

std::string told(const Ticket& ticket, const char* field) {
  if (!ticket.submission) return {};
  const auto found = ticket.submission->fields.find(field);
  return found == ticket.submission->fields.end() ? std::string() : shown(found->second);
}

/// What the request says as fields of a submission: so they are kept, replayed and shown like any other.
Submission as_fields(const SourcingRequest& request) {
  Submission out;
  const auto put = [&](const char* field, const std::string& value) {
    if (!value.empty()) out.fields[field] = {FieldValue::Kind::text, {value}};
  };
  put("app_name", request.app_name);
  put("dev_org_url", request.org.empty() ? "" : "https://" + request.org);
  put("org_id", request.org_id);
  if (request.days) {
    put(wished_days, std::to_string(*request.days));
    out.cleared.emplace_back(wished_until);
  } else if (request.until) {
    put(wished_until, to_rfc3339(std::chrono::sys_days(*request.until)).substr(0, 10));
    out.cleared.emplace_back(wished_days);
  }
  return out;
}

SourcingOutcome read(Draft& draft, const Desk& desk, const MailArrived& in) {
  const BusinessCalendar& calendar = desk.calendar_of(draft.ticket());
  const SourcingRequest request = sourcing_request(in.mail, in.submission, calendar.day_of(in.arrived_at));
  SourcingOutcome out{.unfit_org_id = request.unfit_org_id};
  Submission said = as_fields(request);
  const Submission before = draft.ticket().submission.value_or(Submission());
  if (said.fields.empty() || patched(before, said).fields == before.fields) return out;
  draft.add(SubmissionRead{draft.ticket().revision + 1, std::move(said)});
  out.said = true;
  return out;
}

void wait_for_facts(Draft& draft) {
  const auto missing = missing_facts(draft.ticket());
  const bool both = missing.size() > 1;
  pass_turn(draft, Turn::vendor,
            both                          ? "the app's name and the org id are awaited"
            : missing.front() == "org_id" ? "the org id is awaited"
                                          : "the app's name is awaited");
}

void hand_to_team(Draft& draft, const Desk& desk, const MailArrived& in, const char* why) {
  pass_turn(draft, Turn::team, why);
  promise_answer(draft, desk, in.arrived_at);
}

// ---- the submission it belongs to ----

bool is_review(const Ticket& ticket) {
  return checked(ticket.kind) && ticket.submission &&
         std::ranges::find(ticket.submission->protocols, "scim") != ticket.submission->protocols.end();
}

bool same(const std::string& one, const std::string& other) { return !one.empty() && one == other; }

std::string org_of(const Ticket& ticket) {
  const std::string host = url(told(ticket, "dev_org_url")).host;
  return okta_org(host.empty() ? told(ticket, "dev_org_url") : host);
}

bool of_one_app_or_org(const Ticket& one, const Ticket& other) {
  return same(folded(told(one, "app_name")), folded(told(other, "app_name"))) ||
         same(org_of(one), org_of(other));
}

constexpr auto of_submission = "belongs to";

/// How a ticket's record speaks of the other; empty where the two have nothing to do with each other.
std::string relation(const Ticket& ticket, const Ticket& other) {
  const bool asks = ticket.kind == TicketKind::profile_sourcing;
  const bool other_asks = other.kind == TicketKind::profile_sourcing;
  if (!of_one_app_or_org(ticket, other)) return {};
  if (asks && other_asks) return "related";
  if (asks && is_review(other)) return of_submission;
  return other_asks && is_review(ticket) ? "Profile Sourcing asked for in" : "";
}

std::string submission_of_request(const Ticket& ticket) {
  const auto link = std::ranges::find(ticket.links, of_submission, &Link::how);
  return link == ticket.links.end() ? "" : reference(link->ticket);
}

}  // namespace

std::vector<std::string> missing_facts(const Ticket& ticket) {
  std::vector<std::string> out;
  for (const char* field : needed)
    if (told(ticket, field).empty()) out.emplace_back(field);
  return out;
}

bool awaits_facts(const Ticket& ticket) {
  return ticket.kind == TicketKind::profile_sourcing && ticket.state != TicketState::closed &&
         ticket.turn == Turn::vendor && !ticket.granted_until && !missing_facts(ticket).empty();
}

std::string wished_time(const Ticket& ticket) {
  if (const std::string days = told(ticket, wished_days); !days.empty())
    return fmt::format("{} day{}", days, days == "1" ? "" : "s");
  const std::string until = told(ticket, wished_until);
  return until.empty() ? "" : "until " + until;
}

SourcingOutcome begin_sourcing(Draft& draft, const Desk& desk, const MailArrived& in) {
  SourcingOutcome out = read(draft, desk, in);
  link_sourcing(draft, in);
  if (missing_facts(draft.ticket()).empty()) {
    promise_answer(draft, desk, in.arrived_at);
    tell_new(draft, desk);
  } else {
    wait_for_facts(draft);
  }
  return out;
}

SourcingOutcome continue_sourcing(Draft& draft, const Desk& desk, const MailArrived& in) {
  const bool was_awaiting = awaits_facts(draft.ticket());
  SourcingOutcome out = read(draft, desk, in);
  link_sourcing(draft, in);
  const Ticket& ticket = draft.ticket();
  if (ticket.granted_until) {
    hand_to_team(draft, desk, in, out.said ? "a longer time is asked for" : "a question is open");
  } else if (missing_facts(ticket).empty()) {
    hand_to_team(draft, desk, in, "nothing is missing any more");
    if (was_awaiting) tell_new(draft, desk);
  } else if (out.said || !out.unfit_org_id.empty()) {
    wait_for_facts(draft);
  } else {
    hand_to_team(draft, desk, in, "a question is open");  // "where do I find it?"
  }
  return out;
}

LetterDraft sourcing_letter(const Desk& desk, const Ticket& ticket, const Address& to,
                            const SourcingOutcome& outcome) {
  return {awaits_facts(ticket) ? "profile-sourcing-incomplete" : "profile-sourcing-received",
          {to},
          sourcing_variables(desk, ticket, to, outcome.unfit_org_id)};
}

json sourcing_variables(const Desk& desk, const Ticket& ticket, const Address& to,
                        const std::string& unfit_org_id) {
  json variables = common_variables(desk, ticket, to);
  const auto missing = missing_facts(ticket);
  const auto lacks = [&](const char* field) { return std::ranges::find(missing, field) != missing.end(); };
  const std::string until = told(ticket, wished_until);
  const auto day = parse_full_date(until);
  variables["app_name"] = told(ticket, "app_name");
  variables["org"] = org_of(ticket);
  variables["org_id"] = told(ticket, "org_id");
  variables["wished_days"] = told(ticket, wished_days);
  variables["wished_until"] =
      day ? date_shown(desk, ticket, desk.calendar_of(ticket).opening_on(*day)) : std::string();
  variables["has_facts"] = ticket.submission && !ticket.submission->fields.empty();
  variables["lacks_app_name"] = lacks("app_name");
  variables["lacks_org_id"] = lacks("org_id");
  variables["one"] = missing.size() == 1;
  variables["unfit_org_id"] = unfit_org_id;
  variables["usual_days"] = desk.workflow.reminders.profile_sourcing_days;
  variables["until"] = shown(desk, ticket, ticket.granted_until);
  variables["related"] = submission_of_request(ticket);
  variables["waiting_since"] = "";
  variables["late_since"] = "";
  add_due(variables, desk, ticket);
  add_closes(variables, desk, ticket);
  return variables;
}

json sourcing_reminder_variables(const Desk& desk, const Ticket& ticket, const Address& to) {
  json variables = sourcing_variables(desk, ticket, to);
  variables["waiting_since"] = date_shown(desk, ticket, ticket.waiting_since);
  return variables;
}

json asked_variables(const Ticket& ticket) {
  json out = json::array();
  if (ticket.kind != TicketKind::profile_sourcing) return out;
  const std::pair<const char*, std::string> lines[] = {{"App", told(ticket, "app_name")},
                                                       {"Org", org_of(ticket)},
                                                       {"Org id", told(ticket, "org_id")},
                                                       {"For how long", wished_time(ticket)}};
  for (const auto& [label, value] : lines)
    if (!value.empty()) out.push_back({{"label", label}, {"value", value}});
  return out;
}

void link_sourcing(Draft& draft, const MailArrived& in) {
  for (const Ticket& other : in.known) {
    const Ticket& ticket = draft.ticket();
    const std::string how = relation(ticket, other);
    if (other.id == ticket.id || other.state == TicketState::closed || how.empty()) continue;
    draft.link(other, how, relation(other, ticket));
  }
}

}  // namespace oin
