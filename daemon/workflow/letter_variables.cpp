#include "daemon/workflow/letter_variables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/workflow/clock_history.hpp"
#include "daemon/workflow/due_things.hpp"
#include "daemon/workflow/escalation.hpp"
#include "daemon/workflow/field_label.hpp"

namespace oin {
namespace {

using nlohmann::json;

}  // namespace

std::string title_of(const PhaseSettings& phase, const Ticket& ticket) {
  const bool is_private = ticket.kind == TicketKind::private_integration && !phase.private_title.empty();
  if (!is_private) return title_in(phase, ticket.locale);
  const auto found = phase.private_titles.find(ticket.locale);
  return found == phase.private_titles.end() ? phase.private_title : found->second;
}

std::string phase_title(const Desk& desk, const Ticket& ticket) {
  const PhaseSettings* phase = desk.phase(ticket.phase.value_or(""));
  return phase ? title_of(*phase, ticket) : "";
}

std::string shown(const Desk& desk, const Ticket& ticket, std::optional<Instant> at) {
  return at ? desk.calendar_of(ticket).shown(*at, ticket.locale) : "";
}

std::string date_shown(const Desk& desk, const Ticket& ticket, Instant at) {
  return desk.calendar_of(ticket).date_shown(at, ticket.locale);
}

void add_due(json& variables, const Desk& desk, const Ticket& ticket) {
  variables["has_due"] = ticket.due_at.has_value();
  variables["due"] = shown(desk, ticket, ticket.due_at);
}

void add_closes(json& variables, const Desk& desk, const Ticket& ticket) {
  const auto timers = timers_of(desk, ticket);
  const auto close = std::ranges::find(timers, "close", &TicketTimer::name);
  const bool waits = close != timers.end() && ticket.turn == Turn::vendor;
  variables["closes"] = waits ? date_shown(desk, ticket, close->at) : "";
}

json common_variables(const Desk& desk, const Ticket& ticket, const Address& to) {
  const DeskMailbox* mailbox = desk.mailbox(ticket.mailbox);
  return {{"desk_name", desk.name},
          {"reference", reference(ticket.id)},
          {"number", ticket.id},
          {"title", ticket.title},
          {"contact_name", to.display_name},
          {"confirm_address", ""},  // the shell signs it
          {"mailbox_address", mailbox ? mailbox->address : ""},
          {"is_private", ticket.kind == TicketKind::private_integration}};
}

json unclear_received(const Desk& desk, const Ticket& ticket, const Address& to) {
  json variables = common_variables(desk, ticket, to);
  for (const char* name : {"oin", "developers"}) {
    const DeskMailbox* mailbox = desk.mailbox(name);
    variables[std::string(name) + "_address"] = mailbox ? mailbox->address : "";
  }
  return variables;
}

json message_too_large(const Desk& desk, const Ticket& ticket, const Address& to, std::size_t bytes) {
  const auto megabytes = [](std::size_t size) {
    return fmt::format("{:.1f} MB", static_cast<double>(size) / 1e6);
  };
  json variables = common_variables(desk, ticket, to);
  variables["size"] = megabytes(bytes);
  variables["limit"] = megabytes(desk.message_bytes);
  return variables;
}

json question_received(const Desk& desk, const Ticket& ticket, const Address& to) {
  json variables = common_variables(desk, ticket, to);
  const QueueSettings* queue = desk.queue(ticket.queue);
  variables["queue_title"] = queue ? title_in(*queue, ticket.locale) : ticket.queue;
  // It came to the other team's mailbox: they are told the shorter way once.
  const bool moved = queue && !queue->mailbox.empty() && queue->mailbox != ticket.mailbox;
  const DeskMailbox* mailbox = moved ? desk.mailbox(queue->mailbox) : nullptr;
  variables["moved_to"] = mailbox ? mailbox->address : "";
  json articles = json::array();
  for (const AnswerSettings& article : desk.workflow.answers)
    if (std::ranges::find(ticket.articles, article.name) != ticket.articles.end())
      articles.push_back({{"title", article.title}, {"text", article.text}});
  variables["has_articles"] = !articles.empty();
  variables["articles"] = std::move(articles);
  add_escalation(variables, desk, ticket);
  add_due(variables, desk, ticket);
  return variables;
}

json status_of(const Desk& desk, std::span<const Ticket> tickets, const Address& to) {
  json variables = common_variables(desk, tickets.front(), to);
  json list = json::array();
  for (Ticket ticket : tickets) {
    ticket.locale = tickets.front().locale;  // one letter, one language
    const bool closed = ticket.state == TicketState::closed;
    json one = {{"reference", reference(ticket.id)},
                {"title", ticket.title},
                {"phase_title", phase_title(desk, ticket)},
                {"in_precheck", ticket.phase == "precheck"},
                {"closed", closed},
                {"held", ticket.state == TicketState::held},
                {"held_why", ticket.held_why},
                {"held_until", shown(desk, ticket, ticket.held_until)},
                {"ours", !closed && ticket.turn == Turn::team},
                {"yours", !closed && ticket.turn == Turn::vendor},
                {"issues_open", ticket.issues_standing()},
                {"issues", json::array()}};
    for (const Issue& issue : ticket.issues)
      if (issue.stands()) one["issues"].push_back({{"number", issue.number}, {"text", issue.finding.text}});
    one["has_issues"] = !one["issues"].empty();
    add_due(one, desk, ticket);
    add_clock_history(one, desk, ticket);
    list.push_back(std::move(one));
  }
  add_escalation(variables, desk, tickets.front());
  variables["tickets"] = std::move(list);
  if (tickets.size() > 1) variables["reference"] = "";  // the letter is about none of them alone
  return variables;
}

}  // namespace oin
