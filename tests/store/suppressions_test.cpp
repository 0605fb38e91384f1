#include "tests/store/desk_file.hpp"

namespace oin::store {
namespace {

using testing::IsEmpty;

class Suppressions : public StoreTest {};

TEST_F(Suppressions, CountALetterOnceHoweverOftenItFails) {
  const auto store = open();
  const auto tx = must(store->begin());
  EXPECT_EQ(must(tx->count_failure("ada@vendor.example", 1, at(0))), 1);
  EXPECT_EQ(must(tx->count_failure("ada@vendor.example", 1, at(5))), 1);
  EXPECT_EQ(must(tx->count_failure("ada@vendor.example", 2, at(9))), 2);
  EXPECT_EQ(must(tx->count_failure("bob@vendor.example", 2, at(9))), 1);
}

TEST_F(Suppressions, HoldForAnAddressOrAllOfItsDomainUntilLifted) {
  const auto store = open();
  const auto tx = must(store->begin());
  must(tx->count_failure("ada@vendor.example", 1, at(0)));
  must(tx->suppress({"ada@vendor.example", "three failures", at(1), "desk"}));
  must(tx->suppress({"@spam.example", "nobody reads there", at(2), "grace@example.com"}));
  EXPECT_EQ(must(tx->suppression_of("ada@vendor.example"))->reason, "three failures");
  EXPECT_EQ(must(tx->suppression_of("anybody@spam.example"))->by, "grace@example.com");
  EXPECT_EQ(must(tx->suppression_of("bob@vendor.example")), std::nullopt);
  EXPECT_EQ(must(tx->suppressions()).size(), 2u);
  must(tx->suppress({"ada@vendor.example", "asked for it", at(3), "grace@example.com"}));
  EXPECT_EQ(must(tx->suppression_of("ada@vendor.example"))->reason, "asked for it");
  EXPECT_TRUE(must(tx->lift_suppression("ada@vendor.example")));
  EXPECT_FALSE(must(tx->lift_suppression("ada@vendor.example")));
  EXPECT_EQ(must(tx->suppression_of("ada@vendor.example")), std::nullopt);
  EXPECT_EQ(must(tx->count_failure("ada@vendor.example", 9, at(4))), 1) << "the old failures are forgotten";
}

TEST_F(Suppressions, MarkWhoALetterCameBackFromOnce) {
  const auto store = open();
  const auto tx = must(store->begin());
  Letter letter = letter_to(1, "Ada@Vendor.example");
  letter.recipients.push_back({"bob@vendor.example", RecipientState::queued, ""});
  enqueue(*tx, letter);
  for (LetterRecipient& recipient : letter.recipients) recipient.state = RecipientState::accepted;
  letter.state = LetterState::sent;
  must(tx->settle(letter));
  EXPECT_FALSE(must(tx->mark_returned(1, "carol@vendor.example", "550 no")));
  EXPECT_TRUE(must(tx->mark_returned(1, "ada@vendor.example", "550 no")));
  EXPECT_FALSE(must(tx->mark_returned(1, "ada@vendor.example", "550 again")));
  const Letter after = *must(tx->letter(1));
  EXPECT_EQ(after.state, LetterState::failed);
  EXPECT_EQ(after.last_answer, "550 no");
  EXPECT_EQ(after.recipients[0].state, RecipientState::returned);
  EXPECT_EQ(after.recipients[1].state, RecipientState::accepted);
  EXPECT_EQ(after.bytes, letter.bytes);
}

}  // namespace
}  // namespace oin::store
