/// The operator's tool by itself: no daemon, no servers, no settings.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/system/process.hpp"

namespace oin::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const std::string oinctl = std::string(OIND_BUILD_DIR) + "/oinctl";
const std::string corpus = std::string(OIND_SOURCE_DIR) + "/tests/corpus/";

std::vector<json> lines(const std::string& out) {
  std::vector<json> all;
  std::istringstream in(out);
  for (std::string line; std::getline(in, line);) all.push_back(json::parse(line));
  return all;
}

TEST(Parse, PrintsOneLineAMessageWithEveryKey) {
  const Output done =
      run({oinctl, "parse", "--json", corpus + "demo/submission.eml", corpus + "demo/question.eml"});
  ASSERT_EQ(done.status, 0) << done.err;
  const auto mails = lines(done.out);
  ASSERT_EQ(mails.size(), 2u);
  for (const char* key :
       {"file", "index", "message_id", "date", "from", "reply_to", "to", "cc", "subject", "in_reply_to",
        "references", "text", "html", "reply_text", "attachments", "automatic", "delivery_report", "defects"})
    EXPECT_TRUE(mails[0].contains(key)) << key;
  EXPECT_EQ(mails[0]["attachments"].size(), 2u);
  EXPECT_EQ(mails[0]["attachments"][0]["sha256"].get<std::string>().size(), 64u);
  EXPECT_TRUE(mails[0]["html"].is_null());
  EXPECT_TRUE(mails[1]["html"].is_string());
}

TEST(Parse, NeverStopsAtAnUnreadableFile) {
  const Output done = run({oinctl, "parse", "--json", "no-such-file", corpus + "demo/question.eml"});
  EXPECT_EQ(done.status, 1);
  const auto mails = lines(done.out);
  ASSERT_EQ(mails.size(), 2u);
  EXPECT_EQ(mails[0]["file"], "no-such-file");
  EXPECT_TRUE(mails[0]["error"].is_string());
  EXPECT_TRUE(mails[1]["from"].is_array());
}

TEST(Parse, ReadsStandardInputAndMbox) {
  const Output one = run({oinctl, "parse", "--json"}, "Subject: hi\n\nthere\n");
  EXPECT_EQ(lines(one.out).at(0)["subject"], "hi");
  const Output two = run({oinctl, "parse", "--json", "--mbox", "-"},
                         "From a@x Mon Nov 23 10:00:00 2026\nSubject: one\n\n>From here\n\nFrom b@x Mon Nov "
                         "23 10:00:00 2026\nSubject: two\n\nx\n");
  const auto mails = lines(two.out);
  ASSERT_EQ(mails.size(), 2u);
  EXPECT_EQ(mails[0]["index"], 0);
  EXPECT_THAT(mails[0]["text"].get<std::string>(), HasSubstr("From here"));
  EXPECT_EQ(mails[1]["subject"], "two");
}

TEST(Parse, ListsItsDefects) {
  const Output done = run({oinctl, "parse", "--list-defects"});
  EXPECT_EQ(done.status, 0);
  EXPECT_THAT(done.out, HasSubstr("unterminated-multipart"));
}

TEST(Explain, NeedsNothingAndStoresNothing) {
  const Output done =
      run({oinctl, "explain", "--json", "--at", "2026-11-23T10:00:00Z", corpus + "demo/submission.eml"});
  ASSERT_EQ(done.status, 0) << done.err;
  const json e = lines(done.out).at(0);
  EXPECT_EQ(e["mailbox"], "oin");
  EXPECT_EQ(e["intent"], "submission");
  EXPECT_EQ(e["queue"], "review");
  EXPECT_TRUE(e["ticket"].is_null());
  EXPECT_EQ(e["submission"]["fields"]["test_account.password"], "(sealed)");
  EXPECT_EQ(e["submission"]["fields"]["scim.patch"], true);
  EXPECT_TRUE(e["answer"]["allowed"].get<bool>());
  EXPECT_EQ(e["letters"][0]["event"], "submission-received");
  EXPECT_THAT(e["letters"][0]["text"].get<std::string>(), HasSubstr("Monday 30 November 2026, 10:00 UTC"));
  EXPECT_FALSE(e["evidence"].empty());
  EXPECT_EQ(e["events"][0]["type"], "ticket-opened");
}

TEST(Explain, SaysWhyAMachineGetsNoAnswer) {
  const json e = lines(run({oinctl, "explain", "--json", corpus + "demo/out-of-office.eml"}).out).at(0);
  EXPECT_EQ(e["intent"], "automatic");
  EXPECT_FALSE(e["answer"]["allowed"].get<bool>());
  EXPECT_THAT(e["answer"]["why"].get<std::string>(), HasSubstr("Auto-Submitted"));
  EXPECT_TRUE(e["letters"].empty());
}

TEST(Usage, IsTwoForWrongWordsAndOneForWrongSettings) {
  EXPECT_EQ(run({oinctl}).status, 2);
  EXPECT_EQ(run({oinctl, "frobnicate"}).status, 2);
  EXPECT_EQ(run({oinctl, "tickets"}).status, 2);  // whose?
  EXPECT_EQ(run({oinctl, "--config", "no-such.toml", "tickets"}).status, 1);
  EXPECT_EQ(run({oinctl, "explain", "--mailbox", "sales", corpus + "demo/question.eml"}).status, 1);
}

}  // namespace
}  // namespace oin::test
