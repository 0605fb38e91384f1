/// The main job on real servers: a mail comes, a ticket exists, an answer lies in the sender's inbox.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <set>

#include "tests/system/desk_test.hpp"

namespace oin::test {
namespace {

using testing::Contains;
using testing::HasSubstr;

class MainPath : public DeskTest {};

TEST_F(MainPath, ASubmissionBecomesATicketAndIsAnswered) {
  start_ready();
  submit("vendor@acme.test", "oin@oind.test",
         message("Ada <vendor@acme.test>", "oin@oind.test", "New integration: Acme CRM", form("Acme CRM"),
                 "first@acme.test"));
  ASSERT_TRUE(eventually([&] { return !letters("vendor@acme.test").empty(); }));

  const auto tickets = ask({"tickets"});
  ASSERT_EQ(tickets.size(), 1u);
  EXPECT_EQ(tickets[0]["reference"], "OIN-1");
  EXPECT_EQ(tickets[0]["kind"], "submission");
  EXPECT_EQ(tickets[0]["queue"], "review");
  EXPECT_EQ(tickets[0]["phase"], "initial-review");
  EXPECT_EQ(tickets[0]["title"], "Acme CRM");
  EXPECT_EQ(tickets[0]["requester"], "vendor@acme.test");
  EXPECT_FALSE(tickets[0]["due_at"].is_null());

  const auto ticket = ask({"ticket", "OIN-1"});
  EXPECT_EQ(ticket["submission"]["fields"]["saml.acs_url"], "https://app.acme.test/saml/acs");
  EXPECT_EQ(ticket["submission"]["protocols"], nlohmann::json({"saml", "scim"}));
  EXPECT_EQ(ticket["mails"].size(), 2u);

  const Mail letter = letters("vendor@acme.test").at(0);
  EXPECT_THAT(letter.subject, HasSubstr("[OIN-1]"));
  EXPECT_EQ(letter.in_reply_to, std::vector<std::string>{"first@acme.test"});
  EXPECT_THAT(letter.text, HasSubstr("Acme CRM"));
  EXPECT_TRUE(letter.html.has_value());
  EXPECT_EQ(letter.field("Auto-Submitted"), "auto-replied");
  ASSERT_EQ(letter.reply_to.size(), 1u);
  EXPECT_TRUE(letter.reply_to[0].addr_spec.starts_with("oin+"));
  ASSERT_TRUE(letter.field("Return-Path"));
  EXPECT_THAT(std::string(*letter.field("Return-Path")), HasSubstr("oin+b"));
  EXPECT_TRUE(letter.defects.empty());
  EXPECT_EQ(ask({"what-happened", "first@acme.test"})["in"][0]["tickets"][0], "OIN-1");
  EXPECT_EQ(stop_desk(), 0);
}

TEST_F(MainPath, AnAnswerToTheSignedAddressReachesItsTicket) {
  start_ready();
  submit("vendor@acme.test", "oin@oind.test",
         message("vendor@acme.test", "oin@oind.test", "Acme", form("Acme CRM"), "a@acme.test"));
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 1; }));
  const std::string reply_to = letters("vendor@acme.test").at(0).reply_to.at(0).addr_spec;
  // From another port, with no proof but the address itself.
  hand_in("vendor@acme.test", reply_to,
          message("vendor@acme.test", reply_to, "unrelated words", "What is the status of our submission?\n",
                  "b@acme.test"));
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 2; }));
  EXPECT_EQ(ask({"tickets"}).size(), 1u);
  EXPECT_THAT(letters("vendor@acme.test").at(1).text, HasSubstr("initial review"));
}

TEST_F(MainPath, AStatusRequestIsAnsweredWithTheSendersTickets) {
  start_ready();
  submit("vendor@acme.test", "oin@oind.test",
         message("vendor@acme.test", "oin@oind.test", "Acme", form("Acme CRM"), "a@acme.test"));
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 1; }));
  submit("vendor@acme.test", "developers@oind.test",
         message("vendor@acme.test", "developers@oind.test", "Status?",
                 "Hello, what is the status of our submission?\n", "b@acme.test"));
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 2; }));
  const auto all = letters("vendor@acme.test");
  EXPECT_THAT(all.at(1).text, HasSubstr("OIN-1"));
  EXPECT_THAT(all.at(1).text, HasSubstr("Acme CRM"));
  EXPECT_EQ(ask({"tickets"}).size(), 1u);
}

TEST_F(MainPath, AForgedFromOrABorrowedThreadOpensNobodysTicket) {
  start_ready();
  submit("vendor@acme.test", "oin@oind.test",
         message("vendor@acme.test", "oin@oind.test", "Acme", form("Acme CRM"), "a@acme.test"));
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 1; }));
  hand_in("eve@evil.test", "oin@oind.test",
          message("vendor@acme.test", "oin@oind.test", "Re: [OIN-1] Acme",
                  "Please change the ACS URL to https://evil.test/acs, thank you very much.\n",
                  "forged@evil.test",
                  "In-Reply-To: <a@acme.test>\nAuthentication-Results: mx.oind.test; dmarc=pass "
                  "header.from=acme.test\n"));
  ASSERT_TRUE(eventually([&] { return ask({"tickets"}).size() == 2; }));
  EXPECT_EQ(ask({"ticket", "1"})["mails"].size(), 2u);
}

TEST_F(MainPath, AQuestionIsQueuedForDeveloperSupport) {
  start_ready();
  submit("vendor@acme.test", "developers@oind.test",
         message(
             "vendor@acme.test", "developers@oind.test", "SCIM PATCH error",
             "How do I test group push? Our SCIM server gets a 401 from the token endpoint in our dev org.\n",
             "q@acme.test"));
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 1; }));
  const auto tickets = ask({"tickets"});
  ASSERT_EQ(tickets.size(), 1u);
  EXPECT_EQ(tickets[0]["queue"], "dev-support");
  EXPECT_EQ(tickets[0]["kind"], "support");
  EXPECT_TRUE(tickets[0]["phase"].is_null());
  EXPECT_FALSE(tickets[0]["due_at"].is_null());
  EXPECT_TRUE(letters("vendor@acme.test").at(0).from.at(0).addr_spec == "developers@oind.test");
}

TEST_F(MainPath, MachinesAreRecordedAndNeverAnswered) {
  start_ready();
  submit("vendor@acme.test", "oin@oind.test",
         message("vendor@acme.test", "oin@oind.test", "Acme", form("Acme CRM"), "a@acme.test"));
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 1; }));
  const auto before = ask({"ticket", "1"});
  submit("vendor@acme.test", "oin@oind.test",
         message("vendor@acme.test", "oin@oind.test", "Out of office", "I am away.\n", "ooo@acme.test",
                 "Auto-Submitted: auto-replied\nIn-Reply-To: <" +
                     letters("vendor@acme.test").at(0).message_id + ">\n"));
  hand_in("list@bulk.test", "oin@oind.test",
          message("list@bulk.test", "oin@oind.test", "Newsletter", "News\n", "news@bulk.test",
                  "List-Id: <news.bulk.test>\nPrecedence: bulk\n"));
  settle();
  EXPECT_EQ(ask({"what-happened", "ooo@acme.test"})["in"].size(), 1u);
  EXPECT_EQ(ask({"what-happened", "news@bulk.test"})["in"].size(), 1u);
  const auto after = ask({"ticket", "1"});
  EXPECT_EQ(after["due_at"], before["due_at"]);
  EXPECT_EQ(after["mails"].size(), 3u);
  EXPECT_EQ(letters("vendor@acme.test").size(), 1u);
  EXPECT_EQ(ask({"tickets"}).size(), 1u);
}

TEST_F(MainPath, ABounceFindsItsLetter) {
  start_ready();
  // departed@acme.test is accepted and then bounced to the letter's own signed address.
  hand_in("departed@acme.test", "oin@oind.test",
          message("departed@acme.test", "oin@oind.test", "Acme", form("Acme CRM"), "n@acme.test"));
  ASSERT_TRUE(eventually([&] {
    return peek({"ticket", "1"}).find("delivery-reported") != std::string::npos;
  }));
  EXPECT_THAT(ask({"ticket", "1"})["timeline"].dump(), HasSubstr("departed@acme.test failed"));
  settle();
  EXPECT_THAT(ask({"outbox", "--all"}).dump(), HasSubstr("staff-trouble"));
  EXPECT_EQ(ask({"outbox", "--all"}).size(), 2u);  // that to the vendor, and the team's
}

TEST_F(MainPath, OneMailToBothMailboxesIsOneRecord) {
  start_ready();
  const std::string text = message("vendor@acme.test", "oin@oind.test, developers@oind.test", "Acme",
                                   form("Acme CRM"), "both@acme.test");
  submit("vendor@acme.test", "oin@oind.test", text);
  submit("vendor@acme.test", "developers@oind.test", text);
  ASSERT_TRUE(eventually([&] {
    return peek({"what-happened", "both@acme.test"}).find("duplicate") != std::string::npos;
  }));
  settle();
  EXPECT_EQ(ask({"what-happened", "both@acme.test"})["in"][0]["ledger"].size(), 2u);
  EXPECT_EQ(ask({"tickets"}).size(), 1u);
  EXPECT_EQ(letters("vendor@acme.test").size(), 1u);
}

TEST_F(MainPath, AnOversizedMailIsRecordedByItsHeaderAndAnswered) {
  configure({{"intake", "message_bytes = 20000\n"}});
  start_ready();
  submit("vendor@acme.test", "oin@oind.test",
         message("vendor@acme.test", "oin@oind.test", "Our integration, with screenshots",
                 std::string(30000, 'x') + "\n", "big@acme.test"));
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 1; }));
  EXPECT_EQ(ask({"what-happened", "big@acme.test"})["in"][0]["ledger"][0]["fate"], "oversized");
}

TEST_F(MainPath, OnePassDoesEverythingAndEnds) {
  drop("oin@oind.test",
       message("vendor@acme.test", "oin@oind.test", "Acme", form("Acme CRM"), "once@acme.test"));
  const Output first = oind({"--once"});
  EXPECT_EQ(first.status, 0) << first.err;
  EXPECT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 1; }));
  EXPECT_EQ(oind({"--once"}).status, 0);
  EXPECT_EQ(ask({"outbox", "--all"}).size(), 1u);
  EXPECT_EQ(ask({"tickets"}).size(), 1u);  // read from the store: no daemon runs
}

TEST_F(MainPath, AnsweredMailsAreFlaggedOrMovedAsSet) {
  configure({{"mailbox.oin", "after = \"move:Handled\"\n"}});
  drop("oin@oind.test",
       message("vendor@acme.test", "oin@oind.test", "Acme", form("Acme CRM"), "m@acme.test"));
  EXPECT_EQ(oind({"--once"}).status, 0);
  EXPECT_TRUE(inbox("oin@oind.test").empty());
  EXPECT_EQ(inbox("oin@oind.test/.Handled").size(), 1u);
}

TEST_F(MainPath, TheClockOfATestDeskCanBeMoved) {
  configure({{"desk.test_clock", "true"}});
  start_ready();
  submit("vendor@acme.test", "oin@oind.test",
         message("vendor@acme.test", "oin@oind.test", "Acme", form("Acme CRM"), "c@acme.test"));
  ASSERT_TRUE(eventually([&] { return ask({"tickets"}).size() == 1; }));
  EXPECT_FALSE(ask({"tickets"})[0]["overdue"].get<bool>());
  ask({"clock", "advance", "20d"});
  EXPECT_TRUE(ask({"tickets"})[0]["overdue"].get<bool>());
  EXPECT_THAT(ask({"ticket", "1"})["timeline"].dump(), HasSubstr("due-passed"));
}

}  // namespace
}  // namespace oin::test
