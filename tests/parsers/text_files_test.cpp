#include "parsers/text_files.hpp"

#include <gtest/gtest.h>

#include <string>

namespace oin {
namespace {

struct FileCase {
  std::string name, text, left, files;
};

class TextFiles : public testing::TestWithParam<FileCase> {};
TEST_P(TextFiles, ComeOutOfTheText) {
  const TextWithFiles out = without_files(GetParam().text, 10);
  EXPECT_EQ(out.text, GetParam().left);
  std::string files;
  for (const TextFile& file : out.files)
    files += (file.kind == TextFile::Kind::binhex ? "hqx " : "") + file.filename + "=" +
             (file.kind == TextFile::Kind::binhex ? "" : file.content) + (file.damaged ? "!" : "") + ";";
  EXPECT_EQ(files, GetParam().files);
}
INSTANTIATE_TEST_SUITE_P(
    Posix, TextFiles,
    testing::Values(
        FileCase{"One", "see:\nbegin 644 a.txt\n#0V%T\n`\nend\nbye\n", "see:\nbye\n", "a.txt=Cat;"},
        FileCase{"Alone", "begin 644 a.txt\n#0V%T\n`\nend", "", "a.txt=Cat;"},
        FileCase{"TwoFiles", "begin 644 a\n#0V%T\n`\nend\n--\nbegin 755 b c\n#0V%T\n \nend\n", "--\n",
                 "a=Cat;b c=Cat;"},
        FileCase{"BlanksLost", "begin 644 a\n#0V\n\nend\n", "", std::string("a=C`\0;", 6)},
        FileCase{"Base64Form", "begin-base64 644 a.txt\nQ2F0\n====\n", "", "a.txt=Cat;"},
        FileCase{"NoEnd", "begin 644 a\n#0V%T\nthe text goes on\n", "the text goes on\n", "a=Cat!;"},
        FileCase{"Prose", "begin 644 the story\nof my life\n", "begin 644 the story\nof my life\n", ""},
        FileCase{"ProseWithoutMode", "begin to see\n#0V%T\nend\n", "begin to see\n#0V%T\nend\n", ""},
        FileCase{"NotAtALineStart", " begin 644 a\n#0V%T\n`\nend\n", " begin 644 a\n#0V%T\n`\nend\n", ""},
        FileCase{"BinHex",
                 "hello\n(This file must be converted with BinHex "
                 "4.0)\n\n:#(4PFh3ZG(Kd!&4&@&4dG(Kd!!\n!!!!!:\nbye\n",
                 "hello\n\nbye\n", "hqx test.txt=;"}),
    [](const auto& test) { return test.param.name; });

TEST(TextFilesLimit, LeavesTheOthersInTheText) {
  const std::string one = "begin 644 a\n#0V%T\n`\nend\n";
  const TextWithFiles out = without_files(one + one + one, 2);
  EXPECT_EQ(out.files.size(), 2u);
  EXPECT_EQ(out.text, one);
}

TEST(HostileTextFiles, TakeLinearTime) {
  for (const std::string piece :
       {"begin 644 a\n", "begin 644 a\n#0V%T\n", "begin-base64 644 a\nQ2F0\n",
        "(This file must be converted with BinHex 4.0)\n:", "begin", "\nbegin 644 a"}) {
    std::string text;
    while (text.size() < 2'000'000) text += piece;
    EXPECT_LE(without_files(text, 1'000).files.size(), 1'000u) << piece;
  }
}

}  // namespace
}  // namespace oin
