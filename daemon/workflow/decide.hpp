/// decide.hpp: every rule of the review process, as one pure function.
///
/// Mails, timers and people ask through the same door.  No I/O, no clock of its own: the same desk, ticket,
/// input and now give the same decision.  What it returns are facts (events) and letters in template
/// variables; the shell stores both in one transaction.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "daemon/workflow/answering.hpp"
#include "daemon/workflow/classify.hpp"
#include "daemon/workflow/desk.hpp"
#include "daemon/workflow/ticket.hpp"
#include "daemon/workflow/web_link.hpp"
#include "parsers/command.hpp"
#include "parsers/mail.hpp"

namespace oin {

/// Who sent a mail, as far as it is proven.
struct Sender {
  std::string address;
  std::string role;  ///< staff, vendor (on the ticket's record) or stranger
  bool verified = false;
  std::string why;  ///< "dmarc=pass by mx.example.com"
};

/// A mail of the ticket that "/split" makes a ticket of.
struct SplitSource {
  TicketId ticket = 0;  ///< the next free number
  MailId mail = 0;
  std::string from, subject;
};

/// A mail that was read and understood.  References are to values that outlive the call.
struct MailArrived {
  const Mail& mail;
  const Submission& submission;
  const Intent& intent;
  const Sender& sender;
  const Permission& answer;
  std::string mailbox;
  MailId id = 0;
  Instant arrived_at{};             ///< at its server: promises count from here, also after an outage of ours
  std::size_t oversized = 0;        ///< not 0: its size in bytes, and only the header section was fetched
  std::span<const Ticket> known{};  ///< the tickets on whose record the sender stands, newest first
  std::optional<Instant> answers_letter_of{};  ///< when the letter of ours that it answers was written
  std::span<const Ticket> named{};             ///< the tickets that its commands name
  SplitSource split{};   ///< what may become a ticket of its own: a mail that a command names, or this one
  TicketId follows = 0;  ///< an ended ticket that a new one takes up
  /// Of `known`, those whose status is asked for; the ticket at hand is then only the first of them.
  std::span<const Ticket> asked{};
  std::span<const Ticket>
      app{};               ///< those of the app that it is about, whoever wrote them; not the one at hand
  std::string confirms{};  ///< the act for which the address it came to was signed; empty: none
  std::optional<Instant> ahead{};  ///< its arrival as its server has it, where that is yet to come
};

/// A delivery report that came to a letter's own signed address.
struct ReportArrived {
  const DeliveryReport& report;
  MailId id = 0;
};

struct TimerDue {
  std::string name;
  Instant at{};  ///< when it was due: earlier than now where the desk was down
};

/// What became of a letter at the next server, one recipient.
struct LetterAnswered {
  std::string letter, recipient, answer;
  bool accepted = false;
};

/// Nothing is sent to an address any more, or (without a reason) it is written to again.
struct SuppressionChanged {
  std::string address, why;
  std::string by;  ///< "desk", or the person
};

/// A letter has waited for long, or was given up.
struct LetterWaits {
  std::string letter;
  std::vector<std::string> to;
  std::string answer;
  Instant since{};  ///< when it was written
  bool given_up = false;
  bool to_team = false;  ///< of such a letter the team is not told by another
};

/// An address sends more than a person can: what comes is gathered on one ticket.
struct FloodBegan {
  const Mail& mail;  ///< the first that is too many
  MailId id = 0;
  std::string mailbox;
  int limit = 0;  ///< mails within an hour
};

/// Commands of a person of the team, by mail or at a tool: all of them happen, or none.
struct CommandsGiven {
  const PersonSettings& by;
  std::vector<Command> commands;
  /// When the state that they were written for was told (by the letter they answer); nothing: the present
  /// one.
  std::optional<Instant> written_for{};
  const Mail* mail = nullptr;  ///< that they came in; null at a tool
  MailId mail_id = 0;
  std::span<const Ticket> others{};  ///< the tickets that they name
  SplitSource split{};               ///< of ticket 0: none
};

/// The desk has other calendars than when the ticket's due date was counted.
struct SettingsChanged {};

using Input = std::variant<MailArrived, ReportArrived, TimerDue, LetterAnswered, CommandsGiven, LinksSeen,
                           SettingsChanged, SuppressionChanged, LetterWaits, FloodBegan>;

/// A file that goes with a letter.
struct LetterAttachment {
  std::string filename, media_type, content;  ///< content of a text/* : UTF-8, "\n" line ends
};

/// A letter as decided; the shell adds what only it knows (Message-ID, signed addresses, threading).
struct LetterDraft {
  std::string event;  ///< the template's folder
  std::vector<Address> to;
  nlohmann::json variables;
  bool acknowledgement = false;  ///< says only that a mail came
  std::vector<LetterAttachment> attachments{};
  bool to_staff = false;     ///< to one person of the team, whose answer may give commands
  bool always_goes = false;  ///< also to a person who got their hourly share of notices
  std::string locale = "en";
  bool asks_confirmation = false;  ///< it holds the address that confirms what its ticket has `to_confirm`
};

/// What came of one command.
struct CommandResult {
  std::string command;  ///< as it was given: "/approve"
  bool done = false;
  std::string text;
};

/// What a decision on one ticket does to another.
struct ElsewhereChange {
  Ticket after;
  std::vector<Event> events;
  std::vector<MailId> mails;  ///< that become part of it
  std::vector<LetterDraft> letters{};
};

struct Decision {
  std::vector<Event> events;
  std::vector<LetterDraft> letters;
  std::vector<ElsewhereChange> elsewhere;
  std::vector<CommandResult> results;  ///< of commands, in their order
  std::string refused;                 ///< not empty: why nothing is done, for the person who asked
};

/// `ticket` is the one the input is about; for a mail that belongs to none, an unopened one with the next
/// number.
Decision decide(const Desk& desk, const Ticket& ticket, const Input& input, Instant now);

}  // namespace oin
