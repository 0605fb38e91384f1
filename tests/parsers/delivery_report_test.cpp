#include "parsers/delivery_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "parsers/mail.hpp"

namespace oin {
namespace {

Mail report(std::string status_part) {
  Mail mail;
  mail.attachments.push_back({"", "message/delivery-status", std::move(status_part), "", "", "", "2"});
  return mail;
}

TEST(DeliveryReport, ReadsEachRecipientsFields) {
  Mail mail = report(
      "Reporting-MTA: dns; mx.example.com\n\n"
      "Original-Recipient: rfc822;ada@vendor.example\nFinal-Recipient: rfc822; "
      "a.lovelace@inner.example\nAction: failed\n"
      "Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1\n <ada@vendor.example> User unknown\n\n"
      "Final-Recipient: RFC822; bob@vendor.example\nAction: Delayed\nStatus: 4.4.1 (no answer)\n");
  mail.attachments.push_back(
      {"", "text/rfc822-headers", "Subject: x\nMessage-ID: <t1@reviews.example.com>\n\n", "", "", "", "3"});
  const auto read = delivery_report(mail);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->original_message_id, "t1@reviews.example.com");
  ASSERT_EQ(read->recipients.size(), 2u);
  const RecipientReport& ada = read->recipients[0];
  EXPECT_EQ(ada.address, "ada@vendor.example");
  EXPECT_EQ(ada.action, "failed");
  EXPECT_EQ(ada.status, "5.1.1");
  EXPECT_EQ(ada.diagnostic, "550 5.1.1 <ada@vendor.example> User unknown");
  EXPECT_TRUE(ada.permanent);
  EXPECT_EQ(ada.reason, "user-unknown");
  const RecipientReport& bob = read->recipients[1];
  EXPECT_EQ(bob.address, "bob@vendor.example");
  EXPECT_EQ(bob.action, "delayed");
  EXPECT_EQ(bob.status, "4.4.1");
  EXPECT_FALSE(bob.permanent);
  EXPECT_EQ(bob.reason, "network");
}

TEST(DeliveryReport, TakesTheOriginalIdFromTheReturnedMessageNotItsBody) {
  Mail mail = report("Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.0.0\n");
  mail.attachments.push_back({"", "message/rfc822",
                              "Message-Id: <one@x>\r\nSubject: s\r\n\r\nMessage-ID: <two@x>\r\n", "", "", "",
                              "3"});
  EXPECT_EQ(delivery_report(mail)->original_message_id, "one@x");
}

TEST(DeliveryReport, IsNothingForOtherMail) {
  EXPECT_FALSE(delivery_report({}));
  EXPECT_FALSE(delivery_report(
      parse_mail("From: ada@x.example\nSubject: Re: undeliverable mail\n\nada@x.example: user unknown\n")));
}

TEST(DeliveryReport, HasValidTextWhateverTheBytes) {
  const auto read = delivery_report(report(
      "Final-Recipient: rfc822; a@b.example\nAction: failed\nDiagnostic-Code: x; \xFF\xFE mailbox full\n"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->recipients[0].diagnostic, "\xEF\xBF\xBD\xEF\xBF\xBD mailbox full");
  EXPECT_EQ(read->recipients[0].reason, "mailbox-full");
}

struct ReasonCase {
  const char *status, *diagnostic, *reason;
};

class DeliveryReason : public testing::TestWithParam<ReasonCase> {};
TEST_P(DeliveryReason, ComesFromTheStatusThenTheWords) {
  EXPECT_EQ(delivery_reason(GetParam().status, GetParam().diagnostic), GetParam().reason);
}
INSTANTIATE_TEST_SUITE_P(
    Table, DeliveryReason,
    testing::Values(ReasonCase{"5.1.1", "anything", "user-unknown"}, ReasonCase{"5.1.2", "", "host-unknown"},
                    ReasonCase{"5.2.2", "", "mailbox-full"}, ReasonCase{"5.3.4", "", "over-size"},
                    ReasonCase{"4.4.7", "", "expired"},
                    ReasonCase{"5.0.0", "552 message size exceeds limit", "over-size"},
                    ReasonCase{"5.7.1", "550 Relaying denied", "relay-denied"},
                    ReasonCase{"5.7.1", "554 blocked using zen.spamhaus.org", "spam"},
                    ReasonCase{"5.7.26", "unauthenticated mail, DMARC", "policy"},
                    ReasonCase{"5.7.1", "", "policy"},
                    ReasonCase{"5.4.1", "Recipient address rejected: Access denied", "user-unknown"},
                    ReasonCase{"4.4.1", "connection timed out", "network"},
                    ReasonCase{"5.4.4", "", "host-unknown"},
                    ReasonCase{"", "retry timeout exceeded", "expired"}, ReasonCase{"", "", "other"}));

struct SampleCase {
  std::string file, original_message_id;
  std::vector<std::string> recipients;  ///< "address action status reason permanent"
};

class ReportSample : public testing::TestWithParam<SampleCase> {};

TEST_P(ReportSample, IsReadWhole) {
  std::ifstream in(
      std::string(OIND_SOURCE_DIR) + "/tests/corpus/sisimai/maildir/bsd/" + GetParam().file + ".eml",
      std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  ASSERT_FALSE(bytes.empty());
  const Mail mail = parse_mail(bytes);
  ASSERT_TRUE(mail.delivery_report);
  ASSERT_TRUE(mail.automatic);
  EXPECT_EQ(mail.automatic->kind, "bounce");
  EXPECT_EQ(mail.delivery_report->original_message_id, GetParam().original_message_id);
  std::vector<std::string> found;
  for (const RecipientReport& one : mail.delivery_report->recipients)
    found.push_back(one.address + " " + one.action + " " + (one.status.empty() ? "-" : one.status) + " " +
                    one.reason + (one.permanent ? " permanent" : ""));
  EXPECT_EQ(found, GetParam().recipients);
}

INSTANTIATE_TEST_SUITE_P(
    Corpus, ReportSample,
    testing::Values(
        SampleCase{"lhost-courier-04",
                   "201012101706.oBAH5rXu026630@mx.example.co.jp",
                   {"kijitora@example.cat failed 5.0.0 host-unknown permanent"}},
        SampleCase{"lhost-exchange2003-04", "", {"kijitora@example.com failed - user-unknown permanent"}},
        SampleCase{"lhost-exchange2007-02",
                   "20110429233445.FFFFFFFFEEE@neko.example.com",
                   {"kijitora@example.edu failed 5.2.2 mailbox-full permanent"}},
        SampleCase{"lhost-exim-02",
                   "E1X58pB-0004bW-2s@marutamachi.example.org",
                   {"kijitora@example.jp failed 5.1.1 user-unknown permanent",
                    "sabatora@example.jp failed 5.2.1 user-unknown permanent"}},
        SampleCase{"lhost-exim-06",
                   "00000000000000000000000000000000@mx.example.org",
                   {"kijitora@example.com failed - expired permanent"}},
        SampleCase{"lhost-outlook-06",
                   "BAY182-W4180385B0DABF89EB94B34A9300@phx.gbl",
                   {"kijitora@example.com delayed 4.4.7 expired"}},
        SampleCase{"lhost-postfix-02",
                   "",
                   {"filtered@example.co.jp failed 5.2.1 user-unknown permanent",
                    "userunknown@example.co.jp failed 5.1.1 user-unknown permanent"}},
        SampleCase{"lhost-qmail-18",
                   "20240624084636.44318.qmail@nq.example.jp",
                   {"userunknown@libsisimai.net failed 5.1.1 user-unknown permanent"}},
        SampleCase{"rfc3464-26",
                   "ALSMTP02OCIIZS2TRqf0001e76b@example.net",
                   {"kijitora@example.or.jp failed 5.1.1 user-unknown permanent"}}),
    [](const auto& test) {
      std::string name = test.param.file;
      for (char& c : name)
        if (c == '-') c = '_';
      return name;
    });

TEST(NoReport, IsMadeOfAutomaticRepliesAndComplaints) {
  for (const auto& [file, kind] : std::vector<std::pair<std::string, std::string>>{
           {"rfc3834-02", "auto-reply"}, {"rfc3834-06", "auto-reply"}, {"arf-12", "feedback"}}) {
    std::ifstream in(std::string(OIND_SOURCE_DIR) + "/tests/corpus/sisimai/maildir/bsd/" + file + ".eml",
                     std::ios::binary);
    const Mail mail = parse_mail(std::string{std::istreambuf_iterator<char>(in), {}});
    ASSERT_TRUE(mail.automatic) << file;
    EXPECT_EQ(mail.automatic->kind, kind) << file;
    EXPECT_FALSE(mail.delivery_report) << file;
  }
}

}  // namespace
}  // namespace oin
