/// What passes the last look before the network, on a real SQLite file.
#include "daemon/outgoing_gate.hpp"

#include <gmock/gmock.h>

#include "tests/store/desk_file.hpp"

namespace oin {
namespace {

using store::at;
using store::LetterState;
using store::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class OutgoingGate : public store::StoreTest {
 protected:
  OutgoingGate() : store_(open()), tx_(must(store_->begin())) {
    store::append(*tx_, 1, {store::opened("review", "Acme Notes")});
  }
  void write(store::LetterId id, const std::string& event, const std::string& to = "ada@vendor.example") {
    store::Letter letter = store::letter_to(id, to, 1, static_cast<int>(id));
    letter.event = event;
    store::enqueue(*tx_, letter);
  }
  std::vector<store::LetterId> claimed(int seconds = 100) {
    std::vector<store::LetterId> out;
    for (const auto& letter : must(claim_letters(*tx_, office_, at(seconds), at(seconds), 10)))
      out.push_back(letter.id);
    return out;
  }
  store::Letter letter(store::LetterId id) { return *must(tx_->letter(id)); }
  std::string timeline() {
    std::string out;
    for (const auto& entry : must(tx_->timeline(1))) out += summary(entry.event.what) + "\n";
    return out;
  }

  Office office_{open_office(shipped_configuration()).value()};
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::Transaction> tx_;
};

TEST_F(OutgoingGate, WithdrawsWhatItsTicketHasMadePointlessAndSaysSo) {
  write(1, "delay-notice");
  write(2, "published");
  store::append(*tx_, 1, {store::event(50, TicketClosed{"published", "", std::nullopt})});
  EXPECT_THAT(claimed(), ElementsAre(2));
  EXPECT_EQ(letter(1).state, LetterState::withdrawn);
  EXPECT_EQ(letter(1).last_answer, "the case is over");
  EXPECT_EQ(letter(1).attempts, 0);
  EXPECT_THAT(timeline(),
              HasSubstr("letter delay-notice to ada@vendor.example was not sent: the case is over"));
}

TEST_F(OutgoingGate, KeepsOfTwoRemindersTheNewer) {
  store::append(*tx_, 1, {store::event(0, TurnPassed{Turn::vendor, "issues"})});
  write(1, "reminder");
  write(2, "reminder");
  write(3, "reminder", "bob@vendor.example");
  EXPECT_THAT(claimed(), ElementsAre(2));
  EXPECT_EQ(letter(1).last_answer, "a newer reminder waits");
  EXPECT_EQ(letter(3).state, LetterState::queued);
}

TEST_F(OutgoingGate, NeverWithdrawsWhatMayAlreadyBeInAMailbox) {
  store::append(*tx_, 1, {store::event(0, TurnPassed{Turn::vendor, "issues"})});
  write(1, "reminder");
  EXPECT_THAT(claimed(), ElementsAre(1));
  must(tx_->mark_dot_started(1));
  must(tx_->recover_letters(at(200), at(300)));
  store::append(*tx_, 1, {store::event(250, TicketClosed{"published", "", std::nullopt})});
  EXPECT_THAT(claimed(300), ElementsAre(1));
}

TEST_F(OutgoingGate, IsPassedByNothingWhereNothingIsDue) { EXPECT_THAT(claimed(), IsEmpty()); }

}  // namespace
}  // namespace oin
