#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "config/load.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string told(const Problems& problems) {
  std::string out;
  for (const std::string& line : problems) out += line + "\n";
  return out;
}

TEST(ShippedWorkflow, HasNoProblems) {
  Problems problems;
  read_workflow(shipped_config("workflow.toml"), "workflow.toml", problems);
  read_cues(shipped_config("cues.toml"), "cues.toml", problems);
  EXPECT_EQ(told(problems), "");
}

TEST(ShippedWorkflow, PromisesFiveFiveAndOneBusinessDays) {
  const WorkflowSettings workflow = shipped_configuration().workflow;
  ASSERT_THAT(workflow.phases, SizeIs(4));
  std::vector<std::string> names;
  std::vector<int> days;
  for (const PhaseSettings& phase : workflow.phases)
    if (phase.enabled) names.push_back(phase.name), days.push_back(phase.business_days);
  EXPECT_THAT(names, ElementsAre("initial-review", "qa", "publication"));
  EXPECT_THAT(days, ElementsAre(5, 5, 1));
  EXPECT_EQ(workflow.phases[2].name, "final-review");
  EXPECT_EQ(workflow.phases[2].business_days, 3);
}

TEST(ShippedWorkflow, RoutesEveryIntentToAQueueThereIs) {
  const WorkflowSettings workflow = shipped_configuration().workflow;
  for (const std::string_view intent : known_intents()) {
    const auto route = std::ranges::find(workflow.routes, intent, &RouteSettings::intent);
    ASSERT_NE(route, workflow.routes.end()) << intent;
    EXPECT_NE(std::ranges::find(workflow.queues, route->queue, &QueueSettings::name), workflow.queues.end())
        << intent;
  }
  EXPECT_THAT(workflow.queues, SizeIs(8));
}

TEST(ShippedWorkflow, WorksFromNineToFiveOnWeekdays) {
  const CalendarSettings calendar = shipped_configuration().workflow.calendar;
  EXPECT_EQ(calendar.time_zone, "UTC");
  const CalendarSettings::Day nine_to_five{{9 * 60, 17 * 60}};
  for (std::size_t day = 0; day < 7; ++day)
    EXPECT_EQ(calendar.week[day], day < 5 ? nine_to_five : CalendarSettings::Day{});
}

TEST(ShippedCues, TellEveryIntentThatWordingCanTell) {
  std::map<std::string, double> weights;
  for (const CueSettings& cue : shipped_configuration().workflow.cues)
    weights[cue.intent] += std::max(0.0, cue.weight);
  const std::set<std::string_view> told_otherwise{"commands", "unclear"};
  for (const std::string_view intent : known_intents())
    EXPECT_TRUE(told_otherwise.contains(intent) || weights[std::string(intent)] >= 2.0) << intent;
}

TEST(ShippedCues, SayNoWordTwiceForOneIntent) {
  std::set<std::string> seen;
  for (const CueSettings& cue : shipped_configuration().workflow.cues)
    for (const std::string& where : cue.where)
      for (const std::string& word : cue.words)
        EXPECT_TRUE(seen.insert(cue.intent + "|" + where + "|" + word).second) << cue.intent << ": " << word;
}

TEST(ReadWorkflow, KeepsTheShippedTablesThatAFileLeavesOut) {
  Problems problems;
  const WorkflowSettings workflow = read_workflow(R"(
[calendar]
time_zone = "Europe/Berlin"
friday = "09:00-13:30"
holidays = [2026-12-25, "2027-01-01"]
[[route]]
intent = "unwanted"
queue = "oin-support"
)",
                                                  "workflow.toml", problems);
  EXPECT_EQ(told(problems), "");
  EXPECT_THAT(workflow.phases, SizeIs(4));
  EXPECT_EQ(workflow.calendar.week[4].at(0).end, 13 * 60 + 30);
  EXPECT_EQ(workflow.calendar.week[0].at(0).end, 17 * 60);
  using namespace std::chrono;
  EXPECT_THAT(workflow.calendar.holidays, ElementsAre(2026y / December / 25, 2027y / January / 1));
  EXPECT_EQ(std::ranges::find(workflow.routes, "unwanted", &RouteSettings::intent)->queue, "oin-support");
  EXPECT_THAT(workflow.routes, SizeIs(known_intents().size()));
}

TEST(ReadWorkflow, ReplacesThePhasesAsAWhole) {
  Problems problems;
  const WorkflowSettings workflow = read_workflow(R"(
[[phase]]
name = "look"
business_days = 2
queue = "review"
role = "lead"
letters = ["passed"]
)",
                                                  "workflow.toml", problems);
  EXPECT_EQ(told(problems), "");
  ASSERT_THAT(workflow.phases, SizeIs(1));
  EXPECT_EQ(workflow.phases[0].title, "look");
  EXPECT_THAT(workflow.phases[0].letters, ElementsAre("passed"));
}

struct Wrong {
  std::string name, toml, told;
};
class ReadWorkflowRefuses : public testing::TestWithParam<Wrong> {};

TEST_P(ReadWorkflowRefuses, WithAProblemThatSaysWhy) {
  Problems problems;
  read_workflow(GetParam().toml, "workflow.toml", problems);
  EXPECT_THAT(told(problems), HasSubstr(GetParam().told));
}

const std::string phase = "[[phase]]\nname = \"p\"\nbusiness_days = 1\nqueue = \"review\"\nrole = \"qa\"\n";

INSTANTIATE_TEST_SUITE_P(
    Tables, ReadWorkflowRefuses,
    testing::Values(
        Wrong{"UnknownTable", "[limit]\n", "workflow.toml:1: limit: unknown key; did you mean \"limits\"?"},
        Wrong{"UnknownQueue", "[[route]]\nintent = \"removal\"\nqueue = \"x\"\n",
              "workflow.toml:3: route.queue: found \"x\"; allowed: \"review\""},
        Wrong{"UnknownIntent", "[[route]]\nintent = \"x\"\nqueue = \"review\"\n",
              "found \"x\"; allowed: \"submission\""},
        Wrong{"RoutedTwice",
              "[[route]]\nintent = \"removal\"\nqueue = \"review\"\n[[route]]\nintent = \"removal\"\nqueue = "
              "\"triage\"\n",
              "\"removal\" is routed twice"},
        Wrong{"PhaseTwice", phase + phase, "\"p\" is there twice"},
        Wrong{"PhaseIsReserved",
              "[[phase]]\nname = \"done\"\nbusiness_days = 1\nqueue = \"review\"\nrole = \"qa\"\n",
              "the desk's own word"},
        Wrong{"PhaseName",
              "[[phase]]\nname = \"A B\"\nbusiness_days = 1\nqueue = \"review\"\nrole = \"qa\"\n",
              "allowed: lower-case letters"},
        Wrong{"NoDays", "[[phase]]\nname = \"p\"\nqueue = \"review\"\nrole = \"qa\"\n",
              "phase.business_days: missing"},
        Wrong{"NoPhaseOn", phase + "enabled = false\n", "every phase is switched off"},
        Wrong{"Role", "[[phase]]\nname = \"p\"\nbusiness_days = 1\nqueue = \"review\"\nrole = \"x\"\n",
              "found \"x\"; allowed: \"reviewer\""},
        Wrong{"QueueOfShippedRouteGone", "[[queue]]\nname = \"review\"\n",
              "add that queue or a [[route]] for it"},
        Wrong{"Hours", "[calendar]\nmonday = \"9-5\"\n",
              "found \"9-5\"; allowed: hours such as \"09:00-17:00\""},
        Wrong{"HoursBackwards", "[calendar]\nmonday = \"17:00-09:00\"\n", "calendar.monday: found"},
        Wrong{"NoWork",
              "[calendar]\nmonday = \"\"\ntuesday = \"\"\nwednesday = \"\"\nthursday = \"\"\nfriday = \"\"\n",
              "has no working day"},
        Wrong{"NoSuchDate", "[calendar]\nholidays = [\"2026-02-30\"]\n",
              "found \"2026-02-30\"; allowed: dates such as 2026-12-25"},
        Wrong{"Negative", "[limits]\nanswers_per_address_per_hour = -1\n",
              "found -1; allowed: an integer from 0"},
        Wrong{"RemindersOutOfOrder", "[reminders]\nsecond_business_days = 3\n",
              "reminders.second_business_days: found 3; it must come after the 5 days"},
        Wrong{"Resubmission", "[clock]\non_resubmission = \"again\"\n",
              "clock.on_resubmission: found \"again\"; allowed: \"restart\", \"resume\""},
        Wrong{"WarningForNobody", "[[warning]]\npercent = 80\n", "warning.tell: names nobody"},
        Wrong{"WarningBackwards",
              "[[warning]]\npercent = 80\ntell = [\"lead\"]\n[[warning]]\npercent = 50\ntell = [\"lead\"]\n",
              "workflow.toml:5: warning.percent: must be more than"},
        Wrong{"WarningOfWhom", "[[warning]]\npercent = 80\ntell = [\"boss\"]\n",
              "found \"boss\"; allowed: \"assignee\", \"lead\""},
        Wrong{"DigestAt", "[notices]\ndigest_at = \"8\"\n",
              "notices.digest_at: found \"8\"; allowed: a time such as \"08:00\""},
        Wrong{"QueueRole", "[[queue]]\nname = \"q\"\nrole = \"x\"\n",
              "queue.role: found \"x\"; allowed: \"reviewer\""},
        Wrong{"Confidence", "[classification]\ntriage_below = 2\n", "a number from 0 to 1"}),
    [](const auto& test) { return test.param.name; });

TEST(ReadWorkflow, TakesSendersByAddressAndDomainAndNamesWhatIsNeither) {
  Problems problems;
  const std::string shipped(shipped_config("workflow.toml"));
  const std::string lists =
      "ignored = [\"@spam.example\"]\nsubmitters = [\"ada@vendor.example\", \"vendor\"]";
  const auto at = shipped.find("ignored = []"), end = shipped.find("# everybody");
  ASSERT_NE(at, std::string::npos);
  const auto workflow =
      read_workflow(shipped.substr(0, at) + lists + "  " + shipped.substr(end), "workflow.toml", problems);
  EXPECT_THAT(workflow.senders.ignored, ElementsAre("@spam.example"));
  EXPECT_THAT(told(problems), HasSubstr("senders.submitters: found \"vendor\"; allowed: addresses, and "
                                        "\"@vendor.example\""));
}

TEST(ReadCues, RefusesWhatCouldNeverBeFound) {
  Problems problems;
  read_cues("[[cue]]\nintent = \"x\"\nwhere = [\"body\"]\nwords = []\nweight = 99\n", "cues.toml", problems);
  EXPECT_THAT(problems, SizeIs(4)) << told(problems);
  EXPECT_THAT(told(problems), HasSubstr("cues.toml:3: cue.where: found \"body\"; allowed: \"subject\", "
                                        "\"text\", \"shape\", \"attachment\", \"sender\""));
}

TEST(ReadCues, TakesListsOfWordsByTheirNames) {
  Problems problems;
  const auto cues = read_cues(
      "[words]\napp = [\"app\", \"integration*\"]\n"
      "[[cue]]\nintent = \"removal\"\nnear = [[\"remov*\"], \"@app\", [\"oin\", \"@app\"]]\n",
      "cues.toml", problems);
  EXPECT_EQ(told(problems), "");
  ASSERT_THAT(cues, SizeIs(1));
  EXPECT_THAT(cues[0].near, ElementsAre(ElementsAre("remov*"), ElementsAre("app", "integration*"),
                                        ElementsAre("oin", "app", "integration*")));
}

TEST(ReadCues, PutsEscalationsBesideTheIntents) {
  Problems problems;
  const auto cues = read_cues("[[escalation]]\nwords = [\"urgent\"]\n", "cues.toml", problems);
  EXPECT_EQ(told(problems), "");
  ASSERT_THAT(cues, SizeIs(1));
  EXPECT_EQ(cues[0].intent, escalation);
}

TEST(ReadCues, RefusesListsThatAreNotThereAndBeginningsOfAllWords) {
  Problems problems;
  read_cues("[[cue]]\nintent = \"removal\"\nwords = [\"@app\", \"re*\"]\n", "cues.toml", problems);
  EXPECT_THAT(told(problems), HasSubstr("[words] has no list for \"@app\""));
  EXPECT_THAT(told(problems), HasSubstr("\"re*\" is too short a beginning of a word"));
}

TEST(ReadCues, RefusesATopicThatNothingAnswers) {
  Problems problems;
  read_cues("[[cue]]\nintent = \"removal\"\nwords = [\"gone\"]\ntopic = \"weather\"\n", "cues.toml",
            problems);
  EXPECT_THAT(told(problems), HasSubstr("cue.topic: found \"weather\"; allowed: \"how-to-submit\""));
}

TEST(ShippedConfiguration, HasTwoMailboxesNoServersAndOneKeyOfThisProcess) {
  const Configuration c = shipped_configuration();
  ASSERT_THAT(c.settings.mailboxes, SizeIs(2));
  EXPECT_EQ(c.settings.mailboxes[0].address, "oin@example.com");
  EXPECT_EQ(c.settings.mailboxes[1].address, "developers@example.com");
  EXPECT_TRUE(c.settings.mailboxes[0].server.host.empty());
  ASSERT_THAT(c.settings.desk.signing_keys, SizeIs(1));
  EXPECT_EQ(c.settings.desk.signing_keys[0].reveal().size(), 32u);
  EXPECT_EQ(c.settings.desk.signing_keys[0].reveal(),
            shipped_configuration().settings.desk.signing_keys[0].reveal());
  EXPECT_THAT(c.settings.people, IsEmpty());
}

}  // namespace
}  // namespace oin
