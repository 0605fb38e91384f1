#include "daemon/workflow/rules.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "config/read_rules.hpp"
#include "tests/workflow/sample_desk.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

RuleBook book_of(const std::string& toml) {
  Problems problems;
  RuleBook book = read_rules({{"test.toml", toml}}, problems);
  EXPECT_THAT(problems, IsEmpty());
  return book;
}

constexpr auto one_rule = R"(
[[rule]]
code = "url.not-https"
severity = "blocker"
each = ["a", "b"]
when = ["$:scheme present"]
require = ["$:scheme is https"]
found = "{{field}} is {{$}}, of {{$:host}}; its scheme is {{value}}."
need = "https"
passes = { a = "https://x.example/" }
fails = { a = "http://x.example/" }
)";

TEST(Rules, TheShippedOnesDoWhatTheirExamplesSay) {
  EXPECT_THAT(sample_desk().rules.problems(), IsEmpty());
  for (const char* profile : {"oin-2021", "oin-wizard"})
    EXPECT_THAT(Rules(sample_desk().workflow.rules, profile).problems(), IsEmpty());
}

TEST(Rules, AreWrittenAsTheirPageSays) {
  std::ifstream file(OIND_SOURCE_DIR "/docs/rules.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  const auto begin = page.find("```toml\n") + 8;
  ASSERT_NE(begin, std::string::npos + 8);
  const RuleBook book = book_of(page.substr(begin, page.find("```\n", begin) - begin));
  EXPECT_EQ(book.rules.size(), 1u);
  EXPECT_EQ(book.menu.size(), 1u);
  EXPECT_THAT(Rules(book, "oin-2021").problems(), IsEmpty());
}

TEST(Rules, AskOfEachFieldAndSayWhatWasFound) {
  const Rules rules(book_of(one_rule), "oin-2021");
  const auto found =
      rules.check(Facts(FactTable{{"a", {"http://x.example/"}}, {"b", {"https://y.example/"}}}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "url.not-https");
  EXPECT_EQ(found[0].field, "a");
  EXPECT_EQ(found[0].phase, "initial-review");
  EXPECT_EQ(found[0].text, "A is http://x.example/, of x.example; its scheme is http.");
}

TEST(Rules, AskOfTheFieldsThatAFactNames) {
  const Rules rules(book_of(R"(
[[rule]]
code = "form.conflicting-value"
severity = "must"
each_of = "form.fields"
require = ["form.conflicting lacks $"]
found = "{{field}}: now {{$}}."
need = "one"
passes = { "form.fields" = "a" }
fails = { "form.fields" = "a", "form.conflicting" = "a" }
)"),
                    "oin-2021");
  EXPECT_THAT(rules.problems(), IsEmpty());
  const auto found = rules.check(Facts(FactTable{{"form.fields", {"app_name", "app_icon"}},
                                                 {"form.conflicting", {"app_icon"}},
                                                 {"app_icon", {"a.png"}}}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].field, "app_icon");
  EXPECT_EQ(found[0].text, "App icon: now a.png.");
}

TEST(Rules, OfAnotherProfileAreNotAsked) {
  std::string toml = one_rule;
  toml += "profiles = [\"oin-wizard\"]\n";
  const Facts wrong(FactTable{{"a", {"http://x.example/"}}});
  EXPECT_THAT(Rules(book_of(toml), "oin-2021").check(wrong), IsEmpty());
  EXPECT_EQ(Rules(book_of(toml), "oin-wizard").check(wrong).size(), 1u);
}

TEST(Rules, NameExamplesThatDoNotDoWhatTheyShould) {
  std::string toml = one_rule;
  const std::string right = "passes = { a = \"https://x.example/\" }";
  toml.replace(toml.find(right), right.size(), "passes = { a = \"ftp://x.example/\" }");
  EXPECT_THAT(Rules(book_of(toml), "oin-2021").problems(),
              ElementsAre(HasSubstr("test.toml:2: url.not-https: its example \"passes\" fails")));
}

TEST(Rules, NameTermsThatDoNotRead) {
  std::string toml = one_rule;
  toml.replace(toml.find("$:scheme present"), 16, "$:scheme there");
  EXPECT_THAT(Rules(book_of(toml), "oin-2021").problems(), ElementsAre(HasSubstr("found \"there\"")));
}

TEST(RuleFile, NamesWhatIsMissing) {
  Problems problems;
  read_rules({{"test.toml", "[[rule]]\ncode = \"x\"\nsevirity = \"must\"\n"}}, problems);
  EXPECT_THAT(problems,
              testing::IsSupersetOf({HasSubstr("severity: missing"), HasSubstr("require: missing"),
                                     HasSubstr("passes: missing"), HasSubstr("sevirity: unknown key")}));
}

}  // namespace
}  // namespace oin
