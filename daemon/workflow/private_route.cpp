#include "daemon/workflow/private_route.hpp"

#include <algorithm>
#include <array>

#include "parsers/agreement.hpp"
#include "parsers/issue_answers.hpp"

namespace oin {
namespace {

/// What closes the public way.  Several may stand for one reason: a bare "yes" beside these is said to the
/// offer.
constexpr std::array<std::string_view, 3> triggers{"route.private-needed", "scim.version-1-1",
                                                   "scim.header-expression"};

bool is_trigger(const Issue& issue) {
  return std::ranges::find(triggers, issue.finding.code) != triggers.end();
}

bool says(const Submission& submission, const char* field, std::string_view word) {
  const auto found = submission.fields.find(field);
  return found != submission.fields.end() &&
         std::ranges::find(found->second.items, word) != found->second.items.end();
}

bool says_private(const Submission& submission) {
  return says(submission, "visibility", "private") || says(submission, "submission_type", "private");
}

/// Why it cannot be public, in the words of the form; empty where a person has found another reason.
std::string reason_of(const Submission& submission) {
  if (says(submission, "scim.version", "1.1")) return "scim-1.1";
  if (says(submission, "scim.features", "profile sourcing")) return "profile-sourcing";
  return submission.fields.contains("private.header_expression") ? "header-expression" : "";
}

bool is_all_that_is_asked(const Ticket& ticket) {
  return std::ranges::all_of(ticket.issues,
                             [](const Issue& issue) { return !issue.awaits_vendor() || is_trigger(issue); });
}

/// What was said beside the offer's own number goes before what the mail says as a whole.
bool accepts(const Ticket& ticket, const Issue& offer, const Mail& mail) {
  const std::array numbers{offer.number};
  for (const IssueAnswer& answer : issue_answers(mail, numbers)) {
    using Said = IssueAnswer::Said;
    if (answer.said == Said::disputed || answer.said == Said::question) return false;
    const auto words = answer.text.find_first_not_of("#0123456789.:) \t");
    if (words != std::string::npos && is_yes(std::string_view(answer.text).substr(words))) return true;
  }
  return agrees_to_private(mail.reply_text) || (is_all_that_is_asked(ticket) && is_yes(mail.reply_text));
}

void put(Submission& said, const char* field, const std::string& value) {
  said.fields.emplace(field, FieldValue{FieldValue::Kind::text, {value}});
}

}  // namespace

const Issue* private_offer(const Ticket& ticket) {
  if (ticket.kind != TicketKind::submission) return nullptr;
  const auto offer = std::ranges::find_if(
      ticket.issues, [](const Issue& issue) { return issue.stands() && is_trigger(issue); });
  return offer == ticket.issues.end() ? nullptr : &*offer;
}

void accept_offer(Submission& said, const Ticket& ticket, const Mail& mail) {
  const Issue* offer = private_offer(ticket);
  if (!offer || !ticket.submission || said.fields.contains("visibility") || !accepts(ticket, *offer, mail))
    return;
  put(said, "visibility", "private");
  const auto header = ticket.submission->fields.find("scim.header_format");
  if (offer->finding.code == "scim.header-expression" && header != ticket.submission->fields.end())
    put(said, "private.header_expression", shown(header->second));
  if (const std::string reason = reason_of(patched(*ticket.submission, said)); !reason.empty())
    put(said, "private.reason", reason);
}

void take_private_route(Draft& draft, const Desk& desk, RevisionOutcome& out) {
  const Ticket& ticket = draft.ticket();
  if (ticket.kind != TicketKind::submission || !ticket.submission || !says_private(*ticket.submission))
    return;
  const PhaseSettings* first = desk.phase_after("precheck");
  out.reopened = ticket.phase != "precheck" && !(first && ticket.phase == first->name);
  draft.add(KindChanged{TicketKind::private_integration, std::string(desk.queue_of("private-integration")),
                        ticket.title});
}

Submission form_to_fill(TicketKind kind, Submission known) {
  if (kind == TicketKind::update) put(known, "submission_type", "update");
  if (kind != TicketKind::private_integration) return known;
  put(known, "visibility", "private");
  known.fields.emplace("private.orgs", FieldValue{FieldValue::Kind::list, {}});
  return known;
}

std::vector<std::string> orgs_named(const Ticket& ticket) {
  if (!ticket.submission) return {};
  const auto found = ticket.submission->fields.find("private.orgs");
  return found == ticket.submission->fields.end() ? std::vector<std::string>() : found->second.items;
}

}  // namespace oin
