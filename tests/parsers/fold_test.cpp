#include "parsers/fold.hpp"

#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

namespace oin {
namespace {

struct FoldCase {
  std::string name, text, folded;
};
class Folded : public testing::TestWithParam<FoldCase> {};
TEST_P(Folded, LeavesLettersDigitsAndOneBlank) { EXPECT_EQ(folded(GetParam().text), GetParam().folded); }
INSTANTIATE_TEST_SUITE_P(Texts, Folded,
                         testing::Values(FoldCase{"Punctuation", "Wie ist der *Status*, bitte?",
                                                  "wie ist der status bitte"},
                                         FoldCase{"Accents", "Grüße, naïve ÅSA", "grusse naive asa"},
                                         FoldCase{"CombiningMarks", "Gru\u0308ße", "grusse"},
                                         FoldCase{"Apostrophes", "don't Don\u2019t", "dont dont"},
                                         FoldCase{"FullWidth", "ＡＣＳ ＵＲＬ：１", "acs url 1"},
                                         FoldCase{"OneCharacterOfSeveralWords", "½ㄱ№", "1 2ᄀno"},
                                         FoldCase{"Cyrillic", "Здравствуйте, Мир", "здравствуите мир"},
                                         FoldCase{"BadUtf8", "a\xFFz\xC3", "a z"},
                                         FoldCase{"OnlyGaps", " …—\n", ""}, FoldCase{"Empty", "", ""}),
                         [](const auto& test) { return test.param.name; });

/// The definition, by ICU alone and without a table.
std::string defined(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const auto text = icu::UnicodeString::fromUTF8({utf8.data(), static_cast<int32_t>(utf8.size())});
  const icu::UnicodeString plain = icu::Normalizer2::getNFKDInstance(status)->normalize(
      icu::Normalizer2::getNFKCCasefoldInstance(status)->normalize(text, status), status);
  std::string out;
  bool gap = false;
  for (int32_t i = 0; i < plain.length(); i = plain.moveIndex32(i, 1)) {
    const UChar32 c = plain.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK || c == U'\'' || c == U'\u2019') continue;
    const bool letter = u_isalnum(c);
    if (letter && gap && !out.empty()) out.push_back(' ');
    if (letter) icu::UnicodeString(c).toUTF8String(out);
    gap = !letter;
  }
  return out;
}

std::string utf8_of(UChar32 c) {
  std::string out;
  icu::UnicodeString(c).toUTF8String(out);
  return out;
}

TEST(Folding, IsTheDefinitionForEveryCharacter) {
  for (UChar32 c = 1; c < 0x20000; ++c)
    if (const std::string text = "a" + utf8_of(c) + "b"; !U_IS_SURROGATE(c)) {
      ASSERT_EQ(folded(text), defined(text)) << std::hex << c;
    }
}

TEST(Folding, IsTheDefinitionForStringsOfAnyCharactersAndBytes) {
  std::mt19937 random(1);
  constexpr UChar32 blocks[] = {0x80, 0x250, 0x370, 0x3000, 0x11000, 0x20000};  // each with all before it
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto left = random() % 12 + 1; left > 0; --left)
      if (const auto c = static_cast<UChar32>(random() % blocks[random() % std::size(blocks)]);
          !U_IS_SURROGATE(c))
        text += utf8_of(c);
    if (!text.empty() && random() % 4 == 0) text[random() % text.size()] = static_cast<char>(random());
    ASSERT_EQ(folded(text), defined(text)) << testing::PrintToString(text);
  }
}

TEST(Folding, IsTheDefinitionForEverySampleMail) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(OIND_SOURCE_DIR "/tests/corpus")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    ASSERT_EQ(folded(text), defined(text)) << entry.path();
  }
}

}  // namespace
}  // namespace oin
