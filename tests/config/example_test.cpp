#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "settings_folder.hpp"

namespace oin {
namespace {

class Example : public SettingsFolder {
 protected:
  Example() {
    for (const char* file : {"oin.password", "developers.password", "smtp.password"}) write(file, "secret\n");
  }
  const std::string shipped{shipped_config("oind.example.toml")};
};

TEST_F(Example, LoadsWithoutProblemsOnceItsFilesExist) {
  load(shipped);
  EXPECT_EQ(told(), "");
}

/// The example with every commented-out setting switched on: so each default that it shows is one that is
/// allowed, and each key that it names is one that is read.
TEST_F(Example, LoadsWithEveryDefaultWrittenOut) {
  std::istringstream lines(shipped);
  std::string line, all;
  int switched_on = 0;
  while (std::getline(lines, line)) {
    const std::size_t equals = line.find(" = ");
    const bool setting = line.starts_with("# ") && equals != std::string::npos &&
                         line.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", 2) == equals;
    // A table that nobody needs is commented out with its settings.
    if (line.starts_with("# [[") && line.ends_with("]]")) line.erase(0, 2);
    // tls is for imap:// and smtp:// only.
    if (setting && line.find("# tls = ") == std::string::npos) line.erase(0, 2), ++switched_on;
    all += line + "\n";
  }
  EXPECT_GE(switched_on, 35);
  const Configuration written = load(all);
  EXPECT_EQ(told(), "");
  const Configuration left_out = load(shipped);
  EXPECT_EQ(written.settings.intake.window_bytes, left_out.settings.intake.window_bytes);
  EXPECT_EQ(written.settings.intake.window_mails, left_out.settings.intake.window_mails);
  EXPECT_EQ(written.settings.intake.message_bytes, left_out.settings.intake.message_bytes);
  EXPECT_EQ(written.settings.intake.poll, left_out.settings.intake.poll);
  EXPECT_EQ(written.settings.intake.idle, left_out.settings.intake.idle);
  EXPECT_EQ(written.settings.intake.answer, left_out.settings.intake.answer);
  EXPECT_EQ(written.settings.intake.retry_first, left_out.settings.intake.retry_first);
  EXPECT_EQ(written.settings.intake.retry_longest, left_out.settings.intake.retry_longest);
  EXPECT_EQ(written.settings.intake.parser_threads, left_out.settings.intake.parser_threads);
  EXPECT_EQ(written.settings.parse.header_bytes, left_out.settings.parse.header_bytes);
  EXPECT_EQ(written.settings.parse.field_bytes, left_out.settings.parse.field_bytes);
  EXPECT_EQ(written.settings.parse.fields, left_out.settings.parse.fields);
  EXPECT_EQ(written.settings.parse.depth, left_out.settings.parse.depth);
  EXPECT_EQ(written.settings.parse.parts, left_out.settings.parse.parts);
  EXPECT_EQ(written.settings.parse.decoded_bytes, left_out.settings.parse.decoded_bytes);
  EXPECT_EQ(written.settings.parse.text_bytes, left_out.settings.parse.text_bytes);
  EXPECT_EQ(written.settings.parse.addresses, left_out.settings.parse.addresses);
  EXPECT_EQ(written.settings.outbox.retry_first, left_out.settings.outbox.retry_first);
  EXPECT_EQ(written.settings.outbox.retry_longest, left_out.settings.outbox.retry_longest);
  EXPECT_EQ(written.settings.outbox.give_up, left_out.settings.outbox.give_up);
  EXPECT_EQ(written.settings.outbox.final_answer, left_out.settings.outbox.final_answer);
  EXPECT_EQ(written.settings.outbox.uncertain_after, left_out.settings.outbox.uncertain_after);
  EXPECT_EQ(written.settings.outbox.lease, left_out.settings.outbox.lease);
  EXPECT_EQ(written.settings.outbox, left_out.settings.outbox);
  EXPECT_EQ(written.settings.look_ups, left_out.settings.look_ups);
  EXPECT_EQ(written.settings.retention, left_out.settings.retention);
  EXPECT_EQ(written.settings.smtp.connections, left_out.settings.smtp.connections);
  EXPECT_EQ(written.settings.store.url, left_out.settings.store.url);
  EXPECT_EQ(written.settings.log.level, left_out.settings.log.level);
  EXPECT_EQ(written.settings.desk.name, left_out.settings.desk.name);
  EXPECT_EQ(written.settings.paths.socket, left_out.settings.paths.socket);
}

}  // namespace
}  // namespace oin
