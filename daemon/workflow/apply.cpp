#include "daemon/workflow/apply.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/workflow/filing.hpp"
#include "daemon/workflow/web_link.hpp"
#include "parsers/address.hpp"
#include "parsers/base/overloaded.hpp"

namespace oin {
namespace {

/// The clock stands still from `at` until the ticket's next interval, or runs; `why` is what a person reads.
ClockInterval& set_clock(Ticket& ticket, Instant at, bool runs, std::string why) {
  if (!ticket.clock.empty() && !ticket.clock.back().to) ticket.clock.back().to = at;
  ClockInterval& interval = ticket.clock.emplace_back(ClockInterval{at, std::nullopt, runs, std::move(why)});
  interval.phase = ticket.phase.value_or("");
  return interval;
}

/// It is the team's turn, and the clock runs towards a due date; while the case is held, it has yet to.
void run_clock(Ticket& ticket, Instant at, std::optional<Instant> due, std::int64_t budget,
               const std::optional<Instant>& counted_from, std::string why) {
  if (ticket.turn != Turn::team) ticket.reminders_from.reset();
  ticket.turn = Turn::team;
  ticket.answer_promised = false;
  ticket.due_at = due;
  // What was missed before a hold is so after it, and everybody knows.
  if (!due || *due > at || !ticket.due_passed) {
    ticket.due_passed = false;
    ticket.warned_percent = 0;
    ticket.warned_at.reset();
  }
  ticket.due_moved_why.clear();
  const bool held = ticket.state == TicketState::held;  // it runs from the hold's end on
  if (held) ticket.due_at.reset();
  ClockInterval& interval = set_clock(ticket, at, !held, std::move(why));
  interval.budget = budget;
  if (!held) interval.due = due;
  interval.counted_from = counted_from;
}

void stop_clock(Ticket& ticket, Instant at, std::string why) {
  ticket.due_at.reset();
  ticket.due_passed = ticket.due_passed && ticket.state == TicketState::held;
  set_clock(ticket, at, false, std::move(why));
}

void wait_for_vendor(Ticket& ticket, Instant at) {
  ticket.waiting_since = at;
  ticket.reminded_at.reset();
  ticket.reminders_sent = 0;
  ticket.reminders_from.reset();
}

void end_hold(Ticket& ticket) {
  ticket.held_why.clear();
  ticket.held_since.reset();
  ticket.held_until.reset();
}

/// Has the last phase been passed with it?
bool ends_review(const std::string& outcome) {
  return outcome == "published" || outcome == "ready" || outcome == "removed";
}

void set_unreachable(Ticket& ticket, const std::string& address, bool unreachable) {
  for (Participant& one : ticket.participants)
    if (comparable(one.address) == comparable(address)) one.unreachable = unreachable;
}

void change_course(Ticket& ticket, const Event& event) {
  ticket.changed_course_at = event.at;
  ticket.changed_course_by = summary(event.what);
}

Issue* issue_of(Ticket& ticket, int number) {
  for (Issue& issue : ticket.issues)
    if (issue.number == number) return &issue;
  return nullptr;
}

void put_issue(Ticket& ticket, int number, const Finding& finding, IssueState state, bool by_rule) {
  if (Issue* known = issue_of(ticket, number)) {
    known->finding = finding;
    known->state = state;
  } else {
    ticket.issues.push_back({number, finding, state, by_rule, ""});
  }
}

std::string field_of(const std::string& detail) { return detail.substr(0, detail.find(':')); }

/// What was seen at a link takes the place of all that was known from it.
void look(Ticket& ticket, const LinksLooked& e) {
  ticket.looked_up_revision = e.revision;
  if (!ticket.submission) return;
  auto& details = ticket.submission->details;
  std::erase_if(details, [&](const auto& known) {
    const std::string field = field_of(known.first) + ":";
    const auto fresh = e.details.lower_bound(field);
    return fresh != e.details.end() && fresh->first.starts_with(field);
  });
  details.insert(e.details.begin(), e.details.end());
}

}  // namespace

Ticket apply(Ticket ticket, const Event& event) {
  std::visit(
      overloaded{
          [&](const TicketOpened& e) {
            ticket.kind = e.kind;
            ticket.queue = e.queue;
            ticket.title = e.title;
            ticket.mailbox = e.mailbox;
            ticket.requester = e.requester;
            ticket.locale = e.locale;
            ticket.opened_at = event.at;
            if (reviewed(e.kind)) ticket.phase = "precheck";
          },
          [&](const KindChanged& e) {
            ticket.kind = e.kind;
            ticket.queue = e.queue;
            ticket.title = e.title;
            if (reviewed(e.kind)) ticket.phase = "precheck";
          },
          [&](const ParticipantAdded& e) {
            if (!ticket.knows(e.address)) ticket.participants.push_back({e.address, e.role});
          },
          [&](const MailFiled& e) {
            if (!e.automatic.empty() || !ticket.knows(e.from)) return;
            wait_for_vendor(ticket, event.at);
            ticket.came_back = ticket.came_back || !ticket.articles.empty();
          },
          [&](const SubmissionRead& e) {
            ticket.revision = e.revision;
            ticket.submission = patched(ticket.submission.value_or(Submission()), e.submission);
            if (const auto app = e.submission.fields.find("app_name"); app != e.submission.fields.end())
              ticket.title = cut_title(shown(app->second));
            change_course(ticket, event);
          },
          [&](const LinksLooked& e) { look(ticket, e); },
          [&](const IssueDrafted& e) { put_issue(ticket, e.number, e.finding, IssueState::draft, false); },
          [&](const IssueRaised& e) { put_issue(ticket, e.number, e.finding, IssueState::open, e.by_rule); },
          [&](const IssueAnswered& e) {
            if (Issue* issue = issue_of(ticket, e.number)) {
              issue->answer = e.text;
              issue->awaits_word = e.said == "disputed" || e.said == "question";
              if (e.said == "done" && issue->stands()) issue->state = IssueState::answered;
              // Mended on their side, with no line of the form changed: only another look can tell.
              if (e.said == "done" && ticket.submission &&
                  was_looked_up(*ticket.submission, issue->finding.field))
                ticket.looked_up_revision = 0;
            }
          },
          [&](const IssueClosed& e) {
            if (Issue* issue = issue_of(ticket, e.number))
              issue->state = e.how == "waived" ? IssueState::waived : IssueState::fixed;
          },
          [&](const TurnPassed& e) {
            if (ticket.turn != e.turn) ticket.reminders_from.reset();
            ticket.turn = e.turn;
            ticket.due_passed = false;
            if (e.turn == Turn::team) {
              set_clock(ticket, event.at, ticket.state == TicketState::open, e.why);
            } else {
              ticket.escalated_at.reset();
              ticket.answer_promised = false;
              stop_clock(ticket, event.at, e.why);
              ticket.promised.reset();
              for (Issue& issue : ticket.issues) issue.awaits_word = false;
              wait_for_vendor(ticket, event.at);
            }
          },
          [&](const PhaseEntered& e) {
            if (ticket.phase != e.phase) ticket.promised.reset();
            ticket.phase = e.phase;
            // What stood behind it is done anew as well.
            ticket.passed.erase(std::ranges::find(ticket.passed, e.phase), ticket.passed.end());
            run_clock(ticket, event.at, e.due, e.budget, e.from, with_the_team(e.phase));
            change_course(ticket, event);
          },
          [&](const PhasePassed& e) {
            ticket.passed.push_back(e.phase);
            change_course(ticket, event);
          },
          [&](const ClockResumed& e) { run_clock(ticket, event.at, e.due, e.budget, e.from, e.why); },
          [&](const AnswerPromised& e) {
            run_clock(ticket, event.at, e.due, e.budget, e.from, std::string(answer_awaited));
            ticket.answer_promised = true;
          },
          [&](const DueMoved& e) {
            ticket.due_at = e.due;
            ticket.due_moved_why = e.why;
            if (e.due > event.at) ticket.due_passed = false;
            if (!ticket.due_passed && ticket.warned_percent >= 100) ticket.warned_percent = 0;
            if (!ticket.clock.empty()) ticket.clock.back().due = e.due;
          },
          [&](const Held& e) {
            ticket.state = TicketState::held;
            ticket.held_why = e.why;
            ticket.held_since = event.at;
            ticket.held_until = e.until;
            stop_clock(ticket, event.at, fmt::format("{}{}", held_because, e.why));
          },
          [&](const Resumed& e) {
            ticket.state = TicketState::open;
            end_hold(ticket);
            set_clock(ticket, event.at, ticket.turn == Turn::team, e.why);
            if (ticket.turn == Turn::vendor) wait_for_vendor(ticket, event.at);
          },
          [&](const DuePassed&) {
            ticket.due_passed = true;
            ticket.warned_percent = std::max(ticket.warned_percent, 100);
            ticket.warned_at = event.at;
          },
          [&](const TeamWarned& e) {
            ticket.warned_percent = e.percent;
            ticket.warned_at = event.at;
          },
          [&](const Reminded& e) {
            if (e.step == 0) {
              ticket.reminders_from.reset();
            } else {
              ticket.reminders_sent = e.step;
              ticket.reminded_at = event.at;
            }
          },
          [&](const RemindersMoved& e) {
            ticket.reminders_from = e.until;
            ticket.reminders_sent = 0;
          },
          [&](const Assigned& e) {
            ticket.assignee = e.address.empty() ? std::nullopt : std::optional(e.address);
          },
          [&](const QueueChanged& e) { ticket.queue = e.queue; },
          [&](const TicketLinked& e) {
            ticket.links.push_back({e.ticket, e.how});
          },
          [&](const ConfirmationAsked& e) { ticket.to_confirm = e.act; },
          [&](const Confirmed&) { ticket.to_confirm.clear(); },
          [&](const ArticlesSent& e) { ticket.articles = e.names; },
          [&](const Escalated&) { ticket.escalated_at = event.at; },
          [&](const AccessGranted& e) {
            ticket.granted_until = e.until;
            ticket.expiry_told = false;
            change_course(ticket, event);
          },
          [&](const ExpiryTold&) { ticket.expiry_told = true; },
          [&](const AccessEnded&) {
            ticket.granted_until.reset();
            ticket.expiry_told = false;
            change_course(ticket, event);
          },
          [&](const Reopened&) {
            ticket.state = TicketState::open;
            ticket.outcome.reset();
            if (ticket.phase == "done" && !ticket.passed.empty()) {
              ticket.phase = ticket.passed.back();
              ticket.passed.pop_back();
            }
            ticket.closed_at.reset();
            ticket.forget_secrets_at.reset();
            change_course(ticket, event);
          },
          [&](const LetterWritten& e) {
            if (e.due) ticket.promised = e.due;
          },
          [&](const LetterAccepted&) {},
          [&](const LetterRefused&) {},
          [&](const LetterWithdrawn&) {},
          [&](const LetterDelayed&) {},
          [&](const DeliveryReported& e) {
            if (e.action == "failed" && e.status.starts_with('5')) set_unreachable(ticket, e.recipient, true);
          },
          [&](const AddressSuppressed& e) { set_unreachable(ticket, e.address, true); },
          [&](const SuppressionLifted& e) { set_unreachable(ticket, e.address, false); },
          [&](const TicketClosed& e) {
            ticket.state = TicketState::closed;
            ticket.outcome = e.outcome;
            if (ends_review(e.outcome)) ticket.phase = "done";
            ticket.closed_why = e.why;
            ticket.to_confirm.clear();
            ticket.turn = Turn::none;
            ticket.promised.reset();
            ticket.answer_promised = false;
            end_hold(ticket);
            ticket.closed_at = event.at;
            ticket.forget_secrets_at = e.forget_secrets_at;
            stop_clock(ticket, event.at, fmt::format("closed: {}", e.outcome));
            change_course(ticket, event);
          },
          [&](const SecretsForgotten&) { ticket.forget_secrets_at.reset(); },
          [&](const PersonErased&) {},
          [&](const SecretShown&) {},
          [&](const Noted&) {},
      },
      event.what);
  ticket.changed_at = event.at;
  ++ticket.events;
  return ticket;
}

Ticket apply(Ticket ticket, std::span<const Event> events) {
  for (const Event& event : events) ticket = apply(std::move(ticket), event);
  return ticket;
}

}  // namespace oin
