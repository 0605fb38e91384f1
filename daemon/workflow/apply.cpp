#include "daemon/workflow/apply.hpp"

#include <fmt/format.h>

#include "parsers/base/overloaded.hpp"

namespace oin {
namespace {

/// The clock runs, or stands still, from `at` until the ticket's next interval; `why` is what a person reads.
void set_clock(Ticket& ticket, Instant at, bool runs, std::string why) {
  if (!ticket.clock.empty() && !ticket.clock.back().to) ticket.clock.back().to = at;
  ticket.clock.push_back({at, std::nullopt, runs, std::move(why)});
}

Issue* issue_of(Ticket& ticket, int number) {
  for (Issue& issue : ticket.issues)
    if (issue.number == number) return &issue;
  return nullptr;
}

void raise(Ticket& ticket, const IssueRaised& e) {
  if (Issue* known = issue_of(ticket, e.number)) {
    known->finding = e.finding;
    known->state = IssueState::open;
  } else {
    ticket.issues.push_back({e.number, e.finding, IssueState::open, e.by_rule, ""});
  }
}

}  // namespace

Ticket apply(Ticket ticket, const Event& event) {
  std::visit(overloaded{
                 [&](const TicketOpened& e) {
                   ticket.kind = e.kind;
                   ticket.queue = e.queue;
                   ticket.title = e.title;
                   ticket.mailbox = e.mailbox;
                   ticket.requester = e.requester;
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
                 [&](const MailFiled&) {},
                 [&](const SubmissionRead& e) {
                   ticket.revision = e.revision;
                   ticket.submission = patched(ticket.submission.value_or(Submission()), e.submission);
                 },
                 [&](const IssueRaised& e) { raise(ticket, e); },
                 [&](const IssueAnswered& e) {
                   if (Issue* issue = issue_of(ticket, e.number)) {
                     issue->answer = e.text;
                     if (e.said == "done" && issue->stands()) issue->state = IssueState::answered;
                   }
                 },
                 [&](const IssueClosed& e) {
                   if (Issue* issue = issue_of(ticket, e.number))
                     issue->state = e.how == "waived" ? IssueState::waived : IssueState::fixed;
                 },
                 [&](const TurnPassed& e) {
                   ticket.turn = e.turn;
                   if (e.turn != Turn::team) ticket.due_at.reset();
                   set_clock(ticket, event.at, e.turn == Turn::team, e.why);
                 },
                 [&](const PhaseEntered& e) {
                   ticket.phase = e.phase;
                   ticket.due_at = e.due;
                   ticket.due_passed = false;
                   ticket.turn = Turn::team;
                   set_clock(ticket, event.at, true, fmt::format("phase {} is with the team", e.phase));
                 },
                 [&](const AnswerPromised& e) {
                   ticket.due_at = e.due;
                   ticket.due_passed = false;
                   set_clock(ticket, event.at, true, "a first answer is awaited");
                 },
                 [&](const DuePassed&) { ticket.due_passed = true; },
                 [&](const LetterWritten&) {},
                 [&](const LetterAccepted&) {},
                 [&](const LetterRefused&) {},
                 [&](const DeliveryReported&) {},
                 [&](const TicketClosed& e) {
                   ticket.state = TicketState::closed;
                   ticket.outcome = e.outcome;
                   ticket.turn = Turn::none;
                   ticket.due_at.reset();
                   ticket.forget_secrets_at = e.forget_secrets_at;
                   set_clock(ticket, event.at, false, fmt::format("closed: {}", e.outcome));
                 },
                 [&](const SecretsForgotten&) { ticket.forget_secrets_at.reset(); },
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
