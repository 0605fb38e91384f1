#include "daemon/workflow/letter_variables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/workflow/field_label.hpp"

namespace oin {
namespace {

using nlohmann::json;

std::string turn_text(const Ticket& ticket) {
  if (ticket.state == TicketState::closed) return "closed";
  switch (ticket.turn) {
    case Turn::team:
      return "ours";
    case Turn::vendor:
      return "yours";
    case Turn::none:
      return "nobody's";
  }
  return "ours";
}

}  // namespace

std::string phase_title(const Desk& desk, const Ticket& ticket) {
  if (!ticket.phase) return "question";
  const PhaseSettings* phase = desk.phase(*ticket.phase);
  return phase ? phase->title : *ticket.phase;
}

void add_due(json& variables, const Desk& desk, const Ticket& ticket) {
  variables["has_due"] = ticket.due_at.has_value();
  variables["due"] = ticket.due_at ? desk.calendar_of(ticket).shown(*ticket.due_at) : "";
}

json common_variables(const Desk& desk, const Ticket& ticket, const Address& to) {
  const DeskMailbox* mailbox = desk.mailbox(ticket.mailbox);
  return {{"desk_name", desk.name},
          {"reference", reference(ticket.id)},
          {"number", ticket.id},
          {"title", ticket.title},
          {"contact_name", to.display_name},
          {"mailbox_address", mailbox ? mailbox->address : ""}};
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
  variables["queue_title"] = queue ? queue->title : ticket.queue;
  add_due(variables, desk, ticket);
  return variables;
}

json status_of(const Desk& desk, std::span<const Ticket> tickets, const Address& to) {
  json variables = common_variables(desk, tickets.front(), to);
  json list = json::array();
  for (const Ticket& ticket : tickets) {
    json one = {{"reference", reference(ticket.id)},
                {"title", ticket.title},
                {"phase_title", phase_title(desk, ticket)},
                {"turn_text", turn_text(ticket)},
                {"issues_open", ticket.issues_standing()},
                {"history", json::array()},
                {"issues", json::array()}};
    for (const Issue& issue : ticket.issues)
      if (issue.stands()) one["issues"].push_back({{"number", issue.number}, {"text", issue.finding.text}});
    add_due(one, desk, ticket);
    for (const ClockInterval& interval : ticket.clock)
      one["history"].push_back(
          {{"when", desk.calendar_of(ticket).date_shown(interval.from)}, {"text", interval.why}});
    list.push_back(std::move(one));
  }
  variables["tickets"] = std::move(list);
  return variables;
}

}  // namespace oin
