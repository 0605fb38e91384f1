/// ticket.hpp: one case on the desk, as the fold of its events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/workflow/event.hpp"

namespace oin {

enum class TicketState { open, held, closed };
enum class IssueState { draft, open, answered, fixed, waived };

struct Participant {
  std::string address, role;
};

/// Something to be mended before the review can go on or end.
struct Issue {
  int number = 0;
  Finding finding;
  IssueState state = IssueState::open;
  bool by_rule = false;
  std::string answer;  ///< what the vendor said of it last

  bool stands() const { return state == IssueState::open || state == IssueState::answered; }
};

/// A stretch of time in which the clock ran or stood still, and why.
struct ClockInterval {
  Instant from;
  std::optional<Instant> to;  ///< nothing: still going on
  bool runs = false;
  std::string why;
};

struct Ticket {
  TicketId id = 0;
  int events = 0;  ///< how many were folded in; 0: not opened yet
  TicketKind kind = TicketKind::support;
  TicketState state = TicketState::open;
  Turn turn = Turn::team;
  std::string queue, title, mailbox, requester;
  std::optional<std::string> phase, outcome, assignee;
  Instant opened_at, changed_at;
  std::optional<Instant> due_at;             ///< nothing while the clock stands still
  bool due_passed = false;                   ///< DuePassed was written for due_at
  std::optional<Instant> forget_secrets_at;  ///< of a closed ticket: when its secrets are deleted
  int revision = 0;
  std::optional<Submission> submission;
  std::vector<Participant> participants;
  std::vector<Issue> issues;  ///< by number
  std::vector<ClockInterval> clock;

  bool opened() const { return events > 0; }
  bool overdue(Instant now) const { return due_at && *due_at < now; }
  /// Is this address (any case) on the ticket's record?
  bool knows(std::string_view addr_spec) const;
  /// Null when there is no issue of that number.
  const Issue* issue(int number) const;
  bool blocked() const;  ///< an issue that blocks stands
  int issues_standing() const;
};

/// Does such a ticket go through the phases of a review?
bool reviewed(TicketKind kind);

std::string reference(TicketId id);      ///< "OIN-1"
std::string_view name(TicketKind kind);  ///< "profile-sourcing"
std::string_view name(TicketState state);
std::string_view name(IssueState state);
std::optional<TicketKind> ticket_kind(std::string_view name);

}  // namespace oin
