#include "daemon/workflow/term.hpp"

#include <gmock/gmock.h>

#include "config/rule_settings.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Facts& facts() {
  static const Facts all(FactTable{{"url", {"http://App.acme.example/saml#x"}},
                                   {"flows", {"idp", "sp"}},
                                   {"urls", {"https://a.example/", "http://b.example/"}},
                                   {"width", {"300"}},
                                   {"org", {"https://dev-1.okta.com"}},
                                   {"instance", {"https://dev-1-admin.okta.com/admin/app/x/instance/0oa1"}},
                                   {"mail", {"support@acme.co.uk"}},
                                   {"promise", {"attached"}}});
  return all;
}

Term term(std::string_view text) {
  auto read = Term::read(text);
  EXPECT_TRUE(read) << (read ? "" : read.error().what);
  return std::move(read).value();
}
bool holds(std::string_view text) { return term(text).holds(facts(), "url"); }
std::vector<std::string> violations(std::string_view text) { return term(text).violations(facts(), "url"); }

TEST(Term, AsksWhetherThereIsAValue) {
  EXPECT_TRUE(holds("url present"));
  EXPECT_FALSE(holds("url absent"));
  EXPECT_FALSE(holds("nothing present"));
  EXPECT_TRUE(holds("nothing absent"));
  EXPECT_THAT(violations("nothing present"), ElementsAre(""));
}

TEST(Term, ComparesEveryValue) {
  EXPECT_TRUE(holds("flows is idp | sp"));
  EXPECT_FALSE(holds("flows is idp"));
  EXPECT_THAT(violations("urls:scheme is https"), ElementsAre("http"));
  EXPECT_THAT(violations("flows is-not sp"), ElementsAre("sp"));
  EXPECT_TRUE(holds("flows has sp"));
  EXPECT_FALSE(holds("flows lacks sp"));
}

TEST(Term, NeedsAValueAsAConditionAndNoneAsARequirement) {
  EXPECT_FALSE(holds("nothing is yes"));
  EXPECT_THAT(violations("nothing is yes"), IsEmpty());
  EXPECT_FALSE(holds("nothing has sp"));
  EXPECT_TRUE(holds("nothing lacks sp"));
}

TEST(Term, FindsPatternsWithoutRegardToCase) {
  EXPECT_TRUE(holds("url matches ^HTTP:"));
  EXPECT_THAT(violations("urls avoids ^http:"), ElementsAre("http://b.example/"));
}

TEST(Term, ComparesNumbers) {
  EXPECT_TRUE(holds("width at-least 300"));
  EXPECT_FALSE(holds("width at-least 420"));
  EXPECT_TRUE(holds("width at-most 300"));
  EXPECT_FALSE(holds("flows at-least 1"));
  EXPECT_TRUE(holds("flows:count at-most 2"));
}

TEST(Term, ComparesFacts) {
  EXPECT_TRUE(holds("instance:org equals org:org"));
  EXPECT_FALSE(holds("url:host equals org:host"));
  EXPECT_TRUE(holds("url:host differs-from org:host"));
}

TEST(Term, ComparesWithSeveralFactsTogether) {
  EXPECT_TRUE(holds("url:host equals org:host | url:host"));
  EXPECT_FALSE(holds("url:host differs-from org:host | url:host"));
}

TEST(Term, AsksWhetherOneOfTheValuesMentions) {
  EXPECT_TRUE(holds("urls mentions ^https:"));
  EXPECT_FALSE(holds("urls mentions ^ftp:"));
  EXPECT_THAT(violations("nothing mentions x"), ElementsAre(""));
}

TEST(Term, FindsWhatStandsTwice) {
  const Facts twice(FactTable{{"a", {"1", "2", "1", "1"}}, {"b", {"1", "2"}}});
  EXPECT_THAT(term("a unique").violations(twice, ""), ElementsAre("1"));
  EXPECT_THAT(term("b unique").violations(twice, ""), IsEmpty());
}

TEST(Term, TakesTheFieldAsAWord) {
  const Facts facts(FactTable{{"form.conflicting", {"app_name"}}});
  EXPECT_THAT(term("form.conflicting lacks $").violations(facts, "app_name"), ElementsAre("app_name"));
  EXPECT_TRUE(term("form.conflicting lacks $").holds(facts, "app_icon"));
}

TEST(Term, ReadsViewsOffValues) {
  EXPECT_TRUE(holds("url:host is app.acme.example"));
  EXPECT_TRUE(holds("url:fragment present"));
  EXPECT_TRUE(holds("mail:owner is acme.co.uk"));
  EXPECT_TRUE(holds("mail:kind is email"));
  EXPECT_TRUE(holds("mail:local is support"));
}

TEST(Term, ReadsNothingOffAPromise) {
  EXPECT_TRUE(holds("promise present"));
  EXPECT_FALSE(holds("promise:scheme present"));
}

TEST(Term, PutsTheFieldInPlaceOfTheMark) {
  EXPECT_EQ(term("$:scheme is https").fact("saml.acs_url"), "saml.acs_url:scheme");
  EXPECT_THAT(term("$:scheme is https").violations(facts(), "url"), ElementsAre("http"));
}

TEST(Term, SaysWhatItCannotRead) {
  for (const auto& [text, problem] : {std::pair{"url", "allowed: present"},
                                      {"url like x", "found \"like\""},
                                      {"url is", "takes something"},
                                      {"url present x", "takes nothing"},
                                      {"url matches (", "no pattern"},
                                      {"url at-least many", "allowed: a number"}}) {
    const auto read = Term::read(text);
    ASSERT_FALSE(read) << text;
    EXPECT_THAT(read.error().what, HasSubstr(problem));
  }
}

}  // namespace
}  // namespace oin
