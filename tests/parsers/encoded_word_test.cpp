#include "parsers/encoded_word.hpp"

#include <gtest/gtest.h>

#include <string>

#include "parsers/charset.hpp"

namespace oin {
namespace {

struct WordCase {
  std::string name, body, text;
};

class EncodedWord : public testing::TestWithParam<WordCase> {};
TEST_P(EncodedWord, IsReadAsItWasMeant) { EXPECT_EQ(header_text(GetParam().body).text, GetParam().text); }
INSTANTIATE_TEST_SUITE_P(
    Rfc2047, EncodedWord,
    testing::Values(
        WordCase{"Plain", "Just words", "Just words"}, WordCase{"Q", "=?utf-8?Q?caf=C3=A9?=", "café"},
        WordCase{"B", "=?UTF-8?B?Y2Fmw6k=?=", "café"},
        WordCase{"Latin1", "=?iso-8859-1?q?caf=E9?= au lait", "café au lait"},
        WordCase{"Underscore", "=?utf-8?q?a_b?=", "a b"},
        WordCase{"BlankBetweenWordsFallsAway", "=?utf-8?q?a?= =?utf-8?q?b?=", "ab"},
        WordCase{"BlankBesideTextStays", "=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"},
        WordCase{"CharacterCutInTwo", "=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "café"},
        WordCase{"CutBetweenEncodings", "=?utf-8?B?w6TD?=\t=?utf-8?Q?=B6?=", "äö"},
        WordCase{"TwoCharsets", "=?utf-8?q?=C3=A9?= =?iso-8859-1?q?=E9?=", "éé"},
        WordCase{"Language", "=?utf-8*en?Q?hi?=", "hi"}, WordCase{"NoPadding", "=?utf-8?B?Y2Fmw6k?=", "café"},
        WordCase{"BlanksWithin", "=?utf-8?Q?a b c?=", "a b c"}, WordCase{"InText", "(=?utf-8?q?a?=)", "(a)"},
        WordCase{"InQuotes", "\"=?utf-8?q?a?=\"", "\"a\""}, WordCase{"NotOne", "a =? b ?= c", "a =? b ?= c"},
        WordCase{"QuestionMarkWithin", "=?utf-8?Q?Really?\?= yes", "Really? yes"},
        WordCase{"NeverEndsBeforeAnother", "=?utf-8?Q?a =?utf-8?Q?b?=", "=?utf-8?Q?a b"},
        WordCase{"TwoWordsOfIso2022",
                 "=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?= =?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=", "テストテスト"},
        WordCase{"NeverEnds", "=?utf-8?q?abc", "=?utf-8?q?abc"},
        WordCase{"UnknownEncoding", "=?utf-8?x?abc?=", "=?utf-8?x?abc?="},
        WordCase{"EncodedLineBreak", "=?utf-8?q?a=0D=0ABcc:_x?=", "a  Bcc: x"},
        WordCase{"EmptyWord",
                 "a =?utf-8?q?"
                 "?= b",
                 "a  b"}),
    [](const auto& test) { return test.param.name; });

TEST(DamagedWord, StandsAsItCameAndIsTold) {
  const HeaderText text = header_text("=?utf-8?B?***?= x");
  EXPECT_EQ(text.text, "=?utf-8?B?***?= x");
  EXPECT_TRUE(text.damaged);
  // What it decodes to is neither UTF-8 nor any text.
  const std::string binary = "=?UTF-8?B?nnDusSNdG92w6Fuw61fMjAxOF8wMy0xMzMyNTMzMTkzLnBkZg==?=";
  EXPECT_EQ(header_text(binary).text, binary);
  EXPECT_TRUE(header_text(binary).damaged);
}

TEST(ManyUnfinishedWords, TakeLinearTime) {
  std::string body;
  for (int i = 0; i < 300'000; ++i) body += "=?a?q?x";
  EXPECT_TRUE(header_text(body).text == body);
}

}  // namespace
}  // namespace oin
