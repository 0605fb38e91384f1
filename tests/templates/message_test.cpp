#include "templates/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "parsers/mail.hpp"
#include "templates/header_field.hpp"
#include "templates/quoted_printable.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

MessageHeader header() {
  MessageHeader h;
  h.from = {"OIN review desk", "oin@example.com"};
  h.to = {{"Ada", "ada@vendor.example"}};
  h.reply_to = "oin+abc@example.com";
  h.message_id = "t0ken@reviews.example.com";
  h.in_reply_to = "p@vendor.example";
  h.references = {"root@vendor.example", "p@vendor.example"};
  h.date = *parse_rfc3339("2026-11-23T10:00:05Z");
  h.auto_submitted = "auto-replied";
  h.more = {{"X-Auto-Response-Suppress", "All"}};
  return h;
}

/// What every relay must be able to carry: ASCII, CRLF and nothing else as line end, no line over 998.
void expect_wire_form(const std::string& message) {
  std::istringstream lines(message);
  for (std::string line; std::getline(lines, line);) {
    ASSERT_TRUE(line.ends_with('\r')) << line;
    EXPECT_EQ(line.find('\r'), line.size() - 1) << line;
    EXPECT_LE(line.size(), 999u);
  }
  EXPECT_TRUE(message.ends_with("\r\n"));
  for (const char c : message)
    ASSERT_TRUE((c >= 0x20 && c < 0x7f) || c == '\r' || c == '\n' || c == '\t') << int(c);
}

/// The header section's fields by their first words: what a relay would take for a field.
std::vector<std::string> field_names(const std::string& message) {
  std::vector<std::string> names;
  std::istringstream lines(message.substr(0, message.find("\r\n\r\n")));
  for (std::string line; std::getline(lines, line);)
    if (!line.starts_with(' ')) names.push_back(line.substr(0, line.find(':')));
  return names;
}

const std::vector<std::string> all_names{
    "Date",         "From",        "To",         "Reply-To",       "Subject",
    "Message-ID",   "In-Reply-To", "References", "Auto-Submitted", "X-Auto-Response-Suppress",
    "MIME-Version", "Content-Type"};

TEST(Compose, WritesAPlainLetterAsAPersonWould) {
  EXPECT_EQ(
      compose(header(), {"[OIN-1] Acme Notes", "Hello.\n", "<p>Hello.</p>\n"}),
      "Date: Mon, 23 Nov 2026 10:00:05 +0000\r\n"
      "From: OIN review desk <oin@example.com>\r\n"
      "To: Ada <ada@vendor.example>\r\n"
      "Reply-To: oin+abc@example.com\r\n"
      "Subject: [OIN-1] Acme Notes\r\n"
      "Message-ID: <t0ken@reviews.example.com>\r\n"
      "In-Reply-To: <p@vendor.example>\r\n"
      "References: <root@vendor.example> <p@vendor.example>\r\n"
      "Auto-Submitted: auto-replied\r\n"
      "X-Auto-Response-Suppress: All\r\n"
      "MIME-Version: 1.0\r\n"
      "Content-Type: multipart/alternative; boundary=\"=_5028be265d948a0b\"\r\n\r\n"
      "--=_5028be265d948a0b\r\n"
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\nHello.\r\n"
      "--=_5028be265d948a0b\r\n"
      "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n<p>Hello.</p>\r\n"
      "--=_5028be265d948a0b--\r\n");
}

TEST(Compose, IsTheSameBytesForTheSameLetter) {
  const Words words{"s", "t\n", "<p>h</p>\n"};
  EXPECT_EQ(compose(header(), words), compose(header(), words));
  MessageHeader other = header();
  other.message_id = "another@reviews.example.com";
  EXPECT_NE(compose(header(), words).substr(600), compose(other, words).substr(600));
}

TEST(Compose, SendsTextAloneWhenThereIsNoHtml) {
  EXPECT_THAT(compose(header(), {"s", "Hello.\n", ""}),
              HasSubstr("MIME-Version: 1.0\r\nContent-Type: text/plain"));
}

struct HostileCase {
  std::string name, text;
};
class HostileValue : public testing::TestWithParam<HostileCase> {};

TEST(Compose, SendsFilesBesideTheLetter) {
  const std::vector<AttachedText> files{{"form.txt", "text/plain", "Größe: 3\n"},
                                        {"form.json", "application/json", "{}\n"}};
  const std::string message = compose(header(), {"Subject", "Words", "<p>Words</p>"}, files);
  expect_wire_form(message);
  const Mail read = parse_mail(message);
  EXPECT_TRUE(read.defects.empty());
  EXPECT_EQ(read.text, "Words");
  ASSERT_EQ(read.attachments.size(), 2u);
  EXPECT_EQ(read.attachments[0].filename, "form.txt");
  EXPECT_THAT(read.attachments[0].content, HasSubstr("Größe: 3"));
  EXPECT_EQ(read.attachments[1].content_type, "application/json");
}

TEST_P(HostileValue, AddsNoHeaderFieldAndComesBackAsItWas) {
  const std::string& text = GetParam().text;
  MessageHeader h = header();
  h.from.display_name = h.to[0].display_name = text;
  h.more[0].second = text;
  const std::string message = compose(h, {text, text + "\n", "<p>" + text + "</p>\n"});
  expect_wire_form(message);
  EXPECT_EQ(field_names(message), all_names);
  const Mail mail = parse_mail(message);
  ASSERT_EQ(mail.from.size(), 1u);
  EXPECT_EQ(mail.from[0].addr_spec, "oin@example.com");
  ASSERT_EQ(mail.to.size(), 1u);
  EXPECT_EQ(mail.to[0].addr_spec, "ada@vendor.example");
  EXPECT_EQ(mail.message_id, "t0ken@reviews.example.com");
  EXPECT_EQ(mail.defects.size(), 0u) << mail.defects[0].code;
  const bool one_line = text.find_first_of(std::string("\r\n\0\x1b\xff", 5)) == std::string::npos;
  if (one_line && !text.empty()) {
    EXPECT_EQ(mail.subject, text);
    EXPECT_EQ(mail.from[0].display_name, text);
    EXPECT_THAT(mail.text, HasSubstr(text));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Values, HostileValue,
    testing::Values(
        HostileCase{"CrLf", "a\r\nBcc: victim@example.com\r\n\r\nbody"},
        HostileCase{"Lf", "a\nBcc: x@example.com"}, HostileCase{"Cr", "a\rBcc: x@example.com"},
        HostileCase{"Nul", std::string("a\0b", 3)}, HostileCase{"Escape", "a\x1b[2Jb"},
        HostileCase{"NoUtf8", "caf\xff"}, HostileCase{"Empty", ""},
        HostileCase{"Quotes", "\"Ada\" <evil@example.net>, \\ (x)"}, HostileCase{"Comma", "Müller, Jörg"},
        HostileCase{"Emoji", "👩‍👩‍👧‍👦 family 😀"},
        HostileCase{"RightToLeft", "שלום עולם"},
        HostileCase{"Japanese",
                    "統合ネットワークの申請について、ご確認をお願いいたします。よろしくお願い申し上げます。"},
        HostileCase{"Mixed",
                    "[OIN-1] Zoë & Søn: the review of Ångström Notes, once more and at some length, please"},
        HostileCase{"LooksEncoded", "=?utf-8?q?=41?= plain"}, HostileCase{"LongWord", std::string(3000, 'x')},
        HostileCase{"LongWords", std::string(300, 'x') + " " + std::string(300, 'y')},
        HostileCase{"ColonFirst", ": x"}),
    [](const auto& test) { return test.param.name; });

TEST(Compose, LeavesOutIdentifiersThatAreNone) {
  MessageHeader h = header();
  h.in_reply_to = "a b>\r\nBcc: x";
  h.references = {"", std::string(2000, 'x'), "ok@x", "<y@z>"};
  const std::string message = compose(h, {"s", "t\n", ""});
  EXPECT_THAT(message, HasSubstr("References: <ok@x>\r\n"));
  EXPECT_THAT(message, Not(HasSubstr("In-Reply-To")));
  EXPECT_THAT(message, Not(HasSubstr("Bcc")));
}

TEST(Compose, KeepsTheRootAndTheLatestOfALongThread) {
  MessageHeader h = header();
  h.references.clear();
  for (int i = 0; i < 500; ++i) h.references.push_back(std::to_string(i) + "@vendor.example");
  h.in_reply_to = "last@vendor.example";
  const std::vector<std::string> kept = parse_mail(compose(h, {"s", "t\n", ""})).references;
  ASSERT_EQ(kept.size(), 20u);
  EXPECT_EQ(kept.front(), "0@vendor.example");
  EXPECT_EQ(kept[1], "482@vendor.example");
  EXPECT_EQ(kept.back(), "last@vendor.example");
}

TEST(Compose, AnswersAlsoReferToWhatTheyAnswer) {
  MessageHeader h = header();
  h.references.clear();
  EXPECT_THAT(parse_mail(compose(h, {"s", "t\n", ""})).references, ElementsAre("p@vendor.example"));
}

TEST(AddressField, FoldsBetweenAddresses) {
  const std::string field = address_field("To", {{"Ada Lovelace of Acme", "ada@vendor.example"},
                                                 {"Lovelace, Grace", "grace@vendor.example"},
                                                 {"", "noname@vendor.example"}});
  EXPECT_EQ(field,
            "To: Ada Lovelace of Acme <ada@vendor.example>, \"Lovelace, Grace\"\r\n"
            " <grace@vendor.example>, noname@vendor.example\r\n");
}

TEST(AddressField, WritesADomainBeyondAsciiInALabels) {
  EXPECT_EQ(address_field("To", {{"Jürgen", "info@bücher.example"}}),
            "To: =?utf-8?q?J=C3=BCrgen?= <info@xn--bcher-kva.example>\r\n");
  EXPECT_EQ(address_field("To", {{"", "Info@ACME.example"}}), "To: Info@ACME.example\r\n");
}

TEST(AddressField, LetsNoAddressBeTwo) {
  EXPECT_EQ(address_field("To", {{"", "a@x, b@y\r\nBcc: c@z"}}), "To: a@xb@y??Bcc:c@z\r\n");
}

TEST(UnstructuredField, FoldsAtSeventyEight) {
  std::string long_text;
  for (int i = 0; i < 60; ++i) long_text += "word ";
  std::istringstream lines(unstructured_field("Subject", long_text));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 79u) << line;
}

TEST(UnstructuredField, KeepsTheTagReadableBesideEncodedWords) {
  EXPECT_EQ(unstructured_field("Subject", "[OIN-1] Zoë Notes"),
            "Subject: [OIN-1] =?utf-8?q?Zo=C3=AB?= Notes\r\n");
}

struct QuotedCase {
  std::string name, in, out;
};
class QuotedPrintableLine : public testing::TestWithParam<QuotedCase> {};
TEST_P(QuotedPrintableLine, StaysReadableLineByLine) {
  EXPECT_EQ(quoted_printable(GetParam().in), GetParam().out);
}
INSTANTIATE_TEST_SUITE_P(
    Lines, QuotedPrintableLine,
    testing::Values(QuotedCase{"Ascii", "a b\n", "a b\r\n"},
                    QuotedCase{"Accent", "café a=b\nplain\n", "caf=C3=A9 a=3Db\r\nplain\r\n"},
                    QuotedCase{"BlankAtEnd", "-- \nx\t\n", "--=20\r\nx=09\r\n"},
                    QuotedCase{"Dot", ".\n..\n", "=2E\r\n=2E.\r\n"},
                    QuotedCase{"From", "From me\nFromage\n", "=46rom me\r\nFromage\r\n"},
                    QuotedCase{"NoLastLineEnd", "a", "a\r\n"},
                    QuotedCase{"LineEnds", "a\r\nb\rc\n\n", "a\r\nb\r\nc\r\n\r\n"},
                    QuotedCase{"Empty", "", ""},
                    QuotedCase{"LongLine", std::string(80, 'x') + "\n",
                               std::string(73, 'x') + "=\r\n" + std::string(7, 'x') + "\r\n"}),
    [](const auto& test) { return test.param.name; });

/// RFC 2045 6.7 read anew, for the property below.
std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=')
      out += text[i];
    else if (text.substr(i + 1).starts_with("\r\n"))
      i += 2;
    else
      out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16)), i += 2;
  }
  return out;
}

TEST(QuotedPrintable, DecodesToWhatItWasForAnyBytes) {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const auto size = random() % 300;
    for (std::size_t i = 0; i < size; ++i)
      text += static_cast<char>(round % 2 == 0 ? random() % 256 : " .=xF\n\xc3"[random() % 7]);
    const std::string encoded = quoted_printable(text);
    EXPECT_EQ(decoded(encoded), with_crlf(text));
    std::istringstream lines(encoded);
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(line.size(), 77u);
      EXPECT_FALSE(line.starts_with('.') || line.ends_with(" \r") || line.ends_with("\t\r")) << line;
    }
  }
}

}  // namespace
}  // namespace oin
