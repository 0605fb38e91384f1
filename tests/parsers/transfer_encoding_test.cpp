#include "parsers/transfer_encoding.hpp"

#include <gtest/gtest.h>

#include <string>

namespace oin {
namespace {

struct CodecCase {
  std::string name, text, bytes;
  bool damaged = false;
};

class Base64 : public testing::TestWithParam<CodecCase> {};
TEST_P(Base64, GivesTheBytes) {
  const Decoded out = decode_base64(GetParam().text);
  EXPECT_EQ(out.bytes, GetParam().bytes);
  EXPECT_EQ(out.damaged, GetParam().damaged);
}
INSTANTIATE_TEST_SUITE_P(
    Rfc2045, Base64,
    testing::Values(CodecCase{"Empty", "", ""}, CodecCase{"One", "YQ==", "a"}, CodecCase{"Two", "YWI=", "ab"},
                    CodecCase{"Three", "YWJj", "abc"}, CodecCase{"Folded", "aGVs\r\nbG8=\r\n", "hello"},
                    CodecCase{"CutWithinAGroup", "aG\r\nVsbG8=", "hello"},
                    CodecCase{"TwoPaddedBlocks", "aGVsbG8=aGVsbG8=", "hellohello"},
                    CodecCase{"WebAlphabet", "-_-_", "\xFB\xFF\xBF"},
                    CodecCase{"WithoutPadding", "aGVsbG8", "hello", true},
                    CodecCase{"LoneCharacter", "YWJjZ", "abc", true},
                    CodecCase{"ForeignCharacters", "aG|Vs*bG8=", "hello", true},
                    CodecCase{"IndentedLines", "YWJj\n  YWJj\n", "abcabc"},
                    CodecCase{"RemarkBehindTheEnd", "aGk= and so on\naGk=", "hihi", true},
                    CodecCase{"PaddingInFront", "=YWJj", "abc"}, CodecCase{"OnlyPadding", "===", "", true}),
    [](const auto& test) { return test.param.name; });

TEST(Base64, TellsWhatNeverWasBase64) {
  EXPECT_TRUE(decode_base64("... the image goes here ...").mislabelled);
  EXPECT_TRUE(decode_base64("This text was never encoded, whatever its header says.").mislabelled);
  EXPECT_TRUE(
      decode_base64("ploozdect  nispplul swunkglap zarplontruskdremp\nploystoov  smohsless").mislabelled);
  EXPECT_FALSE(decode_base64("aG|Vs*bG8=").mislabelled);
  EXPECT_FALSE(decode_base64("aGVs\n!bG8=").mislabelled);
}

class QuotedPrintable : public testing::TestWithParam<CodecCase> {};
TEST_P(QuotedPrintable, GivesTheBytes) {
  const Decoded out = decode_quoted_printable(GetParam().text);
  EXPECT_EQ(out.bytes, GetParam().bytes);
  EXPECT_EQ(out.damaged, GetParam().damaged);
}
INSTANTIATE_TEST_SUITE_P(Rfc2045, QuotedPrintable,
                         testing::Values(CodecCase{"Plain", "abc\r\ndef", "abc\r\ndef"},
                                         CodecCase{"Escape", "caf=C3=A9", "caf\xC3\xA9"},
                                         CodecCase{"LowerCaseEscape", "=c3=a9", "\xC3\xA9"},
                                         CodecCase{"SoftBreak", "ab=\r\ncd", "abcd"},
                                         CodecCase{"SoftBreakLf", "ab=\ncd", "abcd"},
                                         CodecCase{"SoftBreakAndBlanks", "ab= \t\r\ncd", "abcd"},
                                         CodecCase{"TrailingBlanksFallAway", "ab  \ncd", "ab\ncd"},
                                         CodecCase{"BlanksAtTheEndFallAway", "tail  ", "tail"},
                                         CodecCase{"LoneEqualsAtTheEnd", "ab=", "ab"},
                                         CodecCase{"BlanksWithinStay", "a  b", "a  b"},
                                         CodecCase{"ControlCharactersStay", "a\x1B$Bb\fc", "a\x1B$Bb\fc"},
                                         CodecCase{"NoEscape", "a=ZZb", "a=ZZb", true},
                                         CodecCase{"EqualsBeforeAWord", "a= b", "a= b", true},
                                         CodecCase{"CutEscape", "a=C", "a=C", true}),
                         [](const auto& test) { return test.param.name; });

TEST(QEncoding, ReadsUnderscoresAndKeepsBlanks) {
  EXPECT_EQ(decode_q("a_b c=5F=C3=A9").bytes, "a b c_\xC3\xA9");
  EXPECT_TRUE(decode_q("a=b").damaged);
}

TEST(TransferEncodingField, IsReadWithWhatStandsAroundIt) {
  EXPECT_EQ(transfer_encoding(" BASE64 (c)"), TransferEncoding::base64);
  EXPECT_EQ(transfer_encoding("\"quoted-printable\""), TransferEncoding::quoted_printable);
  EXPECT_EQ(transfer_encoding("8bit;"), TransferEncoding::identity);
  EXPECT_EQ(transfer_encoding("8-bits"), TransferEncoding::identity);
  EXPECT_EQ(transfer_encoding("quoted printable"), TransferEncoding::quoted_printable);
  EXPECT_EQ(transfer_encoding("X-UUEncode"), TransferEncoding::uuencode);
  EXPECT_EQ(transfer_encoding(""), TransferEncoding::identity);
  EXPECT_EQ(transfer_encoding("x-rot13"), std::nullopt);
}

}  // namespace
}  // namespace oin
