#include "parsers/mime.hpp"

#include <gtest/gtest.h>

#include <ctime>
#include <numeric>
#include <string>

namespace oin {
namespace {

using namespace std::string_literals;

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

/// The tree as one line: "{preamble|part|part|epilogue}", a leaf being its body.
std::string shape(const mimetic::MimeEntity& entity) {
  const mimetic::Body& body = entity.body();
  if (body.parts().empty()) return body.preamble() + std::string(body) + body.epilogue();
  std::string out = "{" + body.preamble();
  for (const mimetic::MimeEntity* part : body.parts()) out += "|" + shape(*part);
  return out + "|" + body.epilogue() + "}";
}

std::string codes(const Message& message) {
  std::string out;
  for (const Defect& defect : message.defects)
    out += (out.empty() ? "" : " ") + defect.code + (defect.where.empty() ? "" : "@" + defect.where);
  return out;
}

void expect_every_byte_once(std::string_view bytes, const Message& message) {
  std::size_t at = 0;
  for (const Extent& extent : message.extents) {
    ASSERT_EQ(extent.begin, at);
    ASSERT_LT(extent.begin, extent.end);
    at = extent.end;
  }
  ASSERT_EQ(at, bytes.size());
}

struct TreeCase {
  std::string name, message, shape, defects;
};

constexpr auto mixed = "F: x\nContent-Type: multipart/mixed; boundary=b\n\n";

class MimeTree : public testing::TestWithParam<TreeCase> {};
TEST_P(MimeTree, HoldsEachPartWhereItBelongs) {
  const Message message = read_message(GetParam().message);
  EXPECT_EQ(shape(*message.root), GetParam().shape);
  EXPECT_EQ(codes(message), GetParam().defects);
  expect_every_byte_once(GetParam().message, message);
}
INSTANTIATE_TEST_SUITE_P(
    Rfc2046, MimeTree,
    testing::Values(
        TreeCase{"Plain", "F: x\n\nbody\n", "body\n", ""},
        TreeCase{"Parts", mixed + "pre\n--b\n\none\n--b\n\ntwo\n--b--\nepi\n"s, "{pre|one|two|epi\n}", ""},
        TreeCase{"NoPreamble", mixed + "--b\n\none\n--b--"s, "{|one|}", ""},
        TreeCase{"CrLf", "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none\r\n--b--\r\n",
                 "{|one|}", ""},
        TreeCase{"Padding", mixed + "--b  \n\none\n--b-- \t\n"s, "{|one|}", ""},
        TreeCase{"BoundaryWithinALine", mixed + "x--b\n--b\n\none --b\n--b--\n"s, "{x--b|one --b|}", ""},
        TreeCase{"LongerBoundary", mixed + "--b\n\none\n--bb\n--b--\n"s, "{|one\n--bb|}", ""},
        TreeCase{"JunkBehindTheEnd", mixed + "--b\n\none\n--b-->\nepi"s, "{|one|epi}", ""},
        TreeCase{"LongerClosingBoundary", mixed + "--b\n\none\n--b--x\n--b--\n"s, "{|one\n--b--x|}", ""},
        TreeCase{"DoubledDelimiter", mixed + "p\n--b\n--b\n\none\n--b\n--b\n\ntwo\n--b\n--b--\ne"s,
                 "{p|one|two|e}", ""},
        TreeCase{"DelimiterAtTheEnd", mixed + "--b\n\none\n--b\n"s, "{|one|}", "unterminated-multipart"},
        TreeCase{"DelimitersAndNothingElse", mixed + "p\n--b\n--b"s, "{p||}", "unterminated-multipart"},
        TreeCase{"NoBlankLineBeforeTheFirstPart",
                 "Content-Type: multipart/mixed; boundary=b\nnot a field\n--b\nA: b\n\none\n--b--\n",
                 "{not a field|one|}", "missing-blank-line"},
        TreeCase{"NoBlankLineAtAll",
                 "Content-Type: multipart/mixed; boundary=\"b\"\n--b\nA: b\n\none\n--b--\n", "{|one|}",
                 "missing-blank-line"},
        TreeCase{"BoundaryThatLostItsFold",
                 "Content-Type: multipart/mixed;\nboundary=b\n\n--b\n\none\n--b--\n", "{|one|}",
                 "not-a-field"},
        TreeCase{"EmptyPart", mixed + "--b\n\n--b\n\ntwo\n--b--\n"s, "{||two|}", ""},
        TreeCase{"HeaderEndedByBoundary", mixed + "--b\nA: b\n--b\n\ntwo\n--b--\n"s, "{||two|}",
                 "missing-blank-line@1"},
        TreeCase{"NeverClosed", mixed + "--b\n\none\n"s, "{|one\n|}", "unterminated-multipart"},
        TreeCase{"OuterBoundaryClosesInner",
                 mixed + "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\none\n--b\n\ntwo\n--b--\n"s,
                 "{|{|one|}|two|}", "unterminated-multipart@1"},
        TreeCase{"BoundaryIsAPrefix",
                 mixed + "--b\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\none\n--bb--\n--b--\n"s,
                 "{|{|one|}|}", ""},
        TreeCase{"NoBoundaryNamed", "Content-Type: multipart/mixed\n\n--x\n\none\n--x--\n", "{|one|}",
                 "missing-boundary"},
        TreeCase{"NoBoundaryAtAll", "Content-Type: multipart/mixed\n\ntext\n", "text\n", "missing-boundary"},
        TreeCase{"NoParts", mixed + "text\n"s, "text\n", "no-parts"},
        TreeCase{"NoPartsWithin", mixed + "--b\nContent-Type: multipart/mixed; boundary=c\n\ntext\n--b--\n"s,
                 "{|text|}", "no-parts@1"},
        TreeCase{"QuotedBoundary",
                 "Content-Type: multipart / mixed ; boundary=\"b;b\"\n\n--b;b\n\none\n--b;b--\n", "{|one|}",
                 ""},
        TreeCase{"MessageIsALeaf", "Content-Type: message/rfc822\n\nA: b\n\nc", "A: b\n\nc", ""},
        TreeCase{"Empty", "", "", "no-header"}, TreeCase{"OnlyHeader", "A: b", "", "missing-blank-line"},
        TreeCase{"OnlyBody", "just a line\n", "just a line\n", "no-header missing-blank-line"},
        TreeCase{"CrOnly", "Content-Type: multipart/mixed; boundary=b\r\r--b\r\rone\r--b--\r", "{|one|}", ""},
        TreeCase{"CrCrLf",
                 "A: b\r\r\nContent-Type: multipart/mixed; "
                 "boundary=b\r\r\n\r\r\n--b\r\r\n\r\r\none\r\r\n--b--\r\r\n",
                 "{|one|}", ""}),
    [](const auto& test) { return test.param.name; });

struct HeaderCase {
  std::string name, message, fields, defects;
};

class HeaderSectionOf : public testing::TestWithParam<HeaderCase> {};
TEST_P(HeaderSectionOf, KeepsEveryField) {
  const Message message = read_message(GetParam().message);
  std::string fields;
  for (const mimetic::Field& field : message.root->header())
    fields += std::string(field.name().data(), field.name().size()) + "=" + field.value() + ";";
  EXPECT_EQ(fields, GetParam().fields);
  EXPECT_EQ(codes(message), GetParam().defects);
  expect_every_byte_once(GetParam().message, message);
}
INSTANTIATE_TEST_SUITE_P(
    Rfc5322, HeaderSectionOf,
    testing::Values(HeaderCase{"Two", "A: b\nC:d\n\n", "A=b;C=d;", ""},
                    HeaderCase{"Folded", "A: b\n  c\n\td\n\n", "A=b  c\td;", ""},
                    HeaderCase{"BodyOnTheNextLine", "A:\r\n  b\r\n\r\n", "A=b;", ""},
                    HeaderCase{"BlankBeforeColon", "A : b\n\n", "A=b;", ""},
                    HeaderCase{"AtTheEnd", "A: b\nC: d", "A=b;C=d;", "missing-blank-line"},
                    HeaderCase{"MboxLine", "From a@b Mon Nov 23\nA: b\n\n", "A=b;", "mbox-from-line"},
                    HeaderCase{"QuotedMboxLine", ">From a@b Mon Nov 23\nA: b\n\n", "A=b;", "mbox-from-line"},
                    HeaderCase{"FromFieldWithBlanks", "From  : b\n\n", "From=b;", ""},
                    HeaderCase{"BlankLinesInFront", "\n\r\nA: b\n\n", "A=b;", ""},
                    HeaderCase{"ByteOrderMark",
                               "\xEF\xBB\xBF"
                               "A: b\n\n",
                               "A=b;", ""},
                    HeaderCase{"JunkLine", "A: b\njunk line\n folded\nC: d\n\n", "A=b;C=d;", "not-a-field"},
                    HeaderCase{"LostFold", "A: b\nC:\ndddd\nE: f\n\n", "A=b;C=dddd;E=f;", "not-a-field"},
                    HeaderCase{"BadName", "Bad Name: x\nC: d\n\n", "C=d;", "not-a-field"},
                    HeaderCase{"BlankInFront", " x\nC: d\n\n", "C=d;", "not-a-field"},
                    HeaderCase{"TextWithoutBlankLine", "A: b\nThis is text.\n\nMore.\n", "A=b;",
                               "missing-blank-line"},
                    HeaderCase{"Nul", "A: b\0c\n\n"s, "A=bc;", "nul-in-header@A"}),
    [](const auto& test) { return test.param.name; });

TEST(MimeLimits, AreKeptAndTold) {
  MailLimits limits;
  limits.parts = 2;
  const std::string three = mixed + "--b\n\n1\n--b\n\n2\n--b\n\n3\n--b--\n"s;
  const Message parts = read_message(three, limits);
  EXPECT_EQ(shape(*parts.root), "{|1|2|\n3\n--b--\n|}");
  EXPECT_EQ(codes(parts), "too-many-parts@3 unterminated-multipart");
  expect_every_byte_once(three, parts);

  limits = {};
  limits.depth = 1;
  const std::string nested =
      mixed + "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\n1\n--c--\n--b--\n"s;
  const Message deep = read_message(nested, limits);
  EXPECT_EQ(shape(*deep.root), "{|--c\n\n1\n--c--|}");
  EXPECT_EQ(codes(deep), "too-deep@1");
  EXPECT_EQ(deep.unopened.size(), 1u);

  limits = {};
  limits.message_bytes = 10;
  const Message cut = read_message("A: b\n\n0123456789", limits);
  EXPECT_EQ(shape(*cut.root), "0123");
  EXPECT_EQ(codes(cut), "message-too-large");
  expect_every_byte_once("A: b\n\n0123456789", cut);

  limits = {};
  limits.fields = 1;
  EXPECT_EQ(codes(read_message("A: b\nC: d\n\n", limits)), "too-many-fields");
  limits = {};
  limits.header_bytes = 5;
  EXPECT_EQ(codes(read_message("A: b\nC: d\n\n", limits)), "header-too-large");
  limits = {};
  limits.field_bytes = 4;
  EXPECT_EQ(codes(read_message("A: 123456789\n\n", limits)), "field-too-long@A");
}

TEST(HostileMessages, CostTimeInProportionToTheirLength) {
  const std::clock_t begin = std::clock();
  std::string nested;
  for (int i = 0; i < 20'000; ++i) {
    const std::string n = std::to_string(i);
    nested += "Content-Type: multipart/mixed; boundary=" + n + "\n\n--" + n + "\n";
  }
  std::string siblings = mixed;
  for (int i = 0; i < 200'000; ++i) siblings += "--b\nA: b\n";
  const std::string long_boundary(2'000, 'a');
  const std::vector<std::string> messages = {
      repeated("Content-Type: message/rfc822\r\n\r\n", 100'000),
      "A: " + std::string(50'000'000, 'x') + "\n\n",
      std::string(4'000'000, 'n') + ": x\n\n",
      "A: b\n" + repeated(" x\n", 500'000) + "\n",
      "Content-Type: multipart/mixed; boundary=" + long_boundary + "\n\n" + std::string(3'000'000, 'a'),
      "Content-Type: multipart/mixed; boundary=" + long_boundary + "\n\n" +
          repeated("--" + long_boundary + "x\n", 2'000),
      mixed + std::string(20'000'000, '-'),
      mixed + repeated("--\n", 2'000'000),
      repeated("junk\n", 1'000'000) + "A: b\n\n",
      repeated("A: b\njunk\r", 300'000) + "\n",
      std::string(5'000'000, '\r'),
      std::string(5'000'000, '\n'),
      repeated("Content-Type: multipart/mixed\n\n--x\n", 50'000),
      nested,
      siblings,
  };
  for (const std::string& message : messages) expect_every_byte_once(message, read_message(message));
  EXPECT_LT((std::clock() - begin) / CLOCKS_PER_SEC, 20) << "in all; a debug build is some five times slower";
}

}  // namespace
}  // namespace oin
