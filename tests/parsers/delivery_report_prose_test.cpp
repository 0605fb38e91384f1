/// delivery_report_prose_test.cpp: one report of each family of mail systems that write them as prose, in the
/// form in which that system writes it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <ostream>

#include "parsers/delivery_report.hpp"
#include "parsers/mail.hpp"

namespace oin {
namespace {

struct ProseCase {
  std::string name;
  std::string header;  ///< beside To
  std::string text;
  std::vector<std::string> recipients;  ///< "address action status reason permanent"
  std::string original_message_id = "t1@reviews.example.com";
};

void PrintTo(const ProseCase& test, std::ostream* out) { *out << test.name; }

constexpr const char* from_daemon =
    "Return-Path: <>\nFrom: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.org>\n";

constexpr const char* returned =
    "\nReceived: from a by b; Mon, 23 Nov 2026 10:00:00 +0000\nFrom: desk@reviews.example.com\n"
    "To: ada@vendor.example\nMessage-ID: <t1@reviews.example.com>\nSubject: x\n\nhello\n";

std::string said(const RecipientReport& one) {
  return one.address + " " + one.action + " " + (one.status.empty() ? "-" : one.status) + " " + one.reason +
         (one.permanent ? " permanent" : "");
}

class ReportInProse : public testing::TestWithParam<ProseCase> {};

TEST_P(ReportInProse, IsReadWhole) {
  const ProseCase& test = GetParam();
  for (const bool crlf : {false, true}) {
    std::string bytes = test.header +
                        "To: desk@reviews.example.com\nMIME-Version: 1.0\n"
                        "Content-Type: text/plain; charset=utf-8\n\n" +
                        test.text;
    if (crlf)
      for (std::size_t at = 0; (at = bytes.find('\n', at)) != std::string::npos; at += 2)
        bytes.insert(at, "\r");
    const Mail mail = parse_mail(bytes);
    ASSERT_TRUE(mail.delivery_report);
    std::vector<std::string> found;
    for (const RecipientReport& one : mail.delivery_report->recipients) found.push_back(said(one));
    EXPECT_EQ(found, test.recipients);
    EXPECT_EQ(mail.delivery_report->original_message_id, test.original_message_id);
    ASSERT_TRUE(mail.automatic);
    EXPECT_EQ(mail.automatic->kind, "bounce");
  }
}

const std::string daemon_header = std::string(from_daemon) + "Subject: failure notice\n";

INSTANTIATE_TEST_SUITE_P(
    Families, ReportInProse,
    testing::Values(
        ProseCase{
            "Qmail",
            daemon_header,
            std::string("Hi. This is the qmail-send program at mx.example.org.\n"
                        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
                        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
                        "<ada@vendor.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
                        "<bob@vendor.example>:\n203.0.113.5 does not like recipient.\nRemote host said: 550 "
                        "5.7.1 client host [203.0.113.9] blocked using zen.spamhaus.org\nGiving up on "
                        "203.0.113.5.\n\n--- Below this line is a copy of the message.\n") +
                returned,
            {"ada@vendor.example failed 5.1.1 user-unknown permanent",
             "bob@vendor.example failed 5.7.1 spam permanent"}},
        ProseCase{
            "PostfixFoldsTheServersWords",
            daemon_header,
            std::string("This is the mail system at host mx.example.org.\n\n<ada@vendor.example>: host "
                        "mx.vendor.example[203.0.113.5] said: 554 5.7.1\n    <ada@vendor.example>: Relay "
                        "access denied (in reply to RCPT TO command)\n<bob@vendor.example> (expanded from "
                        "<staff@example.org>): host\n    mx.vendor.example[203.0.113.5] said: 550 5.1.1\n    "
                        "<robert@vendor.example>: Recipient address rejected: User unknown\n\n--- Below this "
                        "line is a copy of the message.\n") +
                returned,
            {"ada@vendor.example failed 5.7.1 relay-denied permanent",
             "bob@vendor.example failed 5.1.1 user-unknown permanent"}},
        ProseCase{
            "QmailGivesUp",
            daemon_header,
            std::string("Hi. This is the qmail-send program at mx.example.org.\n\n<ada@vendor.example>:\n"
                        "Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)\nI'm not going to "
                        "try again; this message has been in the queue too long.\n\n--- Below this line is "
                        "a copy of the message.\n") +
                returned,
            {"ada@vendor.example failed 4.4.1 expired"}},
        ProseCase{
            "Exim",
            "Return-Path: <>\nFrom: Mail Delivery System <Mailer-Daemon@mx.example.org>\n"
            "X-Failed-Recipients: ada@vendor.example,\n  bob@vendor.example\nAuto-Submitted: auto-replied\n"
            "Subject: Mail delivery failed: returning message to sender\n",
            "This message was created automatically by mail delivery software.\n\nA message that you sent "
            "could not be delivered to one or more of its\nrecipients. This is a permanent error. The "
            "following address(es) failed:\n\n  ada@vendor.example\n    host mx.vendor.example "
            "[203.0.113.5]\n    SMTP error from remote mail server after RCPT TO:<ada@vendor.example>:\n    "
            "550 5.1.1 User unknown\n  bob@vendor.example\n    retry timeout exceeded\n\n------ This is a "
            "copy of the message, including all the headers. ------\n\nReturn-path: "
            "<desk@reviews.example.com>\nMessage-ID:\n <t1@reviews.example.com>\n",
            {"ada@vendor.example failed 5.1.1 user-unknown permanent",
             "bob@vendor.example failed - expired permanent"}},
        ProseCase{
            "EximWarns",
            "Return-Path: <>\nFrom: Mail Delivery System <Mailer-Daemon@mx.example.org>\nSubject: Warning: "
            "message 1abc-0002-Qx delayed 24 hours\nReferences: <t1@reviews.example.com>\n",
            "This message was created automatically by mail delivery software.\nA message that you sent has "
            "not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue "
            "on mx.example.org.\n\nThe address to which the message has not yet been delivered is:\n\n  "
            "ada@vendor.example\n    Delay reason: Connection timed out\n\nNo action is required on your "
            "part. Delivery attempts will continue for\nsome time.\n",
            {"ada@vendor.example delayed - network"}},
        ProseCase{
            "SendmailOfOld",
            std::string(from_daemon) + "Subject: Returned mail: Host unknown\n",
            std::string("   ----- Transcript of session follows -----\n550 vendor.example (smtp)... 550 Host "
                        "unknown\n554 <ada@vendor.example>... 550 Host unknown (Authoritative answer from "
                        "name server)\n\n   ----- Unsent message follows -----\n") +
                returned,
            {"ada@vendor.example failed - host-unknown permanent"}},
        ProseCase{"SendmailWithoutFields",
                  std::string(from_daemon) + "Subject: Returned mail: see transcript for details\n",
                  std::string(
                      "The original message was received at Mon, 23 Nov 2026 10:00:00 GMT\nfrom "
                      "[203.0.113.9]\n\n   ----- The following addresses had permanent fatal errors "
                      "-----\n<ada@vendor.example>\n    (reason: 552 5.2.2 Mailbox full (over quota))\n\n   "
                      "----- Transcript of session follows -----\n... while talking to "
                      "mx.vendor.example.:\n>>> DATA\n<<< 552 5.2.2 Mailbox full (over quota)\n") +
                      returned,
                  {"ada@vendor.example failed 5.2.2 mailbox-full permanent"}},
        ProseCase{
            "Exchange55",
            "From: System Administrator <postmaster@mx.example.org>\nSubject: Undeliverable: x\n",
            "Your message\n\n  To:      ada@vendor.example\n  Subject: x\n  Sent:    Mon, 23 Nov 2026 "
            "10:00:00 -0000\n\ndid not reach the following recipient(s):\n\nada@vendor.example on Mon, 23 "
            "Nov "
            "2026 10:00:02 -0000\n    The recipient name is not recognized\n\tThe MTS-ID of the original "
            "message is: c=us;a= ;p=Example;l=MX0101\n    MSEXCH:IMS:EXAMPLE:ORG:MX 0 (000C05A6) Unknown "
            "Recipient\n",
            {"ada@vendor.example failed - user-unknown permanent"},
            ""},
        ProseCase{
            "Exchange2003",
            "From: postmaster@mx.example.org\nSubject: Undeliverable: x\nIn-Reply-To: "
            "<t1@reviews.example.com>\n",
            "Your message did not reach some or all of the intended recipients.\n\n      Subject:\tx\n      "
            "Sent:\t11/23/2026 10:00 AM\n\nThe following recipient(s) could not be reached:\n\n      "
            "ada@vendor.example on 11/23/2026 10:00 AM\n            The e-mail account does not exist at the "
            "organization this message was sent to.\n            <mx.example.org #5.1.1>\n",
            {"ada@vendor.example failed 5.1.1 user-unknown permanent"}},
        ProseCase{
            "ExchangeInGerman",
            "From: Microsoft Outlook <postmaster@example.org>\nSubject: =?utf-8?Q?Unzustellbar:_x?=\n",
            "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\n"
            "ada@vendor.example<mailto:ada@vendor.example>\nDie eingegebene E-Mail-Adresse konnte nicht "
            "gefunden werden.\n\nDiagnoseinformationen für Administratoren:\n\nGenerierender Server: "
            "mx.example.org\n\nada@vendor.example\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n\n"
            "Ursprüngliche Nachrichtenkopfzeilen:\n\nReceived: from x by y\nMessage-ID: "
            "<t1@reviews.example.com>\n",
            {"ada@vendor.example failed 5.1.1 user-unknown permanent"}},
        ProseCase{
            "Gmail",
            "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nX-Failed-Recipients: "
            "ada@vendor.example\nSubject: Delivery Status Notification (Failure)\nIn-Reply-To: "
            "<t1@reviews.example.com>\n",
            "** Address not found **\n\nYour message wasn't delivered to ada@vendor.example because the "
            "address couldn't be found, or is unable to receive mail.\n\nThe response was:\n\n550 5.1.1 The "
            "email account that you tried to reach does not exist.\n",
            {"ada@vendor.example failed 5.1.1 user-unknown permanent"}},
        ProseCase{"GmailRetries",
                  "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nSubject: Delivery Status "
                  "Notification (Delay)\nReferences: <t1@reviews.example.com>\n",
                  "** Delivery incomplete **\n\nThere was a temporary problem delivering your message to "
                  "ada@vendor.example. Gmail will retry for 45 more hours. You'll be notified if the "
                  "delivery fails "
                  "permanently.\n\nThe response was:\n\n450 4.2.2 The recipient is over quota\n",
                  {"ada@vendor.example delayed 4.2.2 mailbox-full"}},
        ProseCase{"Yahoo",
                  daemon_header,
                  "Sorry, we were unable to deliver your message to the following address.\n\n"
                  "<ada@vendor.example>:\nRemote host said:\n552 5.3.4 Message size exceeds fixed limit\n "
                  "[MAIL_FROM]\n\n--- Below this line is a copy of the message.\n\nMessage-ID: "
                  "<t1@reviews.example.com>\n",
                  {"ada@vendor.example failed 5.3.4 over-size permanent"}},
        ProseCase{
            "Domino",
            std::string(from_daemon) + "Subject: DELIVERY FAILURE\n",
            "------- Failure Reasons  --------\n\nUser not listed in public Name & Address Book\n"
            "ada@vendor.example\n\n------- Returned Message --------\nReceived: from a by b\nMessage-ID: "
            "<t1@reviews.example.com>\n",
            {"ada@vendor.example failed - user-unknown permanent"}},
        ProseCase{"Courier",
                  std::string(from_daemon) + "Subject: NOTICE: mail delivery status.\n",
                  std::string(
                      "                           UNDELIVERABLE MAIL\n\nYour message to the following "
                      "recipients cannot be delivered:\n\n<ada@vendor.example>:\n    mx.vendor.example "
                      "[203.0.113.5]:\n>>> RCPT TO:<ada@vendor.example>\n<<< 550 5.7.1 Relaying denied\n\n") +
                      returned,
                  {"ada@vendor.example failed 5.7.1 relay-denied permanent"}},
        ProseCase{"DragonFly",
                  "From: MAILER-DAEMON <>\nSubject: Mail delivery failed\n",
                  std::string(
                      "This is the DragonFly Mail Agent v0.13 at mx.example.org.\n\nThere was an error "
                      "delivering your mail to <ada@vendor.example>.\n\nmx.vendor.example [203.0.113.5] did "
                      "not like our RCPT TO:\n552 5.2.3 <ada@vendor.example>: Message length exceeds limit"
                      "\n\nMessage headers follow.\n") +
                      returned,
                  {"ada@vendor.example failed 5.2.3 over-size permanent"}},
        ProseCase{
            "OpenSmtpd",
            std::string(from_daemon) + "Subject: Delivery status notification: error\n",
            std::string(
                "    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n    An "
                "error has occurred while attempting to deliver a message for\n    the following list "
                "of recipients:\n\nada@vendor.example: Domain does not exist\nbob@vendor.example: 550 "
                "5.1.1 no such user\n\n    Below is a copy of the original message:\n") +
                returned,
            {"ada@vendor.example failed - host-unknown permanent",
             "bob@vendor.example failed 5.1.1 user-unknown permanent"}},
        ProseCase{
            "IMail",
            "From: Postmaster <postmaster@mx.example.org>\nSubject: Undeliverable Mail\n",
            "Delivery failed 20 attempts: ada@vendor.example\n\n\nOriginal message follows.\n\nReceived: x\n"
            "Message-ID: <t1@reviews.example.com>\n",
            {"ada@vendor.example failed - expired"}},
        ProseCase{
            "MDaemon",
            std::string(from_daemon) + "Subject: Permanent Delivery Failure\n",
            "The attached message had PERMANENT fatal delivery errors!\n\nFailed address: "
            "ada@vendor.example\n\n--- Session Transcript ---\n Mon 2026-11-23 10:00:00: --> RCPT "
            "To:<ada@vendor.example>\n Mon 2026-11-23 10:00:01: <-- 550 5.1.1 <ada@vendor.example>: User "
            "unknown\n --- End Transcript ---\n",
            {"ada@vendor.example failed 5.1.1 user-unknown permanent"},
            ""},
        ProseCase{
            "JamesServer",
            std::string(from_daemon) + "Subject: Re: x\n",
            "Hi. This is the James mail server at mx.example.org.\nI'm afraid I wasn't able to deliver your "
            "message to the following addresses.\n\nFailed recipient(s):\nada@vendor.example\n\nError "
            "message:\n550 - Requested action not taken: no such user here\n\n\nMessage details:\n  Subject: "
            "x\n  MAIL FROM: desk@reviews.example.com\n  RCPT TO: ada@vendor.example\n",
            {"ada@vendor.example failed - user-unknown permanent"},
            ""},
        ProseCase{
            "MailMarshal",
            "From: postmaster@mx.example.org\nSubject: Undeliverable Mail: \"x\"\n",
            "Your message:\n   From:    desk@reviews.example.com\n   Subject: x\n\nCould not be delivered "
            "because of\n\n550 5.1.1 User unknown\n\nThe following recipients were affected: \n    "
            "ada@vendor.example\n",
            {"ada@vendor.example failed 5.1.1 user-unknown permanent"},
            ""},
        ProseCase{
            "GroupWiseNamesNoDomain",
            std::string(from_daemon) + "Subject: Mail System Error\n",
            std::string("The message that you sent was undeliverable to the following:\n\tada (user not "
                        "found)\n\nPossibly truncated original message follows:\n") +
                returned,
            {"ada@vendor.example failed - user-unknown permanent"}},
        ProseCase{
            "FieldsInTheText",
            std::string(from_daemon) + "Subject: Delivery status\n",
            "An error occurred while trying to deliver the mail to the following recipients:\n"
            "ada@vendor.example\n\nReporting-MTA: dsn; mx.example.org\n\nAction: failed\nFinal-Recipient: "
            "rfc822; ada@vendor.example\nDiagnostic-Code: smtp; 550 5.2.1 Mailbox disabled\nStatus: 5.2.1\n",
            {"ada@vendor.example failed 5.2.1 user-unknown permanent"},
            ""},
        ProseCase{
            "InFrench",
            std::string(from_daemon) + "Subject: =?utf-8?Q?Courrier_non_distribu=C3=A9?=\n",
            "Votre message n'a pas pu être remis au destinataire suivant : ada@vendor.example\n\nMotif : "
            "boîte aux lettres pleine\n",
            {"ada@vendor.example failed - mailbox-full permanent"},
            ""},
        ProseCase{"InJapaneseWithoutBlanks",
                  std::string(from_daemon) + "Subject: failure notice\n",
                  "宛先「ada@vendor.example」へのメールは配信できませんでした。\n550 5.1.1 User unknown\n",
                  {"ada@vendor.example failed 5.1.1 user-unknown permanent"},
                  ""},
        ProseCase{"WithAnInternationalAddress",
                  std::string(from_daemon) + "Subject: failure notice\n",
                  "Your mail could not be delivered.\n\n<jürgen@müller.example>: 550 5.1.1 unknown user\n"
                  "用户@例子.广告: 552 5.2.2 mailbox full\n",
                  {"jürgen@müller.example failed 5.1.1 user-unknown permanent",
                   "用户@例子.广告 failed 5.2.2 mailbox-full permanent"},
                  ""},
        ProseCase{"InJapanese",
                  std::string(from_daemon) + "Subject: =?utf-8?B?6YWN5L+h5LiN6IO9?=\n",
                  "以下のメールアドレスへ送信できませんでした。\nada@vendor."
                  "example\n\nメールボックスがいっぱいです。\n",
                  {"ada@vendor.example failed - mailbox-full permanent"},
                  ""},
        ProseCase{
            "SesByJson",
            "From: AWS Notifications <no-reply@sns.amazonaws.com>\nSubject: AWS Notification Message\n",
            "{\"Type\":\"Notification\",\"Message\":\"{\\\"notificationType\\\":\\\"Bounce\\\","
            "\\\"bounce\\\":{"
            "\\\"bounceType\\\":\\\"Permanent\\\",\\\"bouncedRecipients\\\":[{\\\"emailAddress\\\":"
            "\\\"ada@vendor.example\\\",\\\"action\\\":\\\"failed\\\",\\\"status\\\":\\\"5.1.1\\\","
            "\\\"diagnosticCode\\\":\\\"smtp; 550 5.1.1 user\n  "
            "unknown\\\"}]},\\\"mail\\\":{\\\"commonHeaders\\\":{"
            "\\\"messageId\\\":\\\"<t1@reviews.example.com>\\\"}}}\"}\n\n--\nIf you wish to stop receiving "
            "notifications, please visit the link below.\n",
            {"ada@vendor.example failed 5.1.1 user-unknown permanent"}}),
    [](const auto& test) { return test.param.name; });

struct NoReportCase {
  std::string name, header, text;
};

void PrintTo(const NoReportCase& test, std::ostream* out) { *out << test.name; }

class NoReportInProse : public testing::TestWithParam<NoReportCase> {};

TEST_P(NoReportInProse, IsRead) {
  EXPECT_FALSE(
      parse_mail(GetParam().header + "To: desk@reviews.example.com\n\n" + GetParam().text).delivery_report);
}

INSTANTIATE_TEST_SUITE_P(
    Others, NoReportInProse,
    testing::Values(
        NoReportCase{
            "AnAbsence",
            "Return-Path: <>\nFrom: bob@vendor.example\nAuto-Submitted: auto-replied\nSubject: Out of "
            "office: x\n",
            "I am away until Monday.\nPlease write to\nada@vendor.example\n"},
        NoReportCase{"APersonAboutABounce", "From: ada@vendor.example\nSubject: Undeliverable: your letter\n",
                     "Your mail could not be delivered to bob@vendor.example: 550 user unknown.\n"},
        NoReportCase{"APersonForwardingOne", "From: ada@vendor.example\nSubject: Fwd: failure notice\n",
                     "> From: MAILER-DAEMON@mx.example.org\n> <bob@vendor.example>:\n> 550 user unknown\n"},
        NoReportCase{"ThePostmasterInPerson", "From: postmaster@vendor.example\nSubject: Our new app\n",
                     "Please see our form.\nGrace\ngrace@vendor.example\n"},
        NoReportCase{
            "ComplaintsByJson", "From: no-reply@sns.amazonaws.com\nSubject: AWS Notification Message\n",
            "{\"notificationType\":\"Complaint\",\"complaint\":{\"complainedRecipients\":[{\"emailAddress\":"
            "\"ada@vendor.example\"}]},\"mail\":{}}\n"}),
    [](const auto& test) { return test.param.name; });

TEST(ReportInProse, CostsTimeInProportionToItsLength) {
  const std::vector<std::string> lines = {"<ada@vendor.example>:\n",
                                          "ada@vendor.example: 550 5.1.1 user unknown\n",
                                          "550 5.1.1 <ada@vendor.example>... User unknown\n",
                                          "could not be delivered to ada@vendor.example\n",
                                          "Final-Recipient: rfc822; ada@vendor.example\n",
                                          "Final-Recipient: rfc822; ada@vendor.example\n\n",
                                          ">>> RCPT TO:<ada@vendor.example>\n<<< 550 5.1.1 unknown\n",
                                          "----- original message\n",
                                          "Message-ID:\n ",
                                          "(reason: (((((",
                                          "\n",
                                          "@",
                                          "a@b.c ",
                                          "4.2.",
                                          "550 ",
                                          "{\"notificationType\":[",
                                          "\\x{20",
                                          "--- The following addresses had delivery problems ---\n"};
  for (const std::string& line : lines) {
    std::string text;
    while (text.size() < 200'000) text += line;
    for (const bool fields : {false, true}) {
      Mail mail = parse_mail(daemon_header + "\n");
      mail.text = text;
      if (fields) mail.attachments.push_back({"", "message/delivery-status", text, "", "", "", "2"});
      const std::clock_t begin = std::clock();  // of this process: the machine may be busy
      const auto report = delivery_report(mail);
      EXPECT_LT(std::clock() - begin, 2 * CLOCKS_PER_SEC) << line << fields;
    }
  }
}

TEST(ReportInProse, NamesEveryRecipientOnce) {
  std::string text = "I'm afraid I wasn't able to deliver your message to the following addresses.\n\n";
  for (int i = 0; i < 3000; ++i)
    text += "<user" + std::to_string(i % 1500) + "@vendor.example>:\nuser unknown\n\n";
  const Mail mail = parse_mail(daemon_header + "\n" + text);
  ASSERT_TRUE(mail.delivery_report);
  EXPECT_EQ(mail.delivery_report->recipients.size(), 1000u);
  EXPECT_EQ(mail.delivery_report->recipients.back().address, "user999@vendor.example");
  EXPECT_EQ(mail.delivery_report->recipients.back().reason, "user-unknown");
}

}  // namespace
}  // namespace oin
