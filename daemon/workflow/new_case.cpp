#include "daemon/workflow/new_case.hpp"

#include <algorithm>
#include <cctype>

#include "daemon/workflow/app_keys.hpp"
#include "daemon/workflow/articles.hpp"
#include "daemon/workflow/blank_form.hpp"
#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/closing.hpp"
#include "daemon/workflow/confirmation.hpp"
#include "daemon/workflow/escalation.hpp"
#include "daemon/workflow/filing.hpp"
#include "daemon/workflow/letter_locale.hpp"
#include "daemon/workflow/letter_variables.hpp"
#include "daemon/workflow/participants.hpp"
#include "daemon/workflow/private_route.hpp"
#include "daemon/workflow/review_letters.hpp"
#include "daemon/workflow/revision.hpp"
#include "daemon/workflow/sourcing.hpp"
#include "daemon/workflow/staff_notices.hpp"

namespace oin {
namespace {

using nlohmann::json;

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
  if (in.intent.name == "security-report") return "Security report";  // its subject is for few eyes
  if (in.intent.name == "removal")
    if (const Ticket* app = published(in)) return app->title;
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
LetterDraft first_letter(const Draft& draft, const Desk& desk, const MailArrived& in, const Address& to,
                         const SourcingOutcome& sourcing) {
  const Ticket& ticket = draft.ticket();
  if (ticket.queue == "noise") return {};
  if (in.oversized)
    return {"message-too-large", {to}, message_too_large(desk, ticket, to, in.oversized), true};
  if (in.intent.name == "status-request")
    return {"status-unknown", {to}, common_variables(desk, ticket, to), true};
  if (in.intent.name == "unclear")
    return {"unclear-received", {to}, unclear_received(desk, ticket, to), true};
  if (ticket.kind == TicketKind::profile_sourcing) return sourcing_letter(desk, ticket, to, sourcing);
  if (in.intent.topic == "how-to-submit" || (checked(ticket.kind) && !ticket.submission))
    return {"submission-form",
            {to},
            submission_form(desk, ticket, to, in.intent.topic),
            false,
            form_files(form_to_fill(ticket.kind, in.submission))};
  if (reviewed(ticket.kind) && ticket.turn == Turn::vendor)
    return {"submission-incomplete", requester_and_colleagues(ticket, to, in.mail),
            submission_incomplete(desk, ticket, to), false,
            form_files(ticket.submission.value_or(Submission()))};
  if (reviewed(ticket.kind))
    return {"submission-received", requester_and_colleagues(ticket, to, in.mail),
            submission_received(desk, ticket, to), false};
  if (in.intent.name == "security-report")
    return {"security-acknowledged", {to}, question_received(desk, ticket, to), true};
  return {"question-received", {to}, {}, true};
}

/// Articles that may help go along with the acknowledgement.
void add_articles(Draft& draft, const Desk& desk, const MailArrived& in) {
  ArticlesSent sent;
  for (const AnswerSettings* article : fitting_articles(desk, in.mail, in.intent.name))
    sent.names.push_back(article->name);
  if (!sent.names.empty()) draft.add(std::move(sent));
}

/// A customer's trouble with a published app is its vendor's to mend: they are told whom to ask, and the case
/// is over unless they write again.  False where the desk does not know the app, or its vendor writes.
bool refer(Draft& draft, const Desk& desk, const MailArrived& in, const Address& to) {
  const Ticket* app = in.intent.name == "app-problem" ? published(in) : nullptr;
  if (!app || !app->submission) return false;
  const auto contacts = app->submission->fields.find("support_contact");
  if (contacts == app->submission->fields.end() || contacts->second.items.empty()) return false;
  draft.add(TicketLinked{app->id, "trouble with what was published by"});
  if (app->knows(to.addr_spec)) return false;
  end_case(draft, desk, "referred", "its vendor's contact was named: " + shown(contacts->second));
  LetterDraft letter{"app-problem-referred", {to}, common_variables(desk, draft.ticket(), to), true};
  letter.variables["app_title"] = app->title;
  letter.variables["contacts"] = json::array();
  for (const std::string& contact : contacts->second.items)
    letter.variables["contacts"].push_back({{"contact", contact}});
  if (in.answer.acknowledgement_allowed) draft.send(std::move(letter));
  return true;
}

void send_first_letter(Draft& draft, const Desk& desk, const MailArrived& in, const Address& to,
                       const SourcingOutcome& sourcing = {}) {
  LetterDraft letter = first_letter(draft, desk, in, to, sourcing);
  if (letter.event.empty() || (letter.acknowledgement && !in.answer.acknowledgement_allowed)) return;
  if (letter.event == "question-received") {
    add_articles(draft, desk, in);
    letter.variables = question_received(desk, draft.ticket(), to);
  }
  draft.send(std::move(letter));
}

/// Whoever asked how to submit, and now sends the form, has their question made the review.
bool becomes_review(const Ticket& ticket, const MailArrived& in) {
  return ticket.kind == TicketKind::support && in.sender.role != "staff" &&
         checked(kind_of(in.intent.name)) && in.submission.says_something();
}

/// What the desk knows of the same app stands on the new ticket, for whoever reviews it.  The other tickets
/// are not touched: anybody may write their name into a form.
void note_the_apps_history(Draft& draft, const MailArrived& in) {
  const auto keys = app_keys(in.submission);
  bool published_by_others = false;
  for (const Ticket& other : in.app) {
    if (!other.submission || !same_app(keys, app_keys(*other.submission))) continue;
    draft.add(TicketLinked{
        other.id, other.state == TicketState::closed ? "the same app as the closed" : "the same app as"});
    published_by_others = published_by_others || !other.knows(in.sender.address);
  }
  if (published_by_others)
    draft.add(Noted{"the same app was handed in by others: look whether they belong together"});
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
  if (unsure) draft.add(Noted{"triage: " + in.intent.likeliest()});
  if (in.follows != 0) draft.add(TicketLinked{in.follows, "follows"});
  if (draft.ticket().kind == TicketKind::removal && !in.oversized) return begin_removal(draft, desk, in);
  SourcingOutcome sourcing;
  if (reviewed(draft.ticket().kind)) {
    if (in.oversized)
      pass_turn(draft, Turn::vendor, "a mail that can be read is awaited");
    else
      begin_review(draft, desk, in);
    note_the_apps_history(draft, in);
    link_sourcing(draft, in);
  } else if (draft.ticket().kind == TicketKind::profile_sourcing && !in.oversized) {
    sourcing = begin_sourcing(draft, desk, in);
  } else {
    if (requester && in.answer.allowed && refer(draft, desk, in, *requester)) return;
    promise_answer(draft, desk, in.arrived_at);
    if (queue != "noise" && !escalate(draft, desk, in)) tell_new(draft, desk);
  }
  if (requester && in.answer.allowed) send_first_letter(draft, desk, in, *requester, sourcing);
}

bool open_linked_question(Draft& draft, const Desk& desk, const MailArrived& in) {
  const Ticket& ticket = draft.ticket();
  if (in.split.ticket == 0 || in.intent.name != "build-question" || !reviewed(ticket.kind) ||
      in.intent.confidence < desk.workflow.triage_below)
    return false;
  Ticket fresh;
  fresh.id = in.split.ticket;
  Draft question(fresh, in.sender.address, in.id, draft.now());
  open_ticket(question, desk, in);
  question.add(TicketLinked{ticket.id, "asked in the thread of"});
  draft.change_elsewhere(std::move(question), {in.id});
  draft.add(TicketLinked{fresh.id, "a question of its own:"});
  return true;
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
