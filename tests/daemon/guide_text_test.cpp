#include "daemon/guide_text.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace oin {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using How = ChildEnd::How;

/// A PDF of one page, as ISO 32000-1 7.5 lays it out, with these lines on it.
std::string pdf(const std::vector<std::string>& lines) {
  std::string page = "BT /F1 12 Tf 50 750 Td 16 TL\n";
  for (const std::string& line : lines) page += "(" + line + ") Tj T*\n";
  page += "ET\n";
  const std::vector<std::string> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R "
      ">> >> >>",
      fmt::format("<< /Length {} >>\nstream\n{}endstream", page.size(), page),
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
  std::string out = "%PDF-1.4\n", table;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  return out +
         fmt::format(
             "xref\n0 {}\n0000000000 65535 f \n{}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n",
             objects.size() + 1, table, objects.size() + 1, out.size());
}

TEST(AGuideInPdf, IsReadByItsOwnProcess) {
  const Guide read =
      guide_text(pdf({"Supported features", "SP-initiated SSO and JIT.", "1. Sign in", "2. Copy"}));
  EXPECT_EQ(read.format, GuideFormat::pdf);
  EXPECT_THAT(read.defects, IsEmpty());
  EXPECT_THAT(read.text, HasSubstr("SP-initiated SSO and JIT."));
  EXPECT_THAT(read.headings, Contains("Supported features"));
  EXPECT_EQ(read.ordered_items, 2);
}

TEST(AGuideInPdf, WithoutTextHasNoWords) {
  const Guide read = guide_text(pdf({}));
  EXPECT_THAT(read.defects, IsEmpty());
  EXPECT_EQ(read.words, 0u);
}

TEST(AGuideInPdf, ThatIsNoneIsUnreadable) {
  EXPECT_THAT(guide_text("%PDF-1.4\nnothing of the kind\n").defects, ElementsAre(GuideDefect::unreadable));
}

TEST(AGuideInPdf, IsUnreadableWithoutAReader) {
  EXPECT_THAT(guide_text(pdf({"x"}), {.program = "/nonexistent", .limits = {}}).defects,
              ElementsAre(GuideDefect::unreadable));
}

TEST(AGuideInPdf, ThatSaysTooMuchIsCutOff) {
  PdfReader reader;
  reader.limits.output_bytes = 100;
  const Guide read =
      guide_text(pdf(std::vector<std::string>(40, "A line of a guide that goes on and on")), reader);
  EXPECT_THAT(read.defects, ElementsAre(GuideDefect::too_large));
  EXPECT_LE(read.text.size(), 100u);
}

/// 8 kB that are a gigabyte of text once both of its filters are undone.
TEST(AGuideInPdf, ThatIsABombIsKilledByItsLimits) {
  std::ifstream file(OIND_SOURCE_DIR "/tests/corpus/guides/bomb.pdf", std::ios::binary);
  const std::string bomb(std::istreambuf_iterator<char>(file), {});
  ASSERT_GT(bomb.size(), 7'000u);
  PdfReader reader;
  reader.limits.processor_seconds = 1;
  const auto begin = std::chrono::steady_clock::now();
  const Guide read = guide_text(bomb, reader);
  EXPECT_THAT(read.defects, ElementsAre(GuideDefect::unreadable));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, reader.limits.time + 1s);
}

TEST(AGuideInAnotherFormat, NeedsNoProcess) {
  EXPECT_EQ(guide_text("# Steps\n", {.program = "/nonexistent", .limits = {}}).format, GuideFormat::plain);
}

ChildEnd shell(const std::string& script, const ChildLimits& limits = {}) {
  return run_on_file("/bin/sh", {"-c", script}, "input", "what it reads\n", limits);
}

TEST(AChildProcess, SeesItsFileAndNothingElse) {
  const ChildEnd end = shell("ls; cat input; wc -c <&0; env | grep -c . ; ls /proc/self/fd | wc -l");
  EXPECT_EQ(end.how, How::exited);
  EXPECT_EQ(end.status, 0);
  EXPECT_THAT(end.output, HasSubstr("input\nwhat it reads\n0\n"));
  EXPECT_THAT(end.output, testing::EndsWith("\n4\n")) << "its three, and the one that lists them";
}

TEST(AChildProcess, SaysHowItEnded) {
  EXPECT_EQ(shell("exit 3").status, 3);
  const ChildEnd killed = shell("kill -SEGV $$");
  EXPECT_EQ(killed.how, How::killed);
  EXPECT_EQ(killed.status, SIGSEGV);
  EXPECT_EQ(run_on_file("/nonexistent", {}, "input", "").how, How::not_started);
}

TEST(AChildProcess, ThatHangsIsKilledWithItsOwnChildren) {
  const auto begin = std::chrono::steady_clock::now();
  const ChildEnd end = shell("echo begun; sleep 600 & exec 1>&-; wait", {.time = 2s});
  EXPECT_EQ(end.how, How::out_of_time);
  EXPECT_EQ(end.output, "begun\n");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
}

TEST(AChildProcess, ThatLeavesChildrenBehindDoesNotKeepUsWaiting) {
  const ChildEnd end = shell("sleep 600 & echo done");
  EXPECT_EQ(end.how, How::exited);
  EXPECT_EQ(end.output, "done\n");
}

TEST(AChildProcess, ThatFloodsIsStopped) {
  const ChildEnd end = shell("while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done",
                             {.time = 60s, .output_bytes = 100'000});
  EXPECT_EQ(end.how, How::said_too_much);
  EXPECT_EQ(end.output.size(), 100'000u);
}

TEST(AChildProcess, CannotFillTheDisk) {
  const ChildEnd end = shell("head -c 5000000 /dev/zero >big; wc -c <big", {.file_bytes = 1'000'000});
  EXPECT_THAT(end.output, HasSubstr("1000000\n"));
}

TEST(AChildProcess, CannotTakeAllMemoryOrProcessorTime) {
  EXPECT_NE(shell("x=$(head -c 200000000 /dev/zero | tr '\\0' x); echo ${#x}", {.memory_bytes = 100'000'000})
                .output,
            "200000000\n");
  const ChildEnd busy = shell("while :; do :; done", {.time = 60s, .processor_seconds = 1});
  EXPECT_EQ(busy.how, How::killed);
}

TEST(AChildProcess, LeavesNoFolder) {
  const ChildEnd end = shell("pwd");
  ASSERT_FALSE(end.output.empty());
  EXPECT_FALSE(std::filesystem::exists(end.output.substr(0, end.output.size() - 1)));
}

}  // namespace
}  // namespace oin
