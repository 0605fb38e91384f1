#include "daemon/workflow/new_case.hpp"

#include <algorithm>
#include <cctype>

#include "daemon/workflow/blank_form.hpp"
#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/filing.hpp"
#include "daemon/workflow/letter_locale.hpp"
#include "daemon/workflow/letter_variables.hpp"
#include "daemon/workflow/participants.hpp"
#include "daemon/workflow/review_letters.hpp"
#include "daemon/workflow/revision.hpp"
#include "daemon/workflow/staff_notices.hpp"

namespace oin {
namespace {

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

/// Whoever asked how to submit, and now sends the form, has their question made the review.
bool becomes_review(const Ticket& ticket, const MailArrived& in) {
  return ticket.kind == TicketKind::support && in.sender.role != "staff" &&
         checked(kind_of(in.intent.name)) && in.submission.says_something();
}

}  // namespace

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

bool become_review(Draft& draft, const Desk& desk, const MailArrived& in, const Address* to) {
  if (!becomes_review(draft.ticket(), in)) return false;
  if (draft.ticket().state == TicketState::closed) draft.add(Reopened{"what it asked for has come"});
  draft.add(KindChanged{kind_of(in.intent.name), std::string(desk.queue_of(in.intent.name)), title_of(in)});
  begin_review(draft, desk, in);
  if (to && in.answer.allowed) send_first_letter(draft, desk, in, *to);
  return true;
}

}  // namespace oin
