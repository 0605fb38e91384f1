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
#include "parsers/mail.hpp"

namespace oin {

/// Who sent a mail, as far as it is proven.
struct Sender {
  std::string address;
  std::string role;  ///< staff, vendor (on the ticket's record) or stranger
  bool verified = false;
  std::string why;  ///< "dmarc=pass by mx.example.com"
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
  Instant arrived_at{};           ///< at its server: promises count from here, also after an outage of ours
  std::size_t oversized = 0;      ///< not 0: its size in bytes, and only the header section was fetched
  std::span<const Ticket> known;  ///< the tickets on whose record the sender stands, newest first
  bool names_none = false;        ///< the ticket at hand is only the newest of `known`: the mail names none
};

/// A delivery report that came to a letter's own signed address.
struct ReportArrived {
  const DeliveryReport& report;
  MailId id = 0;
};

struct TimerDue {
  std::string name;
};

/// What became of a letter at the next server, one recipient.
struct LetterAnswered {
  std::string letter, recipient, answer;
  bool accepted = false;
};

/// A command in the words of INTERFACES ("unseal test_account.password"), from a person of the team.
struct CommandGiven {
  const PersonSettings& by;
  std::vector<std::string> words;
};

using Input = std::variant<MailArrived, ReportArrived, TimerDue, LetterAnswered, CommandGiven>;

/// A text that goes with a letter as a file.
struct LetterAttachment {
  std::string filename, media_type, content;  ///< content: UTF-8, "\n" line ends
};

/// A letter as decided; the shell adds what only it knows (Message-ID, signed addresses, threading).
struct LetterDraft {
  std::string event;  ///< the template's folder
  std::vector<Address> to;
  nlohmann::json variables;
  bool acknowledgement = false;  ///< says only that a mail came
  std::vector<LetterAttachment> attachments{};
};

struct Decision {
  std::vector<Event> events;
  std::vector<LetterDraft> letters;
  std::string refused;  ///< not empty: why nothing is done, for the person who asked
};

/// `ticket` is the one the input is about; for a mail that belongs to none, an unopened one with the next
/// number.
Decision decide(const Desk& desk, const Ticket& ticket, const Input& input, Instant now);

}  // namespace oin
