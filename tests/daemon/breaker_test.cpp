/// All outgoing mail is held when more is written within a minute than is normal, on a real SQLite file.
#include "daemon/breaker.hpp"

#include <gmock/gmock.h>

#include "daemon/mail_json.hpp"
#include "daemon/outgoing_gate.hpp"
#include "daemon/queries.hpp"
#include "parsers/mail.hpp"
#include "tests/store/desk_file.hpp"

namespace oin {
namespace {

using store::at;
using store::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class BreakerTest : public store::StoreTest {
 protected:
  BreakerTest() : store_(open()), tx_(must(store_->begin())) {}

  static Office office(int closes_after_minutes = 0) {
    Configuration shipped = shipped_configuration();
    shipped.settings.people = {{"Grace", "grace@example.com", "", {"reviewer", "lead"}},
                               {"Edsger", "edsger@example.com", "", {"reviewer"}}};
    shipped.workflow.limits.letters_per_minute = 5;
    shipped.workflow.limits.breaker_closes_after_minutes = closes_after_minutes;
    return open_office(std::move(shipped)).value();
  }
  /// So many letters, all within one second.
  void write(int letters, int seconds) {
    for (int i = 0; i < letters; ++i)
      store::enqueue(*tx_, store::letter_to(must(tx_->next_letter_id()), "ada@vendor.example", 0, seconds));
  }
  /// Who was written to.
  std::vector<std::string> claimed(int seconds) {
    std::vector<std::string> to;
    for (auto& letter : must(claim_letters(*tx_, office_, at(seconds), at(seconds), 100))) {
      to.push_back(letter.recipients.front().address);
      letter.state = store::LetterState::sent;
      must(tx_->settle(letter));
    }
    return to;
  }
  Json ask(const Json& arguments, int seconds) {
    return must(outbox_query(*tx_, office_, arguments, at(seconds)));
  }
  Json status(int seconds) { return must(status_query(*tx_, office_, {}, at(seconds)))["outbox"]; }

  Office office_ = office();
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::Transaction> tx_;
};

TEST_F(BreakerTest, LetsANormalRateGo) {
  write(5, 0);
  EXPECT_THAT(claimed(1), SizeIs(5));
  write(5, 61);
  EXPECT_THAT(claimed(62), SizeIs(5));
  EXPECT_TRUE(status(62)["held_since"].is_null());
}

TEST_F(BreakerTest, HoldsEverythingButOneNoticeToTheLeads) {
  write(6, 0);
  EXPECT_THAT(claimed(1), ElementsAre("grace@example.com"));
  write(1, 2);
  EXPECT_THAT(claimed(3), IsEmpty()) << "and no second notice";
  EXPECT_THAT(claimed(100'000), IsEmpty()) << "time alone lets nothing go";
  EXPECT_EQ(status(3)["held_since"], to_rfc3339(at(1)));
  EXPECT_THAT(status(3)["held_why"].get<std::string>(), HasSubstr("6 letters were written within a minute"));

  const store::Letter notice = *must(tx_->letter(7));
  EXPECT_EQ(notice.event, breaker_notice);
  const Mail mail = parse_mail(notice.bytes);
  EXPECT_THAT(mail.subject, HasSubstr("6 letters within a minute"));
  EXPECT_THAT(mail.text, HasSubstr("`oinctl outbox resume` lets the others go"));
  for (store::LetterId id = 1; id <= 6; ++id)
    EXPECT_EQ(must(tx_->letter(id))->state, store::LetterState::queued);
}

TEST_F(BreakerTest, CountsWhatIsWrittenNotWhatABacklogSends) {
  for (int minute = 0; minute < 10; ++minute) write(5, minute * 61);
  EXPECT_THAT(claimed(10 * 61), SizeIs(50));
}

TEST_F(BreakerTest, IsClosedByAPersonAndHoldsAgainWhenItGoesOn) {
  write(6, 0);
  claimed(1);
  EXPECT_FALSE(outbox_query(*tx_, office_, {{"act", "resume"}}, at(10))) << "nobody in particular";
  ask({{"act", "resume"}, {"as", "edsger@example.com"}}, 10);
  EXPECT_TRUE(status(10)["held_since"].is_null());
  EXPECT_THAT(claimed(10), SizeIs(6)) << "what was held is not counted again";
  EXPECT_FALSE(outbox_query(*tx_, office_, {{"act", "resume"}, {"as", "grace@example.com"}}, at(11)));
  write(6, 20);
  EXPECT_THAT(claimed(21), ElementsAre("grace@example.com"));
}

TEST_F(BreakerTest, ClosesByItselfOnlyWhereThatIsSet) {
  office_ = office(30);
  write(6, 0);
  EXPECT_THAT(claimed(1), ElementsAre("grace@example.com"));
  EXPECT_THAT(claimed(1 + 30 * 60 - 1), IsEmpty());
  EXPECT_THAT(claimed(1 + 30 * 60), SizeIs(6));
}

TEST_F(BreakerTest, TellsALeadWhoGotTheirShareOfNotices) {
  office_.desk.workflow.limits.notices_per_person_per_hour = 0;
  write(6, 0);
  EXPECT_THAT(claimed(1), ElementsAre("grace@example.com"));
}

TEST_F(BreakerTest, HoldsWithoutALeadToo) {
  office_.desk.people.clear();
  write(6, 0);
  EXPECT_THAT(claimed(1), IsEmpty());
  EXPECT_FALSE(status(2)["held_since"].is_null());
}

TEST_F(BreakerTest, OutlivesARestart) {
  write(6, 0);
  claimed(1);
  must(tx_->commit());
  tx_.reset();
  store_.reset();
  store_ = open();
  tx_ = must(store_->begin());
  EXPECT_THAT(claimed(1000), IsEmpty());
  EXPECT_EQ(status(1000)["held_since"], to_rfc3339(at(1)));
}

}  // namespace
}  // namespace oin
