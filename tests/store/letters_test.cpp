#include <array>
#include "tests/store/desk_file.hpp"

namespace oin::store {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

class Letters : public StoreTest {
 protected:
  std::vector<LetterId> claimed(Transaction& tx, int now, int limit = 10, seconds lease = seconds(60)) {
    std::vector<LetterId> out;
    for (const Letter& letter : must(tx.claim(at(now), lease, limit))) out.push_back(letter.id);
    return out;
  }
  void settle(Transaction& tx, LetterId id, LetterState state, std::optional<Instant> next = {}) {
    Letter letter = *must(tx.letter(id));
    letter.state = state;
    letter.next_attempt_at = next;
    ++letter.attempts;
    must(tx.settle(letter));
  }
};

TEST_F(Letters, AreFrozenAsTheyWereWritten) {
  const auto store = open();
  {
    const auto tx = must(store->begin());
    EXPECT_EQ(must(tx->next_letter_id()), 1);
    Letter letter = letter_to(1, "ada@vendor.example", 3);
    letter.acknowledgement = true;
    letter.recipients.push_back({"bob@vendor.example", RecipientState::queued, ""});
    enqueue(*tx, letter);
    EXPECT_EQ(must(tx->next_letter_id()), 2);
    must(tx->commit());
  }
  const auto tx = must(store->begin_read());
  const Letter kept = *must(tx->letter(1)), wanted = letter_to(1, "ada@vendor.example", 3);
  EXPECT_EQ(kept.bytes, wanted.bytes);
  EXPECT_EQ(kept.ticket, 3);
  EXPECT_EQ(kept.event, wanted.event);
  EXPECT_EQ(kept.message_id, wanted.message_id);
  EXPECT_EQ(kept.reverse_path, wanted.reverse_path);
  EXPECT_EQ(kept.from, wanted.from);
  EXPECT_EQ(kept.subject, wanted.subject);
  EXPECT_TRUE(kept.acknowledgement);
  EXPECT_EQ(kept.written_at, wanted.written_at);
  EXPECT_EQ(kept.state, LetterState::queued);
  EXPECT_EQ(kept.next_attempt_at, std::nullopt);
  ASSERT_EQ(kept.recipients.size(), 2u);
  EXPECT_EQ(kept.recipients[1].address, "bob@vendor.example");
  EXPECT_EQ(must(tx->letter(2)), std::nullopt);
  ASSERT_EQ(must(tx->letters_by_message_id("l1@reviews.example.com")).size(), 1u);
  EXPECT_EQ(must(tx->letters(false)).at(0).bytes, "");
}

TEST_F(Letters, MayGetTheirWordsAfterTheirPlace) {
  const auto store = open();
  {
    const auto tx = must(store->begin());
    const Letter letter = letter_to(1, "ada@vendor.example", 3);
    must(tx->enqueue(letter));
    EXPECT_EQ(must(tx->correspondence("ada@vendor.example", 3, letter.written_at)).letters_last_hour, 1);
    must(tx->word(1, "Your question", "Subject: Your question\r\n\r\nIt came.\r\n"));
    must(tx->commit());
  }
  const auto tx = must(store->begin_read());
  EXPECT_EQ(must(tx->letter(1))->subject, "Your question");
  EXPECT_EQ(must(tx->letter(1))->bytes, "Subject: Your question\r\n\r\nIt came.\r\n");
  EXPECT_EQ(must(tx->mails_of(3)).at(0).size, 36);
}

TEST_F(Letters, CannotBeWordedWithoutAPlace) {
  const auto store = open();
  const auto tx = must(store->begin());
  EXPECT_FALSE(tx->word(7, "s", "b"));
}

TEST_F(Letters, AreClaimedOldestFirstUpToTheLimit) {
  const auto store = open();
  const auto tx = must(store->begin());
  enqueue(*tx, letter_to(1, "a@x", 0, 20));
  enqueue(*tx, letter_to(2, "a@x", 0, 10));
  enqueue(*tx, letter_to(3, "a@x", 0, 30));
  EXPECT_EQ(must(tx->next_letter_at()), at(10));
  EXPECT_THAT(claimed(*tx, 25, 1), ElementsAre(2));
  EXPECT_THAT(claimed(*tx, 25), ElementsAre(1));
  EXPECT_THAT(claimed(*tx, 25), IsEmpty());
  EXPECT_EQ(must(tx->letter(1))->state, LetterState::sending);
}

TEST_F(Letters, AreClaimedInTurnFromEachRecipientDomain) {
  const auto store = open();
  const auto tx = must(store->begin());
  for (LetterId id = 1; id <= 50; ++id) enqueue(*tx, letter_to(id, "a@big.example"));
  enqueue(*tx, letter_to(51, "a@small.example", 0, 5));
  enqueue(*tx, letter_to(52, "b@Small.example", 0, 6));
  EXPECT_THAT(claimed(*tx, 10, 4), ElementsAre(1, 51, 2, 52));
  EXPECT_THAT(claimed(*tx, 10, 3), ElementsAre(3, 4, 5));
}

TEST_F(Letters, ToTheTeamDoNotWaitForOneToTheVendorThatIsStuck) {
  const auto store = open();
  const auto tx = must(store->begin());
  const auto notice = [&](LetterId id) {
    Letter letter = letter_to(id, "grace@example.com", 7);
    letter.event = "staff-trouble";
    enqueue(*tx, letter);
  };
  enqueue(*tx, letter_to(1, "a@x", 7));
  EXPECT_THAT(claimed(*tx, 1), ElementsAre(1));
  settle(*tx, 1, LetterState::queued, at(500));
  notice(2);
  notice(3);
  EXPECT_EQ(must(tx->next_letter_at()), at(0));
  EXPECT_THAT(claimed(*tx, 2), ElementsAre(2));  // and keep an order of their own
}

TEST_F(Letters, ForADomainThatHasHadItsShareWaitWhileOthersGo) {
  const auto store = open();
  const auto tx = must(store->begin());
  for (LetterId id = 1; id <= 3; ++id) enqueue(*tx, letter_to(id, "a@big.example"));
  enqueue(*tx, letter_to(4, "a@small.example"));
  std::vector<LetterId> out;
  for (const Letter& letter : must(tx->claim(at(1), seconds(60), 10, {{{"big.example", 1}}, 0})))
    out.push_back(letter.id);
  EXPECT_THAT(out, ElementsAre(1, 4));
  EXPECT_THAT(must(tx->claim(at(1), seconds(60), 10, {{{"big.example", 0}}, 0})), IsEmpty());
}

TEST_F(Letters, ForADomainThatDefersThemAllRestTogetherAndThenAskOneByOne) {
  const auto store = open();
  const auto tx = must(store->begin());
  for (LetterId id = 1; id <= 3; ++id) enqueue(*tx, letter_to(id, "a@dead.example"));
  for (int deferrals = 1; deferrals <= 2; ++deferrals)
    EXPECT_EQ(must(tx->count_deferral("dead.example")), deferrals);
  must(tx->rest("dead.example", at(100)));
  enqueue(*tx, letter_to(4, "b@dead.example", 0, 50));  // written while it rests
  enqueue(*tx, letter_to(5, "a@live.example", 0, 50));
  EXPECT_EQ(must(tx->next_letter_at()), at(50));
  const ClaimRules rules{{}, 2};
  const auto ids = [&](int now) {
    std::vector<LetterId> out;
    for (const Letter& letter : must(tx->claim(at(now), seconds(60), 10, rules))) out.push_back(letter.id);
    return out;
  };
  EXPECT_THAT(ids(60), ElementsAre(5));
  EXPECT_THAT(ids(100), ElementsAre(1));
  EXPECT_THAT(ids(101), IsEmpty()) << "one letter asks for all";
  settle(*tx, 1, LetterState::sent);
  must(tx->answers_again("dead.example"));
  EXPECT_THAT(ids(102), ElementsAre(2, 3, 4));
}

TEST_F(Letters, OfATicketKeepTheirOrder) {
  const auto store = open();
  const auto tx = must(store->begin());
  enqueue(*tx, letter_to(1, "a@x", 7));
  enqueue(*tx, letter_to(2, "a@x", 7));
  enqueue(*tx, letter_to(3, "b@x", 8));
  enqueue(*tx, letter_to(4, "b@x"));
  enqueue(*tx, letter_to(5, "b@x"));
  EXPECT_THAT(claimed(*tx, 1), ElementsAre(1, 3, 4, 5));  // 2 waits for 1
  settle(*tx, 1, LetterState::queued, at(500));
  EXPECT_THAT(claimed(*tx, 2), IsEmpty());  // also while 1 waits for its next attempt
  settle(*tx, 3, LetterState::sent);
  settle(*tx, 4, LetterState::sent);
  settle(*tx, 5, LetterState::sent);
  EXPECT_EQ(must(tx->next_letter_at()), at(500));  // not at once: 2 cannot go
  EXPECT_THAT(claimed(*tx, 500), ElementsAre(1));
  settle(*tx, 1, LetterState::uncertain);  // held for a person
  EXPECT_THAT(claimed(*tx, 9000), IsEmpty());
  EXPECT_EQ(must(tx->next_letter_at()), std::nullopt);
  settle(*tx, 1, LetterState::failed);
  EXPECT_THAT(claimed(*tx, 9000), ElementsAre(2));
}

TEST_F(Letters, ComeBackWhenTheirLeaseRanOut) {
  const auto store = open();
  const auto tx = must(store->begin());
  enqueue(*tx, letter_to(1, "a@x"));
  EXPECT_THAT(claimed(*tx, 0, 10, seconds(60)), ElementsAre(1));
  must(tx->mark_dot_started(1));
  EXPECT_THAT(claimed(*tx, 59), IsEmpty());
  EXPECT_EQ(must(tx->next_letter_at()), at(60));
  const auto again = must(tx->claim(at(60), seconds(60), 10));
  ASSERT_EQ(again.size(), 1u);
  EXPECT_TRUE(again[0].dot_started);
}

TEST_F(Letters, AreSettledWithWhatTheServerSaid) {
  const auto store = open();
  const auto tx = must(store->begin());
  Letter letter = letter_to(1, "a@x");
  letter.recipients.push_back({"b@x", RecipientState::queued, ""});
  enqueue(*tx, letter);
  letter = must(tx->claim(at(0), seconds(60), 1)).at(0);
  letter.state = LetterState::queued;
  letter.attempts = 1;
  letter.next_attempt_at = at(300);
  letter.last_answer = "451 4.3.2 try later";
  letter.recipients[0] = {"a@x", RecipientState::accepted, "250 ok"};
  letter.recipients[1].answer = "451 4.3.2 try later";
  must(tx->settle(letter));
  const Letter kept = *must(tx->letter(1));
  EXPECT_EQ(kept.state, LetterState::queued);
  EXPECT_EQ(kept.attempts, 1);
  EXPECT_EQ(kept.next_attempt_at, at(300));
  EXPECT_EQ(kept.last_answer, "451 4.3.2 try later");
  EXPECT_EQ(kept.recipients[0].state, RecipientState::accepted);
  EXPECT_EQ(kept.recipients[0].answer, "250 ok");
  EXPECT_EQ(kept.recipients[1].state, RecipientState::queued);
  EXPECT_THAT(claimed(*tx, 299), IsEmpty());
  EXPECT_THAT(claimed(*tx, 300), ElementsAre(1));
  letter.id = 9;
  EXPECT_FALSE(tx->settle(letter));
}

TEST_F(Letters, LeftSendingByADeadDaemonAreRecovered) {
  const auto store = open();
  const auto tx = must(store->begin());
  for (int id = 1; id <= 3; ++id) enqueue(*tx, letter_to(id, "a@x"));
  EXPECT_THAT(claimed(*tx, 0, 2), ElementsAre(1, 2));
  must(tx->mark_dot_started(1));
  EXPECT_EQ(must(tx->recover_letters(at(10), at(910))), 2);
  EXPECT_EQ(must(tx->letter(1))->state, LetterState::uncertain);
  EXPECT_EQ(must(tx->letter(1))->next_attempt_at, at(910));
  EXPECT_EQ(must(tx->letter(2))->state, LetterState::queued);
  EXPECT_THAT(claimed(*tx, 10), ElementsAre(3, 2));
  EXPECT_THAT(claimed(*tx, 910), ElementsAre(2, 3, 1));  // leases ran out meanwhile
}

TEST_F(Letters, ThatAreUncertainCanBeHeldForAPerson) {
  const auto store = open();
  const auto tx = must(store->begin());
  enqueue(*tx, letter_to(1, "a@x"));
  EXPECT_THAT(claimed(*tx, 0), ElementsAre(1));
  must(tx->mark_dot_started(1));
  EXPECT_EQ(must(tx->recover_letters(at(10), std::nullopt)), 1);
  EXPECT_EQ(must(tx->next_letter_at()), std::nullopt);
  EXPECT_THAT(claimed(*tx, 1'000'000), IsEmpty());
  EXPECT_EQ(must(tx->recover_letters(at(10), std::nullopt)), 0);
}

TEST_F(Letters, AreCountedByAddressTicketAndTime) {
  const auto store = open();
  const auto tx = must(store->begin());
  Letter first = letter_to(1, "ada@vendor.example", 7, 10);
  first.acknowledgement = true;
  first.recipients.push_back(first.recipients[0]);  // twice in one letter is one letter
  enqueue(*tx, first);
  enqueue(*tx, letter_to(2, "ada@vendor.example", 7, 20));
  enqueue(*tx, letter_to(3, "bob@vendor.example", 8, 30));
  const auto counts = [&](TicketId ticket, int now) {
    const Correspondence found = must(tx->correspondence("ada@vendor.example", ticket, at(now)));
    return std::array{found.letters_last_hour, found.letters_last_day, found.acknowledgements_last_hour};
  };
  constexpr int hour = 3600, day = 24 * hour;
  EXPECT_THAT(counts(7, 30), ElementsAre(2, 2, 1));
  EXPECT_THAT(counts(8, 30), ElementsAre(2, 2, 0));
  EXPECT_THAT(counts(7, 10 + hour), ElementsAre(2, 2, 1));
  EXPECT_THAT(counts(7, 11 + hour), ElementsAre(1, 2, 0));
  EXPECT_THAT(counts(7, 11 + day), ElementsAre(0, 1, 0));
  EXPECT_EQ(must(tx->letters_since(at(0))), 3);
  EXPECT_EQ(must(tx->letters_since(at(20))), 2);
  EXPECT_EQ(must(tx->letters_since(at(31))), 0);
}

TEST_F(Letters, AreCountedByState) {
  const auto store = open();
  const auto tx = must(store->begin());
  const LetterState states[] = {LetterState::sent,   LetterState::sent, LetterState::uncertain,
                                LetterState::failed, LetterState::dead, LetterState::withdrawn};
  LetterId id = 0;
  for (const LetterState state : states) {
    enqueue(*tx, letter_to(++id, "a@x"));
    settle(*tx, id, state);
  }
  enqueue(*tx, letter_to(++id, "a@x"));
  enqueue(*tx, letter_to(++id, "a@x"));
  EXPECT_EQ(claimed(*tx, 0, 1).size(), 1u);
  const OutboxSize size = must(tx->outbox_size());
  EXPECT_EQ(size.sent, 2);
  EXPECT_EQ(size.uncertain, 1);
  EXPECT_EQ(size.failed, 1);
  EXPECT_EQ(size.dead, 1);
  EXPECT_EQ(size.withdrawn, 1);
  EXPECT_EQ(size.queued, 1);
  EXPECT_EQ(size.sending, 1);
  EXPECT_EQ(must(tx->letters(true)).size(), 8u);
  EXPECT_EQ(must(tx->letters(false)).size(), 6u);
}

}  // namespace
}  // namespace oin::store
