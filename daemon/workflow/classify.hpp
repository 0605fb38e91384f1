/// classify.hpp: what a mail wants, and the evidence for it, so that a person can ask why.
///
/// Machines are told first (a machine wants nothing).  Then all evidence is weighed together: the thread a
/// mail stands in and the form it holds weigh most, then the cues of cues.toml in subject, newly written
/// text, shape and sender, and the mailbox it came to least.  What a person does not want to be told by words
/// is never: a command comes from the team, a delivery report is told by its structure.
#pragma once

#include <span>
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
  std::string topic{};             ///< of its strongest evidence that has one
  std::vector<Evidence> evidence;  ///< strongest first
  double runner_up_confidence = 0;
  bool escalated = false;              ///< it presses, or asks for somebody higher up; the intent is as it is
  std::vector<Evidence> escalation{};  ///< what said so, also where it was not enough

  /// "build-question (0.46) or app-problem (0.41)"
  std::string likeliest() const;
};

/// How fast a lead in weight becomes certainty: a lead of 1 is about three to two.
inline constexpr double evidence_sharpness = 0.4;

/// The heaviest intent and how far it leads (a softmax of the sums).
Intent judge(std::vector<Evidence> evidence);

/// What is known of a mail's surroundings before it is understood.
struct Surroundings {
  std::string mailbox;             ///< "oin"
  const Ticket* thread = nullptr;  ///< the ticket it belongs to, if that is proven
  bool from_staff = false;
  std::string relation{};  ///< the sender's to what the desk knows; see relation_of()
};

/// What somebody is to the desk by the tickets on whose record they stand, as words with blanks between:
/// "candidate" (with an app in review), "awaited" (who owes it an answer), "owner" (of a published app),
/// "asker" (of an open question); "stranger" for whom none of that holds.
std::string relation_of(std::span<const Ticket> known);

/// What a mail's own words say, wherever it came to.
struct Wording {
  std::vector<Evidence> evidence;
  std::vector<std::string> telling;  ///< telling_words() of subject and text
  std::ptrdiff_t words = 0;          ///< of the newly written text
  bool unreadable = false;           ///< encrypted
};

/// Costly, because all text is folded: the intake asks for it on the parser threads.
Wording wording(const Desk& desk, const Mail& mail);

Intent classify(const Desk& desk, const Mail& mail, const Submission& submission, const Wording& wording,
                const Surroundings& around);

}  // namespace oin
