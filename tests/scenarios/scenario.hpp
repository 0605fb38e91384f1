/// scenario.hpp: a case of the desk as a text file: mails in, and what must have come of each.
///
/// The same file is played on a store alone (scenarios_test.cpp) and through the running daemon with real
/// servers (tests/system/scenarios_test.cpp).  README.md beside this file says what a file may hold.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "daemon/mail_json.hpp"
#include "daemon/office.hpp"
#include "daemon/store/store.hpp"

namespace oin::test {

struct ScenarioMail {
  bool reply = false;  ///< to the desk's last letter
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

struct ScenarioStep {
  ScenarioMail mail;
  std::vector<Expectation> expected;
};

struct Scenario {
  std::string name;   ///< the file's name without its extension
  std::string title;  ///< its first line
  std::vector<ScenarioStep> steps;
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
  std::string mailbox() const { return scenario_.steps[step_].mail.mailbox; }
  /// The next mail's bytes; its Message-ID is message_id() from now on.
  std::string next_mail(store::Transaction& tx);
  std::string message_id() const;
  /// Holds the store against what the step expects, and goes on to the next; one line a failure.
  std::vector<std::string> check(store::Transaction& tx, const Office& office);

 private:
  std::string tagged(std::string text) const;
  std::string untagged(std::string text) const;
  std::optional<store::Letter> last_letter(store::Transaction& tx) const;

  Scenario scenario_;
  std::string tag_;
  std::size_t step_ = 0;
  TicketId ticket_ = 0;
  std::size_t events_ = 0;      ///< of the ticket before this step
  store::LetterId letter_ = 0;  ///< the last letter before this step
};

}  // namespace oin::test
