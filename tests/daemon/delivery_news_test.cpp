/// What the team hears of letters on their way.
#include "daemon/delivery_news.hpp"

#include <gmock/gmock.h>

#include "tests/store/desk_file.hpp"

namespace oin {
namespace {

using store::at;
using store::LetterState;
using store::must;
using store::RecipientState;
using testing::HasSubstr;
using testing::Not;

Office office_with_grace() {
  Configuration shipped = shipped_configuration();
  shipped.settings.people = {{"Grace", "grace@example.com", "grace", {"reviewer", "support", "lead"}}};
  shipped.settings.mailboxes = {{"oin", "oin@example.com", {}, "INBOX", {}, "", {}, {}}};
  return open_office(std::move(shipped)).value();
}

class DeliveryNews : public store::StoreTest {
 protected:
  DeliveryNews() : store_(open()), tx_(must(store_->begin())) {
    store::append(*tx_, 1, {store::opened("review", "Acme Notes")});
  }
  store::Letter deferred(store::LetterId id, const std::string& event, const std::string& to) {
    store::Letter letter = store::letter_to(id, to, 1);
    letter.event = event;
    store::enqueue(*tx_, letter);
    letter.state = LetterState::queued;
    letter.attempts = 1;
    letter.last_answer = letter.recipients[0].answer = "451 4.3.0 later";
    letter.next_attempt_at = at(99'999);
    must(tx_->settle(letter));
    return letter;
  }
  void told(store::LetterId id, int seconds) {
    must(tell_of_waiting(*tx_, office_, *must(tx_->letter(id)), at(seconds)));
  }
  int notices() {
    int count = 0;
    for (const store::Letter& letter : must(tx_->letters(false))) count += letter.event == "staff-trouble";
    return count;
  }
  std::string timeline() {
    std::string out;
    for (const auto& entry : must(tx_->timeline(1))) out += summary(entry.event.what) + "\n";
    return out;
  }
  void defer(store::LetterId id, int now) {
    const store::Letter letter = *must(tx_->letter(id));
    must(note_destination(*tx_, office_, letter, letter, at(now)));
  }
  Instant due(store::LetterId id) { return must(tx_->letter(id))->next_attempt_at.value(); }

  Office office_{office_with_grace()};
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::Transaction> tx_;
};

TEST_F(DeliveryNews, TellOnceOfALetterThatWaitsForFourHours) {
  deferred(1, "published", "ada@vendor.example");
  told(1, 4 * 3600 - 1);
  EXPECT_EQ(notices(), 0);
  told(1, 4 * 3600);
  EXPECT_EQ(notices(), 1);
  EXPECT_THAT(timeline(), HasSubstr("letter published to ada@vendor.example waits: 451 4.3.0 later"));
  told(1, 8 * 3600);
  EXPECT_EQ(notices(), 1);
}

TEST_F(DeliveryNews, TellOfALetterThatWasGivenUp) {
  store::Letter letter = deferred(1, "published", "ada@vendor.example");
  letter.state = LetterState::dead;
  letter.delay_told = true;
  must(tx_->settle(letter));
  told(1, 5 * 24 * 3600);
  EXPECT_EQ(notices(), 1);
  EXPECT_THAT(timeline(), HasSubstr("letter published to ada@vendor.example was given up: 451 4.3.0 later"));
}

TEST_F(DeliveryNews, TellALeadWhereNobodyHasTheRole) {
  office_.desk.people = {{"Alan", "alan@example.com", "", {"lead"}}};
  deferred(1, "published", "ada@vendor.example");
  told(1, 4 * 3600);
  EXPECT_EQ(must(tx_->letters(false)).back().recipients.at(0).address, "alan@example.com");
}

TEST_F(DeliveryNews, TellNobodyByLetterOfALetterToTheTeam) {
  deferred(1, "staff-new", "grace@example.com");
  told(1, 5 * 3600);
  EXPECT_EQ(notices(), 0);
  EXPECT_THAT(timeline(), HasSubstr("letter staff-new to grace@example.com waits"));
}

TEST_F(DeliveryNews, LetADomainRestThatDefersOneLetterAfterAnother) {
  for (store::LetterId id = 1; id <= 2; ++id) deferred(id, "published", "ada@dead.example");
  deferred(3, "published", "ada@live.example");
  for (int times = 1; times < office_.settings.outbox.domain_patience; ++times) defer(1, 200'000);
  EXPECT_EQ(due(2), at(99'999));
  defer(1, 200'000);
  EXPECT_GE(due(1), at(200'060));
  EXPECT_LE(due(1), at(200'066));  // a minute, and up to a tenth of it
  EXPECT_EQ(due(1), due(2));
  EXPECT_EQ(due(3), at(99'999));
  defer(1, 200'100);
  EXPECT_GE(due(2), at(200'220));  // twice as long
}

TEST_F(DeliveryNews, LetNoDomainRestForOneLetterThatIsDeferredAgainAndAgain) {
  store::Letter full = deferred(1, "published", "ada@vendor.example");
  deferred(2, "published", "bob@vendor.example");
  for (full.attempts = 1; full.attempts < 20; ++full.attempts)
    must(note_destination(*tx_, office_, full, full, at(200'000)));
  EXPECT_EQ(due(2), at(99'999));
}

TEST_F(DeliveryNews, LetADomainGoOnThatTookALetter) {
  const store::Letter before = deferred(1, "published", "ada@vendor.example");
  for (int times = 0; times < 4; ++times) defer(1, 200'000);
  store::Letter after = before;
  after.recipients[0].state = RecipientState::accepted;
  must(note_destination(*tx_, office_, before, after, at(200'000)));
  EXPECT_EQ(must(tx_->count_deferral("vendor.example")), 1);
}

}  // namespace
}  // namespace oin
