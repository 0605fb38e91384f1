#include "parsers/tnef.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "parsers/charset.hpp"
#include "parsers/mail.hpp"
#include "tests/parsers/tnef_writer.hpp"

namespace oin {
namespace {

using namespace std::string_literals;
using test::TnefWriter;

std::string shown(const Tnef& tnef) {
  std::string out;
  for (const TnefFile& file : tnef.files)
    out += file.filename + "|" + file.content_type + "|" + file.content_id + "|" + file.content + ";";
  return out + (tnef.damaged ? "!" : "");
}

TEST(Tnef, GivesFilesByTheirShortNames) {
  TnefWriter tnef;
  tnef.file("A~1.TXT", "one").file("b.txt", "two");
  EXPECT_EQ(shown(read_tnef(tnef.bytes())), "A~1.TXT|||one;b.txt|||two;");
}

TEST(Tnef, PrefersWhatThePropertiesSay) {
  TnefWriter tnef;
  tnef.file("SHORT~1.PDF", "data")
      .file_properties(test::MapiWriter()
                           .number(0x3705, 1)
                           .named_number(7)
                           .named_by_text("x", 8)
                           .unicode(0x3707, "Größe.pdf")
                           .string8(0x370E, "Application/PDF")
                           .unicode(0x3712, "id@x"));
  EXPECT_EQ(shown(read_tnef(tnef.bytes())), "Größe.pdf|application/pdf|id@x|data;");
}

TEST(Tnef, ReadsAFileThatStandsInItsProperties) {
  TnefWriter tnef;
  tnef.begin_file().file_properties(
      test::MapiWriter().unicode(0x3707, "note.msg").object(0x3701, std::string(16, 'i') + "inner"));
  EXPECT_EQ(shown(read_tnef(tnef.bytes())), "note.msg|||inner;");
}

TEST(Tnef, ReadsItsTextInItsCodepage) {
  TnefWriter tnef;
  tnef.codepage(1251).body("\xEF\xF0\xE8\xE2\xE5\xF2\0"s);
  EXPECT_EQ(read_tnef(tnef.bytes()).text, "привет");
  TnefWriter html;
  html.message_properties(
      test::MapiWriter().unicode(0x1000, "text").binary(0x1013, "<b>html</b>").times(0x3007, 3));
  EXPECT_EQ(read_tnef(html.bytes()).text, "text");
  EXPECT_EQ(read_tnef(html.bytes()).html, "<b>html</b>");
}

TEST(Tnef, KeepsWhatCameBeforeTheDamage) {
  TnefWriter tnef;
  tnef.file("a", "one").file("b", "two");
  const std::string bytes = tnef.bytes();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const Tnef cut = read_tnef(std::string_view(bytes).substr(0, size));
    EXPECT_LE(cut.files.size(), 2u);
    if (size > bytes.size() / 2 + 10) {
      EXPECT_EQ(cut.files.at(0).content, "one");
    }
  }
  EXPECT_TRUE(read_tnef("").damaged);
  EXPECT_TRUE(read_tnef("PK\3\4").damaged);
  EXPECT_TRUE(read_tnef(std::string_view(bytes).substr(0, bytes.size() - 3)).damaged);
}

TEST(Tnef, KeepsItsLimits) {
  TnefWriter tnef;
  tnef.file("a", "one").file("b", "two").file("c", "three");
  EXPECT_EQ(shown(read_tnef(tnef.bytes(), {.files = 2})), "a|||one;b|||two;!");
  EXPECT_EQ(shown(read_tnef(tnef.bytes(), {.files = 9, .bytes = 4})), "a|||one;b|||t;c|||;!");
  // A list that says it has four billion properties, and a value of four billion values.
  TnefWriter hostile;
  hostile.begin_file().file_properties("\xFF\xFF\xFF\xFF\x02\x11\x00\x30\xFF\xFF\xFF\xFF"s);
  EXPECT_TRUE(read_tnef(hostile.bytes()).damaged);
}

}  // namespace
}  // namespace oin
