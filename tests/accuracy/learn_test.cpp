#include "tests/accuracy/learn.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/load.hpp"
#include "daemon/workflow/vocabulary.hpp"

namespace oin::test {
namespace {

const std::vector<Lesson> lessons{{"removal", {"gone", "please"}, {}},
                                  {"removal", {"gone", "soon"}, {}},
                                  {"withdrawal", {"cancel", "please"}, {}},
                                  {"withdrawal", {"cancel", "soon"}, {}},
                                  {"commands", {"cancel", "gone"}, {}}};

TEST(Learning, GivesWeightToWhatTellsIntentsApart) {
  const VocabularySettings vocabulary = learn(lessons);
  const auto say = Vocabulary(vocabulary).weigh(std::vector<std::string>{"gone"});
  const auto loudest = std::ranges::max_element(say, {}, &WordsSay::weight);
  ASSERT_NE(loudest, say.end());
  EXPECT_EQ(loudest->intent, "removal");
}

TEST(Learning, LeavesToTheCuesWhatTheyTell) {
  std::vector<Lesson> told = lessons;
  for (Lesson& lesson : told) lesson.cues[lesson.intent] = 50;
  for (const std::int16_t weight : learn(told).weights) EXPECT_EQ(weight, 0);
}

TEST(Learning, IsWrittenAsItIsRead) {
  const VocabularySettings vocabulary = learn(lessons);
  Problems problems;
  EXPECT_EQ(read_vocabulary(vocabulary_file(vocabulary), "vocabulary.tsv", problems), vocabulary);
  EXPECT_THAT(problems, testing::IsEmpty());
}

}  // namespace
}  // namespace oin::test
