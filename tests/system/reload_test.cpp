/// SIGHUP at a running desk: what can change changes at once, the rest is said, and a bad file changes
/// nothing.
#include <gmock/gmock.h>
#include <signal.h>

#include "tests/system/desk_test.hpp"

namespace oin::test {
namespace {

using testing::HasSubstr;

class Reloading : public DeskTest {
 protected:
  void ask_as(const std::string& sender, const std::string& id) {
    submit(sender, "developers@oind.test",
           message(sender, "developers@oind.test", "SCIM",
                   "How do I test group push? Our SCIM server answers 401 in our dev org.\n", id));
  }
  bool hang_up_says(const std::string& line) {
    desk_->signal(SIGHUP);
    return eventually([&] { return log().find(line) != std::string::npos; });
  }
};

TEST_F(Reloading, ActsFromTheNextMailOnAndNamesWhatNeedsARestart) {
  start_ready();
  configure({{"smtp.url", "\"smtp://localhost:1\""},
             {"workflow", quiet_team + "[limits]\nanswers_per_address_per_hour = 1\n"},
             {"end", "[log]\nlevel = \"debug\"\n"}});
  std::filesystem::create_directories(folder_ / "templates/question-received");
  write_file(folder_ / "templates/question-received/subject", "Mended: [{{reference}}]");
  ASSERT_TRUE(hang_up_says("settings.reloaded applied=3 restart_needed=1"));
  for (const char* line : {"settings.applied what=log.level", "settings.applied what=limits",
                           "settings.applied what=templates", "settings.restart_needed what=smtp"})
    EXPECT_THAT(log(), HasSubstr(line));

  ask_as("vendor@acme.test", "first@acme.test");
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 1; }));
  EXPECT_EQ(letters("vendor@acme.test").at(0).subject, "Mended: [OIN-1]");
  ask_as("vendor@acme.test", "second@acme.test");
  ASSERT_TRUE(eventually([&] { return ask({"tickets"}).size() == 2; }));
  settle();
  EXPECT_EQ(ask({"outbox", "--all"}).size(), 1u);
  EXPECT_THAT(log(), HasSubstr(" debug "));
  EXPECT_EQ(stop_desk(), 0);
}

TEST_F(Reloading, ChangesNothingWhileThereAreProblems) {
  start_ready();
  configure({{"smtp", "conections = 4\n"}, {"end", "[mailboxes]\n"}});
  ASSERT_TRUE(hang_up_says("settings.kept problems=2"));
  EXPECT_THAT(log(), HasSubstr("conections"));
  EXPECT_THAT(log(), HasSubstr("mailboxes"));
  configure();
  std::filesystem::create_directories(folder_ / "templates/question-received");
  write_file(folder_ / "templates/question-received/subject", "{{no_such_variable}}");
  ASSERT_TRUE(hang_up_says("settings.kept problems=1"));
  EXPECT_THAT(log(), HasSubstr("no_such_variable"));

  ask_as("vendor@acme.test", "first@acme.test");
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 1; }));
  EXPECT_THAT(letters("vendor@acme.test").at(0).subject, HasSubstr("[OIN-1]"));
  EXPECT_EQ(stop_desk(), 0);
}

/// Monday's question was promised an answer by Wednesday; then Tuesday is made a holiday.
TEST_F(Reloading, CountsOpenTicketsByTheNewCalendarAndTellsOfALaterDate) {
  configure({{"desk.test_clock", "true"}});
  start_ready();
  ask({"clock", "set", "2026-11-23T10:00:00Z"});
  ask_as("vendor@acme.test", "first@acme.test");
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 1; }));
  EXPECT_EQ(ask({"ticket", "1"})["due_at"].get<std::string>().substr(0, 13), "2026-11-25T10");
  write_file(folder_ / "workflow.toml",
             "[calendar]\ntime_zone = \"UTC\"\nmonday = \"09:00-17:00\"\ntuesday = \"09:00-17:00\"\n"
             "wednesday = \"09:00-17:00\"\nthursday = \"09:00-17:00\"\nfriday = \"09:00-17:00\"\n"
             "holidays = [2026-11-24]\n");
  ASSERT_TRUE(hang_up_says("settings.recounted tickets=1 moved=1"));
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 2; }));
  EXPECT_THAT(letters("vendor@acme.test").at(1).text, HasSubstr("Thursday 26 November 2026"));
  EXPECT_EQ(ask({"ticket", "1"})["due_at"].get<std::string>().substr(0, 13), "2026-11-26T10");
  const std::string clock = oinctl({"ticket", "1", "--clock"}).out;
  EXPECT_THAT(clock, HasSubstr("no work on a holiday (Tue 24 Nov)"));
  EXPECT_THAT(clock,
              HasSubstr("calendar of the desk: UTC, Mon-Fri 09:00-17:00; a business day is 480 minutes"));
  EXPECT_THAT(clock, HasSubstr("the team is warned: 80 % of the time is used"));
  EXPECT_THAT(oinctl({"report", "sla", "--csv"}).out, HasSubstr("\nanswer,0,0,0,1,0,"));
  EXPECT_EQ(oinctl({"report", "sla", "--from", "yesterday"}).status, 1);
  EXPECT_EQ(stop_desk(), 0);
}

}  // namespace
}  // namespace oin::test
