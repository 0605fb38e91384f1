/// ticket.hpp: one case on the desk, as the fold of its events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/workflow/event.hpp"

namespace oin {

enum class TicketState { open, held, closed };
enum class Turn { team, vendor, none };  ///< whose move it is

struct Participant {
  std::string address, role;
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
  std::optional<Instant> due_at;  ///< nothing while the clock stands still
  bool due_passed = false;        ///< DuePassed was written for due_at
  int revision = 0;
  std::optional<Submission> submission;
  std::vector<Participant> participants;
  std::vector<ClockInterval> clock;

  bool opened() const { return events > 0; }
  bool overdue(Instant now) const { return due_at && *due_at < now; }
  /// Is this address (any case) on the ticket's record?
  bool knows(std::string_view addr_spec) const;
};

std::string reference(TicketId id);      ///< "OIN-1"
std::string_view name(TicketKind kind);  ///< "profile-sourcing"
std::string_view name(TicketState state);
std::string_view name(Turn turn);
std::optional<TicketKind> ticket_kind(std::string_view name);

}  // namespace oin
