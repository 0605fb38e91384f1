/// A person leaves a running desk, by the tool.
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/system/desk_test.hpp"

namespace oin::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class Privacy : public DeskTest {
 protected:
  bool in_the_store(std::string word) const {
    std::string all;
    for (const char* file : {"oind.db", "oind.db-wal"}) all += read_file(folder_ / file);
    const auto lower = [](unsigned char c) { return static_cast<char>(std::tolower(c)); };
    std::ranges::transform(all, all.begin(), lower);
    return all.find(word) != std::string::npos;
  }
  Output erase(const std::string& address, std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"erase", address, "--as", "reviewer@oind.test", "--json"};
    words.insert(words.end(), more.begin(), more.end());
    return oinctl(words);
  }
};

TEST_F(Privacy, APersonLeavesTheRunningDeskAndComesBackAsAStranger) {
  start_ready();
  const auto writes = [&](const std::string& id) {
    submit("vendor@acme.test", "oin@oind.test",
           message("Vera Vendor <vendor@acme.test>", "oin@oind.test", "Acme " + id, form("Acme " + id),
                   id + "@acme.test"));
  };
  writes("first");
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 1; }));
  settle();
  ASSERT_TRUE(in_the_store("vendor@acme.test"));

  Output refused = erase("vendor@acme.test");
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("requester of OIN-1, which is not closed"));
  EXPECT_EQ(oinctl({"erase", "vendor@acme.test", "--as", "nobody@oind.test"}).status, 1);
  ASSERT_EQ(oinctl({"ticket", "1", "reject", "not ours", "--as", "reviewer@oind.test"}).status, 0);
  settle();
  const Output dry = erase("Vendor@ACME.test", {"--dry-run"});
  EXPECT_EQ(dry.status, 0) << dry.err;
  EXPECT_TRUE(in_the_store("vendor@acme.test"));

  const Output done = erase("Vendor@ACME.test");
  ASSERT_EQ(done.status, 0) << done.err;
  EXPECT_EQ(nlohmann::json::parse(done.out)["mark"], "erased-1");
  EXPECT_FALSE(in_the_store("vendor@acme.test"));
  EXPECT_FALSE(in_the_store("vera vendor"));
  const auto ticket = ask({"ticket", "1"});
  EXPECT_EQ(ticket["requester"], "erased-1@erased.invalid");
  EXPECT_EQ(ticket["state"], "closed");
  EXPECT_EQ(ticket["timeline"].back()["type"], "person-erased");
  EXPECT_THAT(oinctl({"ticket", "1", "--mail", "1"}).out, HasSubstr("was erased"));
  EXPECT_THAT(log(), HasSubstr("person.erased mark=erased-1"));
  settle();  // every mail is accounted for still

  writes("second");
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 3; }));
  EXPECT_EQ(ask({"ticket", "2"})["requester"], "vendor@acme.test");
  EXPECT_EQ(stop_desk(), 0);
  start_ready();
  settle();
  EXPECT_EQ(ask({"ticket", "1"}), ticket);
  EXPECT_EQ(stop_desk(), 0);
  EXPECT_EQ(erase("vendor@acme.test").status, 3);  // takes a running daemon
}

TEST_F(Privacy, WhatHasHadItsTimeGoesOnceADay) {
  configure(
      {{"desk.test_clock", "true"}, {"end", "[retention]\nautomatic_days = 3\nquarantine_days = -1\n"}});
  const Output checked = oind({"--check"});
  EXPECT_EQ(checked.status, 1);
  EXPECT_THAT(checked.err, HasSubstr("retention.quarantine_days: found -1"));

  configure({{"desk.test_clock", "true"}, {"end", "[retention]\nautomatic_days = 3\n"}});
  start_ready();
  drop("oin@oind.test", message("list@acme.test", "oin@oind.test", "News", "Nothing new.\n", "news@acme.test",
                                "Auto-Submitted: auto-generated\n"));
  settle();
  EXPECT_FALSE(ask({"status"})["retention"]["next_at"].is_null());
  EXPECT_EQ(ask({"what-happened", "news@acme.test"})["in"][0]["from"], "list@acme.test");
  ask({"clock", "advance", "4d"});
  EXPECT_THAT(log(), HasSubstr("retention.done automatic=1"));
  EXPECT_EQ(oinctl({"what-happened", "news@acme.test"}).status, 1);
  EXPECT_THAT(oinctl({"retention"}).out, AllOf(HasSubstr("next run"), HasSubstr("3 days")));
  settle();  // its UID is accounted for still
  EXPECT_EQ(stop_desk(), 0);
}

}  // namespace
}  // namespace oin::test
