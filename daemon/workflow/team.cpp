#include "daemon/workflow/team.hpp"

#include <algorithm>

namespace oin {
namespace {

std::vector<const PersonSettings*> with_role(const Desk& desk, std::string_view role) {
  std::vector<const PersonSettings*> out;
  for (const PersonSettings& person : desk.people)
    if (has_role(person, role)) out.push_back(&person);
  return out;
}

}  // namespace

std::string role_of(const Desk& desk, const Ticket& ticket) {
  if (!reviewed(ticket.kind)) {
    const QueueSettings* queue = desk.queue(ticket.queue);
    return queue ? queue->role : "support";
  }
  const PhaseSettings* phase = desk.phase(ticket.phase.value_or(""));
  if (!phase) phase = desk.phase_after("precheck");
  return phase ? phase->role : "reviewer";
}

bool has_role(const PersonSettings& person, std::string_view role) {
  return std::ranges::find(person.roles, role) != person.roles.end();
}

std::vector<const PersonSettings*> workers_of(const Desk& desk, const Ticket& ticket) {
  if (ticket.assignee)
    if (const PersonSettings* person = desk.person(*ticket.assignee)) return {person};
  return with_role(desk, role_of(desk, ticket));
}

bool may_see(const Desk& desk, const PersonSettings* person, const Ticket& ticket) {
  const QueueSettings* queue = desk.queue(ticket.queue);
  return !queue || !queue->restricted || (person && has_role(*person, queue->role));
}

std::vector<const PersonSettings*> leads_of(const Desk& desk) { return with_role(desk, "lead"); }

}  // namespace oin
