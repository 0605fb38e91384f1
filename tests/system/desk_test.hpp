/// desk_test.hpp: a test against real servers: a private Dovecot and Postfix, and oind with its own folder.
///
/// Each test has servers of its own, so tests neither see each other's mail nor wait for one another.  Counts
/// shrink under OIND_TEST_SCALE=small (the sanitizer runs).
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "parsers/mail.hpp"
#include "tests/system/process.hpp"

namespace oin::test {

/// For workflow.toml: no letters to the team.
inline const std::string quiet_team =
    "[notices]\nnew_ticket = false\nvendor_wrote = false\ndigest_at = \"\"\n";

/// 10 under OIND_TEST_SCALE=small where a full run has 100.
int scaled(int full);

class DeskTest : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  // -- the servers --
  std::string env(const std::string& key) const;
  void servers(std::vector<std::string> verb_and_arguments);

  // -- the daemon --
  /// Writes oind.toml; each pair replaces "KEY = …" under its table: {"smtp.url", "\"smtp://…\""}.
  void configure(std::map<std::string, std::string> changes = {});
  void start_desk();
  /// Starts it and waits until both mailboxes are watched.
  void start_ready();
  /// SIGTERM, and the exit status.
  int stop_desk();
  void kill_desk();  ///< SIGKILL
  Output oind(std::vector<std::string> arguments);
  Output oinctl(std::vector<std::string> arguments);
  nlohmann::json ask(
      std::vector<std::string> arguments);  ///< oinctl … --json; fails the test unless it answers
  /// The same as text, for waiting: "" while the answer is a refusal.
  std::string peek(std::vector<std::string> arguments);
  std::string log() const { return read_file(folder_ / "oind.log"); }

  // -- mail --
  /// Puts a message into a mailbox as a delivery agent does; instant, for many mails.
  void drop(const std::string& account, const std::string& message);
  /// Hands it in by SMTP with a login, so that the receiving server vouches for the sender.
  void submit(const std::string& from, const std::string& to, const std::string& message);
  /// Hands it in at the MX port, as anybody may, from any address of this machine.
  void hand_in(const std::string& from, const std::string& to, const std::string& message,
               const std::string& client = "127.0.0.1");
  std::vector<std::string> inbox(const std::string& account) const;  ///< raw messages
  std::vector<Mail> letters(const std::string& account) const;       ///< those of the desk, parsed

  /// Waits until it holds, at most `seconds`.
  bool eventually(const std::function<bool()>& holds, int seconds = 30) const;
  /// Every mail recorded and no letter waiting to be sent.
  void settle(int seconds = 60);

  std::filesystem::path folder_;
  std::optional<Process> desk_;
  std::string accounts_;  ///< of the servers, set before SetUp(); empty: the usual ones

 private:
  std::map<std::string, std::string> env_;
  int dropped_ = 0;
};

/// A plain message with its header fields, CRLF throughout.
std::string message(const std::string& from, const std::string& to, const std::string& subject,
                    const std::string& text, const std::string& message_id,
                    const std::string& more_fields = {});
/// A small but complete submission form.
std::string form(const std::string& app);

}  // namespace oin::test
