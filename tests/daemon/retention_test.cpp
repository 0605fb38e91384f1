/// What has had its time goes, and everything is still accounted for.
#include "daemon/retention.hpp"

#include <gmock/gmock.h>

#include "daemon/commands.hpp"
#include "daemon/intake.hpp"
#include "daemon/queries.hpp"
#include "daemon/timers.hpp"
#include "tests/daemon/one_store.hpp"

namespace oin {
namespace {

using std::chrono::days;
const Instant noon = *parse_rfc3339("2026-11-23T12:00:00Z");

class Retention : public test::OneStore {
 protected:
  Retention() {
    Configuration configuration = shipped_configuration();
    configuration.settings.people = {{"Grace", "grace@example.com", "", {"reviewer", "support", "lead"}}};
    configuration.settings.retention = {10, 5, 20, 20, 7, 15};
    office_ = open_office(std::move(configuration)).value();
  }
  MailId arrives(const std::string& fields, const std::string& text) {
    const std::string raw = fields + "To: developers@example.com\r\nMessage-ID: <m" +
                            std::to_string(++mails_) + "@x>\r\n\r\n" + text + "\r\n";
    const ReadMail read = read_mail(raw, 0, *office_);
    digests_.push_back(read.digest);
    return in_store([&](auto& tx) -> Result<MailId> {
             OIN_TRY(Filed filed, file_mail(tx, *office_, read, "developers", noon, noon));
             OIN_TRYV(word_letters(tx, *office_, filed.letters));
             OIN_TRYV(tx.add_to_ledger({"developers", 1, 7, static_cast<std::uint32_t>(mails_), read.digest,
                                        filed.mail, "recorded", noon}));
             return filed.mail;
           })
        .value();
  }
  void runs(Instant now) {
    in_store([&](auto& tx) { return keep_what_is_kept(tx, *office_, now); }).value();
  }
  bool kept(MailId mail) {
    return in_store([&](auto& tx) { return tx.raw_mail(mail); }).value().codec != store::codec_deleted;
  }
  bool kept_letter(store::LetterId id) {
    return !in_store([&](auto& tx) { return tx.letter(id); }).value()->deleted;
  }
  std::size_t quarantined() {
    return in_store([&](auto& tx) { return tx.quarantined(); }).value().size();
  }

  std::optional<Office> office_;
  std::vector<std::string> digests_;
  int mails_ = 0;
};

TEST_F(Retention, DeletesEachKindWhenItsDaysAreOverAndNothingElse) {
  const MailId automatic = arrives("From: list@x.example\r\nAuto-Submitted: auto-generated\r\n", "news");
  const MailId question =
      arrives("From: ada@x.example\r\nSubject: SCIM PATCH\r\n", "How do I test PATCH? It answers 401.");
  const TicketId id = in_store([&](auto& tx) { return tx.tickets_of_mail(question); }).value().at(0);
  const auto answered = in_store([&](auto& tx) { return tx.letter(1); }).value();
  const MailId away =
      arrives("From: ada@x.example\r\nAuto-Submitted: auto-replied\r\nSubject: Away\r\nIn-Reply-To: <" +
                  answered->message_id + ">\r\n",
              "I am away.");
  EXPECT_EQ(in_store([&](auto& tx) { return tx.tickets_of_mail(away); }).value(), std::vector<TicketId>{id});
  in_store([&](auto& tx) -> Result<void> {
    store::Letter sent = *answered;
    sent.state = store::LetterState::sent;
    return tx.settle(sent);
  }).value();
  const MailId noise =
      arrives("From: sales@x.example\r\nSubject: An offer\r\n", "How do I sell you PATCH? It answers 401.");
  const TicketId noisy = in_store([&](auto& tx) { return tx.tickets_of_mail(noise); }).value().at(0);
  const Actor grace{"grace@example.com", ""};
  in_store([&](auto& tx) { return carry_out(tx, *office_, grace, noisy, {"queue", "noise"}, noon); }).value();
  in_store([&](auto& tx) {
    return tx.quarantine({0, "oin", 1, 9, "bug", "q@x", "a@x.example", "s", noon}, store::pack("x"));
  }).value();

  runs(noon + days(5));  // not older than five days yet
  EXPECT_TRUE(kept(automatic) && kept(question) && kept(noise));
  runs(noon + days(6));
  EXPECT_FALSE(kept(noise));
  EXPECT_TRUE(kept(automatic) && kept(question) && kept(away));
  runs(noon + days(11));
  EXPECT_FALSE(kept(automatic) || kept(away));
  EXPECT_EQ(in_store([&](auto& tx) { return tx.mail(away); }).value()->from,
            "ada@x.example");  // its ticket's
  EXPECT_EQ(in_store([&](auto& tx) { return tx.mail(automatic); }).value()->from, "");
  EXPECT_EQ(quarantined(), 1u);
  runs(noon + days(16));
  EXPECT_EQ(quarantined(), 0u);
  runs(noon + days(100));
  EXPECT_TRUE(kept(question));  // its ticket is open
  EXPECT_TRUE(kept_letter(1));

  const Ticket before = ticket(id);
  in_store([&](auto& tx) {
    return carry_out(tx, *office_, grace, id, {"withdraw"}, noon + days(100));
  }).value();
  ASSERT_EQ(ticket(id).state, TicketState::closed);
  runs(noon + days(119));
  EXPECT_TRUE(kept(question) && kept_letter(1));  // from the ticket's end on
  runs(noon + days(121));
  EXPECT_FALSE(kept(question) || kept_letter(1));
  EXPECT_EQ(ticket(id).requester, before.requester);
  EXPECT_EQ(ticket(id).title, before.title);

  // All is accounted for, and none counts once more.
  EXPECT_EQ(in_store([&](auto& tx) { return tx.ledger_uids("developers", 1); }).value().size(), 4u);
  for (const std::string& digest : digests_)
    EXPECT_TRUE(in_store([&](auto& tx) { return tx.mail_by_digest(digest); }).value());
  EXPECT_EQ(store_->check().value(), "ok");
}

TEST_F(Retention, ALetterThatNeverWentCannotBeRetriedOnceItsTextIsGone) {
  arrives("From: ada@x.example\r\nSubject: SCIM PATCH\r\n", "How do I test PATCH? It answers 401.");
  in_store([&](auto& tx) -> Result<void> {
    OIN_TRY(auto letter, tx.letter(1));
    letter->state = store::LetterState::dead;
    letter->next_attempt_at.reset();
    return tx.settle(*letter);
  }).value();
  runs(noon + days(8));
  EXPECT_FALSE(kept_letter(1));
  const auto retried = in_store([&](auto& tx) {
    return outbox_query(tx, *office_, {{"act", "retry"}, {"id", 1}}, noon + days(8));
  });
  ASSERT_FALSE(retried);
  EXPECT_THAT(retried.error().what, testing::HasSubstr("nothing left to send"));
}

TEST_F(Retention, RunsByItsTimerOnceADayABoundedNumberAtATime) {
  for (int i = 0; i < 1001; ++i)
    arrives("From: list" + std::to_string(i) + "@x.example\r\nAuto-Submitted: auto-generated\r\n", "news");
  const auto fires = [&](Instant now) {
    in_store([&](auto& tx) { return fire_timers(tx, *office_, now); }).value();
  };
  const auto next = [&] { return in_store([&](auto& tx) { return tx.timer_at(0, "retention"); }).value(); };
  const auto due = [&](Instant now) {
    return in_store([&](auto& tx) { return retention_query(tx, *office_, now); })
        .value()["kinds"][0]["due"]
        .get<int>();
  };
  fires(noon);
  ASSERT_EQ(next(), noon + days(1));
  EXPECT_EQ(due(noon + days(20)), 1001);
  EXPECT_EQ(due(noon + days(20)), 1001);  // asking deletes nothing
  fires(noon + days(20));
  EXPECT_EQ(due(noon + days(20)), 1);
  ASSERT_EQ(next(), noon + days(20) + std::chrono::minutes(1));
  fires(*next());
  EXPECT_EQ(due(noon + days(20)), 0);
  EXPECT_EQ(next(), noon + days(21) + std::chrono::minutes(1));

  office_->settings.retention = {0, 0, 0, 0, 0, 0};
  fires(*next() + days(1));
  EXPECT_FALSE(next());
}

}  // namespace
}  // namespace oin
