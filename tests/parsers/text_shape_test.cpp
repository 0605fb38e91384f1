#include "parsers/text_shape.hpp"

#include <gtest/gtest.h>

namespace oin {
namespace {

struct ShapeCase {
  std::string name, text, shape;
};
class TextShape : public testing::TestWithParam<ShapeCase> {};

TEST_P(TextShape, MarksWhatATextLooksLike) { EXPECT_EQ(text_shape(GetParam().text), GetParam().shape); }

INSTANTIATE_TEST_SUITE_P(
    Texts, TextShape,
    testing::Values(ShapeCase{"Empty", "", ""},
                    ShapeCase{"Prose", "Hello,\n\nplease remove our app.\nAda\n", ""},
                    ShapeCase{"Question", "Which scopes may we ask for?\nAda", "question"},
                    ShapeCase{"UrlIsNoQuestion", "See https://x.example/a?b=1 please", ""},
                    ShapeCase{"FullWidthQuestion", "いつ公開されますか？", "question"},
                    ShapeCase{"JapaneseQuestion", "設定すればよいでしょうか。", "question"},
                    ShapeCase{"Exchange",
                              "POST /scim/v2/Users HTTP/1.1\nContent-Type: application/json\n\n{\"a\":1}",
                              "code"},
                    ShapeCase{"StackTrace", "Why?\n  at x.Y.z(Y.java:4)\n  at x.Main.run(Main.java:1)\n",
                              "question code"},
                    ShapeCase{"OneLineIsNoCode", "We call GET /Users now.\n{\"a\":1}\nThanks", ""},
                    ShapeCase{"Money", "only $25 an hour", "money"},
                    ShapeCase{"MoneyBehind", "Gehalt bis 110.000 Euro", "money"},
                    ShapeCase{"VariableIsNoMoney", "what is ${appName}", ""},
                    ShapeCase{"Org", "org id 00o4k2j9XyZabcdEf357.", "orgid"},
                    ShapeCase{"LongerIsNoOrg", "00o4k2j9XyZabcdEf3571234", ""},
                    ShapeCase{"Shouted", "PLEASE HELP US NOW\nthanks", "capitals"},
                    ShapeCase{"AcronymIsNotShouted", "SAML\nthanks", ""}),
    [](const auto& test) { return test.param.name; });

TEST(TextShape, TakesAnyBytes) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_NO_THROW(text_shape(all + all));
}

}  // namespace
}  // namespace oin
