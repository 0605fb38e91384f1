/// event.hpp: everything that can have happened to a ticket.
///
/// Events are append-only and are the record: a Ticket is only ever the fold of its events (apply.hpp).  A
/// new event is a struct here, an alternative of `EventBody`, an arm in apply.cpp and in event_json.cpp;
/// leaving one out does not compile.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "parsers/base/instant.hpp"
#include "parsers/submission.hpp"

namespace oin {

using TicketId = std::int64_t;  ///< counts from 1; 0 is no ticket
using MailId = std::int64_t;    ///< a recorded incoming mail; 0 is none

enum class TicketKind { submission, update, removal, private_integration, support, profile_sourcing };

struct TicketOpened {
  TicketKind kind = TicketKind::support;
  std::string queue, title, mailbox, intent;
  std::string requester;  ///< addr-spec
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
struct PhaseEntered {
  std::string phase;
  std::optional<Instant> due;
};
/// A first answer is promised (support).
struct AnswerPromised {
  Instant due;
};
struct DuePassed {
  Instant due;
};
struct LetterWritten {
  std::string letter;           ///< the template event: "submission-received"
  std::vector<std::string> to;  ///< addr-specs
};
struct LetterAccepted {
  std::string letter, recipient, answer;  ///< the next server's own words
};
struct LetterRefused {
  std::string letter, recipient, answer;
};
/// A delivery report about one of our letters (RFC 3464).
struct DeliveryReported {
  std::string recipient, action, status, reason, diagnostic;
};
struct Noted {
  std::string text;
};

using EventBody =
    std::variant<TicketOpened, ParticipantAdded, MailFiled, SubmissionRead, PhaseEntered, AnswerPromised,
                 DuePassed, LetterWritten, LetterAccepted, LetterRefused, DeliveryReported, Noted>;

struct Event {
  Instant at;
  std::string by;   ///< who: an addr-spec, or "desk"
  MailId mail = 0;  ///< the mail that caused it
  EventBody what;
};

/// "ticket-opened": the name in timelines, JSON and the store.
std::string_view type_name(const EventBody& what);

/// One line for a person's timeline.  No secrets, no bodies.
std::string summary(const EventBody& what);

}  // namespace oin
