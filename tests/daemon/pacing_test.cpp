/// So many letters a minute, and no more.
#include "daemon/pacing.hpp"

#include <gtest/gtest.h>

namespace oin {
namespace {

const Pacing::Moment start{};
Pacing::Moment at(int seconds) { return start + std::chrono::seconds(seconds); }

TEST(Pacing, LetsAMinutesShareGoAtOnceAndThenAsManyAsTheRateAllows) {
  Pacing pacing;
  pacing.set_rates(60, 1000);
  EXPECT_EQ(pacing.allowance(start), 60);
  for (int i = 0; i < 60; ++i) pacing.take("a.example", start);
  EXPECT_EQ(pacing.allowance(start), 0);
  EXPECT_EQ(pacing.allowance(at(1)), 1);
  EXPECT_EQ(pacing.allowance(at(30)), 30);
  EXPECT_EQ(pacing.allowance(at(3600)), 60);
}

TEST(Pacing, CountsEachDomainByItself) {
  Pacing pacing;
  pacing.set_rates(1000, 6);
  for (int i = 0; i < 6; ++i) pacing.take("a.example", start);
  pacing.take("b.example", start);
  EXPECT_EQ(pacing.shares(start).at("a.example"), 0);
  EXPECT_EQ(pacing.shares(start).at("b.example"), 5);
  EXPECT_FALSE(pacing.shares(start).contains("c.example"));
  EXPECT_EQ(pacing.shares(at(20)).at("a.example"), 2);
  EXPECT_TRUE(pacing.shares(at(120)).empty());
}

TEST(Pacing, KeepsItsRateOverManyMinutes) {
  Pacing pacing;
  pacing.set_rates(120, 120);
  int sent = 0;
  for (int tenth = 0; tenth < 6000; ++tenth) {
    const auto now = start + std::chrono::milliseconds(100 * tenth);
    for (int some = std::min(8, pacing.allowance(now)); some > 0; --some, ++sent)
      pacing.take("a.example", now);
  }
  EXPECT_GE(sent, 120 * 10);
  EXPECT_LE(sent, 120 * 11);
}

}  // namespace
}  // namespace oin
