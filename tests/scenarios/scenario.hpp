/// scenario.hpp: a case of the desk as a text file: mails in, and what must have come of each.
///
/// The same file is played on a store alone (scenarios_test.cpp) and through the running daemon with real
/// servers (tests/system/scenarios_test.cpp).  README.md beside this file says what a file may hold.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "daemon/mail_json.hpp"
#include "daemon/office.hpp"
#include "daemon/store/store.hpp"

namespace oin::test {

/// All scenarios begin on this Monday morning.
inline const Instant scenario_begin = *parse_rfc3339("2026-11-23T10:00:00Z");

/// A step is checked so long after it: what falls due at once has then happened, also on a desk whose clock
/// ticks.
inline constexpr auto until_checked = std::chrono::minutes(10);

/// The people of the scenarios' desk, who are named by what stands before the "@".
std::vector<PersonSettings> scenario_people();

struct ScenarioMail {
  bool reply = false;   ///< to the desk's last letter to its sender
  std::string staff;    ///< written by this person of the team: "reviewer"; empty: by a vendor
  std::string bounced;  ///< a delivery report with this status about the desk's last letter: "5.1.1"
  std::string answers;  ///< a reply to the last letter of this event: "staff-new"; empty: to the last one
  std::string mailbox = "oin";
  std::vector<std::pair<std::string, std::string>> header;
  std::vector<std::string> attachments;  ///< names in tests/scenarios/files
  bool html = false;
  std::string body;
};

/// "issues: saml.acs-url.missing" and its likes.
struct Expectation {
  int line = 0;
  std::string what, value;
};

/// A command at the tool.
struct ScenarioCommand {
  std::string person;
  std::vector<std::string> words;
};

/// So much time passes, in which the desk works or is down.
struct ScenarioPause {
  std::chrono::hours time;
  bool asleep = false;
};

/// What happens first in a step; the desk's clock then stands at the step's time.
struct ScenarioStep {
  std::variant<ScenarioMail, ScenarioCommand, ScenarioPause> what;
  std::vector<Expectation> expected;
};

struct Scenario {
  std::string name;   ///< the file's name without its extension
  std::string title;  ///< its first line
  std::vector<ScenarioStep> steps;

  bool sleeps() const;  ///< is its desk down for a while?
};

/// Throws with file and line when the file is not of the form.
Scenario read_scenario(const std::filesystem::path& file);
std::vector<std::filesystem::path> scenario_files();

/// One scenario on its way: composes its mails, knows its ticket and letters.
class Play {
 public:
  /// `tag` keeps the senders of scenarios that share a desk apart: "ada@…" writes as "ada+TAG@…"; empty: not.
  Play(Scenario scenario, std::string tag) : scenario_(std::move(scenario)), tag_(std::move(tag)) {}

  const Scenario& scenario() const { return scenario_; }
  bool over() const { return step_ == scenario_.steps.size(); }
  /// When the next step is due: an hour after the one before, or after the time that passes in it.
  Instant due() const { return due_; }
  /// Is the desk down at this time?
  bool asleep(Instant now) const;
  const ScenarioMail* mail() const;        ///< of the next step; null when it is none
  const ScenarioCommand* command() const;  ///< likewise
  TicketId ticket() const { return ticket_; }
  const std::vector<TicketId>& tickets() const { return tickets_; }
  /// Of command(), as they are given.
  std::vector<std::string> command_words() const;
  /// What the command of the next step was answered; empty: it was done.
  void command_refused(std::string why) { refused_ = std::move(why); }
  /// The next mail's bytes; its Message-ID is message_id() from now on.
  std::string next_mail(store::Transaction& tx);
  std::string message_id() const;
  /// Holds the store against what the step expects, and goes on to the next; one line a failure.
  std::vector<std::string> check(store::Transaction& tx, const Office& office);

 private:
  std::string tagged(std::string text) const;
  std::string untagged(std::string text) const;
  /// To that address (of whatever person when it is empty) and of that event (of any when it is empty),
  /// within this scenario's ticket.
  std::optional<store::Letter> last_letter(store::Transaction& tx, const std::string& address,
                                           const std::string& event) const;
  /// "@ticket" is the reference of the ticket at hand, "@ticket2" of the second that the scenario touched.
  std::string with_references(std::string text) const;
  /// The address in the last letter to which a mail confirms something.
  std::string confirm_address_in(store::Transaction& tx) const;
  std::string delivery_report(store::Transaction& tx) const;

  Scenario scenario_;
  std::string tag_;
  std::size_t step_ = 0;
  Instant due_ = scenario_begin;
  std::string refused_;
  TicketId ticket_ = 0;
  std::vector<TicketId> tickets_;  ///< in the order in which they were first touched
  std::size_t events_ = 0;         ///< of the ticket before this step
  store::LetterId letter_ = 0;     ///< the last letter of any ticket before this step
};

}  // namespace oin::test
