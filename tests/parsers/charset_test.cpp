#include "parsers/charset.hpp"

#include <gtest/gtest.h>

#include <string>

namespace oin {
namespace {

using namespace std::string_literals;

struct CharsetCase {
  std::string name, bytes, declared, utf8;
  bool unknown = false, invalid = false;
};

class Charset : public testing::TestWithParam<CharsetCase> {};
TEST_P(Charset, BecomesUtf8) {
  const Text text = to_utf8(GetParam().bytes, GetParam().declared);
  EXPECT_EQ(text.utf8, GetParam().utf8);
  EXPECT_EQ(text.unknown_charset, GetParam().unknown);
  EXPECT_EQ(text.invalid, GetParam().invalid);
}
INSTANTIATE_TEST_SUITE_P(
    Declared, Charset,
    testing::Values(CharsetCase{"Ascii", "plain", "us-ascii", "plain"},
                    CharsetCase{"Nothing", "plain", "", "plain"},
                    CharsetCase{"Utf8", "caf\xC3\xA9", "UTF-8", "café"},
                    CharsetCase{"Utf8CalledLatin1", "caf\xC3\xA9", "iso-8859-1", "café"},
                    CharsetCase{"Latin1", "caf\xE9", "iso-8859-1", "café"},
                    CharsetCase{"Latin1WithWindowsQuotes", "\x93hi\x94", "iso-8859-1", "“hi”"},
                    CharsetCase{"Gb2312MeansGb18030", "\xD6\xD0\xCE\xC4", "gb2312", "中文"},
                    CharsetCase{"EucKrMeansWindows949", "\xC7\xD1\xB1\xDB", "euc-kr", "한글"},
                    CharsetCase{"Iso2022Jp", "\x1B$B$3$s\x1B(B", "iso-2022-jp", "こん"},
                    CharsetCase{"EmptySegments", "\x1B$B$3\x1B(B\x1B$B$s\x1B(B", "iso-2022-jp", "こん"},
                    CharsetCase{"Latin1CalledAscii", "caf\xE9", "us-ascii", "café", false, true},
                    CharsetCase{"ShiftJis", "\x82\xB1\x82\xF1", "Shift_JIS", "こん"},
                    CharsetCase{"Koi8", "\xEB\xCF\xC4", "koi8-r", "Код"},
                    CharsetCase{"Utf16", "\xFF\xFEh\0i\0"s, "utf-16", "hi"},
                    CharsetCase{"CutOffWithinALetter", "\xC3\xA9\xC3\xA8\xC3\xA0\xC3", "", "éèà\xEF\xBF\xBD"},
                    CharsetCase{"Utf7OnlyWhereDeclared", "+AOk-", "utf-7", "é"},
                    CharsetCase{"NotUtf7", "+AOk-", "", "+AOk-"},
                    CharsetCase{"ByteOrderMark", "\xEF\xBB\xBFhi", "utf-8", "hi"},
                    CharsetCase{"Nul", "a\0b"s, "", "ab"},
                    CharsetCase{"UnknownButAscii", "abc", "x-klingon", "abc", true},
                    CharsetCase{"NoPathReachesIcu", "abc", "../../etc/passwd", "abc", true},
                    CharsetCase{"OneBadByteInUtf8", "caf\xC3\xA9 \xC3\xBC ber \xC3\xA4 \xC3\xB6 \xFF",
                                "utf-8", "café ü ber ä ö \xEF\xBF\xBD", false, true}),
    [](const auto& test) { return test.param.name; });

TEST(UndeclaredCharset, IsDetectedFromLongerText) {
  const std::string russian =
      to_utf8(
          "\xF1\xEE\xEE\xE1\xF9\xE5\xED\xE8\xE5 \xED\xE5 \xE1\xFB\xEB\xEE "
          "\xE4\xEE\xF1\xF2\xE0\xE2\xEB\xE5\xED\xEE "
          "\xEF\xEE\xEB\xF3\xF7\xE0\xF2\xE5\xEB\xFE \xEF\xEE \xF2\xE5\xF5\xED\xE8\xF7\xE5\xF1\xEA\xE8\xEC "
          "\xEF\xF0\xE8\xF7\xE8\xED\xE0\xEC",
          "")
          .utf8;
  EXPECT_EQ(russian, "сообщение не было доставлено получателю по техническим причинам");
}

TEST(AnyBytes, BecomeValidUtf8InAnyCharset) {
  std::string all;
  for (int i = 0; i < 512; ++i) all.push_back(static_cast<char>(i * 7));
  for (const char* name : {"", "utf-8", "utf-16", "utf-7", "iso-2022-jp", "gb18030", "big5", "shift_jis",
                           "euc-kr", "hz", "windows-1252", "x-unknown", "scsu", "iso-8859-8-i"})
    EXPECT_TRUE(is_utf8(to_utf8(all, name).utf8)) << name;
  EXPECT_TRUE(is_utf8(scrubbed(all)));
}

TEST(ManyCharsetNames, DoNotFillTheMemory) {
  for (int i = 0; i < 500; ++i) EXPECT_TRUE(to_utf8("abc", "no-such-" + std::to_string(i)).unknown_charset);
  EXPECT_EQ(to_utf8("caf\xE9", "latin1").utf8, "café");
}

TEST(Utf8Prefix, EndsBetweenTwoCharacters) {
  EXPECT_EQ(utf8_prefix("caf\u00e9s", 9), "caf\u00e9s");
  EXPECT_EQ(utf8_prefix("caf\u00e9s", 5), "caf\u00e9");
  EXPECT_EQ(utf8_prefix("caf\u00e9s", 4), "caf");
  EXPECT_EQ(utf8_prefix("\u20ac", 2), "");
}

}  // namespace
}  // namespace oin
