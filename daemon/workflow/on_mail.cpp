#include "daemon/workflow/on_mail.hpp"

#include <algorithm>

#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/closing.hpp"
#include "daemon/workflow/commands.hpp"
#include "daemon/workflow/confirmation.hpp"
#include "daemon/workflow/draft.hpp"
#include "daemon/workflow/escalation.hpp"
#include "daemon/workflow/filing.hpp"
#include "daemon/workflow/letter_variables.hpp"
#include "daemon/workflow/new_case.hpp"
#include "daemon/workflow/participants.hpp"
#include "daemon/workflow/review_letters.hpp"
#include "daemon/workflow/revision.hpp"
#include "daemon/workflow/sourcing.hpp"
#include "daemon/workflow/staff_notices.hpp"
#include "parsers/stated_date.hpp"
#include "parsers/thanks.hpp"

namespace oin {
namespace {

constexpr std::size_t status_tickets = 20;  ///< a letter lists no more than the newest of these

/// The asker of a question writes again: the next answer is promised from here.
void ask_again(Draft& draft, const Desk& desk, const MailArrived& in) {
  if (draft.ticket().turn == Turn::vendor) promise_answer(draft, desk, in.arrived_at);
  pass_turn(draft, Turn::team, "a question is open");
}

/// Do its words want to end a review that is under way?
bool wants_withdrawal(const Ticket& ticket, const MailArrived& in) {
  return in.intent.name == "withdrawal" && reviewed(ticket.kind) && ticket.state != TicketState::closed;
}

/// Where facts about the ticket may go: an address on its record, so that neither a forged From nor a
/// Reply-To that points elsewhere teaches its forger anything.
const Address* address_on_record(const Mail& mail, const Ticket& ticket) {
  for (const auto* list : {&mail.reply_to, &mail.from})
    for (const Address& address : *list)
      if (ticket.knows(address.addr_spec)) return &address;
  return nullptr;
}

/// Who says when they will be back is not reminded before; who says by when it will be done, not on that day
/// either.
void move_reminders(Draft& draft, const Desk& desk, const MailArrived& in) {
  const Ticket& ticket = draft.ticket();
  if (ticket.turn != Turn::vendor || ticket.state != TicketState::open) return;
  const BusinessCalendar& calendar = desk.calendar_of(ticket);
  const auto written_on = calendar.day_of(draft.now());
  const auto day = in.mail.automatic ? return_date(in.mail.reply_text, written_on)
                                     : promised_date(in.mail.reply_text, written_on);
  if (!day) return;
  const std::chrono::days grace(in.mail.automatic ? 0 : 1);
  const Instant until = calendar.opening_on(std::chrono::sys_days(*day) + grace);
  if (until > draft.now())
    draft.add(RemindersMoved{until, in.mail.automatic ? "away until then" : "promised by then"});
}

/// The letter that answers a mail to a ticket of its sender's; without an event when there is nothing to say.
LetterDraft answer_to(const Draft& draft, const Desk& desk, const MailArrived& in, const Address& to,
                      const RevisionOutcome& outcome, const SourcingOutcome& sourcing, bool reopened,
                      bool pressed) {
  const Ticket& ticket = draft.ticket();
  if (outcome.revised) return {"revision-received", {to}, revision_received(desk, ticket, to, outcome)};
  if (awaits_facts(ticket) && in.intent.name != "status-request")
    return sourcing_letter(desk, ticket, to, sourcing);
  if (reopened) return {"reopened", {to}, review_variables(desk, ticket, to)};
  if (in.intent.name == "status-request") return {"status", {to}, status_of(desk, {&ticket, 1}, to)};
  if (sourcing.said) return sourcing_letter(desk, ticket, to, sourcing);
  if (pressed && !outcome.anything()) return escalation_acknowledged(desk, ticket, to);
  if (outcome.anything())
    return {"issue-answers-noted", {to}, issue_answers_noted(desk, ticket, to, outcome)};
  if (!in.answer.acknowledgement_allowed) return {};
  return {"message-received", {to}, common_variables(desk, ticket, to), true};
}

/// A person writes to a ticket that is theirs.
void continue_ticket(Draft& draft, const Desk& desk, const MailArrived& in) {
  file_mail(draft, in);
  if (!in.confirms.empty()) return on_confirmation(draft, desk, in);
  if (only_thanks(in.mail.reply_text) && in.mail.attachments.empty()) return;
  if (in.sender.verified && !in.mail.from.empty()) add_participants(draft, desk, &in.mail.from.front(), in);
  const Address* to = address_on_record(in.mail, draft.ticket());
  if (become_review(draft, desk, in, to)) return;
  const bool asks_status = in.intent.name == "status-request";
  const bool reopened =
      !asks_status && in.intent.name != "withdrawal" && reopens_by_mail(desk, draft.ticket(), draft.now());
  if (reopened) reopen(draft, desk, in.arrived_at, "its vendor wrote again");
  RevisionOutcome outcome;
  SourcingOutcome sourcing;
  if (draft.ticket().state != TicketState::closed) {
    if (reviewed(draft.ticket().kind))
      outcome = continue_review(draft, desk, in);
    else if (draft.ticket().kind == TicketKind::profile_sourcing && !asks_status)
      sourcing = continue_sourcing(draft, desk, in);
    else if (!asks_status)
      ask_again(draft, desk, in);
    move_reminders(draft, desk, in);
  }
  if (!outcome.anything() && !reopened && open_linked_question(draft, desk, in)) return;
  const bool pressed = draft.ticket().turn == Turn::team && escalate(draft, desk, in);
  if (wants_withdrawal(draft.ticket(), in) && to && in.answer.allowed)
    ask_to_withdraw(draft, desk, *to);
  else if (to && in.answer.allowed)
    if (LetterDraft letter = answer_to(draft, desk, in, *to, outcome, sourcing, reopened, pressed);
        !letter.event.empty())
      draft.send(std::move(letter));
  const bool for_person =
      draft.ticket().turn == Turn::team || !(outcome.anything() || awaits_facts(draft.ticket()));
  if (for_person && draft.ticket().state != TicketState::closed && !asks_status)
    tell_vendor_wrote(draft, desk, in.mail);
}

/// What is asked about tickets of the sender's in no letter's thread, and perhaps not by them: the answer
/// goes to the address on the record, and changes nothing.
void answer_about(Draft& draft, const Desk& desk, const MailArrived& in) {
  file_mail(draft, in);
  const auto tickets = in.asked.first(std::min(in.asked.size(), status_tickets));
  const Address* to = address_on_record(in.mail, draft.ticket());
  if (!to || !in.answer.allowed) return;
  if (wants_withdrawal(draft.ticket(), in)) return ask_to_withdraw(draft, desk, *to);
  draft.send({"status", {*to}, status_of(desk, tickets, *to)});
}

/// A mail in the name of a person of the team: what they say when it is surely theirs, else nothing but a
/// question to them.
Decision on_mail_of_staff(const Desk& desk, const Ticket& ticket, const MailArrived& in, Instant now) {
  const bool by_person = !in.mail.automatic && !in.mail.delivery_report;
  if (by_person && in.sender.verified) return on_staff_mail(desk, ticket, in, now);
  Draft draft(ticket, in.sender.address, in.id, now);
  file_mail(draft, in);
  if (by_person && in.answer.allowed)
    draft.send(command_unverified(desk, draft.ticket(), *desk.person(in.sender.address), in.mail));
  return std::move(draft).take();
}

}  // namespace

Decision on_mail(const Desk& desk, const Ticket& ticket, const MailArrived& in, Instant now) {
  if (in.sender.role == "staff" && ticket.opened()) return on_mail_of_staff(desk, ticket, in, now);
  if (in.sender.role == "staff" && in.sender.verified && in.intent.name == "commands")
    return on_stray_commands(desk, in);
  Draft draft(ticket, in.sender.address.empty() ? "unknown" : in.sender.address, in.id, now);
  if (in.intent.name == "automatic" || in.intent.name == "delivery-report") {
    // A machine's mail is recorded; it never opens a ticket, changes a state, stops a clock or gets an
    // answer; only that somebody is away moves a reminder.
    if (ticket.opened()) {
      file_mail(draft, in);
      if (in.intent.name == "automatic" && ticket.knows(in.sender.address)) move_reminders(draft, desk, in);
    }
  } else if (!ticket.opened()) {
    open_ticket(draft, desk, in);
  } else if (!in.asked.empty()) {
    answer_about(draft, desk, in);
  } else {
    continue_ticket(draft, desk, in);
  }
  return std::move(draft).take();
}

}  // namespace oin
