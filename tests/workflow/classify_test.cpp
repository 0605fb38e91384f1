#include "daemon/workflow/classify.hpp"

#include <gtest/gtest.h>

#include "tests/workflow/sample_desk.hpp"

namespace oin {
namespace {

Intent judged(const Mail& mail, const Surroundings& around) {
  return classify(sample_desk(), mail, read_submission(mail), wording(sample_desk(), mail), around);
}

struct IntentCase {
  std::string name, mailbox, subject, text, intent;
};
class Classify : public testing::TestWithParam<IntentCase> {};

TEST_P(Classify, TellsWhatAMailWants) {
  const IntentCase& c = GetParam();
  Mail mail;
  mail.from = {{"", "ada@acme.example"}};
  mail.subject = c.subject;
  mail.text = mail.reply_text = c.text;
  const Intent intent = judged(mail, {c.mailbox, nullptr, false});
  std::string evidence;
  for (const Evidence& piece : intent.evidence) evidence += piece.intent + " " + piece.what + "\n";
  EXPECT_EQ(intent.name, c.intent) << "runner-up " << intent.runner_up << "\n" << evidence;
  EXPECT_GT(intent.confidence, 0.0);
  EXPECT_LE(intent.confidence, 1.0);
}

INSTANTIATE_TEST_SUITE_P(
    Mails, Classify,
    testing::Values(
        IntentCase{"Form", "oin", "New integration",
                   "App name: Acme\nApp website: https://acme.example\nACS URL: https://acme.example/acs\n"
                   "Audience URI: urn:acme\nDeveloper org: https://dev-1.okta.com\nSupport contacts: "
                   "help@acme.example\n",
                   "submission"},
        IntentCase{"Status", "oin", "Acme", "Hello, what is the status of our submission? Thanks, Ada",
                   "status-request"},
        IntentCase{"StatusInGerman", "oin", "Acme",
                   "Hallo, wie ist der Stand unserer Einreichung? Danke und Gruss", "status-request"},
        IntentCase{
            "Build", "developers", "SCIM PATCH error",
            "Our SCIM server gets a 401 from the token endpoint when we test group push in our dev org.",
            "build-question"},
        IntentCase{"ProfileSourcing", "developers", "Profile Sourcing",
                   "Please enable Profile Sourcing on our dev org, org id 00o1234567890abcdefg, app Acme.",
                   "profile-sourcing"},
        IntentCase{"Security", "oin", "Vulnerability in your app",
                   "I found an XSS vulnerability, please see my responsible disclosure report below.",
                   "security-report"},
        IntentCase{"Greeting", "oin", "Hi", "Hi", "unclear"}),
    [](const auto& test) { return test.param.name; });

TEST(Classify, TakesAMachinesMailForWhatItIsWhateverItSays) {
  Mail mail;
  mail.subject = "What is the status of our submission?";
  mail.automatic = Automatic{"auto-reply", {"Auto-Submitted: auto-replied"}};
  const Intent intent = judged(mail, {"oin", nullptr, false});
  EXPECT_EQ(intent.name, "automatic");
  ASSERT_FALSE(intent.evidence.empty());
  EXPECT_EQ(intent.evidence[0].what, "Auto-Submitted: auto-replied");
}

TEST(Classify, TakesCommandsFromStaffOnly) {
  Mail mail;
  mail.reply_text = "/approve\n";
  EXPECT_EQ(judged(mail, {"oin", nullptr, true}).name, "commands");
  EXPECT_NE(judged(mail, {"oin", nullptr, false}).name, "commands");
}

/// A ticket as classify() looks at it.
Ticket ticket_in(std::optional<std::string> phase, Turn turn, std::string queue) {
  Ticket ticket;
  ticket.id = 1;
  ticket.events = 1;
  ticket.phase = std::move(phase);
  ticket.turn = turn;
  ticket.queue = std::move(queue);
  return ticket;
}

Mail saying(std::string text) {
  Mail mail;
  mail.from = {{"", "ada@acme.example"}};
  mail.subject = "Acme";
  mail.text = mail.reply_text = std::move(text);
  return mail;
}

TEST(Classify, HoldsTheThreadAboveTheWords) {
  const Mail mail = saying("Our SCIM endpoint returned a 401 for the token, that is by design.");
  EXPECT_EQ(judged(mail, {"oin", nullptr, false}).name, "build-question");
  const Ticket review = ticket_in("qa", Turn::vendor, "review");
  EXPECT_EQ(judged(mail, {"oin", &review, false}).name, "issue-answer");
}

TEST(Classify, HearsAQuestionForTheStatusInAnyThread) {
  const Ticket review = ticket_in("qa", Turn::vendor, "review");
  EXPECT_EQ(judged(saying("What is the status?"), {"oin", &review, false}).name, "status-request");
}

TEST(Classify, TakesTheMailboxForTheLeastOfEvidence) {
  const Mail mail = saying("Please remove our app from the OIN catalog, the product is discontinued.");
  for (const char* mailbox : {"oin", "developers"})
    EXPECT_EQ(judged(mail, {mailbox, nullptr, false}).name, "removal");
}

TEST(Classify, TakesAQuestionOfWhomNothingIsAskedForOneAboutTheStatus) {
  const Mail mail = saying("Did anybody get round to it?");
  const auto for_status = [&](Turn turn) {
    const Ticket review = ticket_in("qa", turn, "review");
    double weight = 0;
    for (const Evidence& piece : judged(mail, {"oin", &review, false}).evidence)
      if (piece.intent == "status-request") weight += piece.weight;
    return weight;
  };
  EXPECT_GT(for_status(Turn::team), for_status(Turn::vendor));
}

TEST(Classify, WeighsWhatIsForwardedLess) {
  Mail mail = saying("Thanks for looking into it.\n\nPlease remove our app from the OIN catalog.");
  const double own = judged(mail, {"oin", nullptr, false}).confidence;
  mail.own_text_size = 28;
  EXPECT_LT(judged(mail, {"oin", nullptr, false}).confidence, own);
}

TEST(Classify, KeepsTheIntentOfAnEscalation) {
  const Intent calm = judged(saying("What is the status of our submission?"), {"oin", nullptr, false});
  EXPECT_FALSE(calm.escalated);
  const Intent pressing =
      judged(saying("I must escalate this. What is the status of our submission? Our customer goes "
                    "live on Monday."),
             {"oin", nullptr, false});
  EXPECT_EQ(pressing.name, calm.name);
  EXPECT_TRUE(pressing.escalated);
  EXPECT_FALSE(pressing.escalation.empty());
}

TEST(Classify, HearsNoEscalationInWhatSaysItIsNotUrgent) {
  EXPECT_FALSE(
      judged(saying("This is not urgent: what is the status of our submission?"), {"oin", nullptr, false})
          .escalated);
}

TEST(Classify, HearsNoEscalationFromSellers) {
  const Intent intent = judged(
      saying("URGENT: act today! Click here to verify your mailbox, it will be blocked at once. Reply asap."),
      {"oin", nullptr, false});
  EXPECT_EQ(intent.name, "unwanted");
  EXPECT_FALSE(intent.escalated);
}

TEST(Classify, NamesTheTwoLikeliest) {
  Intent intent;
  intent.name = "build-question", intent.confidence = 0.46;
  EXPECT_EQ(intent.likeliest(), "build-question (0.46)");
  intent.runner_up = "app-problem", intent.runner_up_confidence = 0.41;
  EXPECT_EQ(intent.likeliest(), "build-question (0.46) or app-problem (0.41)");
}

TEST(Relation, IsWhatSomebodysTicketsMakeOfThem) {
  EXPECT_EQ(relation_of({}), "stranger");
  const Ticket review = ticket_in("qa", Turn::team, "review"), owed = ticket_in("qa", Turn::vendor, "review");
  EXPECT_EQ(relation_of({&review, 1}), "candidate");
  EXPECT_EQ(relation_of({&owed, 1}), "candidate awaited");
  Ticket published = ticket_in("done", Turn::none, "review");
  published.state = TicketState::closed;
  published.outcome = "published";
  EXPECT_EQ(relation_of({&published, 1}), "owner");
  const Ticket question = ticket_in({}, Turn::team, "dev-support");
  EXPECT_EQ(relation_of({&question, 1}), "asker");
}

CueIndex index_of(std::vector<std::vector<std::string>> near) {
  return CueIndex({{"removal", {"text"}, {}, 2.0, "", std::move(near)}});
}

TEST(CueIndex, FindsWordsOfEachListCloseTogetherInAnyOrder) {
  const CueIndex index = index_of({{"remov*", "take down"}, {"catalog", "oin"}});
  ASSERT_EQ(index.hits("text", "please remove our old app from the catalog now").size(), 1u);
  EXPECT_EQ(index.hits("text", "from the oin please take down our app").at(0).phrase, "oin … take down");
  EXPECT_TRUE(index.hits("text", "please remove our app").empty());
  EXPECT_TRUE(index.hits("text", "remove " + std::string(100, 'x') + " catalog").empty());
}

TEST(CueIndex, TakesOneWordInTwoListsForOne) {
  const CueIndex index = index_of({{"integration", "new"}, {"integration", "app"}});
  EXPECT_TRUE(index.hits("text", "our integration works").empty());
  EXPECT_EQ(index.hits("text", "our integration is a new one").size(), 1u);
  EXPECT_EQ(index.hits("text", "one integration after the other integration").size(), 1u);
}

TEST(CueIndex, CountsSeveralWordsOfACueThatSaysHowMany) {
  CueSettings cue{"build-question", {"text"}, {"nonce", "claim", "endpoint*"}, 0.5};
  cue.most = 2;
  const CueIndex index({cue});
  EXPECT_EQ(index.hits("text", "the nonce and the nonce").size(), 1u);
  EXPECT_EQ(index.hits("text", "a nonce a claim an endpoint").size(), 2u);
}

TEST(CueIndex, FindsBeginningsOfWordsAndShowsThemWhole) {
  const CueIndex index({{"withdrawal", {"text"}, {"withdraw*"}, 2.0}});
  EXPECT_EQ(index.hits("text", "about our withdrawal of today").at(0).phrase, "withdrawal");
  EXPECT_EQ(index.hits("text", "we withdraw").size(), 1u);
  EXPECT_TRUE(index.hits("text", "nobody notwithdraws").empty());
}

TEST(CueIndex, FindsWordsInScriptsWithoutBlanks) {
  const CueIndex index({{"status-request", {"text"}, {"進捗"}, 2.0}, {"removal", {"text"}, {"oin"}, 2.0}});
  EXPECT_EQ(index.hits("text", "審査の進捗を教えて").size(), 1u);
  EXPECT_EQ(index.hits("text", "弊社のoinの件").size(), 1u);
}

TEST(CueIndex, FindsWholeWordsOnly) {
  const CueIndex index({{"status-request", {"text"}, {"any update", "status"}, 2.0}});
  EXPECT_EQ(index.hits("text", "is there any update").size(), 1u);
  EXPECT_TRUE(index.hits("text", "is there any updated guide").empty());
  EXPECT_TRUE(index.hits("subject", "status").empty());
  EXPECT_EQ(index.hits("text", "status any update status").size(), 1u);
}

}  // namespace
}  // namespace oin
