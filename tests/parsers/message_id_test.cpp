#include "parsers/message_id.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(MessageIds, AreReadInOrderWithoutBrackets) {
  EXPECT_THAT(message_ids("<a@x> <b@y>\t<c@z>"), ElementsAre("a@x", "b@y", "c@z"));
  EXPECT_THAT(message_ids("<a@x><b@y>"), ElementsAre("a@x", "b@y"));
}

TEST(MessageIds, SkipPhrasesAndComments) {
  EXPECT_THAT(message_ids("Your message of Monday <a@x> (was: c)"), ElementsAre("a@x"));
}

TEST(MessageIds, AreFoundWithoutBrackets) {
  EXPECT_THAT(message_ids("a@x, b@y"), ElementsAre("a@x", "b@y"));
  EXPECT_THAT(message_ids("<a@x"), ElementsAre("a@x"));
  EXPECT_THAT(message_ids("words only"), IsEmpty());
}

TEST(MessageIds, LoseTheBlanksOfAFold) {
  EXPECT_THAT(message_ids("<a.long. id@x>"), ElementsAre("a.long.id@x"));
  EXPECT_THAT(message_ids("<1234   @   local(blah)  .x>"), ElementsAre("1234@local.x"));
  EXPECT_THAT(message_ids("<a(b)@x>"), ElementsAre("a(b)@x"));
}

TEST(MessageId, MayBeALoneWord) {
  EXPECT_EQ(message_id("<a@x>"), "a@x");
  EXPECT_EQ(message_id("12345"), "12345");
  EXPECT_EQ(message_id("two words"), "");
}

}  // namespace
}  // namespace oin
