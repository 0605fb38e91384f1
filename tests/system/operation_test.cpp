/// What an operator leans on: one pass and its exit status, polling, the quarantine.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include "tests/system/desk_test.hpp"

namespace oin::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

class Operation : public DeskTest {
 protected:
  void drop_form(const std::string& from, const std::string& id, const std::string& app = "Acme CRM") {
    drop("oin@oind.test", message(from, "oin@oind.test", app, form(app), id));
  }
  /// A fault that a mail can meet in a store: a constraint that somebody added, seen by the running daemon.
  void change_store(const char* sql) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((folder_ / "oind.db").c_str(), &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    EXPECT_EQ(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  }
};

TEST_F(Operation, OnePassTellsByItsExitWhetherEveryServerWasReached) {
  drop_form("greylisted@acme.test", "later@acme.test");
  Output pass = oind({"--once"});
  EXPECT_EQ(pass.status, 0) << pass.err;  // a deferred letter is no failure
  EXPECT_EQ(ask({"outbox"}).at(0)["state"], "queued");

  configure({{"mailbox.url", "\"imaps://localhost:1/INBOX\""}});
  pass = oind({"--once"});
  EXPECT_EQ(pass.status, 1);
  EXPECT_THAT(pass.err, HasSubstr("once.mailbox_failed"));

  configure();
  servers({"stop-smtp"});
  pass = oind({"--once"});  // whether or not there is a letter to send
  EXPECT_EQ(pass.status, 1);
  EXPECT_THAT(pass.err, HasSubstr("once.smtp_failed"));
  drop_form("vendor@acme.test", "kept@acme.test");
  EXPECT_EQ(oind({"--once"}).status, 1);
  EXPECT_THAT(ask({"outbox"}), SizeIs(2));

  servers({"start-smtp"});
  EXPECT_TRUE(eventually([&] {
    EXPECT_EQ(oind({"--once"}).status, 0);  // sent once its retry is due
    return letters("vendor@acme.test").size() == 1;
  }));
}

TEST_F(Operation, MailIsFoundByPollingWhereTheServerHasNoIdle) {
  servers({"idle", "off"});
  configure({{"intake", "poll_seconds = 1\n"}});
  start_ready();
  EXPECT_THAT(log(), HasSubstr("waits_by=polling"));
  drop_form("vendor@acme.test", "polled@acme.test");
  EXPECT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 1; }));
  EXPECT_EQ(stop_desk(), 0);
}

TEST_F(Operation, AMailInQuarantineIsFiledAndAnsweredAfterTheMend) {
  configure({{"desk.test_clock", "true"}});
  start_ready();
  change_store(
      "CREATE TRIGGER fault BEFORE INSERT ON ticket WHEN NEW.title <> 'Good' BEGIN "
      "SELECT RAISE(ABORT, 'a fault for this test'); END");
  drop_form("vendor@acme.test", "bad@acme.test", "Bad");
  drop_form("vendor@acme.test", "worse@acme.test", "Worse");
  drop_form("vendor@acme.test", "good@acme.test", "Good");
  ASSERT_TRUE(eventually([&] { return ask({"quarantine"}).size() == 2 && ask({"tickets"}).size() == 1; }));
  const auto bad = ask({"quarantine"}).at(0);
  EXPECT_EQ(bad["message_id"], "bad@acme.test");
  EXPECT_EQ(bad["mailbox"], "oin");
  EXPECT_EQ(bad["from"], "vendor@acme.test");
  EXPECT_THAT(bad["reason"].get<std::string>(), HasSubstr("a fault for this test"));
  EXPECT_THAT(ask({"what-happened", "bad@acme.test"})["quarantine"], SizeIs(1));
  const std::string id = std::to_string(bad["id"].get<int>());
  EXPECT_THAT(ask({"quarantine", "show", id})["raw"].get<std::string>(), HasSubstr("App name: Bad"));

  EXPECT_EQ(oinctl({"quarantine", "retry", id}).status, 1);  // not mended yet
  EXPECT_THAT(ask({"quarantine"}), SizeIs(2));
  change_store("DROP TRIGGER fault");
  EXPECT_EQ(ask({"quarantine", "retry", id})["ticket"], "OIN-2");
  EXPECT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 2; }));
  EXPECT_EQ(ask({"what-happened", "bad@acme.test"})["in"][0]["ledger"][0]["fate"], "recorded");
  EXPECT_EQ(ask({"ticket", "2"})["title"], "Bad");

  ask({"quarantine", "drop", std::to_string(ask({"quarantine"}).at(0)["id"].get<int>())});
  EXPECT_THAT(ask({"quarantine"}), IsEmpty());
  EXPECT_EQ(oinctl({"quarantine", "retry", id}).status, 1);
  settle();
  EXPECT_THAT(ask({"tickets"}), SizeIs(2));
  EXPECT_EQ(stop_desk(), 0);
}

TEST_F(Operation, AMailArrivesInTheTestDesksOwnTime) {
  configure({{"desk.test_clock", "true"}});
  drop_form("vendor@acme.test", "then@acme.test");
  EXPECT_EQ(oind({"--once", "--at", "2030-03-04T10:00:00Z"}).status, 0);
  // The clock goes on from there.
  EXPECT_THAT(ask({"ticket", "1"})["opened_at"].get<std::string>(), StartsWith("2030-03-04T10:0"));
  EXPECT_THAT(ask({"ticket", "1"})["mails"][0]["at"].get<std::string>(), StartsWith("2030-03-04T10:0"));
  EXPECT_EQ(oind({"--once", "--at", "2030-05-04T10:00:00Z"}).status, 0);
  EXPECT_THAT(ask({"ticket", "1"})["timeline"].dump(), HasSubstr("due-passed"));
}

}  // namespace
}  // namespace oin::test
