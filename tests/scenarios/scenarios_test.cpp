/// Every scenario on a store alone: no server, no thread, no clock but the test's.
#include <gtest/gtest.h>

#include "daemon/intake.hpp"
#include "daemon/temporary_folder.hpp"
#include "tests/scenarios/scenario.hpp"

namespace oin::test {
namespace {

const Instant monday = *parse_rfc3339("2026-11-23T10:00:00Z");

Office office() {
  Configuration configuration = shipped_configuration();
  configuration.settings.mailboxes[0].address = "oin@oind.test";
  configuration.settings.mailboxes[1].address = "developers@oind.test";
  configuration.settings.people = {{"Grace", "reviewer@oind.test", "", {"reviewer", "lead"}}};
  return open_office(std::move(configuration)).value();
}

class ScenarioTest : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(ScenarioTest, ComesOutAsItSays) {
  static const Office desk = office();
  const TemporaryFolder folder;
  const auto store = store::open_sqlite(folder.path() / "oind.db", store::Access::daemon).value();
  Play play(read_scenario(GetParam()), "");
  Instant now = monday;
  while (!play.over()) {
    auto tx = store->begin().value();
    const ReadMail read = read_mail(play.next_mail(*tx), 0, desk);
    const auto filed = file_mail(*tx, desk, read, play.mailbox(), now, now);
    ASSERT_TRUE(filed) << filed.error().what;
    ASSERT_TRUE(word_letters(*tx, desk, filed.value().letters));
    for (const std::string& failure : play.check(*tx, desk)) ADD_FAILURE() << failure;
    ASSERT_TRUE(tx->commit());
    now += std::chrono::hours(1);
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
