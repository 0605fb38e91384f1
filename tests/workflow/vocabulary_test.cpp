#include "daemon/workflow/vocabulary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/workflow/telling_words.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(TellingWords, AreTheWordsOfAMailAndTheBeginningsOfLongOnes) {
  EXPECT_THAT(telling_words("", "we withdraw it"), ElementsAre("it", "we", "withd*", "withdraw"));
  EXPECT_THAT(telling_words("oin", "oin oin"), ElementsAre("oin", "subject:oin")) << "each once";
  EXPECT_THAT(telling_words("", "ticket oin42"), ElementsAre("ticke*", "ticket")) << "numbers say nothing";
  EXPECT_THAT(telling_words("", ""), IsEmpty());
}

TEST(TellingWords, AreNeighboursWhereAScriptHasNoBlanks) {
  EXPECT_THAT(telling_words("申請", "申請中"), ElementsAre("申請", "請中"));
  EXPECT_THAT(telling_words("", "\xE7\xE3"), testing::SizeIs(1)) << "broken UTF-8";
}

TEST(TellingWords, AreThoseOfATextsBeginning) {
  std::string much;
  for (int i = 0; i < 100'000; ++i) much += std::string(1, static_cast<char>('a' + i % 26)) + "x ";
  EXPECT_LE(telling_words("", much + "end").size(), 26u);
}

const VocabularySettings settings{{"removal", "withdrawal"}, {"stop", "the"}, {300, -100, 0, 0}};

TEST(Vocabulary, WeighsForAndAgainst) {
  const auto say = Vocabulary(settings).weigh(std::vector<std::string>{"stop", "unknown"});
  ASSERT_EQ(say.size(), 2u);
  EXPECT_EQ(say[0].intent, "removal");
  EXPECT_DOUBLE_EQ(say[0].weight, 3 * Vocabulary::share_of_word(1));
  EXPECT_THAT(say[0].words, ElementsAre("stop"));
  EXPECT_DOUBLE_EQ(say[1].weight, -1 * Vocabulary::share_of_word(1));
}

TEST(Vocabulary, SaysNothingOfWordsItDoesNotKnow) {
  EXPECT_THAT(Vocabulary(settings).weigh(std::vector<std::string>{"the", "weather"}), IsEmpty());
  EXPECT_THAT(Vocabulary().weigh(std::vector<std::string>{"stop"}), IsEmpty());
}

TEST(Vocabulary, LetsNoTextGrowLouderByItsLength) {
  EXPECT_GT(100 * Vocabulary::share_of_word(100), 10 * Vocabulary::share_of_word(10));
  EXPECT_LT(Vocabulary::share_of_word(100), Vocabulary::share_of_word(10));
}

}  // namespace
}  // namespace oin
