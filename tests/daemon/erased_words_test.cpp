#include "daemon/erased_words.hpp"

#include <gtest/gtest.h>

namespace oin {
namespace {

struct Case {
  std::string name, key, text, without;
};
class ErasedWordsTest : public testing::TestWithParam<Case> {};

TEST_P(ErasedWordsTest, TakesOutTheirAddressesAndNobodyElses) {
  ErasedWords words(GetParam().key, 7);
  EXPECT_EQ(words.without(GetParam().text, false), GetParam().without);
  EXPECT_EQ(words.without(GetParam().without, false), GetParam().without);  // and nothing is left to find
}

INSTANTIATE_TEST_SUITE_P(
    Texts, ErasedWordsTest,
    testing::Values(Case{"InAnyCase", "ada@vendor.example", "Ada@Vendor.EXAMPLE, ada@vendor.example",
                         "erased-7@erased.invalid, erased-7@erased.invalid"},
                    Case{"AtBothEnds", "ada@vendor.example", "ada@vendor.example", "erased-7@erased.invalid"},
                    Case{"ALongerLocalPartIsAnother", "ada@vendor.example",
                         "canada@vendor.example x.ada@vendor.example",
                         "canada@vendor.example x.ada@vendor.example"},
                    Case{"ASubaddressIsAnother", "ada@vendor.example", "ada+okta@vendor.example",
                         "ada+okta@vendor.example"},
                    Case{"ALongerDomainIsAnother", "ada@vendor.example",
                         "ada@vendor.example.com ada@vendor.example-2 ada@vendor.examples",
                         "ada@vendor.example.com ada@vendor.example-2 ada@vendor.examples"},
                    Case{"AFullStopEndsASentence", "ada@vendor.example", "Write to ada@vendor.example.",
                         "Write to erased-7@erased.invalid."},
                    Case{"InMarkup", "ada@vendor.example",
                         "<a href=\"mailto:ada@vendor.example\">x</a>\"ada@vendor.example\"",
                         "<a href=\"mailto:erased-7@erased.invalid\">x</a>\"erased-7@erased.invalid\""},
                    Case{"InAUrl", "ada@vendor.example", "https://x.example/?to=ada%40vendor.example&y",
                         "https://x.example/?to=erased-7%40erased.invalid&y"},
                    Case{"InQuotedPrintable", "ada@vendor.example", "to=3Dada@vendor.example",
                         "to=3Derased-7@erased.invalid"},
                    Case{"WithAnApostrophe", "o'neil@vendor.example",
                         "o'neil@vendor.example neil@vendor.example",
                         "erased-7@erased.invalid neil@vendor.example"},
                    Case{"AnInternationalDomainInBothForms", "ada@xn--bcher-kva.example",
                         "ada@bücher.example ada@xn--bcher-kva.example",
                         "erased-7@erased.invalid erased-7@erased.invalid"},
                    Case{"ADomainWithAMarkForEach", "@vendor.example",
                         "Ada@vendor.example bob@vendor.example ada@vendor.example",
                         "erased-7@erased.invalid erased-8@erased.invalid erased-7@erased.invalid"},
                    Case{"ADomainAlone", "@vendor.example",
                         "https://vendor.example @vendor.example eve@sub.vendor.example",
                         "https://vendor.example @vendor.example eve@sub.vendor.example"}),
    [](const auto& test) { return test.param.name; });

TEST(ErasedWords, TakesOutANameThatBelongsToTheAddressWhereItIsAskedTo) {
  ErasedWords words("ada@vendor.example", 1);
  words.name("ADA@vendor.example", "Ada Lovelace");
  words.name("ada@vendor.example", "Support");  // may be anybody's
  EXPECT_EQ(words.without("ada lovelace, Ada Lovelaces, Support, Ada", true),
            "erased-1, Ada Lovelaces, Support, Ada");
  EXPECT_EQ(words.without("Ada Lovelace", false), "Ada Lovelace");
  EXPECT_EQ(words.marks(), 1);
}

TEST(ErasedWords, KnowsWhoseAnAddressIs) {
  const ErasedWords one("ada@vendor.example", 1), all("@vendor.example", 1);
  EXPECT_TRUE(one.is_theirs("Ada@VENDOR.example"));
  EXPECT_FALSE(one.is_theirs("bob@vendor.example"));
  EXPECT_FALSE(one.is_theirs(""));
  EXPECT_TRUE(all.is_theirs("bob@vendor.example"));
  EXPECT_FALSE(all.is_theirs("bob@sub.vendor.example"));
  EXPECT_FALSE(all.is_theirs("@vendor.example"));
}

}  // namespace
}  // namespace oin
