/// ticket.hpp: one case on the desk, as the fold of its events.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/workflow/event.hpp"

namespace oin {

enum class TicketState { open, held, closed };
enum class IssueState { draft, open, answered, fixed, waived };

struct Participant {
  std::string address, role;
  bool unreachable = false;  ///< a letter to it came back for good
};

/// Something to be mended before the review can go on or end.
struct Issue {
  int number = 0;
  Finding finding;
  IssueState state = IssueState::open;
  bool by_rule = false;
  std::string answer;        ///< what the vendor said of it last
  bool awaits_word = false;  ///< they dispute it or asked about it, and nobody has answered

  bool stands() const { return state == IssueState::open || state == IssueState::answered; }
  /// Does it keep the turn with the vendor?  Their word is enough for what a person found; what a rule found
  /// is mended when the rule says so.
  bool awaits_vendor() const {
    if (by_rule) return stands() && finding.blocks();
    return state == IssueState::open && finding.severity != "advice";
  }
};

/// How the `why` of two kinds of intervals begins.
constexpr std::string_view answer_awaited = "an answer is awaited", held_because = "held: ";

/// … and that of one in which a phase's time runs.
std::string with_the_team(std::string_view phase);

/// A stretch of time in which the clock ran or stood still, and why.
struct ClockInterval {
  Instant from;
  std::optional<Instant> to;  ///< nothing: still going on
  bool runs = false;
  std::string why;
  std::int64_t budget = 0;       ///< business minutes until `due`, of one that runs towards a due date
  std::optional<Instant> due{};  ///< as it stands, or stood at its end
  std::string phase{};           ///< in which the ticket was
  std::optional<Instant> counted_from{};  ///< since when the budget counts, if not from `from`
};

/// Another ticket that this one has to do with.
struct Link {
  TicketId ticket = 0;
  std::string how;  ///< "related", "goes on in", "taken over"
};

struct Ticket {
  TicketId id = 0;
  int events = 0;  ///< how many were folded in; 0: not opened yet
  TicketKind kind = TicketKind::support;
  TicketState state = TicketState::open;
  Turn turn = Turn::team;
  std::string queue, title, mailbox, requester;
  std::string locale = "en";  ///< in which its vendor is written to
  std::optional<std::string> phase, outcome, assignee;
  Instant opened_at, changed_at;
  std::optional<Instant> due_at;  ///< nothing while the clock stands still
  bool due_passed = false;        ///< DuePassed was written for due_at
  std::string due_moved_why;      ///< of a due_at that another calendar moved
  int warned_percent = 0;         ///< of the time for due_at, as the team was last told
  std::optional<Instant> warned_at;
  std::optional<Instant> promised;  ///< the due date that the vendor was told last, in this phase and round
  std::string held_why;
  std::optional<Instant> held_since, held_until;
  Instant waiting_since;   ///< of the vendor's turn: since when nothing was heard from them
  int reminders_sent = 0;  ///< since then
  std::optional<Instant> reminded_at, reminders_from;  ///< the last reminder; no reminder before this
  bool answer_promised = false;          ///< due_at is when a person answers, not when the phase ends
  std::optional<Instant> granted_until;  ///< of what was switched on for a time
  bool expiry_told = false;
  std::vector<std::string> articles;    ///< that went along with the acknowledgement
  bool came_back = false;               ///< its asker wrote again after these
  std::optional<Instant> escalated_at;  ///< it presses; over when the turn is the vendor's
  std::string to_confirm;  ///< "withdrawal", "removal": what awaits its confirmation; empty: nothing
  std::optional<Instant> closed_at;
  std::string closed_why;
  std::optional<Instant> forget_secrets_at;  ///< of a closed ticket: when its secrets are deleted
  /// When it last became another case than a person may have had before them (a revision, a phase, an end),
  /// and by what: a command written for an older state is not carried out.
  Instant changed_course_at;
  std::string changed_course_by;
  std::vector<std::string> passed;  ///< phases
  std::vector<Link> links;
  int revision = 0;
  int looked_up_revision = 0;  ///< the latest whose links were opened
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
  bool blocked() const;        ///< an issue that blocks stands
  bool awaits_vendor() const;  ///< an issue keeps the turn with the vendor
  int next_issue_number() const { return static_cast<int>(issues.size()) + 1; }
  TicketId goes_on_in() const;  ///< the ticket that this one was merged into; 0: none
  int issues_standing() const;
  std::vector<int> issue_numbers(bool (*wanted)(const Issue&)) const;
  std::vector<std::string> sealed_fields() const;  ///< the submission's fields that hold a secret
};

/// "issue 2", "issues 2, 5".
std::string listed(const std::vector<int>& issue_numbers);

/// Why it is the vendor's turn: "waiting for issues 2, 5".
std::string waiting_for_vendor(const Ticket& ticket);

/// Does such a ticket go through the phases of a review?
bool reviewed(TicketKind kind);

std::string reference(TicketId id);      ///< "OIN-1"
std::string_view name(TicketKind kind);  ///< "profile-sourcing"
std::string_view name(TicketState state);
std::string_view name(IssueState state);
std::optional<TicketKind> ticket_kind(std::string_view name);

}  // namespace oin
