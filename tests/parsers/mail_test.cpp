#include "parsers/mail.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "parsers/charset.hpp"
#include "parsers/mime.hpp"
#include "tests/parsers/tnef_writer.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// The facts of a mail that a different line end must not change.
std::string facts(const Mail& mail) {
  std::string out =
      mail.message_id + "\n" + (mail.date ? to_rfc3339(*mail.date) : "no date") + "\n" + mail.subject;
  for (const auto* list : {&mail.from, &mail.reply_to, &mail.to, &mail.cc})
    for (const Address& address : *list) out += "\n" + address.display_name + "<" + address.addr_spec + ">";
  out += "\ntext:" + mail.text + "\nhtml:" + mail.html.value_or("none") + "\nreply:" + mail.reply_text;
  for (const Attachment& file : mail.attachments)
    out += "\n" + file.part + " " + file.filename + " " + file.content_type + " " + file.disposition + " " +
           file.content_id;
  for (const Defect& defect : mail.defects) out += "\n" + defect.code + "@" + defect.where;
  return out;
}

std::string codes(const Mail& mail) {
  std::string out;
  for (const Defect& defect : mail.defects)
    out += (out.empty() ? "" : " ") + defect.code + (defect.where.empty() ? "" : "@" + defect.where);
  return out;
}

std::string with_crlf(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

TEST(Mail, HoldsTheFieldsOfItsHeader) {
  const Mail mail = parse_mail(
      "From: =?utf-8?Q?Ad=C3=A4?= <Ada@Vendor.Example>\r\nReply-To: desk@x\r\nTo: a@x, b@y\r\nCc: Team: "
      "c@z;\r\n"
      "Date: Mon, 23 Nov 2026 11:00:00 +0100\r\nMessage-ID: <m@x>\r\nIn-Reply-To: <p@q>\r\nReferences: "
      "<o@q>\r\n <p@q>\r\n"
      "Subject: =?utf-8?B?w6TD?=\r\n =?utf-8?B?tg==?= end\r\n\r\nHello\r\n");
  EXPECT_THAT(mail.from, ElementsAre(Address{"Adä", "Ada@Vendor.Example"}));
  EXPECT_THAT(mail.reply_to, ElementsAre(Address{"", "desk@x"}));
  EXPECT_EQ(mail.to.size(), 2u);
  EXPECT_THAT(mail.cc, ElementsAre(Address{"", "c@z"}));
  EXPECT_EQ(to_rfc3339(mail.date.value()), "2026-11-23T10:00:00Z");
  EXPECT_EQ(mail.message_id, "m@x");
  EXPECT_THAT(mail.in_reply_to, ElementsAre("p@q"));
  EXPECT_THAT(mail.references, ElementsAre("o@q", "p@q"));
  EXPECT_EQ(mail.subject, "äö end");
  EXPECT_EQ(mail.text, "Hello\n");
  EXPECT_EQ(mail.html, std::nullopt);
  EXPECT_THAT(mail.defects, IsEmpty());
  EXPECT_EQ(mail.field("message-id"), "<m@x>");
}

struct BodyCase {
  std::string name, type_and_body, text, html, attachments, defects;
};

class MailBody : public testing::TestWithParam<BodyCase> {};
TEST_P(MailBody, IsChosenFromTheParts) {
  const std::string bytes = "From: a@x\n" + GetParam().type_and_body;
  const Mail mail = parse_mail(bytes);
  EXPECT_EQ(mail.text, GetParam().text);
  EXPECT_EQ(mail.html.value_or("none"), GetParam().html);
  std::string attachments;
  for (const Attachment& file : mail.attachments)
    attachments += file.part + " " + file.content_type + " " + file.filename + " " + file.content + ";";
  EXPECT_EQ(attachments, GetParam().attachments);
  EXPECT_EQ(codes(mail), GetParam().defects);
  EXPECT_EQ(facts(parse_mail(with_crlf(bytes))), facts(mail));
}
#define OIN_MULTIPART(kind) "Content-Type: multipart/" kind "; boundary=b\n\n"
INSTANTIATE_TEST_SUITE_P(
    Parts, MailBody,
    testing::Values(
        BodyCase{"Plain", "\nhi\n", "hi\n", "none", "", ""},
        BodyCase{"Base64",
                 "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nY2Fmw6k=\n",
                 "café", "none", "", ""},
        BodyCase{"QuotedPrintableLatin1",
                 "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: "
                 "quoted-printable\n\ncaf=E9=\n!\n",
                 "café!\n", "none", "", ""},
        BodyCase{"Flowed", "Content-Type: text/plain; format=flowed\n\none \ntwo\n", "one two\n", "none", "",
                 ""},
        BodyCase{"Html", "Content-Type: text/html\n\n<p>a</p><blockquote>b</blockquote>", "a\n\n> b",
                 "<p>a</p><blockquote>b</blockquote>", "", ""},
        BodyCase{
            "Alternative",
            OIN_MULTIPART("alternative") "--b\n\nplain\n--b\nContent-Type: text/html\n\n<b>html</b>\n--b--\n",
            "plain", "<b>html</b>", "", ""},
        BodyCase{
            "AlternativeWithoutWords",
            OIN_MULTIPART("alternative") "--b\n\n \n--b\nContent-Type: text/html\n\n<b>html</b>\n--b--\n",
            "html", "<b>html</b>", "", ""},
        BodyCase{"AlternativeThatPointsToHtml",
                 OIN_MULTIPART("alternative") "--b\n\nPlease use a client that can view "
                                              "HTML.\n--b\nContent-Type: text/html\n\n<b>yes</b>\n--b--\n",
                 "yes", "<b>yes</b>", "", ""},
        BodyCase{
            "AlternativeThatSaysMoreThanToTakeHtml",
            OIN_MULTIPART("alternative") "--b\n\nYour review has passed. This text is for programs without "
                                         "HTML.\n--b\nContent-Type: text/html\n\n<b>yes</b>\n--b--\n",
            "Your review has passed. This text is for programs without HTML.", "<b>yes</b>", "", ""},
        BodyCase{"TextCalledBase64", "Content-Transfer-Encoding: base64\n\nNobody ever encoded this text.\n",
                 "Nobody ever encoded this text.\n", "none", "", "invalid-base64@1"},
        BodyCase{"MixedTexts", OIN_MULTIPART("mixed") "--b\n\none\n--b\n\ntwo\n--b--\n", "one\ntwo", "none",
                 "", ""},
        BodyCase{
            "AttachedText",
            OIN_MULTIPART(
                "mixed") "--b\n\none\n--b\nContent-Disposition: attachment; filename=n.txt\n\ntwo\n--b--\n",
            "one", "none", "2 text/plain n.txt two;", ""},
        BodyCase{"InlineNamedText",
                 OIN_MULTIPART(
                     "mixed") "--b\n\none\n--b\nContent-Disposition: inline; filename=n.txt\n\ntwo\n--b--\n",
                 "one", "none", "2 text/plain n.txt two;", ""},
        BodyCase{"InlineImage",
                 OIN_MULTIPART("related") "--b\nContent-Type: text/html\n\n<img "
                                          "src=cid:i>x\n--b\nContent-Type: image/png\nContent-ID: <i>\n"
                                          "Content-Transfer-Encoding: base64\n\nYWJj\n--b--\n",
                 "x", "<img src=cid:i>x", "2 image/png  abc;", ""},
        BodyCase{"ForwardedMessage",
                 OIN_MULTIPART(
                     "mixed") "--b\n\nsee\n--b\nContent-Type: message/rfc822\n\nSubject: s\n\nc\n--b--\n",
                 "see", "none", "2 message/rfc822  Subject: s\n\nc;", ""},
        BodyCase{"Digest", OIN_MULTIPART("digest") "--b\n\nSubject: s\n\nc\n--b--\n", "", "none",
                 "1 message/rfc822  Subject: s\n\nc;", ""},
        BodyCase{"NestedNumbers",
                 OIN_MULTIPART(
                     "mixed") "--b\nContent-Type: multipart/alternative; "
                              "boundary=c\n\n--c\n\np\n--c\nContent-Type: text/calendar\n\nv\n"
                              "--c--\n--b\nContent-Type: application/pdf; name=\"../x.pdf\"\n\nd\n--b--\n",
                 "p", "none", "1.2 text/calendar  v;2 application/pdf x.pdf d;", ""},
        BodyCase{"UuencodedFileInTheText", "\nsee\nbegin 644 c.txt\n#0V%T\n`\nend\nbye\n", "see\nbye\n",
                 "none", "1.1 application/octet-stream c.txt Cat;", ""},
        BodyCase{
            "UuencodedPart",
            OIN_MULTIPART("mixed") "--b\n\none\n--b\nContent-Type: image/gif\nContent-Transfer-Encoding: "
                                   "x-uuencode\n\nbegin 644 c.gif\n#0V%T\n`\nend\n--b--\n",
            "one", "none", "2 image/gif c.gif Cat;", ""},
        BodyCase{"UuencodeWithoutEnd", "\nbegin 644 c.txt\n#0V%T\n", "", "none",
                 "1.1 application/octet-stream c.txt Cat;", "invalid-uuencode@1"},
        BodyCase{"BinHexInTheText",
                 "\nsee\n(This file must be converted with BinHex 4.0)\n:#(4PFh3ZG(Kd!&4&@&4dG(Kd!!:\n",
                 "see\n\n", "none",
                 "1.1 application/mac-binhex40 test.txt (This file must be converted with BinHex "
                 "4.0)\n:#(4PFh3ZG(Kd!&4&@&4dG(Kd!!:;",
                 "binhex-content@1"},
        BodyCase{"EncryptedByPgp",
                 OIN_MULTIPART("encrypted") "--b\nContent-Type: application/pgp-encrypted\n\nVersion: "
                                            "1\n--b\nContent-Type: application/octet-stream\n\nx\n--b--\n",
                 "", "none", "1 application/pgp-encrypted  Version: 1;2 application/octet-stream  x;",
                 "encrypted-content"},
        BodyCase{"EncryptedBySMime",
                 "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nx", "",
                 "none", "1 application/pkcs7-mime smime.p7m x;", "encrypted-content@1"},
        BodyCase{"SignedAndWrappedBySMime",
                 "Content-Type: application/x-pkcs7-mime; smime-type=signed-data\n\nx", "", "none",
                 "1 application/x-pkcs7-mime  x;", "unopened-content@1"},
        BodyCase{"SMimeThatDoesNotSay",
                 "Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: "
                 "quoted-printable\n\n0=80=06=09=2A=86=48=86=F7=0D=01=07=02",
                 "", "none", "1 application/pkcs7-mime  0\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02;",
                 "unopened-content@1"},
        BodyCase{"EncryptedInTheText",
                 "\nsecret:\n-----BEGIN PGP MESSAGE-----\n\nx\n-----END PGP MESSAGE-----\n",
                 "secret:\n-----BEGIN PGP MESSAGE-----\n\nx\n-----END PGP MESSAGE-----\n", "none", "",
                 "encrypted-content@1"},
        BodyCase{"Signed",
                 OIN_MULTIPART("signed") "--b\n\none\n--b\nContent-Type: application/pgp-signature; "
                                         "name=signature.asc\n\ns\n--b--\n",
                 "one", "none", "2 application/pgp-signature signature.asc s;", ""},
        BodyCase{
            "Invitation",
            OIN_MULTIPART("alternative") "--b\n\none\n--b\nContent-Type: text/calendar; method=REQUEST\n\n"
                                         "BEGIN:VCALENDAR\n--b--\n",
            "one", "none", "2 text/calendar  BEGIN:VCALENDAR;", ""},
        BodyCase{"BrokenWinmail", "Content-Type: application/ms-tnef; name=winmail.dat\n\nx", "", "none",
                 "1 application/ms-tnef winmail.dat x;", "invalid-tnef@1"},
        BodyCase{"NoParts", OIN_MULTIPART("mixed") "words\n", "words\n", "none", "", "no-parts"},
        BodyCase{"BadType", "Content-Type: nonsense\n\nhi\n", "hi\n", "none", "", "invalid-content-type"},
        BodyCase{"UnknownEncoding", "Content-Transfer-Encoding: x-rot13\n\nhi\n", "hi\n", "none", "",
                 "unknown-transfer-encoding@1"},
        BodyCase{"UnknownCharset", "Content-Type: text/plain; charset=klingon\n\nhi\n", "hi\n", "none", "",
                 "unknown-charset@1"},
        BodyCase{"DamagedBase64", "Content-Transfer-Encoding: base64\n\na*GVsbG8=\n", "hello", "none", "",
                 "invalid-base64@1"}),
    [](const auto& test) { return test.param.name; });

TEST(Winmail, GivesItsFilesAndItsTextWhereThereIsNoOther) {
  test::TnefWriter tnef;
  tnef.body("Please review.\r\n").file("logo.png", "png");
  const std::string attached = "Content-Type: application/ms-tnef; name=\"winmail.dat\"\n\n" + tnef.bytes();
  const Mail alone = parse_mail("From: a@x\n" + attached);
  EXPECT_EQ(alone.text, "Please review.\n");
  ASSERT_EQ(alone.attachments.size(), 2u);
  EXPECT_EQ(alone.attachments[0].filename, "winmail.dat");
  EXPECT_EQ(alone.attachments[1].part, "1.1");
  EXPECT_EQ(alone.attachments[1].filename, "logo.png");
  EXPECT_EQ(alone.attachments[1].content, "png");
  EXPECT_EQ(codes(alone), "");
  const Mail beside =
      parse_mail("From: a@x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nOther.\n--b\n" + attached +
                 "\n--b--\n");
  EXPECT_EQ(beside.text, "Other.");
  EXPECT_EQ(beside.attachments.size(), 2u);
}

TEST(Attachment, HasTheDigestOfItsBytes) {
  const Mail mail = parse_mail(
      "From: a@x\nContent-Type: application/x\nContent-Transfer-Encoding: base64\n"
      "Content-Disposition: ATTACHMENT; filename*=utf-8''caf%C3%A9\n\nYWJj\n");
  ASSERT_EQ(mail.attachments.size(), 1u);
  EXPECT_EQ(mail.attachments[0].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(mail.attachments[0].filename, "café");
  EXPECT_EQ(mail.attachments[0].disposition, "attachment");
}

TEST(EightBitHeader, IsReadInTheCharsetOfTheBody) {
  const Mail mail =
      parse_mail("From: a@x\nSubject: caf\xE9\nContent-Type: text/plain; charset=iso-8859-1\n\nx\n");
  EXPECT_EQ(mail.subject, "café");
  EXPECT_EQ(codes(mail), "eight-bit-header@Subject");
  EXPECT_EQ(parse_mail("From: a@x\nSubject: café\n\nx\n").defects, std::vector<Defect>());
}

TEST(MailLimitsOfContent, AreKeptAndTold) {
  MailLimits limits;
  limits.decoded_bytes = 3;
  const Mail cut = parse_mail("From: a@x\n\n12345", limits);
  EXPECT_EQ(cut.text, "123");
  EXPECT_EQ(codes(cut), "decoded-too-large@1");
  limits = {};
  limits.text_bytes = 9;
  const Mail clipped =
      parse_mail("From: a@x\nContent-Type: text/plain; charset=utf-8\n\nhello\nwörld\n", limits);
  EXPECT_EQ(clipped.text, "hello\n");
  EXPECT_EQ(codes(clipped), "text-too-long@1");
  limits.text_bytes = 2;
  EXPECT_EQ(parse_mail("From: a@x\nContent-Type: text/plain; charset=utf-8\n\nwörld\n", limits).text, "w")
      << "no half a character";
  limits = {};
  limits.addresses = 2;
  const Mail many = parse_mail("From: a@x\nTo: a@x, b@x, c@x\n\n", limits);
  EXPECT_EQ(many.to.size(), 2u);
  EXPECT_EQ(codes(many), "too-many-addresses@To");
  limits = {};
  limits.attachments = 1;
  const std::string file = "--b\nContent-Disposition: attachment; filename=\"f\"\n\nx\n";
  const Mail files = parse_mail(
      "From: a@x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhi\n" + file + file + "--b--\n",
      limits);
  EXPECT_EQ(files.attachments.size(), 1u);
  EXPECT_EQ(files.text, "hi");
  EXPECT_EQ(codes(files), "too-many-attachments@3");
}

TEST(ContentDigest, IgnoresTraceFieldsAndLineEnds) {
  const std::string one = content_digest("Received: x\n by y\nFrom: a@x\n\nhi\n");
  EXPECT_EQ(one.size(), 64u);
  EXPECT_EQ(content_digest("ARC-Seal: 1\r\nFrom: a@x\r\nDelivered-To: z\r\n\r\nhi\r\n"), one);
  EXPECT_EQ(content_digest("From: a@x\r\n\r\nhi\r\n"), one);
  EXPECT_NE(content_digest("From: b@x\n\nhi\n"), one);
  EXPECT_NE(content_digest("From: a@x\n\nho\n"), one);
}

TEST(DefectCodes, AreToldOnce) {
  std::vector<std::string_view> all;
  for (const DefectCode& code : defect_codes()) {
    all.push_back(code.code);
    EXPECT_FALSE(code.meaning.empty());
  }
  std::ranges::sort(all);
  EXPECT_EQ(std::ranges::adjacent_find(all), all.end());
}

std::vector<std::string> samples() {
  std::vector<std::string> found;
  for (const auto& file : std::filesystem::recursive_directory_iterator(OIND_SOURCE_DIR "/tests/corpus")) {
    const std::string extension = file.path().extension().string();
    if (file.is_regular_file() &&
        (extension == ".eml" || extension == ".raw" || extension == ".txt" || extension == ".msg"))
      found.push_back(file.path().string());
  }
  std::ranges::sort(found);
  return found;
}

TEST(EverySampleMail, IsReadWholeAsUtf8WithEitherLineEnd) {
  const std::vector<std::string> files = samples();
  EXPECT_GE(files.size(), 60u);
  for (const std::string& file : files) {
    SCOPED_TRACE(file);
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const Message message = read_message(bytes);
    std::size_t at = 0;
    for (const Extent& extent : message.extents) {
      ASSERT_EQ(extent.begin, at);
      at = extent.end;
    }
    ASSERT_EQ(at, bytes.size());

    const Mail mail = parse_mail(bytes);
    EXPECT_TRUE(is_utf8(facts(mail)));
    EXPECT_EQ(mail.text.find('\r'), std::string::npos);
    for (const Defect& defect : mail.defects)
      EXPECT_TRUE(std::ranges::any_of(defect_codes(), [&](const DefectCode& known) {
        return known.code == defect.code;
      })) << defect.code;

    std::string lf = bytes;
    if (lf.find('\n') != std::string::npos) std::erase(lf, '\r');
    EXPECT_EQ(facts(parse_mail(with_crlf(lf))), facts(parse_mail(lf)));
    EXPECT_EQ(content_digest(with_crlf(lf)), content_digest(lf));
  }
}

}  // namespace
}  // namespace oin
