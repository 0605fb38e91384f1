/// Every scenario through one running daemon and one pair of real servers, all of them side by side: the
/// first mails of all, then the second ones, and so on.
#include "tests/scenarios/scenario.hpp"

#include "tests/system/desk_test.hpp"

namespace oin::test {
namespace {

class ScenarioDeskTest : public DeskTest {
 protected:
  ScenarioDeskTest() {
    accounts_ =
        "oin@oind.test developers@oind.test reviewer@oind.test vendor@acme.test ada@acme.example "
        "bob@acme.example "
        "eve@evil.example carol@customer.example";
  }
  std::unique_ptr<store::Transaction> look() { return reader_->begin_read().value(); }
  bool arrived(const Play& play) {
    const auto tx = look();
    const auto mails = tx->mails_by_message_id(play.message_id()).value();
    return !mails.empty();
  }

  std::unique_ptr<store::Store> reader_;
};

TEST_F(ScenarioDeskTest, AllComeOutAsTheySay) {
  const Office office = open_office(shipped_configuration()).value();
  std::vector<Play> plays;
  for (const auto& file : scenario_files())
    plays.emplace_back(read_scenario(file), "s" + std::to_string(plays.size() + 1));
  start_ready();
  reader_ = store::open_sqlite(folder_ / "oind.db", store::Access::reader).value();
  std::size_t open = plays.size();
  while (open > 0) {
    for (Play& play : plays)
      if (!play.over()) drop(play.mailbox() + "@oind.test", play.next_mail(*look()));
    open = 0;
    for (Play& play : plays) {
      if (play.over()) continue;
      ASSERT_TRUE(eventually([&] { return arrived(play); })) << play.message_id() << " was not recorded";
      for (const std::string& failure : play.check(*look(), office)) ADD_FAILURE() << failure;
      open += play.over() ? 0 : 1;
    }
  }
  settle();
  EXPECT_EQ(stop_desk(), 0);
}

}  // namespace
}  // namespace oin::test
