/// classify.hpp: what a mail wants, and the evidence for it, so that a person can ask why.
///
/// Machines are told first (a machine wants nothing), then form and attachments, then the cues of cues.toml
/// in subject and newly written text, then the thread it stands in, and last the mailbox it came to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "daemon/workflow/desk.hpp"
#include "daemon/workflow/ticket.hpp"
#include "parsers/mail.hpp"
#include "parsers/submission.hpp"

namespace oin {

struct Evidence {
  std::string what;    ///< "form: 14 labelled fields"
  std::string intent;  ///< what it speaks for
  double weight = 0;
  std::string topic{};  ///< see CueSettings
};

struct Intent {
  std::string name = "unclear";  ///< one of INTENTS in classify.cpp
  double confidence = 0;         ///< 0 to 1
  std::string runner_up;
  std::string topic{};                 ///< of its strongest evidence that has one
  std::vector<Evidence> evidence;      ///< strongest first
  bool escalated = false;              ///< it presses, or asks for somebody higher up; the intent is as it is
  std::vector<Evidence> escalation{};  ///< what said so, also where it was not enough
};

/// What is known of a mail's surroundings before it is understood.
struct Surroundings {
  std::string mailbox;             ///< "oin"
  const Ticket* thread = nullptr;  ///< the ticket it belongs to, if that is proven
  bool from_staff = false;
};

/// What a mail's own words say, wherever it came to.
struct Wording {
  std::vector<Evidence> evidence;
  std::ptrdiff_t words = 0;  ///< of the newly written text
};

/// Costly, because all text is folded: the intake asks for it on the parser threads.
Wording wording(const Desk& desk, const Mail& mail);

Intent classify(const Desk& desk, const Mail& mail, const Submission& submission, const Wording& wording,
                const Surroundings& around);

}  // namespace oin
