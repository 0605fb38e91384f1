/// Every scenario through one running daemon and one pair of real servers, all of them side by side, hour by
/// hour of the desk's test clock.
#include "tests/scenarios/scenario.hpp"

#include <fmt/format.h>

#include "daemon/console.hpp"
#include "tests/system/desk_test.hpp"

namespace oin::test {
namespace {

class ScenarioDeskTest : public DeskTest {
 protected:
  ScenarioDeskTest() {
    accounts_ =
        "oin@oind.test developers@oind.test reviewer@oind.test qa@oind.test publisher@oind.test "
        "support@oind.test vendor@acme.test ada@acme.example bob@acme.example eve@evil.example "
        "carol@customer.example okta-oncall@acme.example";
  }
  std::unique_ptr<store::Transaction> look() { return reader_->begin_read().value(); }
  bool arrived(const Play& play) {
    const auto tx = look();
    const auto mails = tx->mails_by_message_id(play.message_id()).value();
    return !mails.empty();
  }
  Json ask_desk(const std::string& verb, const Json& arguments) {
    return ask_daemon(folder_ / "oind.sock", verb, arguments).value();
  }
  void begin(Play& play) {
    if (const ScenarioMail* mail = play.mail()) {
      drop(mail->mailbox + "@oind.test", play.next_mail(*look()));
    } else if (const ScenarioCommand* command = play.command()) {
      const Json answer = ask_desk("ticket", {{"number", play.ticket()},
                                              {"words", play.command_words()},
                                              {"as", command->person + "@oind.test"}});
      if (answer.contains("error")) play.command_refused(answer["error"].get<std::string>());
    }
  }
  void wait_for_mail(const Play& play) {
    ASSERT_TRUE(!play.mail() || eventually([&] { return arrived(play); }))
        << play.message_id() << " was not recorded";
  }
  void end(Play& play, const Office& office) {
    for (const std::string& failure : play.check(*look(), office)) ADD_FAILURE() << failure;
  }

  /// What is over for its scenario would be reminded of for as long as another one takes.
  void put_away(const Play& play) {
    for (const TicketId ticket : play.tickets())
      ask_desk("ticket", {{"number", ticket}, {"words", {"withdraw"}}, {"as", "reviewer@oind.test"}});
  }

  /// To the end of the longest of them, through one desk that begins empty.
  void play_through(std::vector<Play> plays) {
    std::string people;  // Grace is in every test's settings
    for (const PersonSettings& person : scenario_people())
      if (person.name != "Grace")
        people += fmt::format("[[person]]\nname = \"{}\"\naddress = \"{}\"\nroles = [\"{}\"]\n", person.name,
                              person.address, person.roles.front());
    // Hundreds of scenarios write from one domain within an hour.
    configure(
        {{"desk.test_clock", "true"},
         {"end", people},
         {"workflow", "[limits]\nanswers_per_domain_per_hour = 100000\nletters_per_minute = 100000\n"}});
    Configuration configuration = shipped_configuration();
    configuration.settings.people = scenario_people();
    const Office office = open_office(std::move(configuration)).value();
    start_ready();
    reader_ = store::open_sqlite(folder_ / "oind.db", store::Access::reader).value();
    std::vector<Play*> open;
    for (Play& play : plays) open.push_back(&play);
    for (Instant now = scenario_begin; !open.empty(); now += std::chrono::hours(1)) {
      if (open.front()->asleep(now)) continue;
      ASSERT_TRUE(ask_desk("clock", {{"set", to_rfc3339(now)}}).contains("result"));
      std::vector<Play*> due;
      std::ranges::copy_if(open, std::back_inserter(due), [&](Play* play) { return play->due() <= now; });
      for (Play* play : due) begin(*play);
      for (Play* play : due) wait_for_mail(*play);
      ASSERT_TRUE(ask_desk("clock", {{"set", to_rfc3339(now + until_checked)}}).contains("result"));
      for (Play* play : due) end(*play, office);
      for (Play* play : due)
        if (play->over()) put_away(*play);
      std::erase_if(open, [](Play* play) { return play->over(); });
      if (HasFatalFailure()) return;
    }
    settle();
    EXPECT_EQ(stop_desk(), 0);
  }

  std::unique_ptr<store::Store> reader_;
};

TEST_F(ScenarioDeskTest, AllComeOutAsTheySay) {
  std::vector<Play> plays;
  const std::size_t every = scaled(10) < 10 ? 6 : 1;  // under a sanitizer a sixth of them
  std::size_t number = 0;
  for (const auto& file : scenario_files())
    if (Scenario scenario = read_scenario(file); !scenario.sleeps() && number++ % every == 0)
      plays.emplace_back(std::move(scenario), "s" + std::to_string(plays.size() + 1));
  play_through(std::move(plays));
}

/// A desk that is down is so for everybody: each of these has one for itself.
class SleepingDeskTest : public ScenarioDeskTest,
                         public testing::WithParamInterface<std::filesystem::path> {};

TEST_P(SleepingDeskTest, ComesOutAsItSays) { play_through({Play(read_scenario(GetParam()), "s")}); }

std::vector<std::filesystem::path> sleeping() {
  std::vector<std::filesystem::path> files = scenario_files();
  std::erase_if(files, [](const auto& file) { return !read_scenario(file).sleeps(); });
  return files;
}

std::string name_of(const testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, SleepingDeskTest, testing::ValuesIn(sleeping()), name_of);

}  // namespace
}  // namespace oin::test
