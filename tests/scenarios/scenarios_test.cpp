/// Every scenario on a store alone: no server, no thread, no clock but the test's.
#include <gtest/gtest.h>

#include "daemon/commands.hpp"
#include "daemon/intake.hpp"
#include "daemon/temporary_folder.hpp"
#include "daemon/timers.hpp"
#include "tests/scenarios/scenario.hpp"

namespace oin::test {
namespace {

Office office() {
  Configuration configuration = shipped_configuration();
  configuration.settings.mailboxes[0].address = "oin@oind.test";
  configuration.settings.mailboxes[1].address = "developers@oind.test";
  configuration.settings.people = scenario_people();
  return open_office(std::move(configuration)).value();
}

class ScenarioTest : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(ScenarioTest, ComesOutAsItSays) {
  static const Office desk = office();
  const TemporaryFolder folder;
  const auto store = store::open_sqlite(folder.path() / "oind.db", store::Access::daemon).value();
  Play play(read_scenario(GetParam()), "");
  for (Instant now = scenario_begin; !play.over(); now += std::chrono::hours(1)) {
    if (play.asleep(now)) continue;
    auto tx = store->begin().value();
    ASSERT_TRUE(fire_timers(*tx, desk, now));
    if (play.due() <= now) {
      if (const ScenarioMail* mail = play.mail()) {
        const ReadMail read = read_mail(play.next_mail(*tx), 0, desk);
        const auto filed = file_mail(*tx, desk, read, mail->mailbox, now, now);
        ASSERT_TRUE(filed) << filed.error().what;
        ASSERT_TRUE(word_letters(*tx, desk, filed.value().letters));
      } else if (const ScenarioCommand* command = play.command()) {
        const Actor actor{command->person + "@oind.test", ""};
        ASSERT_TRUE(tx->savepoint());
        const auto done = carry_out(*tx, desk, actor, play.ticket(), play.command_words(), now);
        if (!done) play.command_refused(done.error().what);
        ASSERT_TRUE(tx->release());
      }
      ASSERT_TRUE(fire_timers(*tx, desk, now + until_checked));
      for (const std::string& failure : play.check(*tx, desk)) ADD_FAILURE() << failure;
    }
    ASSERT_TRUE(tx->commit());
  }
}

std::string name_of(const testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.parent_path().filename().string() + "_" + info.param.stem().string();
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, ScenarioTest, testing::ValuesIn(scenario_files()), name_of);

}  // namespace
}  // namespace oin::test
