#include "config/read_answers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "daemon/temporary_folder.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Answers, AreReadFromATitleItsIntentsWordsAndParagraphs) {
  Problems problems;
  const AnswerSettings answer = read_answer(
      "# What a logo is\nFor: build-question, publication-question\nWords: logo; app icon\n\nOne.\n\nTwo.\n",
      "logo", "logo.md", problems);
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(answer.title, "What a logo is");
  EXPECT_THAT(answer.intents, ElementsAre("build-question", "publication-question"));
  EXPECT_THAT(answer.words, ElementsAre("logo", "app icon"));
  EXPECT_EQ(answer.text, "One.\n\nTwo.");
}

TEST(Answers, AreRefusedWithTheLineAndWhatIsAllowed) {
  Problems problems;
  read_answer("# T\nFor: buld-question\nColour: red\n\nText.\n", "x", "answers/x.md", problems);
  ASSERT_EQ(problems.size(), 3u);
  EXPECT_THAT(problems[0], HasSubstr("answers/x.md:2: found \"buld-question\"; allowed: "));
  EXPECT_THAT(problems[1], HasSubstr("answers/x.md:3: found \"Colour: red\""));
  EXPECT_THAT(problems[2], HasSubstr("missing: a line \"Words:"));
}

TEST(Answers, OfAFolderStandBesideTheShippedReplaceThemAndTakeThemAway) {
  const TemporaryFolder folder;
  const auto write = [&](const char* name, const char* text) { std::ofstream(folder.path() / name) << text; };
  write("logo.md", "# Our logo\nWords: logo\n\nAsk us.\n");
  write("vpn.md", "# The VPN\nWords: vpn\n\nThere is none.\n");
  write("guide.md", "");
  Problems problems;
  const auto shipped = shipped_answers(problems), all = read_answers(folder.path(), problems);
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(all.size(), shipped.size());  // one more, one less
  const auto named = [&](const std::string& name) {
    const auto it = std::ranges::find(all, name, &AnswerSettings::name);
    return it == all.end() ? "" : it->text;
  };
  EXPECT_EQ(named("logo"), "Ask us.");
  EXPECT_EQ(named("vpn"), "There is none.");
  EXPECT_EQ(named("guide"), "");
}

}  // namespace
}  // namespace oin
