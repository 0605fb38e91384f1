#include "daemon/trust/signed_address.hpp"

#include <gtest/gtest.h>

namespace oin::trust {
namespace {

const std::string key_a(32, 'a'), key_b(32, 'b');

TEST(SignedAddress, LeadsBackToItsTicket) {
  const Signer signer({key_a});
  const std::string address = signer.reply_address("oin@example.com", "+", 1234567);
  EXPECT_EQ(address.substr(0, 4), "oin+");
  EXPECT_LE(address.find('@'), 64u);
  EXPECT_EQ(signer.ticket_of(address, "+"), 1234567);
}

TEST(SignedAddress, SurvivesAMailSystemThatChangesCase) {
  const Signer signer({key_a});
  std::string address = signer.reply_address("oin@example.com", "+", 7);
  for (char& c : address) c = static_cast<char>(std::toupper(c));
  EXPECT_EQ(signer.ticket_of(address, "+"), 7);
}

TEST(SignedAddress, IsRefusedWhenAnyOneCharacterWasChanged) {
  const Signer signer({key_a});
  const std::string token = signer.token(Purpose::reply, 42);
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string forged = token;
    forged[i] = forged[i] == 'a' ? 'b' : 'a';
    EXPECT_FALSE(signer.verify(Purpose::reply, forged)) << forged;
  }
}

TEST(SignedAddress, NeverVerifiesForAnotherPurpose) {
  const Signer signer({key_a});
  EXPECT_FALSE(signer.verify(Purpose::bounce, signer.token(Purpose::reply, 5)));
  EXPECT_FALSE(signer.verify(Purpose::message, signer.token(Purpose::bounce, 5)));
  EXPECT_FALSE(signer.ticket_of(signer.bounce_address("oin@x.example", "+", 5), "+"));
  EXPECT_FALSE(signer.letter_of(signer.reply_address("oin@x.example", "+", 5), "+"));
}

TEST(SignedAddress, StaysValidWhenANewKeySigns) {
  const std::string old = Signer({key_a}).token(Purpose::reply, 9);
  EXPECT_EQ(Signer({key_b, key_a}).verify(Purpose::reply, old), 9);
  EXPECT_FALSE(Signer({key_b}).verify(Purpose::reply, old));
}

TEST(SignedAddress, OfABounceLeadsToItsLetter) {
  const Signer signer({key_a});
  EXPECT_EQ(signer.letter_of(signer.bounce_address("developers@example.com", "+", 88), "+"), 88);
  EXPECT_FALSE(signer.letter_of("oin@example.com", "+"));
  EXPECT_FALSE(signer.letter_of("oin+b@example.com", "+"));
}

TEST(SignedAddress, OfAPersonIsTheirsAlone) {
  constexpr std::chrono::sys_days day(std::chrono::days(20'000));
  const Signer signer({key_a});
  const std::string address = signer.staff_address("oin@example.com", "+", 7, "grace@example.com", day);
  EXPECT_TRUE(address.starts_with("oin+s"));
  EXPECT_LE(address.find('@'), 64u);
  EXPECT_EQ(signer.ticket_of_staff(address, "+", "grace@example.com", day), 7);
  EXPECT_EQ(signer.ticket_of_staff(address, "+", "eve@example.com", day), std::nullopt);
  EXPECT_EQ(signer.ticket_of_staff(address, "+", "grace@example.com", day + std::chrono::days(1)),
            std::nullopt)
      << "too old";
  EXPECT_EQ(signer.ticket_of(address, "+"), std::nullopt) << "it is no vendor's address";
  EXPECT_EQ(signer.ticket_of_staff(signer.reply_address("oin@example.com", "+", 7), "+", "grace@example.com",
                                   std::chrono::sys_days()),
            std::nullopt);
}

TEST(SignedAddress, ThatConfirmsDoesSoForOneActAndTicketAndTime) {
  constexpr std::chrono::sys_days day(std::chrono::days(20'000));
  const Signer signer({key_a});
  const std::string address = signer.confirm_address("oin@example.com", "+", 7, "withdrawal", day);
  EXPECT_TRUE(address.starts_with("oin+c"));
  EXPECT_LE(address.find('@'), 64u);
  EXPECT_EQ(signer.ticket_of_confirm(address, "+", "withdrawal", day), 7);
  EXPECT_EQ(signer.ticket_of_confirm(address, "+", "removal", day), std::nullopt);
  EXPECT_EQ(signer.ticket_of_confirm(address, "+", "withdrawal", day + std::chrono::days(1)), std::nullopt)
      << "too old";
  EXPECT_EQ(signer.ticket_of(address, "+"), std::nullopt) << "it is no reply address";
  EXPECT_EQ(signer.ticket_of_confirm(signer.reply_address("oin@example.com", "+", 7), "+", "withdrawal",
                                     std::chrono::sys_days()),
            std::nullopt);
  EXPECT_EQ(Signer({key_b}).ticket_of_confirm(address, "+", "withdrawal", day), std::nullopt);
}

TEST(SignedAddress, MakesMessageIdsThatAreKnownAgain) {
  const Signer signer({key_a});
  const std::string id = signer.message_id("reviews.example.com", 3);
  EXPECT_TRUE(id.ends_with("@reviews.example.com"));
  EXPECT_EQ(signer.letter_of_message_id(id), 3);
  EXPECT_FALSE(signer.letter_of_message_id("somebody@else.example"));
}

}  // namespace
}  // namespace oin::trust
