#include "daemon/workflow/apply.hpp"

#include <fmt/format.h>

#include "parsers/base/overloaded.hpp"

namespace oin {
namespace {

/// The clock runs from `at` until the ticket's next interval; `why` is what a person reads.
void run_clock(Ticket& ticket, Instant at, std::string why) {
  if (!ticket.clock.empty() && !ticket.clock.back().to) ticket.clock.back().to = at;
  ticket.clock.push_back({at, std::nullopt, true, std::move(why)});
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
                   const bool reviewed =
                       e.kind != TicketKind::support && e.kind != TicketKind::profile_sourcing;
                   if (reviewed) ticket.phase = "precheck";
                 },
                 [&](const ParticipantAdded& e) {
                   if (!ticket.knows(e.address)) ticket.participants.push_back({e.address, e.role});
                 },
                 [&](const MailFiled&) {},
                 [&](const SubmissionRead& e) {
                   ticket.revision = e.revision;
                   ticket.submission = patched(ticket.submission.value_or(Submission()), e.submission);
                 },
                 [&](const PhaseEntered& e) {
                   ticket.phase = e.phase;
                   ticket.due_at = e.due;
                   ticket.due_passed = false;
                   ticket.turn = Turn::team;
                   run_clock(ticket, event.at, fmt::format("phase {} is with the team", e.phase));
                 },
                 [&](const AnswerPromised& e) {
                   ticket.due_at = e.due;
                   ticket.due_passed = false;
                   run_clock(ticket, event.at, "a first answer is awaited");
                 },
                 [&](const DuePassed&) { ticket.due_passed = true; },
                 [&](const LetterWritten&) {},
                 [&](const LetterAccepted&) {},
                 [&](const LetterRefused&) {},
                 [&](const DeliveryReported&) {},
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
