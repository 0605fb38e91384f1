#include "daemon/workflow/event_json.hpp"
#include "tests/store/desk_file.hpp"

namespace oin::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Tickets : public StoreTest {
 protected:
  std::vector<TicketId> ids(Transaction& tx, const TicketFilter& filter) {
    std::vector<TicketId> out;
    for (const Ticket& ticket : must(tx.tickets(filter))) out.push_back(ticket.id);
    return out;
  }
};

TEST_F(Tickets, AreTheFoldOfTheirEvents) {
  const auto store = open();
  {
    const auto tx = must(store->begin());
    EXPECT_EQ(must(tx->next_ticket_id()), 1);
    append(*tx, 1, {opened("review", "Acme Notes"), event(1, PhaseEntered{"initial-review", at(500)})});
    append(*tx, 1, {event(2, ParticipantAdded{"bob@vendor.example", "cc"})});
    EXPECT_EQ(must(tx->next_ticket_id()), 2);
    must(tx->commit());
  }
  const auto tx = must(store->begin_read());
  const Ticket ticket = must(tx->ticket(1));
  EXPECT_EQ(ticket.id, 1);
  EXPECT_EQ(ticket.events, 3);
  EXPECT_EQ(ticket.title, "Acme Notes");
  EXPECT_EQ(ticket.phase, "initial-review");
  EXPECT_EQ(ticket.due_at, at(500));
  EXPECT_EQ(ticket.opened_at, at(0));
  EXPECT_EQ(ticket.changed_at, at(2));
  EXPECT_FALSE(must(tx->ticket(2)).opened());
  EXPECT_EQ(must(tx->ticket(2)).id, 2);
}

TEST_F(Tickets, HaveATimelineWithWhoAndWhichMail) {
  const auto store = open();
  const auto tx = must(store->begin());
  Event note = event(4, Noted{"called \xff the vendor"});
  note.by = "grace@example.com";
  note.mail = 12;
  append(*tx, 1, {opened("review", "Acme"), note});
  const auto timeline = must(tx->timeline(1));
  ASSERT_EQ(timeline.size(), 2u);
  EXPECT_EQ(timeline[0].seq, 1);
  EXPECT_EQ(timeline[1].seq, 2);
  EXPECT_EQ(timeline[1].event.by, "grace@example.com");
  EXPECT_EQ(timeline[1].event.mail, 12);
  EXPECT_EQ(timeline[1].event.at, at(4));
  // A bad octet is replaced: the event is not lost for it.
  EXPECT_EQ(std::get<Noted>(timeline[1].event.what).text, "called \xef\xbf\xbd the vendor");
}

TEST_F(Tickets, RefuseEventsThatDoNotFollowTheirLast) {
  const auto store = open();
  const auto tx = must(store->begin());
  append(*tx, 1, {opened("review", "Acme")});
  Ticket stale;  // as another had read it before
  stale.id = 1;
  const std::vector<Event> events{event(5, Noted{"twice"})};
  EXPECT_FALSE(tx->append(oin::apply(stale, events), events));
  EXPECT_FALSE(tx->commit());
}

TEST_F(Tickets, AreListedByEveryFilter) {
  const auto store = open();
  const auto tx = must(store->begin());
  append(*tx, 1, {opened("review", "Acme 100% Notes"), event(1, PhaseEntered{"qa", at(100)})});
  append(*tx, 2,
         {opened("dev-support", "How to build", "bob@other.example"), event(1, AnswerPromised{at(900)})});
  append(*tx, 3, {opened("review", "Beta 100 Notes")});
  MailRow mail = mail_row(1);
  mail.subject = "SCIM groups fail";
  must(tx->file_mail(2, must(tx->add_mail(mail, pack("x")))));

  EXPECT_THAT(ids(*tx, {}), ElementsAre(1, 2, 3));
  EXPECT_THAT(ids(*tx, {.queue = "review"}), ElementsAre(1, 3));
  EXPECT_THAT(ids(*tx, {.phase = "qa"}), ElementsAre(1));
  EXPECT_THAT(ids(*tx, {.state = "closed"}), IsEmpty());
  EXPECT_THAT(ids(*tx, {.state = "open"}), ElementsAre(1, 2, 3));
  EXPECT_THAT(ids(*tx, {.assignee = "grace@example.com"}), IsEmpty());
  EXPECT_THAT(ids(*tx, {.overdue = true, .now = at(100)}), IsEmpty());
  EXPECT_THAT(ids(*tx, {.overdue = true, .now = at(101)}), ElementsAre(1));
  EXPECT_THAT(ids(*tx, {.words = "notes ACME"}), ElementsAre(1));
  EXPECT_THAT(ids(*tx, {.words = "100%"}), ElementsAre(1));  // no wildcard
  EXPECT_THAT(ids(*tx, {.words = "other.example scim"}), ElementsAre(2));
  EXPECT_THAT(ids(*tx, {.words = "oin-3"}), ElementsAre(3));
}

/// Whatever is asked for is a value, never SQL.
TEST_F(Tickets, AreNotFoundByWordsOfSql) {
  const auto store = open();
  const auto tx = must(store->begin());
  append(*tx, 1, {opened("review", "Acme")});
  append(*tx, 2, {opened("review", "O'Reilly; DROP TABLE ticket; --")});
  for (const std::string& hostile :
       {std::string("' OR '1'='1"), std::string("%"), std::string("_cme"), std::string("\" OR 1=1 --"),
        std::string("x'); DROP TABLE ticket; --"), std::string("*"), std::string("\\"),
        std::string("title:Acme NEAR x"), std::string("\xff\xfe")}) {
    for (const TicketFilter& filter :
         {TicketFilter{.queue = hostile}, TicketFilter{.phase = hostile}, TicketFilter{.state = hostile},
          TicketFilter{.assignee = hostile}, TicketFilter{.words = hostile}})
      EXPECT_THAT(ids(*tx, filter), IsEmpty()) << hostile;
    EXPECT_THAT(must(tx->tickets_of(hostile)), IsEmpty());
    EXPECT_THAT(must(tx->mails_by_message_id(hostile)), IsEmpty());
    EXPECT_THAT(must(tx->tickets_of_app({"name", hostile}, 10)), IsEmpty());
    EXPECT_FALSE(must(tx->suppression_of(hostile)));
    EXPECT_EQ(must(tx->mails_from(hostile, at(0))), 0);
    EXPECT_FALSE(must(tx->ticket_of_message(hostile)));
  }
  EXPECT_THAT(ids(*tx, {.words = "drop table"}), ElementsAre(2));
  EXPECT_THAT(ids(*tx, {}), ElementsAre(1, 2));
}

TEST_F(Tickets, AreFoundByWhoStandsOnTheirRecord) {
  const auto store = open();
  const auto tx = must(store->begin());
  append(*tx, 1, {opened("review", "Acme")});
  append(*tx, 2,
         {opened("review", "Beta", "bob@other.example"),
          event(1, ParticipantAdded{"ada@vendor.example", "cc"})});
  append(*tx, 2, {event(2, Noted{"again"})});
  EXPECT_THAT(must(tx->tickets_of("ada@vendor.example")), ElementsAre(2, 1));
  EXPECT_THAT(must(tx->tickets_of("bob@other.example")), ElementsAre(2));
  EXPECT_THAT(must(tx->tickets_of("eve@other.example")), IsEmpty());
}

TEST_F(Tickets, AreFoundByTheirApp) {
  const auto read = [](const char* name, int revision) {
    Submission submission;
    submission.fields["app_name"] = {FieldValue::Kind::text, {name}};
    return event(revision, SubmissionRead{revision, submission});
  };
  const auto store = open();
  const auto tx = must(store->begin());
  append(*tx, 1, {opened("review", "Acme"), read("Acme", 1), event(2, TicketClosed{"published", "", {}})});
  append(*tx, 2, {opened("review", "Beta"), read("Beta", 1)});
  append(*tx, 3, {opened("review", "Acme"), read("ACME", 1)});
  EXPECT_THAT(must(tx->tickets_of_app({"name", "acme"}, 9)), ElementsAre(1, 3)) << "what is published first";
  EXPECT_THAT(must(tx->tickets_of_app({"name", "acme"}, 1)), ElementsAre(1));
  append(*tx, 2, {read("Gamma", 2)});
  EXPECT_THAT(must(tx->tickets_of_app({"name", "beta"}, 9)), IsEmpty()) << "it is called otherwise now";
  EXPECT_THAT(must(tx->tickets_of_app({"name", "gamma"}, 9)), ElementsAre(2));
  const std::vector<std::string> names{"acme", "gamma", "the \"acme\""};
  EXPECT_EQ(must(tx->app_named(names)), "acme") << "Gamma is not published";
  EXPECT_EQ(must(tx->app_named(std::span(names).subspan(1))), "");
}

TEST_F(Tickets, AreCountedByQueue) {
  const auto store = open();
  const auto tx = must(store->begin());
  append(*tx, 1, {opened("review", "A"), event(1, PhaseEntered{"qa", at(100)})});
  append(*tx, 2, {opened("review", "B"), event(1, PhaseEntered{"qa", at(300)})});
  append(*tx, 3, {opened("triage", "C")});
  const auto queues = must(tx->queues(at(200)));
  ASSERT_EQ(queues.size(), 2u);
  EXPECT_EQ(queues[0].queue, "review");
  EXPECT_EQ(queues[0].open, 2);
  EXPECT_EQ(queues[0].overdue, 1);
  EXPECT_EQ(queues[0].oldest, at(0));
  EXPECT_EQ(queues[0].due_next, at(300));
  EXPECT_EQ(queues[1].queue, "triage");
  EXPECT_EQ(queues[1].due_next, std::nullopt);
}

TEST_F(Tickets, HaveTheTimersTheyWereGivenAndNoOthers) {
  const auto store = open();
  const auto tx = must(store->begin());
  must(tx->set_timers(1, std::vector<TicketTimer>{{"due", at(100)}, {"warn", at(80)}}));
  must(tx->set_timers(2, std::vector<TicketTimer>{{"close", at(90)}}));
  EXPECT_EQ(must(tx->next_timer_at()), at(80));
  must(tx->set_timers(1, std::vector<TicketTimer>{{"due", at(400)}}));
  EXPECT_EQ(must(tx->timer_at(1, "warn")), std::nullopt);
  const auto due = must(tx->due_timers(at(400), 10));
  ASSERT_EQ(due.size(), 2u);
  EXPECT_EQ(due[0].name, "close");
  EXPECT_EQ(due[1].name, "due");
  must(tx->set_timers(1, {}));
  EXPECT_EQ(must(tx->timer_at(1, "due")), std::nullopt);
}

class Timers : public StoreTest {};

TEST_F(Timers, ComeDueOldestFirstAndOnceAName) {
  const auto store = open();
  const auto tx = must(store->begin());
  must(tx->set_timer({1, "remind", at(30)}));
  must(tx->set_timer({2, "remind", at(10)}));
  must(tx->set_timer({1, "remind", at(20)}));
  const auto due = must(tx->due_timers(at(25), 10));
  ASSERT_EQ(due.size(), 2u);
  EXPECT_EQ(due[0].ticket, 2);
  EXPECT_EQ(due[1].at, at(20));
  EXPECT_EQ(must(tx->due_timers(at(25), 1)).size(), 1u);
  must(tx->cancel_timer(2, "remind"));
  EXPECT_EQ(must(tx->next_timer_at()), at(20));
}

class Quarantine : public StoreTest {};

TEST_F(Quarantine, KeepsTheMailWithItsReasonUntilItLeaves) {
  const auto store = open();
  const auto tx = must(store->begin());
  const auto id =
      must(tx->quarantine({0, "oin", 5, 11, "parser failed", "m@x", "eve@x", "Hi", at(3)}, pack("raw\r\n")));
  const auto rows = must(tx->quarantined());
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].id, id);
  EXPECT_EQ(rows[0].mailbox, "oin");
  EXPECT_EQ(rows[0].uid, 11u);
  EXPECT_EQ(rows[0].reason, "parser failed");
  EXPECT_EQ(rows[0].at, at(3));
  EXPECT_EQ(must(unpacked(tx->quarantined_raw(id))), "raw\r\n");
  must(tx->leave_quarantine(id));
  EXPECT_THAT(must(tx->quarantined()), IsEmpty());
  EXPECT_FALSE(tx->quarantined_raw(id));
  EXPECT_FALSE(tx->leave_quarantine(id));
}

}  // namespace
}  // namespace oin::store
