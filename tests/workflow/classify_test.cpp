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

TEST(CueIndex, FindsWholeWordsOnly) {
  const CueIndex index({{"status-request", {"text"}, {"any update", "status"}, 2.0}});
  EXPECT_EQ(index.hits("text", "is there any update").size(), 1u);
  EXPECT_TRUE(index.hits("text", "is there any updated guide").empty());
  EXPECT_TRUE(index.hits("subject", "status").empty());
  EXPECT_EQ(index.hits("text", "status any update status").size(), 1u);
}

}  // namespace
}  // namespace oin
