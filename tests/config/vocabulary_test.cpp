#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/load.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Problems problems_of(std::string_view tsv) {
  Problems problems;
  read_vocabulary(tsv, "vocabulary.tsv", problems);
  return problems;
}

TEST(Vocabulary, IsATableOfWordsAndIntents) {
  Problems problems;
  const VocabularySettings vocabulary = read_vocabulary(
      "# a remark\nword\tremoval\twithdrawal\nremov*\t250\t-30\nstop\t\t120\n", "vocabulary.tsv", problems);
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_THAT(vocabulary.intents, ElementsAre("removal", "withdrawal"));
  EXPECT_THAT(vocabulary.words, ElementsAre("remov*", "stop"));
  EXPECT_DOUBLE_EQ(vocabulary.weight(0, 0), 2.5);
  EXPECT_DOUBLE_EQ(vocabulary.weight(0, 1), -0.3);
  EXPECT_DOUBLE_EQ(vocabulary.weight(1, 0), 0);
}

TEST(Vocabulary, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(problems_of("wort\tremoval\n"),
              ElementsAre("vocabulary.tsv:1: found \"wort\"; allowed: the heading: \"word\" and intents"));
  EXPECT_THAT(
      problems_of("word\tremoval\nx\t1.5\n"),
      ElementsAre("vocabulary.tsv:2: found \"1.5\"; allowed: a whole number from -3000 to 3000 for removal"));
  EXPECT_THAT(problems_of("word\tremoval\nx\t9999\n"), testing::SizeIs(1));
  EXPECT_THAT(problems_of("word\tremoval\n\nx\t1\t2\n"),
              ElementsAre("vocabulary.tsv:3: found \"2\"; allowed: 1 weights in a line"));
  EXPECT_THAT(problems_of("word\tweather\n"), testing::SizeIs(1));
}

TEST(Vocabulary, IsShipped) { EXPECT_GT(shipped_configuration().workflow.vocabulary.words.size(), 1'000u); }

}  // namespace
}  // namespace oin
