/// Whose mail is taken how.
#include "daemon/workflow/senders.hpp"

#include <gtest/gtest.h>

namespace oin {
namespace {

Intent of(const std::string& name) {
  Intent intent;
  intent.name = name;
  intent.confidence = 0.9;
  return intent;
}

Desk desk(std::vector<std::string> ignored, std::vector<std::string> submitters) {
  Desk out;
  out.workflow.senders = {std::move(ignored), std::move(submitters)};
  return out;
}

TEST(Senders, AreListedByAddressOrDomainInAnyCase) {
  const std::vector<std::string> list{"Ada@Vendor.example", "@Spam.example"};
  EXPECT_TRUE(is_listed(list, "ada@vendor.EXAMPLE"));
  EXPECT_TRUE(is_listed(list, "x@spam.example"));
  EXPECT_FALSE(is_listed(list, "x@not-spam.example"));
  EXPECT_FALSE(is_listed(list, "x@sub.spam.example"));
  EXPECT_FALSE(is_listed(list, "bob@vendor.example"));
  EXPECT_FALSE(is_listed(list, ""));
}

TEST(Senders, WhoAreIgnoredAreUnwantedAndOnATicketOnlyFiled) {
  const Desk strict = desk({"@spam.example"}, {});
  const Intent intent = as_sender_may(strict, of("submission"), "a@spam.example", nullptr);
  EXPECT_EQ(intent.name, "unwanted");
  EXPECT_EQ(intent.evidence.at(0).what, "sender: ignored by [senders]");
  const Ticket ticket;
  EXPECT_EQ(as_sender_may(strict, of("issue-answer"), "a@spam.example", &ticket).name, "automatic");
  EXPECT_EQ(as_sender_may(strict, of("submission"), "ada@vendor.example", nullptr).name, "submission");
}

TEST(Senders, WhoMayNotSubmitAreLeftToAPerson) {
  const Desk strict = desk({}, {"@vendor.example"});
  EXPECT_EQ(as_sender_may(strict, of("submission"), "ada@vendor.example", nullptr).name, "submission");
  const Intent other = as_sender_may(strict, of("submission"), "eve@other.example", nullptr);
  EXPECT_EQ(other.name, "unclear");
  EXPECT_EQ(other.confidence, 0);
  EXPECT_EQ(as_sender_may(strict, of("build-question"), "eve@other.example", nullptr).name, "build-question");
  // A colleague who joined a review that is under way goes on with it.
  Ticket review;
  review.kind = TicketKind::submission;
  EXPECT_EQ(as_sender_may(strict, of("submission-update"), "eve@other.example", &review).name,
            "submission-update");
  const Ticket question;
  EXPECT_EQ(as_sender_may(strict, of("submission"), "eve@other.example", &question).name, "unclear");
  EXPECT_EQ(as_sender_may(desk({}, {}), of("submission"), "eve@other.example", nullptr).name, "submission");
}

}  // namespace
}  // namespace oin
