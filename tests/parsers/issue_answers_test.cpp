#include "parsers/issue_answers.hpp"

#include <gmock/gmock.h>

#include <array>

namespace oin {
namespace {

using Said = IssueAnswer::Said;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr std::array numbers{1, 2, 3, 4, 12};

std::vector<std::pair<int, Said>> said(std::string_view text) {
  std::vector<std::pair<int, Said>> out;
  for (const IssueAnswer& answer : issue_answers_in(text, numbers))
    out.emplace_back(answer.number, answer.said);
  return out;
}

TEST(IssueAnswers, NumbersBehindTheWord) {
  EXPECT_THAT(said("Fixed 1 and 3."), ElementsAre(Pair(1, Said::done), Pair(3, Said::done)));
  EXPECT_THAT(said("We have fixed issues #1, #2 and 12"),
              ElementsAre(Pair(1, Said::done), Pair(2, Said::done), Pair(12, Said::done)));
}

TEST(IssueAnswers, NumbersBeforeTheWord) {
  EXPECT_THAT(said("1 and 3 are fixed"), ElementsAre(Pair(1, Said::done), Pair(3, Said::done)));
  EXPECT_THAT(said("Item 2: fixed"), ElementsAre(Pair(2, Said::done)));
  EXPECT_THAT(said("1. Done\n2. Not applicable\n3. will be deployed on Friday\n4. What do you mean?"),
              ElementsAre(Pair(1, Said::done), Pair(2, Said::disputed), Pair(3, Said::later),
                          Pair(4, Said::question)));
}

TEST(IssueAnswers, SeveralInALine) {
  EXPECT_THAT(said("#1 fixed, #2 see screenshot, 3 - n/a"),
              ElementsAre(Pair(1, Said::done), Pair(2, Said::other), Pair(3, Said::disputed)));
  EXPECT_THAT(said("Fixed 1 and 3 but 2 is by design"),
              ElementsAre(Pair(1, Said::done), Pair(2, Said::disputed), Pair(3, Said::done)));
}

TEST(IssueAnswers, OfAll) {
  EXPECT_EQ(said("All fixed, thanks").size(), numbers.size());
  EXPECT_EQ(said("All issues have been resolved").size(), numbers.size());
  EXPECT_EQ(said("We fixed the below, please re-test.").size(), numbers.size());
}

TEST(IssueAnswers, InOtherLanguages) {
  EXPECT_THAT(said("Punkt 2 ist behoben."), ElementsAre(Pair(2, Said::done)));
  EXPECT_THAT(said("1 y 3: corregido"), ElementsAre(Pair(1, Said::done), Pair(3, Said::done)));
}

TEST(IssueAnswers, ANegationIsNoDone) {
  EXPECT_THAT(said("2 is not fixed yet"), ElementsAre(Pair(2, Said::later)));
}

TEST(IssueAnswers, OtherNumbersAreNone) {
  EXPECT_THAT(said("We have 3 plans and 12 customers."), IsEmpty());
  EXPECT_THAT(said("Updated https://acme.example/2/3 on 12.11.2026"), IsEmpty());
  EXPECT_THAT(said("5 is fixed"), IsEmpty());
  EXPECT_THAT(said("Thanks!"), IsEmpty());
  EXPECT_THAT(said("We fixed our staging server."), IsEmpty());
}

TEST(IssueAnswers, BeneathTheQuotedIssue) {
  Mail mail;
  mail.text =
      "Hi, see below.\n\n> 1. The ACS URL is http://acme.example/acs.\n>    Give an address that begins with "
      "https://.\nDone, it is https now.\n\n> 2. The app has no icon.\nWe do not have one, is that needed?\n";
  const auto read = issue_answers(mail, numbers);
  ASSERT_EQ(read.size(), 2u);
  EXPECT_EQ(read[0], (IssueAnswer{1, Said::done, "Done, it is https now."}));
  EXPECT_EQ(read[1].number, 2);
  EXPECT_EQ(read[1].said, Said::question);
}

}  // namespace
}  // namespace oin
