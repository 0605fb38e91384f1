/// Addresses that letters keep coming back from.
#include "daemon/suppression.hpp"

#include <gmock/gmock.h>

#include "daemon/outgoing_gate.hpp"
#include "daemon/suppressed_query.hpp"
#include "tests/store/desk_file.hpp"

namespace oin {
namespace {

using store::at;
using store::LetterState;
using store::must;
using store::RecipientState;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Office office_with_grace() {
  Configuration shipped = shipped_configuration();
  shipped.settings.people = {{"Grace", "grace@example.com", "grace", {"reviewer", "support", "lead"}}};
  shipped.settings.mailboxes = {{"oin", "oin@example.com", {}, "INBOX", {}, "", {}, {}}};
  return open_office(std::move(shipped)).value();
}

DeliveryReport report(const std::string& address, const std::string& action, const std::string& status,
                      const std::string& reason = "user-unknown") {
  DeliveryReport out;
  out.recipients.push_back({address, action, status, "550 " + status + " sorry", action == "failed", reason});
  return out;
}

class SuppressionTest : public store::StoreTest {
 protected:
  SuppressionTest() : store_(open()), tx_(must(store_->begin())) {
    store::append(*tx_, 1, {store::opened("review", "Acme Notes")});
    store::append(*tx_, 1, {store::event(1, ParticipantAdded{"ada@vendor.example", "requester"})});
  }
  store::Letter sent(store::LetterId id, std::vector<std::string> to = {"ada@vendor.example"}) {
    store::Letter letter = store::letter_to(id, to.front(), 1, static_cast<int>(id));
    letter.recipients.clear();
    for (const std::string& one : to) letter.recipients.push_back({one, RecipientState::queued, ""});
    store::enqueue(*tx_, letter);
    for (store::LetterRecipient& one : letter.recipients) one.state = RecipientState::accepted;
    letter.state = LetterState::sent;
    must(tx_->settle(letter));
    return letter;
  }
  void comes_back(store::LetterId id, const DeliveryReport& told) {
    const store::Letter letter = *must(tx_->letter(id));
    must(note_report(*tx_, office_, letter, report_about(letter, told), at(50)));
  }
  bool suppressed(const std::string& address = "ada@vendor.example") {
    return must(tx_->suppression_of(address)).has_value();
  }
  Json ask(Json arguments) {
    arguments["unix_user"] = "grace";
    return must(suppressed_query(*tx_, office_, arguments, at(90)));
  }
  std::string timeline() {
    std::string out;
    for (const auto& entry : must(tx_->timeline(1))) out += summary(entry.event.what) + "\n";
    return out;
  }

  Office office_{office_with_grace()};
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::Transaction> tx_;
};

TEST_F(SuppressionTest, ComesWithTheThirdLetterThatFailsForGood) {
  for (store::LetterId id = 1; id <= 3; ++id) {
    EXPECT_FALSE(suppressed());
    sent(id);
    comes_back(id, report("ada@vendor.example", "failed", "5.1.1"));
    comes_back(id, report("ada@vendor.example", "failed", "5.1.1"));  // the same letter counts once
    EXPECT_EQ(must(tx_->letter(id))->recipients[0].state, RecipientState::returned);
  }
  EXPECT_TRUE(suppressed());
  EXPECT_THAT(timeline(),
              HasSubstr("no letter goes to ada@vendor.example any more: 3 letters failed for good, "
                        "the last with: 550 5.1.1 sorry"));
  // And the team is told, in the same transaction.
  EXPECT_EQ(must(tx_->letters(false)).back().event, "staff-trouble");
}

TEST_F(SuppressionTest, CountsNeitherDelaysNorWhatIsNotTheAddresssOwn) {
  const std::pair<DeliveryReport, const char*> reports[] = {
      {report("ada@vendor.example", "delayed", "4.4.1", "network"), "a delay"},
      {report("ada@vendor.example", "failed", "5.2.3", "over-size"), "too large"},
      {report("ada@vendor.example", "failed", "5.7.1", "spam"), "taken for spam"},
      {report("ada@vendor.example", "failed", "5.6.1", "other"), "its content"},
      {report("ada@vendor.example", "relayed", "2.0.0", "other"), "it went on"}};
  store::LetterId id = 0;
  for (const auto& [told, what] : reports)
    for (int times = 0; times < 4; ++times) {
      sent(++id);
      comes_back(id, told);
      EXPECT_FALSE(suppressed()) << what;
    }
  EXPECT_FALSE(speaks_of_address("4.1.1"));
  EXPECT_TRUE(speaks_of_address(""));
  EXPECT_EQ(enhanced_status_in("550 5.1.1 <ada@vendor.example>: no such user"), "5.1.1");
  EXPECT_EQ(enhanced_status_in("550 no such user"), "");
}

TEST_F(SuppressionTest, HearsNothingOfPeopleWhoGotNoSuchLetter) {
  sent(1, {"ada@vendor.example", "bob@vendor.example"});
  const store::Letter letter = *must(tx_->letter(1));
  EXPECT_THAT(report_about(letter, report("carol@vendor.example", "failed", "5.1.1")).recipients, IsEmpty());
  EXPECT_EQ(report_about(letter, report("BOB@vendor.example", "failed", "5.1.1")).recipients.size(), 1u);
  // Of a letter to one person, a forwarded address is theirs.
  sent(2);
  const DeliveryReport forwarded =
      report_about(*must(tx_->letter(2)), report("ada@elsewhere.example", "failed", "5.1.1"));
  ASSERT_EQ(forwarded.recipients.size(), 1u);
  EXPECT_EQ(forwarded.recipients[0].address, "ada@vendor.example");
}

TEST_F(SuppressionTest, WithdrawsLettersToTheAddressAndIsLiftedByAPerson) {
  EXPECT_EQ(ask({{"act", "add"}, {"address", "Ada@vendor.example"}, {"reason", "asked for silence"}})["by"],
            "grace@example.com");
  store::enqueue(*tx_, store::letter_to(1, "ada@vendor.example", 1));
  auto claimed = must(claim_letters(*tx_, office_, at(100), at(100), 10));
  ASSERT_EQ(claimed.size(), 1u);  // what the team is told of it
  EXPECT_EQ(claimed[0].event, "staff-trouble");
  claimed[0].state = LetterState::sent;
  must(tx_->settle(claimed[0]));
  const store::Letter stopped = *must(tx_->letter(1));
  EXPECT_EQ(stopped.state, LetterState::withdrawn);
  EXPECT_THAT(stopped.last_answer, HasSubstr("ada@vendor.example is suppressed (asked for silence)"));
  EXPECT_THAT(timeline(), HasSubstr("refused for ada@vendor.example: not sent"));
  EXPECT_EQ(ask({{"act", "list"}})[0]["address"], "ada@vendor.example");

  ask({{"act", "lift"}, {"address", "ada@vendor.example"}});
  EXPECT_THAT(timeline(), HasSubstr("letters go to ada@vendor.example again"));
  EXPECT_FALSE(must(tx_->ticket(1)).participants[0].unreachable);
  store::enqueue(*tx_, store::letter_to(9, "ada@vendor.example", 1));
  EXPECT_EQ(must(claim_letters(*tx_, office_, at(100), at(100), 10)).size(), 1u);
}

TEST_F(SuppressionTest, OfOneRecipientLeavesTheOthersTheirLetter) {
  ask({{"act", "add"}, {"address", "@vendor.example"}, {"reason", "closed down"}});
  store::Letter letter = store::letter_to(1, "ada@vendor.example", 1);
  letter.recipients.push_back({"bob@other.example", RecipientState::queued, ""});
  store::enqueue(*tx_, letter);
  const auto claimed = must(claim_letters(*tx_, office_, at(60), at(60), 10));
  ASSERT_EQ(claimed.size(), 1u);
  EXPECT_EQ(claimed[0].recipients[0].state, RecipientState::refused);
  EXPECT_EQ(claimed[0].recipients[1].state, RecipientState::queued);
}

TEST_F(SuppressionTest, IsAPersonsToAddAndLift) {
  const auto refused = [&](const Json& arguments) {
    const auto answer = suppressed_query(*tx_, office_, arguments, at(90));
    return answer ? std::string("done") : answer.error().what;
  };
  EXPECT_THAT(refused({{"act", "lift"}, {"address", "ada@vendor.example"}}), HasSubstr("who are you?"));
  EXPECT_THAT(
      refused({{"act", "add"}, {"as", "grace@example.com"}, {"address", "nonsense"}, {"reason", "x"}}),
      HasSubstr("is no address"));
  EXPECT_THAT(refused({{"act", "lift"}, {"as", "grace@example.com"}, {"address", "ada@vendor.example"}}),
              HasSubstr("is not suppressed"));
}

}  // namespace
}  // namespace oin
