#include "parsers/command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parsers/mail.hpp"
#include "parsers/reply_text_alternatives.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Commands, HaveANameInLowerCaseArgumentsAndALine) {
  const auto found = commands("Looks good.\n/Approve qa  \"two words\"\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].name, "approve");
  EXPECT_THAT(found[0].arguments, ElementsAre("qa", "two words"));
  EXPECT_EQ(found[0].text, "qa  \"two words\"");
  EXPECT_EQ(found[0].line, 2);
}

TEST(Commands, TakeTheLinesUpToTheNextOneAsText) {
  const auto found = commands("/reply Thank you,\n\nwe look at it.\n\n/hold\n");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].text, "Thank you,\n\nwe look at it.");
  EXPECT_THAT(found[0].arguments, ElementsAre("Thank", "you,"));
  EXPECT_EQ(found[1].name, "hold");
  EXPECT_EQ(found[1].text, "");
  EXPECT_EQ(found[1].line, 5);
}

TEST(Commands, ReadTheQuotesThatMailProgramsCurl) {
  const auto found = commands("/queue “dev support”");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].arguments, ElementsAre("dev support"));
}

TEST(Commands, ThatDoNotExistAreNamedWhereTheyWereMeant) {
  const auto found = commands("/aprove qa\n/snooze\n/reopn\n/help\n");
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[0].name, "aprove");
  EXPECT_FALSE(found[0].known);
  EXPECT_FALSE(found[1].known);
  EXPECT_FALSE(found[2].known);
  EXPECT_TRUE(found[3].known);
}

TEST(Commands, AreNotReadWithinAFence) {
  const auto found = commands("/note see this:\n```\n/approve\n```\n/hold\n");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].text, "see this:\n```\n/approve\n```");
  EXPECT_EQ(found[1].name, "hold");
}

/// The commands that a mail gives with this text: one by one their names.
std::vector<std::string> given_by(const std::string& text, const std::string& subject = "Re: [OIN-1]",
                                  const std::string& type = "plain") {
  std::vector<std::string> names;
  const Mail mail =
      parse_mail("From: a@x.example\nSubject: " + subject + "\nContent-Type: text/" + type + "\n\n" + text);
  for (const Command& command : commands(mail.own_text())) names.push_back(command.name);
  return names;
}

TEST(Commands, AreGivenByTheSendersOwnTextOnly) {
  const std::string header = "From: Ada <a@x.example>\nSent: Monday 10:00\nTo: Bob\nSubject: x\n\n/approve\n";
  EXPECT_THAT(given_by("/hold\n\n> /approve\n\n/note x\n"), ElementsAre("hold", "note"));
  EXPECT_THAT(given_by("/hold\n\n---------- Forwarded message ---------\n" + header), ElementsAre("hold"));
  EXPECT_THAT(given_by("/hold\n\n" + header, "FW: x"), ElementsAre("hold"));
  EXPECT_THAT(given_by("/hold\n\n-----Original Message-----\n" + header, "FW: x"), ElementsAre("hold"));
  EXPECT_THAT(given_by(header), IsEmpty()) << "kept, since nothing stands above it";
  EXPECT_THAT(given_by("On 23 Nov 2026 at 10:00, Ada <a@x.example> wrote:\n\n/approve\n"), IsEmpty());
  EXPECT_THAT(given_by("/hold\n/note see my comments inline\n\n" + header), ElementsAre("hold", "note"))
      << "kept, since answers are said to stand within";
  EXPECT_THAT(given_by("/hold\n\nAda Lovelace wrote:\n\n/approve\n"), ElementsAre("hold")) << "kept in doubt";
  EXPECT_THAT(given_by("Ada wrote at 10:00:\n/approve\n\n/hold\n"), IsEmpty());
  EXPECT_THAT(given_by("<p>/hold</p><blockquote>/approve</blockquote>", "Re: x", "html"),
              ElementsAre("hold"));
}

TEST(Commands, AreNotGivenWhereTextAndHtmlDisagreeAboutAQuotation) {
  const Reply written =
      reply("/hold\n\n/approve\n", "<p>/hold it</p><blockquote>/approve</blockquote>", "Re: x");
  EXPECT_EQ(written.text, "/hold\n\n/approve");
  EXPECT_EQ(written.own_size, 0u);
}

class NoCommand : public testing::TestWithParam<const char*> {};
TEST_P(NoCommand, IsMadeOfOtherLines) { EXPECT_THAT(commands(GetParam()), IsEmpty()); }
INSTANTIATE_TEST_SUITE_P(Lines, NoCommand,
                         testing::Values("/scim/v2/Users is slow", "  /approve", "/", "/ approve",
                                         "/-approve", "> /approve", "either/or", "/2020", "/usr is full",
                                         "/etc/passwd", "/scim returns 404", "> ```\n> /approve", ""));

}  // namespace
}  // namespace oin
