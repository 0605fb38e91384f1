#include "tests/store/desk_file.hpp"

namespace oin::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class Mails : public StoreTest {};

TEST_F(Mails, AreFoundByDigestAndMessageIdWithTheirBytes) {
  const auto store = open();
  const std::string raw(9000, 'x');
  MailId id = 0;
  {
    const auto tx = must(store->begin());
    id = must(tx->add_mail(mail_row(1), pack(raw)));
    must(tx->commit());
  }
  const auto tx = must(store->begin_read());
  EXPECT_EQ(must(tx->mail_by_digest(mail_row(1).digest)), id);
  EXPECT_EQ(must(tx->mail_by_digest(mail_row(2).digest)), std::nullopt);
  EXPECT_EQ(must(unpacked(tx->raw_mail(id))), raw);
  const auto rows = must(tx->mails_by_message_id("m1@vendor.example"));
  ASSERT_EQ(rows.size(), 1u);
  const MailRow wanted = mail_row(1);
  EXPECT_EQ(rows[0].digest, wanted.digest);
  EXPECT_EQ(rows[0].from, wanted.from);
  EXPECT_EQ(rows[0].to, wanted.to);
  EXPECT_EQ(rows[0].subject, wanted.subject);
  EXPECT_EQ(rows[0].mailbox, wanted.mailbox);
  EXPECT_EQ(rows[0].arrived_at, wanted.arrived_at);
  EXPECT_EQ(rows[0].size, wanted.size);
  EXPECT_EQ(must(tx->mail(id))->message_id, "m1@vendor.example");
  EXPECT_EQ(must(tx->mail(id + 1)), std::nullopt);
  EXPECT_EQ(must(tx->mails_after(0, 10)).size(), 1u);
  EXPECT_THAT(must(tx->mails_after(id, 10)), IsEmpty());
}

TEST_F(Mails, KeepTheirBytesWhetherTheyShrinkOrNot) {
  const auto store = open();
  const auto tx = must(store->begin());
  const std::string samples[] = {"", "a", std::string("\0\r\n\xff", 4), std::string(300000, 'a'),
                                 sha256_hex("noise")};
  int number = 0;
  for (const std::string& raw : samples)
    EXPECT_EQ(must(unpacked(tx->raw_mail(must(tx->add_mail(mail_row(++number), pack(raw)))))), raw);
}

TEST_F(Mails, WithoutAMessageIdAreNeverFoundByIt) {
  const auto store = open();
  const auto tx = must(store->begin());
  MailRow row = mail_row(1);
  row.message_id.clear();
  must(tx->file_mail(1, must(tx->add_mail(row, pack("x")))));
  EXPECT_THAT(must(tx->mails_by_message_id("")), IsEmpty());
  EXPECT_EQ(must(tx->ticket_of_message("")), std::nullopt);
}

TEST_F(Mails, OfOneDigestAreRecordedOnce) {
  const auto store = open();
  const auto tx = must(store->begin());
  must(tx->add_mail(mail_row(1), pack("x")));
  EXPECT_FALSE(tx->add_mail(mail_row(1), pack("x")));
  EXPECT_FALSE(tx->commit());  // half a method may have run
}

TEST_F(Mails, AreNumberedWithinTheirTicketInBothDirections) {
  const auto store = open();
  const auto tx = must(store->begin());
  const MailId first = must(tx->add_mail(mail_row(1), pack("x"))),
               second = must(tx->add_mail(mail_row(2), pack("x")));
  must(tx->file_mail(7, first));
  enqueue(*tx, letter_to(1, "ada@vendor.example", 7));
  must(tx->file_mail(7, second));
  must(tx->file_mail(7, first));  // already there
  must(tx->file_mail(8, second));
  const auto mails = must(tx->mails_of(7));
  ASSERT_EQ(mails.size(), 3u);
  EXPECT_EQ(mails[0].number, 1);
  EXPECT_FALSE(mails[0].outgoing);
  EXPECT_EQ(mails[0].id, first);
  EXPECT_EQ(mails[1].number, 2);
  EXPECT_TRUE(mails[1].outgoing);
  EXPECT_EQ(mails[1].to, "ada@vendor.example");
  EXPECT_EQ(mails[1].message_id, "l1@reviews.example.com");
  EXPECT_EQ(mails[1].size, 33);
  EXPECT_EQ(mails[2].id, second);
  EXPECT_EQ(mails[2].number, 3);
  EXPECT_THAT(must(tx->tickets_of_mail(second)), ElementsAre(7, 8));
  EXPECT_EQ(must(tx->ticket_of_message("m1@vendor.example")), 7);
  EXPECT_EQ(must(tx->ticket_of_message("m2@vendor.example")), 8);
  EXPECT_EQ(must(tx->ticket_of_message("l1@reviews.example.com")), 7);
  EXPECT_EQ(must(tx->ticket_of_message("other@example.com")), std::nullopt);
}

TEST_F(Mails, AreCountedBySenderSinceAnInstant) {
  const auto store = open();
  const auto tx = must(store->begin());
  must(tx->add_mail(mail_row(1, "ada@vendor.example", 10), pack("x")));
  must(tx->add_mail(mail_row(2, "ada@vendor.example", 20), pack("x")));
  must(tx->add_mail(mail_row(3, "eve@vendor.example", 20), pack("x")));
  EXPECT_EQ(must(tx->mails_from("ada@vendor.example", at(10))), 2);
  EXPECT_EQ(must(tx->mails_from("ada@vendor.example", at(11))), 1);
  EXPECT_EQ(must(tx->mails_from("bob@vendor.example", at(0))), 0);
}

class Ledger : public StoreTest {};

TEST_F(Ledger, HasARowForEveryUidAndSaysWhatBecameOfIt) {
  const auto store = open();
  const auto tx = must(store->begin());
  const MailId mail = must(tx->add_mail(mail_row(1), pack("x")));
  const std::string digest = mail_row(1).digest;
  must(tx->add_to_ledger({"oin", 5, 1700000000, 11, digest, mail, "recorded", at(1)}));
  must(tx->add_to_ledger({"developers", 9, 1700000000, 3, digest, mail, "duplicate", at(2)}));
  must(tx->add_to_ledger({"oin", 5, 1700000000, 12, "", 0, "vanished", at(3)}));
  EXPECT_TRUE(must(tx->in_ledger("oin", 5, 11)));
  EXPECT_FALSE(must(tx->in_ledger("oin", 6, 11)));
  EXPECT_FALSE(must(tx->in_ledger("nobody", 5, 11)));
  EXPECT_THAT(must(tx->ledger_uids("oin", 5)), ElementsAre(11u, 12u));
  const auto rows = must(tx->ledger_of_mail(mail));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].mailbox, "oin");
  EXPECT_EQ(rows[0].epoch, 5u);
  EXPECT_EQ(rows[0].uid, 11u);
  EXPECT_EQ(rows[0].digest, digest);
  EXPECT_EQ(rows[0].fate, "recorded");
  EXPECT_EQ(rows[1].fate, "duplicate");
  EXPECT_EQ(rows[1].at, at(2));
}

TEST_F(Ledger, RefusesASecondRowForAUid) {
  const auto store = open();
  const auto tx = must(store->begin());
  must(tx->add_to_ledger({"oin", 5, 1700000000, 1, "", 0, "vanished", at(1)}));
  EXPECT_FALSE(tx->add_to_ledger({"oin", 5, 1700000000, 1, "", 0, "vanished", at(1)}));
}

TEST_F(Ledger, RefusesAMailThatIsNotThere) {
  const auto store = open();
  const auto tx = must(store->begin());
  EXPECT_FALSE(tx->add_to_ledger({"oin", 5, 1700000000, 1, "", 77, "recorded", at(1)}));
}

TEST_F(Ledger, KnowsWhoseHousekeepingIsOpen) {
  const auto store = open();
  const auto tx = must(store->begin());
  for (const std::uint32_t uid : {4294967295u, 7u, 8u})
    must(tx->add_to_ledger({"oin", 5, 1700000000, uid, "", 0, uid == 8 ? "vanished" : "quarantined", at(1)}));
  EXPECT_THAT(must(tx->unhandled("oin", 5)), ElementsAre(7u, 4294967295u));
  const std::uint32_t done[] = {7};
  must(tx->set_handled("oin", 5, done));
  EXPECT_THAT(must(tx->unhandled("oin", 5)), ElementsAre(4294967295u));
  EXPECT_THAT(must(tx->unhandled("developers", 5)), IsEmpty());
}

TEST_F(Ledger, RemembersThePositionOfEachMailbox) {
  const auto store = open();
  const auto tx = must(store->begin());
  EXPECT_EQ(must(tx->position("oin")), Position{});
  must(tx->set_position("oin", {5, 11, 5}));
  must(tx->set_position("oin", {6, 2, 6}));
  must(tx->set_position("developers", {1, 4294967295u, 1}));
  EXPECT_EQ(must(tx->position("oin")), (Position{6, 2, 6}));
  EXPECT_THAT(must(tx->positions()),
              ElementsAre(Pair("developers", Position{1, 4294967295u, 1}), Pair("oin", Position{6, 2, 6})));
}

}  // namespace
}  // namespace oin::store
