#include "parsers/command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Commands, HaveANameInLowerCaseArgumentsAndALine) {
  const auto found = commands("Looks good.\n/Approve qa  \"two words\"\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].name, "approve");
  EXPECT_THAT(found[0].arguments, ElementsAre("qa", "two words"));
  EXPECT_EQ(found[0].text, "qa  \"two words\"");
  EXPECT_EQ(found[0].line, 2);
}

TEST(Commands, TakeTheLinesUpToTheNextOneAsText) {
  const auto found = commands("/reply Thank you,\n\nwe look at it.\n\n/hold\n");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].text, "Thank you,\n\nwe look at it.");
  EXPECT_THAT(found[0].arguments, ElementsAre("Thank", "you,"));
  EXPECT_EQ(found[1].name, "hold");
  EXPECT_EQ(found[1].text, "");
  EXPECT_EQ(found[1].line, 5);
}

TEST(Commands, ReadTheQuotesThatMailProgramsCurl) {
  const auto found = commands("/queue “dev support”");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].arguments, ElementsAre("dev support"));
}

TEST(Commands, ThatDoNotExistAreNamedWhereTheyWereMeant) {
  const auto found = commands("/aprove qa\n/snooze\n/reopn\n/help\n");
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[0].name, "aprove");
  EXPECT_FALSE(found[0].known);
  EXPECT_FALSE(found[1].known);
  EXPECT_FALSE(found[2].known);
  EXPECT_TRUE(found[3].known);
}

TEST(Commands, AreNotReadWithinAFence) {
  const auto found = commands("/note see this:\n```\n/approve\n```\n/hold\n");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].text, "see this:\n```\n/approve\n```");
  EXPECT_EQ(found[1].name, "hold");
}

class NoCommand : public testing::TestWithParam<const char*> {};
TEST_P(NoCommand, IsMadeOfOtherLines) { EXPECT_THAT(commands(GetParam()), IsEmpty()); }
INSTANTIATE_TEST_SUITE_P(Lines, NoCommand,
                         testing::Values("/scim/v2/Users is slow", "  /approve", "/", "/ approve",
                                         "/-approve", "> /approve", "either/or", "/2020", "/usr is full",
                                         "/etc/passwd", "/scim returns 404", "> ```\n> /approve", ""));

}  // namespace
}  // namespace oin
