/// event.hpp: everything that can have happened to a ticket.
///
/// Events are append-only and are the record: a Ticket is only ever the fold of its events (apply.hpp).  A
/// new event is a struct here, an alternative of `EventBody`, an arm in apply.cpp and in event_json.cpp;
/// leaving one out does not compile.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "daemon/workflow/finding.hpp"
#include "parsers/base/instant.hpp"
#include "parsers/submission.hpp"

namespace oin {

using TicketId = std::int64_t;  ///< counts from 1; 0 is no ticket
using MailId = std::int64_t;    ///< a recorded incoming mail; 0 is none

enum class Turn { team, vendor, none };  ///< whose move it is

enum class TicketKind { submission, update, removal, private_integration, support, profile_sourcing };

struct TicketOpened {
  TicketKind kind = TicketKind::support;
  std::string queue, title, mailbox, intent;
  std::string requester;      ///< addr-spec
  std::string locale = "en";  ///< in which its vendor is written to
};
/// A question has become what it asked about: whoever asked for the form has sent it.
struct KindChanged {
  TicketKind kind = TicketKind::submission;
  std::string queue, title;
};
struct ParticipantAdded {
  std::string address;
  std::string role;  ///< requester, cc
};
/// A mail became part of the ticket.  Says nothing of effects: those are events of their own.
struct MailFiled {
  std::string intent, from, subject;
  bool verified = false;
  std::string automatic;  ///< the kind of machine, empty for a person
};
struct SubmissionRead {
  int revision = 0;
  Submission submission;
};
/// A person of the team has found something and not told the vendor yet.
struct IssueDrafted {
  int number = 0;
  Finding finding;
};
/// The links of a revision were opened.
struct LinksLooked {
  int revision = 0;
  std::map<std::string, std::vector<std::string>>
      details;                     ///< replace those of their fields: "app_website:seen"
  std::vector<std::string> notes;  ///< a line a link, for people
};
/// Something stands between the submission and its next phase; a number that is known already has its words
/// replaced and is open again.
struct IssueRaised {
  int number = 0;  ///< counts from 1 within the ticket, never used again
  Finding finding;
  bool by_rule = false;  ///< the desk found it and sees by itself when it is mended
};
/// The vendor has said something about an issue.
struct IssueAnswered {
  int number = 0;
  std::string said;  ///< "done", "disputed", "question", "later"
  std::string text;  ///< in their own words
};
struct IssueClosed {
  int number = 0;
  std::string how;  ///< "fixed", "waived"
  std::string why;
};
/// The clock runs while it is the team's turn and at no other time.
struct TurnPassed {
  Turn turn = Turn::team;
  std::string why;
};
/// A phase begins, or begins anew with its whole time.
struct PhaseEntered {
  std::string phase;
  std::optional<Instant> due;
  std::int64_t budget = 0;        ///< business minutes until `due`
  std::optional<Instant> from{};  ///< when they began, if not with the event: a mail that was read late
};
struct PhasePassed {
  std::string phase;
};
/// It is the team's turn again, with the business minutes that were left when the clock was stopped.
struct ClockResumed {
  Instant due;
  std::int64_t budget = 0;
  std::string why;
  std::optional<Instant> from{};
};
/// An answer by a person is promised.
struct AnswerPromised {
  Instant due;
  std::int64_t budget = 0;
  std::optional<Instant> from{};
};
/// Another calendar holds, and by it the same budget ends at another time.
struct DueMoved {
  Instant due;
  std::string why;
};
/// Nobody works on it for a while; the clock stands still.
struct Held {
  std::string why;
  std::optional<Instant> until;
};
struct Resumed {
  std::string why;
};
struct DuePassed {
  Instant due;
};
/// The team was told how much of the time for this due date is used up; above 100: it is overdue, and once
/// more for each time it was told so.
struct TeamWarned {
  int percent = 0;
};
/// Whoever's turn it is was reminded of it.
struct Reminded {
  int step = 0;  ///< of the vendor, counted from 1 within one wait; 0: the team
};
/// No reminder before this.
struct RemindersMoved {
  Instant until;
  std::string why;
};
struct Assigned {
  std::string address;  ///< empty: to nobody
};
struct QueueChanged {
  std::string queue;
  std::string why;
};
struct TicketLinked {
  TicketId ticket = 0;
  std::string how;  ///< "related", "goes on in", "taken over"
};
/// What was asked for is switched on, for a time.
struct AccessGranted {
  Instant until;
};
/// Its holder was told that it ends soon.
struct ExpiryTold {};
/// Somebody asked for an act ("withdrawal", "removal") that is done only once it is confirmed
/// (confirmation.hpp).
struct ConfirmationAsked {
  std::string act;
};
/// Articles went along with the acknowledgement of a question.
struct ArticlesSent {
  std::vector<std::string> names;
};
/// A mail of its vendor's presses, or asks for somebody higher up.
struct Escalated {
  std::string why;
};
/// Whoever was asked has confirmed the act.
struct Confirmed {
  std::string act;
};
/// The time is over for which it was switched on.
struct AccessEnded {};
/// A closed case is open again, in the phase it had.
struct Reopened {
  std::string why;
};
struct LetterWritten {
  std::string letter;            ///< the template event: "submission-received"
  std::vector<std::string> to;   ///< addr-specs
  std::optional<Instant> due{};  ///< the due date that it states: a promise from now on
};
struct LetterAccepted {
  std::string letter, recipient, answer;  ///< the next server's own words
};
struct LetterRefused {
  std::string letter, recipient, answer;
};
/// It need not go any more, so it did not.
struct LetterWithdrawn {
  std::string letter;
  std::vector<std::string> to;  ///< addr-specs
  std::string why;
};
/// It has waited long, or for too long.
struct LetterDelayed {
  std::string letter;
  std::vector<std::string> to;  ///< those who have not got it
  std::string answer;           ///< why, as the far server said last
  bool given_up = false;
};
/// A delivery report about one of our letters (RFC 3464).
struct DeliveryReported {
  std::string recipient, action, status, reason, diagnostic;
};
/// Nothing is sent to this address any more, about whatever ticket.
struct AddressSuppressed {
  std::string address, why;
};
/// A person lets letters go to it again.
struct SuppressionLifted {
  std::string address;
};
/// The case is over.
struct TicketClosed {
  std::string outcome;  ///< "withdrawn", "rejected", …
  std::string why;
  std::optional<Instant> forget_secrets_at;  ///< nothing where there are none
};
/// What was sealed on this ticket is deleted from the store, in earlier events and raw mails too.
struct SecretsForgotten {};
/// A person's data left the store; their marks stand in earlier events too.
struct PersonErased {
  std::string mark;  ///< "erased-1", the first of them
  int marks = 1;
};
/// A person was shown a secret.
struct SecretShown {
  std::string what;  ///< a field's name, or "mail 2"
};
struct Noted {
  std::string text;
};

using EventBody =
    std::variant<TicketOpened, KindChanged, ParticipantAdded, MailFiled, SubmissionRead, LinksLooked,
                 IssueDrafted, IssueRaised, IssueAnswered, IssueClosed, TurnPassed, PhaseEntered, PhasePassed,
                 ClockResumed, AnswerPromised, DueMoved, Held, Resumed, DuePassed, TeamWarned, Reminded,
                 RemindersMoved, Assigned, QueueChanged, TicketLinked, AccessGranted, ExpiryTold, AccessEnded,
                 ConfirmationAsked, Confirmed, ArticlesSent, Escalated, Reopened, LetterWritten,
                 LetterAccepted, LetterRefused, LetterWithdrawn, LetterDelayed, AddressSuppressed,
                 SuppressionLifted, DeliveryReported, TicketClosed, SecretsForgotten, PersonErased,
                 SecretShown, Noted>;

struct Event {
  Instant at;
  std::string by;   ///< who: an addr-spec, or "desk"
  MailId mail = 0;  ///< the mail that caused it
  EventBody what;
};

/// "ticket-opened": the name in timelines, JSON and the store.
std::string_view type_name(const EventBody& what);

std::string_view name(Turn turn);

/// One line for a person's timeline.  No secrets, no bodies.
std::string summary(const EventBody& what);

}  // namespace oin
