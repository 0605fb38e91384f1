#include "daemon/workflow/pointless.hpp"

#include <algorithm>
#include <array>

#include "parsers/address.hpp"

namespace oin {
namespace {

using Holds = bool (*)(const Ticket&, const WaitingLetter&);

bool over(const Ticket& ticket, const WaitingLetter&) { return ticket.state == TicketState::closed; }
bool reopened(const Ticket& ticket, const WaitingLetter&) { return ticket.state != TicketState::closed; }
bool held(const Ticket& ticket, const WaitingLetter&) { return ticket.state == TicketState::held; }
bool not_held(const Ticket& ticket, const WaitingLetter&) { return ticket.state != TicketState::held; }
bool not_teams_turn(const Ticket& ticket, const WaitingLetter&) { return ticket.turn != Turn::team; }
bool not_vendors_turn(const Ticket& ticket, const WaitingLetter&) { return ticket.turn != Turn::vendor; }
bool heard_from(const Ticket& ticket, const WaitingLetter& letter) {
  return ticket.waiting_since > letter.written_at;
}
bool other_course(const Ticket& ticket, const WaitingLetter& letter) {
  return ticket.changed_course_at > letter.written_at;
}
bool assigned(const Ticket& ticket, const WaitingLetter&) { return ticket.assignee.has_value(); }
bool not_theirs(const Ticket& ticket, const WaitingLetter& letter) {
  return !ticket.assignee || comparable(*ticket.assignee) != comparable(letter.recipient);
}
bool followed(const Ticket&, const WaitingLetter& letter) { return letter.followed; }

struct Rule {
  std::array<std::string_view, 4> letters;
  Holds holds;
  std::string_view why;
};

/// What makes which letters pointless.
constexpr Rule rules[] = {
    {{"reminder", "reminder-final"}, over, "the case is over"},
    {{"reminder", "reminder-final"}, held, "the case is on hold"},
    {{"reminder", "reminder-final"}, not_vendors_turn, "it is not the vendor's turn any more"},
    {{"reminder", "reminder-final"}, heard_from, "its vendor has written since"},
    {{"reminder", "reminder-final"}, followed, "a newer reminder waits"},
    {{"delay-notice"}, over, "the case is over"},
    {{"delay-notice"}, held, "the case is on hold"},
    {{"delay-notice"}, not_teams_turn, "no date of the team's stands any more"},
    {{"delay-notice"}, other_course, "the case has gone on since"},
    {{"delay-notice"}, followed, "a newer notice of the delay waits"},
    {{"status"}, followed, "a newer status waits"},
    {{"closed-inactive", "profile-sourcing-expired"}, reopened, "the case is open again"},
    {{"profile-sourcing-expiring"}, over, "the case is over"},
    {{"profile-sourcing-expiring"}, other_course, "the case has gone on since"},
    {{"staff-due-soon", "staff-overdue", "staff-reminder", "staff-new"}, over, "the case is over"},
    {{"staff-due-soon", "staff-overdue", "staff-reminder"}, held, "the case is on hold"},
    {{"staff-due-soon", "staff-overdue", "staff-reminder"}, not_teams_turn, "it is not the team's turn"},
    {{"staff-due-soon", "staff-overdue"}, other_course, "the case has gone on since"},
    {{"staff-due-soon", "staff-overdue", "staff-reminder"}, followed, "a newer notice waits"},
    {{"staff-new"}, assigned, "somebody has it"},
    {{"staff-assigned"}, not_theirs, "it is somebody else's now"},
    {{"staff-held"}, not_held, "the case is not on hold any more"},
};

bool is_about(const Rule& rule, std::string_view event) {
  return !event.empty() && std::ranges::find(rule.letters, event) != rule.letters.end();
}

}  // namespace

bool may_become_pointless(std::string_view event) {
  return std::ranges::any_of(rules, [&](const Rule& rule) { return is_about(rule, event); });
}

std::optional<std::string> pointless(const Ticket& ticket, const WaitingLetter& letter) {
  for (const Rule& rule : rules)
    if (is_about(rule, letter.event) && rule.holds(ticket, letter)) return std::string(rule.why);
  return std::nullopt;
}

}  // namespace oin
