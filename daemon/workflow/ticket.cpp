#include "daemon/workflow/ticket.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "parsers/address.hpp"

namespace oin {
namespace {

constexpr std::pair<TicketKind, std::string_view> kinds[] = {
    {TicketKind::submission, "submission"}, {TicketKind::update, "update"},
    {TicketKind::removal, "removal"},       {TicketKind::private_integration, "private"},
    {TicketKind::support, "support"},       {TicketKind::profile_sourcing, "profile-sourcing"}};

}  // namespace

bool Ticket::knows(std::string_view addr_spec) const {
  const std::string wanted = comparable(addr_spec);
  return std::ranges::any_of(participants,
                             [&](const Participant& p) { return comparable(p.address) == wanted; });
}

const Issue* Ticket::issue(int number) const {
  const auto it = std::ranges::find(issues, number, &Issue::number);
  return it == issues.end() ? nullptr : &*it;
}

bool Ticket::blocked() const {
  return std::ranges::any_of(issues, [](const Issue& i) { return i.stands() && i.finding.blocks(); });
}

bool Ticket::awaits_vendor() const { return std::ranges::any_of(issues, &Issue::awaits_vendor); }

TicketId Ticket::goes_on_in() const {
  const auto it = std::ranges::find(links, "goes on in", &Link::how);
  return it == links.end() ? 0 : it->ticket;
}

int Ticket::issues_standing() const {
  return static_cast<int>(std::ranges::count_if(issues, &Issue::stands));
}

std::vector<int> Ticket::issue_numbers(bool (*wanted)(const Issue&)) const {
  std::vector<int> out;
  for (const Issue& each : issues)
    if (wanted(each)) out.push_back(each.number);
  return out;
}

std::vector<std::string> Ticket::sealed_fields() const {
  std::vector<std::string> out;
  if (submission)
    for (const auto& [name, value] : submission->fields)
      if (value.kind == FieldValue::Kind::secret) out.push_back(name);
  return out;
}

std::string listed(const std::vector<int>& issue_numbers) {
  return fmt::format("issue{} {}", issue_numbers.size() == 1 ? "" : "s", fmt::join(issue_numbers, ", "));
}

std::string waiting_for_vendor(const Ticket& ticket) {
  return "waiting for " +
         listed(ticket.issue_numbers([](const Issue& issue) { return issue.awaits_vendor(); }));
}

bool reviewed(TicketKind kind) { return kind != TicketKind::support && kind != TicketKind::profile_sourcing; }

std::string with_the_team(std::string_view phase) { return fmt::format("phase {} is with the team", phase); }

std::string reference(TicketId id) { return fmt::format("OIN-{}", id); }

std::string_view name(TicketKind kind) {
  for (const auto& [k, name] : kinds)
    if (k == kind) return name;
  return "support";
}

std::optional<TicketKind> ticket_kind(std::string_view wanted) {
  for (const auto& [kind, name] : kinds)
    if (name == wanted) return kind;
  return std::nullopt;
}

std::string_view name(TicketState state) {
  switch (state) {
    case TicketState::open:
      return "open";
    case TicketState::held:
      return "held";
    case TicketState::closed:
      return "closed";
  }
  return "open";
}

std::string_view name(IssueState state) {
  switch (state) {
    case IssueState::draft:
      return "draft";
    case IssueState::open:
      return "open";
    case IssueState::answered:
      return "answered";
    case IssueState::fixed:
      return "fixed";
    case IssueState::waived:
      return "waived";
  }
  return "open";
}

}  // namespace oin
