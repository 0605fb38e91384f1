#include "daemon/workflow/digest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/team.hpp"
#include "parsers/address.hpp"

namespace oin {
namespace {

using nlohmann::json;

struct Group {
  std::string_view title;
  bool (*holds)(const Desk& desk, const Ticket& ticket, Instant now);
};

bool presses(const Desk&, const Ticket& ticket, Instant) { return ticket.escalated_at.has_value(); }

bool overdue(const Desk&, const Ticket& ticket, Instant now) { return ticket.overdue(now); }

bool due_today(const Desk& desk, const Ticket& ticket, Instant now) {
  const BusinessCalendar& calendar = desk.calendar_of(ticket);
  return ticket.due_at && calendar.day_of(*ticket.due_at) == calendar.day_of(now);
}

/// Since the working day before this one began.
bool is_fresh(const Desk& desk, const Ticket& ticket, Instant at, Instant now) {
  const BusinessCalendar& calendar = desk.calendar_of(ticket);
  return at >= calendar.subtract_business_minutes(calendar.next_opening(now), calendar.minutes_of_days(1));
}

bool is_new(const Desk& desk, const Ticket& ticket, Instant now) {
  return ticket.turn == Turn::team && is_fresh(desk, ticket, ticket.opened_at, now);
}

bool vendor_wrote(const Desk& desk, const Ticket& ticket, Instant now) {
  return ticket.turn == Turn::team && is_fresh(desk, ticket, ticket.waiting_since, now);
}

bool nobody_has_it(const Desk&, const Ticket& ticket, Instant) {
  return ticket.turn == Turn::team && !ticket.assignee;
}

bool drafts_wait(const Desk&, const Ticket& ticket, Instant) {
  return std::ranges::find(ticket.issues, IssueState::draft, &Issue::state) != ticket.issues.end();
}

/// A ticket stands in the first of these that it fits.
constexpr std::array groups{
    Group{"Its vendor presses", presses},
    Group{"Overdue", overdue},
    Group{"Due today", due_today},
    Group{"New", is_new},
    Group{"Answered by their vendor", vendor_wrote},
    Group{"Nobody has these", nobody_has_it},
    Group{"Issues are drafted and not sent", drafts_wait},
};

bool concerns(const Desk& desk, const PersonSettings& person, const Ticket& ticket) {
  if (ticket.queue == "noise" || !may_see(desk, &person, ticket)) return false;
  if (has_role(person, "lead")) return true;
  if (ticket.assignee) return comparable(*ticket.assignee) == comparable(person.address);
  return has_role(person, role_of(desk, ticket));
}

json line_of(const Desk& desk, const Ticket& ticket) {
  const PhaseSettings* phase = desk.phase(ticket.phase.value_or(""));
  std::string line = phase ? phase->title : ticket.phase.value_or("question");
  if (ticket.due_at) line += ", due " + desk.calendar_of(ticket).shown(*ticket.due_at);
  if (const int open = ticket.issues_standing())
    line += fmt::format(", {} open issue{}", open, open == 1 ? "" : "s");
  if (ticket.assignee) line += ", with " + *ticket.assignee;
  return {{"reference", reference(ticket.id)}, {"title", ticket.title}, {"line", line}};
}

}  // namespace

std::optional<Instant> next_digest_at(const Desk& desk, Instant now) {
  if (!desk.workflow.notices.digest_at) return std::nullopt;
  const std::chrono::minutes at(*desk.workflow.notices.digest_at);
  Instant opening = desk.calendar.opening_on(desk.calendar.day_of(now));
  if (const Instant today = desk.calendar.at(desk.calendar.day_of(opening), at); today > now) return today;
  opening =
      desk.calendar.opening_on(std::chrono::sys_days(desk.calendar.day_of(opening)) + std::chrono::days(1));
  return desk.calendar.at(desk.calendar.day_of(opening), at);
}

std::optional<LetterDraft> digest(const Desk& desk, const PersonSettings& person,
                                  std::span<const Ticket> tickets, Instant now) {
  std::array<json, groups.size()> lists;
  lists.fill(json::array());
  for (const Ticket& ticket : tickets) {
    if (ticket.state != TicketState::open || !concerns(desk, person, ticket)) continue;
    const auto group =
        std::ranges::find_if(groups, [&](const Group& g) { return g.holds(desk, ticket, now); });
    if (group != groups.end())
      lists[static_cast<std::size_t>(group - groups.begin())].push_back(line_of(desk, ticket));
  }
  json variables = {{"desk_name", desk.name},
                    {"contact_name", person.name},
                    {"mailbox_address", desk.mailboxes.empty() ? "" : desk.mailboxes.front().address},
                    {"day", desk.calendar.date_shown(now)},
                    {"groups", json::array()}};
  for (std::size_t i = 0; i < groups.size(); ++i)
    if (!lists[i].empty())
      variables["groups"].push_back({{"title", groups[i].title}, {"tickets", std::move(lists[i])}});
  if (variables["groups"].empty()) return std::nullopt;
  LetterDraft letter{"staff-digest", {{person.name, person.address}}, std::move(variables)};
  letter.to_staff = true;
  return letter;
}

}  // namespace oin
