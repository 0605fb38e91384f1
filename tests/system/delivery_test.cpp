/// What becomes of letters when servers are slow, picky, away, not who they were, or answer for somebody who
/// is not there: held against a real Postfix and Dovecot, in the store and in the inboxes.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <signal.h>

#include <thread>

#include "tests/support/smtp_server.hpp"
#include "tests/system/desk_test.hpp"

namespace oin::test {
namespace {

using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class Delivery : public DeskTest {
 protected:
  Delivery() {
    accounts_ = "oin@oind.test developers@oind.test reviewer@oind.test vendor@acme.test colleague@acme.test";
  }
  /// What Postfix says at RCPT; nothing for an address: it is taken.
  void recipients(const std::string& lines) { write_file(env("RECIPIENTS"), lines); }
  void drop_question(const std::string& from, const std::string& id) {
    drop("developers@oind.test", message(from, "developers@oind.test", "SCIM " + id,
                                         "How do I test group push in our dev org?\n", id));
  }
  /// The letter to the address, as `outbox show` has it.
  nlohmann::json letter_to(const std::string& address) {
    for (const auto& one : ask({"outbox", "--all"}))
      for (const auto& to : one["to"])
        if (to == address) return ask({"outbox", "show", std::to_string(one["id"].get<int>())});
    return nlohmann::json::object();
  }
  bool becomes(const std::string& address, const std::string& state) {
    return eventually([&] { return letter_to(address).value("state", "") == state; });
  }
  std::string timeline(int ticket) {
    std::string all;
    const auto asked = ask({"ticket", std::to_string(ticket)});
    for (const auto& entry : asked["timeline"]) all += entry["text"].get<std::string>() + "\n";
    return all;
  }
};

TEST_F(Delivery, AGreylistedLetterGoesWhenItsServerTakesIt) {
  start_ready();
  drop_question("greylisted@acme.test", "g@acme.test");
  ASSERT_TRUE(eventually([&] { return letter_to("greylisted@acme.test").value("attempts", 0) >= 2; }));
  EXPECT_EQ(letter_to("greylisted@acme.test")["state"], "queued");
  EXPECT_THAT(letter_to("greylisted@acme.test")["last_answer"].get<std::string>(), HasSubstr("450 4.2.0"));
  EXPECT_THAT(letters("greylisted@acme.test"), IsEmpty());
  recipients("");
  ASSERT_TRUE(becomes("greylisted@acme.test", "sent"));
  ASSERT_TRUE(eventually([&] { return letters("greylisted@acme.test").size() == 1; }));
  EXPECT_EQ(letters("greylisted@acme.test")[0].message_id,
            letter_to("greylisted@acme.test")["message_id"].get<std::string>());
  EXPECT_THAT(timeline(1), HasSubstr("accepted for greylisted@acme.test: 250 2.0.0 Ok"));
}

TEST_F(Delivery, OfThreeRecipientsEachHasTheirOwnFate) {
  recipients(
      "refused@acme.test 550 5.1.1 <refused@acme.test>: no such user here\n"
      "colleague@acme.test 450 4.2.0 <colleague@acme.test>: later\n");
  start_ready();
  submit("vendor@acme.test", "oin@oind.test",
         message("vendor@acme.test", "oin@oind.test", "Acme", form("Acme CRM"), "three@acme.test",
                 "Cc: refused@acme.test, colleague@acme.test\n"));
  ASSERT_TRUE(eventually([&] { return letter_to("colleague@acme.test").value("attempts", 0) >= 2; }));
  EXPECT_EQ(letter_to("colleague@acme.test")["state"], "queued");
  recipients("refused@acme.test 550 5.1.1 <refused@acme.test>: no such user here\n");
  ASSERT_TRUE(becomes("colleague@acme.test", "failed"));
  std::map<std::string, std::string> fates;
  const auto letter = letter_to("vendor@acme.test");
  for (const auto& one : letter["recipients"]) fates[one["address"]] = one["state"];
  EXPECT_EQ(fates, (std::map<std::string, std::string>{{"vendor@acme.test", "accepted"},
                                                       {"colleague@acme.test", "accepted"},
                                                       {"refused@acme.test", "refused"}}));
  ASSERT_TRUE(eventually([&] { return letters("colleague@acme.test").size() == 1; }));
  EXPECT_THAT(letters("vendor@acme.test"), SizeIs(1)) << "whoever has it gets it once";
  EXPECT_THAT(timeline(1), HasSubstr("refused for refused@acme.test: 550 5.1.1"));
}

TEST_F(Delivery, NothingIsSaidToAServerWhoseTlsWasTakenAway) {
  SmtpServer stripped({});  // what a man in the middle makes of it: no STARTTLS in its EHLO
  configure({{"smtp.url", "\"" + stripped.url() + "\""}});
  start_ready();
  drop_question("vendor@acme.test", "tls@acme.test");
  ASSERT_TRUE(eventually([&] { return letter_to("vendor@acme.test").value("attempts", 0) >= 1; }));
  EXPECT_EQ(letter_to("vendor@acme.test")["state"], "queued");
  EXPECT_THAT(stripped.letters(), IsEmpty());
  EXPECT_THAT(letter_to("vendor@acme.test")["last_answer"].get<std::string>(),
              testing::AnyOf(HasSubstr("TLS"), HasSubstr("tls")));
  EXPECT_THAT(log(), HasSubstr("smtp.unreachable"));
}

TEST_F(Delivery, AServerThatShowsAnotherCertificateGetsNoLetter) {
  start_ready();
  drop_question("vendor@acme.test", "first@acme.test");
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 1; }));
  servers({"certificate", "wrong-host"});
  ask({"ticket", "1", "reply", "Push", "the", "group.", "--as", "reviewer@oind.test"});
  ASSERT_TRUE(eventually([&] { return ask({"outbox"}).size() == 1 && ask({"outbox"})[0]["attempts"] >= 1; }));
  EXPECT_EQ(ask({"outbox"})[0]["state"], "queued");
  EXPECT_THAT(ask({"outbox"})[0]["last_answer"].get<std::string>(), HasSubstr("another host name"));
  EXPECT_THAT(letters("vendor@acme.test"), SizeIs(1));
  servers({"certificate", "server"});
  EXPECT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 2; }));
  EXPECT_TRUE(eventually([&] { return ask({"outbox"}).empty(); }));
}

TEST_F(Delivery, TheTeamIsToldAfterFourHoursAndAfterFiveDaysTheLetterIsDead) {
  configure({{"desk.test_clock", "true"}});
  start_ready();
  drop("oin@oind.test",
       message("greylisted@acme.test", "oin@oind.test", "Acme", form("Acme CRM"), "slow@acme.test"));
  ASSERT_TRUE(eventually([&] { return letter_to("greylisted@acme.test").value("attempts", 0) >= 1; }));
  EXPECT_THAT(letters("reviewer@oind.test"), IsEmpty());
  ask({"clock", "advance", "4h"});
  ASSERT_TRUE(eventually([&] { return letters("reviewer@oind.test").size() == 1; }));
  EXPECT_THAT(letters("reviewer@oind.test")[0].text, HasSubstr("450 4.2.0"));
  ask({"clock", "advance", "5d"});
  ASSERT_TRUE(becomes("greylisted@acme.test", "dead"));
  EXPECT_THAT(timeline(1), HasSubstr("to greylisted@acme.test was given up"));
  recipients("");
  ask({"outbox", "retry", std::to_string(letter_to("greylisted@acme.test")["id"].get<int>())});
  // A notice of delay may go with it: five days have passed.
  EXPECT_TRUE(eventually([&] { return !letters("greylisted@acme.test").empty(); }));
  EXPECT_TRUE(becomes("greylisted@acme.test", "sent"));
}

TEST_F(Delivery, AnAddressThatLettersComeBackFromIsWrittenToNoMoreUntilAPersonLiftsIt) {
  configure({{"outbox", "suppress_after_failures = 2\n"}});
  start_ready();
  const auto came_back = [&] {
    int count = 0;
    for (const auto& letter : ask({"outbox", "--all"})) count += letter["state"] == "failed";
    return count;
  };
  drop_question("departed@acme.test", "one@acme.test");
  ASSERT_TRUE(eventually([&] { return came_back() == 1; })) << "Postfix takes it, and then sends a report";
  EXPECT_EQ(letter_to("departed@acme.test")["recipients"][0]["state"], "returned");
  EXPECT_THAT(ask({"suppressed"}), IsEmpty());

  // Anybody may claim that a letter came back; only its own signed address is believed.
  const std::string report =
      "From: MAILER-DAEMON@acme.test\r\nTo: {}\r\nSubject: Undelivered\r\nMessage-ID: <{}>\r\n"
      "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nSorry.\r\n"
      "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; acme.test\r\n\r\n"
      "Final-Recipient: rfc822; departed@acme.test\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n";
  const std::string forged = "developers+b" + std::string(24, 'a') + "@oind.test";
  hand_in("", forged, fmt::format(fmt::runtime(report), forged, "forged@acme.test"));
  ASSERT_TRUE(eventually([&] {
    return peek({"what-happened", "forged@acme.test"}).find("recorded") != std::string::npos;
  }));
  EXPECT_THAT(ask({"suppressed"}), IsEmpty());

  drop_question("departed@acme.test", "two@acme.test");
  ASSERT_TRUE(eventually([&] { return ask({"suppressed"}).size() == 1; }));
  EXPECT_EQ(ask({"suppressed"})[0]["address"], "departed@acme.test");
  EXPECT_THAT(timeline(2),
              HasSubstr("no letter goes to departed@acme.test any more: 2 letters failed for good"));

  drop_question("departed@acme.test", "three@acme.test");
  const auto withdrawn = [&] {
    for (const auto& letter : ask({"outbox"}))
      if (letter["state"] == "withdrawn" && letter["to"][0] == "departed@acme.test")
        return letter["last_answer"].get<std::string>();
    return std::string();
  };
  ASSERT_TRUE(eventually([&] { return !withdrawn().empty(); }));
  EXPECT_THAT(withdrawn(), HasSubstr("not sent: departed@acme.test is suppressed"));
  EXPECT_EQ(oinctl({"suppressed", "lift", "departed@acme.test"}).status, 1) << "a person must be named";
  ask({"suppressed", "lift", "departed@acme.test", "--as", "reviewer@oind.test"});
  EXPECT_THAT(ask({"suppressed"}), IsEmpty());
  EXPECT_THAT(timeline(3), HasSubstr("letters go to departed@acme.test again"));
}

/// Mails are taken in by UID, so nobody overtakes a flood.  Those in the midst of it are answered all the
/// same: beyond its first mails a flood costs no letter and no ticket, and one person can look at all of it.
TEST_F(Delivery, AFloodMakesOneTicketAndKeepsNobodyElseWaiting) {
  configure({{"workflow", quiet_team + "[limits]\nflood_mails_per_address_per_hour = 20\n"}});
  const int flood = scaled(10'000), limit = 20, others = 10;
  for (int i = 0; i < flood; ++i) {
    drop_question("greylisted@acme.test", fmt::format("f{}@acme.test", i));
    if (i % (flood / others) == flood / others / 2)
      drop_question("vendor@acme.test", fmt::format("calm{}@acme.test", i));
  }
  start_ready();
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == others; }, 60));
  ASSERT_TRUE(eventually([&] { return oinctl({"reconcile"}).status == 0; }, 60));
  const auto tickets = ask({"tickets"});
  EXPECT_EQ(tickets.size(), limit + 1u + others);  // the sender's first mails, the flood, the others
  const auto flagged = ask({"tickets", "--search", "flood"});
  ASSERT_EQ(flagged.size(), 1u);
  EXPECT_EQ(flagged[0]["queue"], "triage");
  const std::string number = std::to_string(flagged[0]["id"].get<int>());
  EXPECT_THAT(ask({"ticket", number})["mails"], SizeIs(static_cast<std::size_t>(flood - limit)));
  EXPECT_LE(ask({"outbox", "--all"}).size(), static_cast<std::size_t>(limit + others));
  ask({"ticket", number, "split", "2", "--as", "reviewer@oind.test"});
  EXPECT_EQ(ask({"tickets"}).size(), limit + 2u + others);
}

TEST_F(Delivery, MoreLettersThanNormalAreHeldUntilAPersonLetsThemGo) {
  configure({{"workflow", quiet_team + "[limits]\nletters_per_minute = 20\n"}});
  for (int i = 0; i < 60; ++i)
    drop_question(fmt::format("s{}@bulk.test", i), fmt::format("h{}@bulk.test", i));
  start_ready();
  ASSERT_TRUE(eventually([&] { return letters("reviewer@oind.test").size() == 1; }));
  EXPECT_THAT(letters("reviewer@oind.test")[0].subject, HasSubstr("Outgoing mail is held"));
  ASSERT_TRUE(eventually([&] { return oinctl({"reconcile"}).status == 0; }));
  EXPECT_FALSE(ask({"status"})["outbox"]["held_since"].is_null());
  EXPECT_THAT(oinctl({"status"}).out, HasSubstr("HELD since"));

  // What was on its way when it tripped has come to its end; then nothing moves, over a restart too.
  ASSERT_TRUE(eventually([&] { return ask({"status"})["outbox"]["sending"] == 0; }));
  EXPECT_EQ(stop_desk(), 0);
  const auto waiting = ask({"outbox"}).size();
  EXPECT_GE(waiting, 30u);
  start_ready();
  drop_question("vendor@acme.test", "later@acme.test");
  ASSERT_TRUE(eventually([&] { return ask({"outbox"}).size() == waiting + 1; }));
  EXPECT_THAT(letters("vendor@acme.test"), IsEmpty());

  EXPECT_EQ(oinctl({"outbox", "resume"}).status, 1) << "nobody in particular";
  EXPECT_EQ(oinctl({"outbox", "resume", "--as", "reviewer@oind.test"}).status, 0);
  // They go at the pace that the same setting gives; it is raised, so that nobody waits here.
  configure({{"workflow", quiet_team + "[limits]\nletters_per_minute = 1000\n"}});
  desk_->signal(SIGHUP);
  settle();
  EXPECT_TRUE(eventually([&] { return letters("bulk@bulk.test").size() == 60; }));
  EXPECT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 1; }));
  EXPECT_THAT(letters("reviewer@oind.test"), SizeIs(1));
  EXPECT_THAT(log(), HasSubstr("outbox.held letters="));
  EXPECT_THAT(log(), HasSubstr("outbox.resumed by=reviewer@oind.test"));
}

class TwoDesks : public DeskTest {
 protected:
  TwoDesks() {
    accounts_ = "oin@oind.test developers@oind.test reviewer@oind.test oin@acme.test developers@acme.test";
  }
  /// A desk of another company, which takes ours for one of its vendors.
  void start_other() {
    const auto folder = folder_ / "other";
    std::filesystem::create_directory(folder);
    write_file(folder / "signing.key", std::string(64, 'b') + "\n");
    std::filesystem::permissions(folder / "signing.key", std::filesystem::perms(0600));
    std::string toml =
        "[desk]\ndomain = \"reviews.acme.test\"\nsigning_key_file = \"signing.key\"\n"
        "[store]\nurl = \"sqlite:oind.db\"\n";
    for (const std::string name : {"oin", "developers"})
      toml += fmt::format(
          "[[mailbox]]\nname = \"{0}\"\naddress = \"{0}@acme.test\"\nurl = \"imaps://localhost:{1}/INBOX\"\n"
          "password_file = \"../password\"\ntls_ca_file = \"{2}\"\ntrusted_authserv_ids = "
          "[\"mx.oind.test\"]\n",
          name, env("IMAPS_PORT"), env("CA_FILE"));
    toml += fmt::format(
        "[smtp]\nurl = \"smtp://localhost:{}\"\nuser = \"oin@acme.test\"\npassword_file = \"../password\"\n"
        "tls_ca_file = \"{}\"\n[[person]]\nname = \"Alan\"\naddress = \"alan@acme.test\"\nroles = "
        "[\"lead\"]\n",
        env("SMTP_PORT"), env("CA_FILE"));
    write_file(folder / "oind.toml", toml);
    write_file(folder / "workflow.toml", quiet_team);
    other_.emplace(std::vector<std::string>{std::string(OIND_BUILD_DIR) + "/oind", "--config",
                                            (folder / "oind.toml").string()},
                   folder / "oind.log");
    EXPECT_EQ(other({"status", "--wait", "60"}).status, 0);
  }
  Output other(std::vector<std::string> words) {
    words.insert(words.begin(), {std::string(OIND_BUILD_DIR) + "/oinctl", "--config",
                                 (folder_ / "other/oind.toml").string()});
    return run(std::move(words));
  }
  void TearDown() override {
    if (HasFailure()) std::cerr << read_file(folder_ / "other/oind.log");
    other_.reset();
    DeskTest::TearDown();
  }

  std::optional<Process> other_;
};

TEST_F(TwoDesks, WriteToEachOtherOnceAndStop) {
  start_ready();
  start_other();
  // One mail that a person at the other desk wrote by hand, from its mailbox.
  submit("oin@acme.test", "oin@oind.test",
         message("oin@acme.test", "oin@oind.test", "New integration: Acme CRM", form("Acme CRM"),
                 "by-hand@acme.test"));
  ASSERT_TRUE(eventually([&] { return inbox("oin@acme.test").size() == 1; }));
  // The other desk has read our letter, and said nothing.
  ASSERT_TRUE(eventually([&] {
    const auto status = nlohmann::json::parse(other({"status", "--json"}).out, nullptr, false);
    return status.is_object() && status["mailboxes"][0]["last_uid"] == 1;
  }));
  std::this_thread::sleep_for(std::chrono::seconds(2));
  EXPECT_EQ(nlohmann::json::parse(other({"outbox", "--all", "--json"}).out).size(), 0u);
  EXPECT_EQ(nlohmann::json::parse(other({"tickets", "--json"}).out).size(), 0u);
  EXPECT_EQ(ask({"outbox", "--all"}).size(), 1u);
  EXPECT_EQ(inbox("oin@oind.test").size(), 1u);
  EXPECT_EQ(inbox("oin@acme.test").size(), 1u);
}

}  // namespace
}  // namespace oin::test
