/// Load, crashes and restarts on real servers: no mail lost, none counted twice, every sender answered by
/// exactly one distinct Message-ID.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <signal.h>

#include <random>
#include <set>
#include <thread>

#include "tests/system/desk_test.hpp"

namespace oin::test {
namespace {

class Endurance : public DeskTest {
 protected:
  /// Mails by many senders, every one of whom is to be answered; all their answers land in one inbox.
  void drop_many(int from, int to) {
    for (int i = from; i < to; ++i) {
      const std::string sender = fmt::format("sender{}@bulk.test", i);
      const std::string box = i % 2 ? "oin@oind.test" : "developers@oind.test";
      drop(box, message(sender, box, fmt::format("Question {}", i),
                        "How do I test group push? Our SCIM server answers 401 in our dev org.\n",
                        fmt::format("q{}@bulk.test", i)));
    }
  }
  /// The distinct Message-IDs each sender was answered with.
  std::map<std::string, std::set<std::string>> answers() {
    std::map<std::string, std::set<std::string>> by_sender;
    for (const Mail& letter : letters("bulk@bulk.test"))
      by_sender[letter.to.at(0).addr_spec].insert(letter.message_id);
    return by_sender;
  }
  /// How many were answered; parses nothing while too few letters lie there.
  int answered(int at_least) {
    return static_cast<int>(inbox("bulk@bulk.test").size()) < at_least ? 0
                                                                       : static_cast<int>(answers().size());
  }
  void expect_each_answered_once(int count, int seconds = 120) {
    settle(seconds);
    // A letter whose final answer was lost in a kill is tried again a second later, and Postfix hands on in
    // its own time.
    EXPECT_TRUE(eventually([&] { return answered(count) >= count; }, seconds));
    const auto by_sender = answers();
    EXPECT_EQ(static_cast<int>(by_sender.size()), count);
    for (const auto& [sender, ids] : by_sender) EXPECT_EQ(ids.size(), 1u) << sender;
    EXPECT_EQ(static_cast<int>(ask({"tickets"}).size()), count);
    for (const auto& box : ask({"reconcile"})) EXPECT_EQ(box["in_folder"], box["accounted"]) << box;
  }
};

TEST_F(Endurance, AThousandMailsThatWaitAtStartAreAllAnswered) {
  const int count = scaled(1000);
  drop_many(0, count);
  start_ready();
  expect_each_answered_once(count);
  EXPECT_EQ(stop_desk(), 0);
}

TEST_F(Endurance, MailIsPushedByIdleToBothMailboxesAtOnce) {
  start_ready();
  ASSERT_TRUE(
      eventually([&] { return ask({"status"})["mailboxes"].dump().find("watching") != std::string::npos; }));
  const int count = scaled(40);
  std::thread other([&] { drop_many(0, count / 2); });
  for (int i = count / 2; i < count; ++i) {
    const std::string sender = fmt::format("sender{}@bulk.test", i);
    hand_in(sender, "oin@oind.test",
            message(sender, "oin@oind.test", "Question", "How do I test SCIM group push in our dev org?\n",
                    fmt::format("p{}@bulk.test", i)));
  }
  other.join();
  expect_each_answered_once(count);
}

TEST_F(Endurance, TheMailServersRestartInTheMiddle) {
  const int count = scaled(300);
  // A server that stops may take a final dot with it and leave a letter uncertain.
  configure({{"outbox", "uncertain_after_seconds = 1\n"}});
  drop_many(0, count / 2);
  start_ready();
  servers({"stop-imap"});
  drop_many(count / 2, count);
  servers({"stop-smtp"});
  servers({"start-imap"});
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  servers({"start-smtp"});
  expect_each_answered_once(count);
}

TEST_F(Endurance, AKillInTheMiddleLosesNothingAndDoublesNothing) {
  const int count = scaled(400);
  configure({{"outbox", "uncertain_after_seconds = 1\n"}});
  drop_many(0, count);
  std::minstd_rand random(7);
  for (int i = 0; i < 8; ++i) {
    start_desk();
    std::this_thread::sleep_for(std::chrono::milliseconds(100 + random() % 500));
    kill_desk();
  }
  start_ready();
  expect_each_answered_once(count);
}

TEST_F(Endurance, ANewUidvalidityAnswersNobodyTwice) {
  const int count = scaled(50);
  drop_many(0, count);
  start_ready();
  expect_each_answered_once(count);
  EXPECT_EQ(stop_desk(), 0);
  const std::size_t before = inbox("bulk@bulk.test").size();

  servers({"stop-imap"});
  for (const char* box : {"oin@oind.test", "developers@oind.test"})
    for (const auto& file : std::filesystem::directory_iterator(std::filesystem::path(env("MAIL")) / box))
      if (file.path().filename().string().starts_with("dovecot")) std::filesystem::remove(file.path());
  std::this_thread::sleep_for(
      std::chrono::milliseconds(1100));  // UIDVALIDITY is the second in which it was made
  servers({"start-imap"});
  drop_many(count, count + 2);
  start_ready();
  EXPECT_TRUE(eventually([&] { return inbox("bulk@bulk.test").size() >= before + 2; }));
  expect_each_answered_once(count + 2);
  EXPECT_THAT(log(), testing::HasSubstr("mailbox.renumbered"));
}

TEST_F(Endurance, ALetterInHandIsFinishedOnStop) {
  drop_many(0, 20);
  start_desk();
  EXPECT_TRUE(eventually([&] { return !inbox("bulk@bulk.test").empty(); }));
  EXPECT_EQ(stop_desk(), 0);
  start_ready();
  expect_each_answered_once(20);
}

}  // namespace
}  // namespace oin::test
