#include "daemon/workflow/decide.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "daemon/workflow/blank_form.hpp"
#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/closing.hpp"
#include "daemon/workflow/commands.hpp"
#include "daemon/workflow/draft.hpp"
#include "daemon/workflow/filing.hpp"
#include "daemon/workflow/letter_locale.hpp"
#include "daemon/workflow/letter_variables.hpp"
#include "daemon/workflow/look_ups.hpp"
#include "daemon/workflow/on_timer.hpp"
#include "daemon/workflow/participants.hpp"
#include "daemon/workflow/review_letters.hpp"
#include "daemon/workflow/revision.hpp"
#include "daemon/workflow/staff_notices.hpp"
#include "parsers/base/overloaded.hpp"
#include "parsers/stated_date.hpp"
#include "parsers/thanks.hpp"

namespace oin {
namespace {

constexpr std::size_t status_tickets = 20;  ///< a letter lists no more than the newest of these

TicketKind kind_of(std::string_view intent) {
  if (intent == "submission") return TicketKind::submission;
  if (intent == "submission-update") return TicketKind::update;
  if (intent == "removal") return TicketKind::removal;
  if (intent == "private-integration") return TicketKind::private_integration;
  if (intent == "profile-sourcing") return TicketKind::profile_sourcing;
  return TicketKind::support;
}

/// The app's name where the form says it, else the subject without the marks that replying adds.
std::string title_of(const MailArrived& in) {
  if (const auto app = in.submission.fields.find("app_name"); app != in.submission.fields.end())
    if (const std::string name = shown(app->second); !name.empty()) return cut_title(name);
  std::string_view subject = in.mail.subject;
  for (bool stripped = true; stripped;) {
    stripped = false;
    for (const std::string_view mark : {"re:", "aw:", "sv:", "fw:", "fwd:", "wg:", "tr:", " "}) {
      const bool starts = subject.size() >= mark.size() &&
                          std::ranges::equal(subject.substr(0, mark.size()), mark, [](char a, char b) {
                            return std::tolower(static_cast<unsigned char>(a)) == b;
                          });
      if (!starts) continue;
      subject.remove_prefix(mark.size());
      stripped = true;
    }
  }
  return subject.empty() ? "(no subject)" : cut_title(subject);
}

/// Which letter tells the sender that a new ticket exists; empty for those who get none.
LetterDraft first_letter(const Draft& draft, const Desk& desk, const MailArrived& in, const Address& to) {
  const Ticket& ticket = draft.ticket();
  if (ticket.queue == "noise") return {};
  if (in.oversized)
    return {"message-too-large", {to}, message_too_large(desk, ticket, to, in.oversized), true};
  if (in.intent.name == "status-request")
    return {"status-unknown", {to}, common_variables(desk, ticket, to), true};
  if (in.intent.name == "unclear")
    return {"unclear-received", {to}, unclear_received(desk, ticket, to), true};
  if (in.intent.topic == "how-to-submit" || (checked(ticket.kind) && !ticket.submission))
    return {"submission-form", {to}, submission_form(desk, ticket, to), false, form_files(in.submission)};
  if (reviewed(ticket.kind) && ticket.turn == Turn::vendor)
    return {"submission-incomplete", requester_and_colleagues(ticket, to, in.mail),
            submission_incomplete(desk, ticket, to), false,
            form_files(ticket.submission.value_or(Submission()))};
  if (reviewed(ticket.kind))
    return {"submission-received", requester_and_colleagues(ticket, to, in.mail),
            submission_received(desk, ticket, to), false};
  return {"question-received", {to}, question_received(desk, ticket, to), true};
}

void send_first_letter(Draft& draft, const Desk& desk, const MailArrived& in, const Address& to) {
  LetterDraft letter = first_letter(draft, desk, in, to);
  if (letter.event.empty() || (letter.acknowledgement && !in.answer.acknowledgement_allowed)) return;
  draft.send(std::move(letter));
}

void open_ticket(Draft& draft, const Desk& desk, const MailArrived& in) {
  const bool unsure = in.intent.confidence < desk.workflow.triage_below;
  const std::string queue(unsure ? "triage" : desk.queue_of(in.intent.name));
  const Address* requester = answer_address(in.mail);
  draft.add(TicketOpened{kind_of(in.intent.name), queue, title_of(in), in.mailbox, in.intent.name,
                         requester ? requester->addr_spec : std::string(), letter_locale(desk, in.mail)});
  add_participants(draft, desk, requester, in);
  file_mail(draft, in);
  if (in.follows != 0) draft.add(TicketLinked{in.follows, "follows"});
  if (reviewed(draft.ticket().kind)) {
    if (in.oversized)
      pass_turn(draft, Turn::vendor, "a mail that can be read is awaited");
    else
      begin_review(draft, desk, in);
  } else {
    promise_answer(draft, desk, in.arrived_at);
    if (queue != "noise") tell_new(draft, desk);
  }
  if (requester && in.answer.allowed) send_first_letter(draft, desk, in, *requester);
}

/// Whoever asked how to submit, and now sends the form, has their question made the review.
bool becomes_review(const Ticket& ticket, const MailArrived& in) {
  return ticket.kind == TicketKind::support && in.sender.role != "staff" &&
         checked(kind_of(in.intent.name)) && in.submission.says_something();
}

/// The asker of a question writes again: the next answer is promised from here.
void ask_again(Draft& draft, const Desk& desk, const MailArrived& in) {
  if (draft.ticket().turn == Turn::vendor) promise_answer(draft, desk, in.arrived_at);
  pass_turn(draft, Turn::team, "a question is open");
}

/// A person ends what its vendor does not want any more; nobody is reminded of it meanwhile.
void ask_team_to_end(Draft& draft, const Desk& desk, const MailArrived& in) {
  if (draft.ticket().turn != Turn::vendor) return;
  draft.add(TurnPassed{Turn::team, "its vendor wants to withdraw it"});
  promise_answer(draft, desk, in.arrived_at);
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
                      const RevisionOutcome& outcome, bool reopened) {
  const Ticket& ticket = draft.ticket();
  if (outcome.revised) return {"revision-received", {to}, revision_received(desk, ticket, to, outcome)};
  if (reopened) return {"reopened", {to}, review_variables(desk, ticket, to)};
  if (in.intent.name == "status-request") return {"status", {to}, status_of(desk, {&ticket, 1}, to)};
  if (outcome.anything())
    return {"issue-answers-noted", {to}, issue_answers_noted(desk, ticket, to, outcome)};
  if (!in.answer.acknowledgement_allowed) return {};
  return {"message-received", {to}, common_variables(desk, ticket, to), true};
}

/// A person writes to a ticket that is theirs.
void continue_ticket(Draft& draft, const Desk& desk, const MailArrived& in) {
  file_mail(draft, in);
  if (only_thanks(in.mail.reply_text) && in.mail.attachments.empty()) return;
  if (in.sender.verified && !in.mail.from.empty()) add_participants(draft, desk, &in.mail.from.front(), in);
  const Address* to = address_on_record(in.mail, draft.ticket());
  if (becomes_review(draft.ticket(), in)) {
    if (draft.ticket().state == TicketState::closed) draft.add(Reopened{"what it asked for has come"});
    draft.add(KindChanged{kind_of(in.intent.name), std::string(desk.queue_of(in.intent.name)), title_of(in)});
    begin_review(draft, desk, in);
    if (to && in.answer.allowed) send_first_letter(draft, desk, in, *to);
    return;
  }
  const bool asks_status = in.intent.name == "status-request";
  const bool reopened = !asks_status && reopens_by_mail(desk, draft.ticket(), draft.now());
  if (reopened) reopen(draft, desk, in.arrived_at, "its vendor wrote again");
  RevisionOutcome outcome;
  if (draft.ticket().state != TicketState::closed) {
    if (reviewed(draft.ticket().kind))
      outcome = continue_review(draft, desk, in);
    else if (!asks_status)
      ask_again(draft, desk, in);
    if (in.intent.name == "withdrawal") ask_team_to_end(draft, desk, in);
    move_reminders(draft, desk, in);
  }
  if (to && in.answer.allowed)
    if (LetterDraft letter = answer_to(draft, desk, in, *to, outcome, reopened); !letter.event.empty())
      draft.send(std::move(letter));
  const bool for_person = draft.ticket().turn == Turn::team || !outcome.anything();
  if (for_person && draft.ticket().state != TicketState::closed && !asks_status)
    tell_vendor_wrote(draft, desk, in.mail);
}

/// "What is the status?" in no letter's thread.
void tell_status(Draft& draft, const Desk& desk, const MailArrived& in) {
  file_mail(draft, in);
  const auto tickets = in.asked.first(std::min(in.asked.size(), status_tickets));
  const Address* to = address_on_record(in.mail, draft.ticket());
  if (to && in.answer.allowed) draft.send({"status", {*to}, status_of(desk, tickets, *to)});
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

Decision on(const Desk& desk, const Ticket& ticket, const MailArrived& in, Instant now) {
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
    tell_status(draft, desk, in);
  } else {
    continue_ticket(draft, desk, in);
  }
  return std::move(draft).take();
}

Decision on(const Desk& desk, const Ticket& ticket, const ReportArrived& in, Instant now) {
  Draft draft(ticket, "desk", in.id, now);
  std::vector<std::string> lost;
  for (const RecipientReport& r : in.report.recipients) {
    draft.add(DeliveryReported{r.address, r.action, r.status, r.reason, r.diagnostic});
    if (r.action == "failed" && r.permanent)
      lost.push_back(fmt::format("{} ({} {})", r.address, r.status, r.reason));
  }
  if (!lost.empty() && ticket.state != TicketState::closed)
    tell_trouble(draft, desk, fmt::format("A letter came back from {}.", fmt::join(lost, ", ")));
  return std::move(draft).take();
}

Decision on(const Desk& desk, const Ticket& ticket, const TimerDue& in, Instant now) {
  return on_timer(desk, ticket, in, now);
}

Decision on(const Desk& desk, const Ticket& ticket, const LetterAnswered& in, Instant now) {
  Draft draft(ticket, "desk", 0, now);
  if (in.accepted) {
    draft.add(LetterAccepted{in.letter, in.recipient, in.answer});
  } else {
    draft.add(LetterRefused{in.letter, in.recipient, in.answer});
    if (ticket.knows(in.recipient) && ticket.state != TicketState::closed)
      tell_trouble(draft, desk,
                   fmt::format("The letter {} was refused for {}: {}", in.letter, in.recipient, in.answer));
  }
  return std::move(draft).take();
}

Decision on(const Desk& desk, const Ticket& ticket, const CommandsGiven& given, Instant now) {
  return on_commands(desk, ticket, given, now);
}

Decision on(const Desk& desk, const Ticket& ticket, const LinksSeen& in, Instant now) {
  return on_links_seen(desk, ticket, in, now);
}

Decision on(const Desk& desk, const Ticket& ticket, const SettingsChanged&, Instant now) {
  Draft draft(ticket, "desk", 0, now);
  if (const auto due = recomputed_due(desk, ticket))
    draft.add(DueMoved{*due, "the desk's calendar has changed"});
  return std::move(draft).take();
}

}  // namespace

Decision decide(const Desk& desk, const Ticket& ticket, const Input& input, Instant now) {
  return std::visit([&](const auto& in) { return on(desk, ticket, in, now); }, input);
}

}  // namespace oin
