#include "daemon/workflow/event.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "daemon/workflow/ticket.hpp"
#include "parsers/base/overloaded.hpp"

namespace oin {

std::string_view name(Turn turn) {
  switch (turn) {
    case Turn::team:
      return "team";
    case Turn::vendor:
      return "vendor";
    case Turn::none:
      return "none";
  }
  return "none";
}

std::string_view type_name(const EventBody& what) {
  return std::visit(overloaded{
                        [](const TicketOpened&) { return "ticket-opened"; },
                        [](const KindChanged&) { return "kind-changed"; },
                        [](const ParticipantAdded&) { return "participant-added"; },
                        [](const MailFiled&) { return "mail-filed"; },
                        [](const SubmissionRead&) { return "submission-read"; },
                        [](const IssueDrafted&) { return "issue-drafted"; },
                        [](const LinksLooked&) { return "links-looked"; },
                        [](const IssueRaised&) { return "issue-raised"; },
                        [](const IssueAnswered&) { return "issue-answered"; },
                        [](const IssueClosed&) { return "issue-closed"; },
                        [](const TurnPassed&) { return "turn-passed"; },
                        [](const PhaseEntered&) { return "phase-entered"; },
                        [](const PhasePassed&) { return "phase-passed"; },
                        [](const ClockResumed&) { return "clock-resumed"; },
                        [](const AnswerPromised&) { return "answer-promised"; },
                        [](const DueMoved&) { return "due-moved"; },
                        [](const Held&) { return "held"; },
                        [](const Resumed&) { return "resumed"; },
                        [](const DuePassed&) { return "due-passed"; },
                        [](const TeamWarned&) { return "team-warned"; },
                        [](const Reminded&) { return "reminded"; },
                        [](const RemindersMoved&) { return "reminders-moved"; },
                        [](const Assigned&) { return "assigned"; },
                        [](const QueueChanged&) { return "queue-changed"; },
                        [](const TicketLinked&) { return "ticket-linked"; },
                        [](const AccessGranted&) { return "access-granted"; },
                        [](const ExpiryTold&) { return "expiry-told"; },
                        [](const ConfirmationAsked&) { return "confirmation-asked"; },
                        [](const Confirmed&) { return "confirmed"; },
                        [](const ArticlesSent&) { return "articles-sent"; },
                        [](const Escalated&) { return "escalated"; },
                        [](const AccessEnded&) { return "access-ended"; },
                        [](const Reopened&) { return "reopened"; },
                        [](const LetterWritten&) { return "letter-written"; },
                        [](const LetterAccepted&) { return "letter-accepted"; },
                        [](const LetterRefused&) { return "letter-refused"; },
                        [](const LetterWithdrawn&) { return "letter-withdrawn"; },
                        [](const LetterDelayed&) { return "letter-delayed"; },
                        [](const DeliveryReported&) { return "delivery-reported"; },
                        [](const AddressSuppressed&) { return "address-suppressed"; },
                        [](const SuppressionLifted&) { return "suppression-lifted"; },
                        [](const TicketClosed&) { return "ticket-closed"; },
                        [](const SecretsForgotten&) { return "secrets-forgotten"; },
                        [](const PersonErased&) { return "person-erased"; },
                        [](const SecretShown&) { return "secret-shown"; },
                        [](const Noted&) { return "noted"; },
                    },
                    what);
}

std::string summary(const EventBody& what) {
  return std::visit(
      overloaded{
          [](const TicketOpened& e) {
            return fmt::format("opened in queue {}: {}{}", e.queue, e.title,
                               e.locale == "en" ? "" : fmt::format(" (letters in {})", e.locale));
          },
          [](const KindChanged& e) {
            return fmt::format("goes on as {} in queue {}: {}", name(e.kind), e.queue, e.title);
          },
          [](const ParticipantAdded& e) { return fmt::format("{} joined as {}", e.address, e.role); },
          [](const MailFiled& e) {
            if (!e.automatic.empty()) return fmt::format("automatic mail ({}) from {}", e.automatic, e.from);
            return fmt::format("{} from {}{}: {}", e.intent, e.from, e.verified ? "" : " (not verified)",
                               e.subject);
          },
          [](const SubmissionRead& e) {
            return fmt::format("revision {}: {} fields, {}", e.revision, e.submission.fields.size(),
                               e.submission.protocols.empty()
                                   ? "no protocol"
                                   : fmt::format("{}", fmt::join(e.submission.protocols, ", ")));
          },
          [](const IssueDrafted& e) {
            return fmt::format("issue {} drafted ({}, {}): {}", e.number, e.finding.severity, e.finding.code,
                               e.finding.text);
          },
          [](const LinksLooked& e) {
            return fmt::format("links of revision {}: {}", e.revision, fmt::join(e.notes, "; "));
          },
          [](const IssueRaised& e) {
            return fmt::format("issue {} ({}, {}): {}", e.number, e.finding.severity, e.finding.code,
                               e.finding.text);
          },
          [](const IssueAnswered& e) { return fmt::format("issue {} answered: {}", e.number, e.said); },
          [](const IssueClosed& e) { return fmt::format("issue {} {}: {}", e.number, e.how, e.why); },
          [](const TurnPassed& e) {
            return fmt::format("it is {} turn: {}",
                               e.turn == Turn::none   ? "nobody's"
                               : e.turn == Turn::team ? "the team's"
                                                      : "the vendor's",
                               e.why);
          },
          [](const PhaseEntered& e) {
            return e.due ? fmt::format("phase {} begins, due {}", e.phase, to_rfc3339(*e.due))
                         : fmt::format("phase {} begins", e.phase);
          },
          [](const PhasePassed& e) { return fmt::format("phase {} is passed", e.phase); },
          [](const ClockResumed& e) {
            return fmt::format("the clock runs again, due {}: {}", to_rfc3339(e.due), e.why);
          },
          [](const AnswerPromised& e) { return fmt::format("answer promised by {}", to_rfc3339(e.due)); },
          [](const DueMoved& e) { return fmt::format("due date moved to {}: {}", to_rfc3339(e.due), e.why); },
          [](const Held& e) {
            return e.until ? fmt::format("held until {}: {}", to_rfc3339(*e.until), e.why)
                           : fmt::format("held: {}", e.why);
          },
          [](const Resumed& e) { return fmt::format("goes on: {}", e.why); },
          [](const DuePassed& e) { return fmt::format("due date {} passed", to_rfc3339(e.due)); },
          [](const TeamWarned& e) {
            return e.percent < 100 ? fmt::format("the team was warned: {} % of the time is used", e.percent)
                                   : std::string("the team was told that it is overdue");
          },
          [](const Reminded& e) {
            return e.step == 0 ? std::string("the team was reminded")
                               : fmt::format("the vendor was reminded ({})", e.step);
          },
          [](const RemindersMoved& e) {
            return fmt::format("no reminder before {}: {}", to_rfc3339(e.until), e.why);
          },
          [](const Assigned& e) {
            return e.address.empty() ? std::string("assigned to nobody")
                                     : fmt::format("assigned to {}", e.address);
          },
          [](const QueueChanged& e) {
            return e.why.empty() ? fmt::format("moved to queue {}", e.queue)
                                 : fmt::format("moved to queue {}: {}", e.queue, e.why);
          },
          [](const TicketLinked& e) { return fmt::format("{} OIN-{}", e.how, e.ticket); },
          [](const AccessGranted& e) { return fmt::format("switched on until {}", to_rfc3339(e.until)); },
          [](const ExpiryTold&) { return std::string("told that it ends soon"); },
          [](const ConfirmationAsked& e) { return fmt::format("asked to confirm the {}", e.act); },
          [](const Confirmed& e) { return fmt::format("the {} is confirmed", e.act); },
          [](const ArticlesSent& e) { return fmt::format("articles: {}", fmt::join(e.names, ", ")); },
          [](const Escalated& e) { return fmt::format("it presses: {}", e.why); },
          [](const AccessEnded&) { return std::string("its time is over"); },
          [](const Reopened& e) { return fmt::format("open again: {}", e.why); },
          [](const LetterWritten& e) {
            return fmt::format("letter {} to {}", e.letter, fmt::join(e.to, ", "));
          },
          [](const LetterAccepted& e) {
            return fmt::format("letter {} accepted for {}: {}", e.letter, e.recipient, e.answer);
          },
          [](const LetterRefused& e) {
            return fmt::format("letter {} refused for {}: {}", e.letter, e.recipient, e.answer);
          },
          [](const LetterWithdrawn& e) {
            return fmt::format("letter {} to {} was not sent: {}", e.letter, fmt::join(e.to, ", "), e.why);
          },
          [](const LetterDelayed& e) {
            return fmt::format("letter {} to {} {}: {}", e.letter, fmt::join(e.to, ", "),
                               e.given_up ? "was given up" : "waits", e.answer);
          },
          [](const DeliveryReported& e) {
            return fmt::format("delivery to {} {} ({} {})", e.recipient, e.action, e.status, e.reason);
          },
          [](const AddressSuppressed& e) {
            return fmt::format("no letter goes to {} any more: {}", e.address, e.why);
          },
          [](const SuppressionLifted& e) { return fmt::format("letters go to {} again", e.address); },
          [](const TicketClosed& e) {
            return e.why.empty() ? fmt::format("closed: {}", e.outcome)
                                 : fmt::format("closed: {}, {}", e.outcome, e.why);
          },
          [](const SecretsForgotten&) { return std::string("its secrets were deleted"); },
          [](const PersonErased& e) {
            return e.marks > 1 ? fmt::format("erased {} and {} more from the store", e.mark, e.marks - 1)
                               : fmt::format("erased {} from the store", e.mark);
          },
          [](const SecretShown& e) { return fmt::format("was shown what is sealed: {}", e.what); },
          [](const Noted& e) { return e.text; },
      },
      what);
}

}  // namespace oin
