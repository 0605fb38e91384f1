#include "parsers/automatic.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>

#include "parsers/mail.hpp"

namespace oin {
namespace {

struct MailCase {
  std::string name;
  std::string header;  ///< in front of a plain greeting
  std::string kind;    ///< empty: a person
  bool answered;
};

class AutomaticMail : public testing::TestWithParam<MailCase> {};

TEST_P(AutomaticMail, IsToldFromAPersonsAndAnsweredOrNot) {
  const Mail mail = parse_mail(GetParam().header + "\nHello,\nplease see our form.\n");
  const auto made = automatic(mail);
  EXPECT_EQ(made ? made->kind : "", GetParam().kind);
  if (made) {
    EXPECT_FALSE(made->evidence.empty());
  }
  const auto forbidden = answer_forbidden(mail);
  EXPECT_EQ(!forbidden, GetParam().answered) << forbidden.value_or("");
}

INSTANTIATE_TEST_SUITE_P(
    Headers, AutomaticMail,
    testing::Values(
        MailCase{"Person", "From: ada@x.example\nSubject: Our app\n", "", true},
        MailCase{"AutoSubmittedNoIsAPerson", "From: ada@x.example\nAuto-Submitted: no\n", "", true},
        MailCase{"AutoSubmittedNoWithABulkField",
                 "From: ada@x.example\nAuto-Submitted: no\nPrecedence: bulk\n", "", false},
        MailCase{"AutoReplied", "From: ada@x.example\nAuto-Submitted: auto-replied (vacation)\n",
                 "auto-reply", false},
        MailCase{"GeneratedNotice", "From: cron@x.example\nAuto-Submitted: auto-generated\n", "bulk", false},
        MailCase{"GeneratedInAThread",
                 "From: desk@x.example\nAuto-Submitted: auto-generated\nIn-Reply-To: <a@b>\n", "auto-reply",
                 false},
        MailCase{
            "SuppressProvesNothing",
            "From: ada@x.example\nX-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\nSubject: Re: OIN\n",
            "", false},
        MailCase{"SuppressOfReceiptsOnly", "From: ada@x.example\nX-Auto-Response-Suppress: DR, RN\n", "",
                 true},
        MailCase{"SuppressBesideAnAbsence",
                 "From: ada@x.example\nX-Auto-Response-Suppress: All\nSubject: I am out of office\n",
                 "auto-reply", false},
        MailCase{"AbsenceInAQuestion",
                 "From: ada@x.example\nSubject: out of office next week, who reviews?\n", "", true},
        MailCase{"MailProgramsOwnPrefix", "From: ada@x.example\nSubject: Automatic reply: your letter\n",
                 "auto-reply", false},
        MailCase{"GermanPrefix", "From: ada@x.example\nSubject: Automatische Antwort: Brief\n", "auto-reply",
                 false},
        MailCase{"FrenchPrefix",
                 "From: ada@x.example\nSubject: =?utf-8?Q?R=C3=A9ponse_automatique_:_lettre?=\n",
                 "auto-reply", false},
        MailCase{"NullReturnPath", "Return-Path: <>\nFrom: ada@x.example\nSubject: Hello\n", "auto-reply",
                 false},
        MailCase{"NullReturnPathOfABounce",
                 "Return-Path: <>\nFrom: MAILER-DAEMON@x.example\nSubject: failure notice\n", "bounce",
                 false},
        MailCase{"List", "From: ada@x.example\nList-Id: <l.x.example>\n", "list", false},
        MailCase{"PrecedenceList", "From: ada@x.example\nPrecedence: list\n", "list", false},
        MailCase{"PrecedenceBulk", "From: ada@x.example\nPrecedence: bulk\n", "bulk", false},
        MailCase{"PrecedenceOfAutoreplies", "From: ada@x.example\nPrecedence: auto_reply\n", "auto-reply",
                 false},
        MailCase{"Newsletter", "From: ada@x.example\nList-Unsubscribe: <mailto:u@x.example>\n", "bulk",
                 false},
        MailCase{"VendorsField", "From: ada@x.example\nX-Autoreply: yes\n", "auto-reply", false},
        MailCase{"VendorsFieldSaysNo", "From: ada@x.example\nX-Autoreply: no\n", "", true},
        MailCase{"TicketSystem",
                 "From: help@x.example\nAuto-Submitted: auto-replied\nSubject: [Ticket #4711] received\n",
                 "ticket-system", false},
        MailCase{"Challenge",
                 "From: ada@x.example\nAuto-Submitted: auto-replied\nSubject: please confirm you are human\n",
                 "challenge", false},
        MailCase{"Receipt",
                 "From: ada@x.example\nContent-Type: multipart/report; report-type=disposition-notification; "
                 "boundary=b\n",
                 "receipt", false},
        MailCase{"Feedback",
                 "From: fbl@x.example\nContent-Type: multipart/report; report-type=\"feedback-report\"; "
                 "boundary=b\n",
                 "feedback", false},
        MailCase{"Report",
                 "From: postmaster@x.example\nContent-Type: multipart/report; report-type=delivery-status; "
                 "boundary=b\n",
                 "bounce", false},
        MailCase{"Invitation", "From: ada@x.example\nContent-Type: text/calendar; method=REQUEST\n",
                 "calendar", false},
        MailCase{"NoReplySenderIsOnlyNotAnswered", "From: do-not.reply+7@x.example\nSubject: Our app\n", "",
                 false},
        MailCase{"ReplyToOfANoReplySender", "From: noreply@x.example\nReply-To: ada@x.example\n", "", true},
        MailCase{"LoopMark", "From: ada@x.example\nX-Loop: yes\n", "", false}),
    [](const auto& test) { return test.param.name; });

struct FormCase {
  std::string name;
  std::string header;
  std::string text;
  std::string kind;
  std::vector<std::string> evidence;
};

void PrintTo(const FormCase& test, std::ostream* out) { *out << test.name; }

class KnownForm : public testing::TestWithParam<FormCase> {};

TEST_P(KnownForm, IsToldWithItsEvidence) {
  const Mail mail = parse_mail(GetParam().header + "\n" + GetParam().text);
  ASSERT_TRUE(mail.automatic);
  EXPECT_EQ(mail.automatic->kind, GetParam().kind);
  EXPECT_EQ(mail.automatic->evidence, GetParam().evidence);
  EXPECT_TRUE(answer_forbidden(mail));
}

INSTANTIATE_TEST_SUITE_P(
    AutoResponders, KnownForm,
    testing::Values(
        FormCase{"Gmail",
                 "From: ada@x.example\nPrecedence: bulk\nX-Autoreply: yes\nAuto-Submitted: auto-replied\n"
                 "Subject: Away until Monday Re: x\n",
                 "I am away.\n",
                 "auto-reply",
                 {"X-Autoreply: yes"}},
        FormCase{"Exchange",
                 "From: ada@x.example\nX-Auto-Response-Suppress: All\nAuto-Submitted: auto-generated\n"
                 "Subject: Automatic reply: x\nIn-Reply-To: <a@b>\n",
                 "I am away until 30 November.\n",
                 "auto-reply",
                 {"Auto-Submitted: auto-generated", "Subject: Automatic reply: x"}},
        FormCase{"ExchangeWithoutFields",
                 "From: ada@x.example\nSubject: Abwesenheitsnotiz: x\n",
                 "Bin weg.\n",
                 "auto-reply",
                 {"Subject: Abwesenheitsnotiz: x"}},
        FormCase{
            "Notes",
            "From: ada@x.example\nSubject: AUTO: Ada Lovelace is out of the office (returning 30/11/2026)\n",
            "I am out of the office.\n",
            "auto-reply",
            {"Subject: AUTO: Ada Lovelace is out of the office (returning 30/11/2026)"}},
        FormCase{"Vacation",
                 "From: ada@x.example\nPrecedence: junk\nAuto-Submitted: auto-replied\nSubject: away from my "
                 "mail\n",
                 "Back soon.\n",
                 "auto-reply",
                 {"Auto-Submitted: auto-replied", "Subject: away from my mail"}},
        FormCase{"SieveVacation",
                 "From: ada@x.example\nAuto-Submitted: auto-replied (vacation)\nSubject: Auto: x\n",
                 "Back soon.\n",
                 "auto-reply",
                 {"Auto-Submitted: auto-replied (vacation)"}},
        FormCase{"CPanel",
                 "From: ada@x.example\nX-Autorespond: x\nPrecedence: auto_reply\n",
                 "Thanks!\n",
                 "auto-reply",
                 {"X-Autorespond: x"}},
        FormCase{"QmailAutoresponder",
                 "From: ada@x.example\nDelivered-To: Autoresponder\n",
                 "Thanks!\n",
                 "auto-reply",
                 {"Delivered-To: Autoresponder"}},
        FormCase{"GroupWise",
                 "From: ada@x.example\nX-Mailer: GroupWise Vacation\nSubject: Re: x\n",
                 "Away.\n",
                 "auto-reply",
                 {"X-Mailer: GroupWise Vacation"}},
        FormCase{"SaysSoItself",
                 "From: office@x.example\nSubject: Office closed, on holiday until 2 January\n",
                 "This is an automated response: we are closed.\n",
                 "auto-reply",
                 {"Subject: Office closed, on holiday until 2 January", "text: \"this is an automated\""}}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    TicketSystems, KnownForm,
    testing::Values(
        FormCase{"Zendesk",
                 "From: Support <support@x.zendesk.example>\nAuto-Submitted: auto-generated\n"
                 "X-Auto-Response-Suppress: All\nSubject: [Request received] x\n",
                 "##- Please type your reply above this line -##\n\nYour request (4711) has been received.\n",
                 "ticket-system",
                 {"Auto-Submitted: auto-generated", "Subject: [Request received] x"}},
        FormCase{"Freshdesk",
                 "From: support@x.example\nAuto-Submitted: auto-replied\nSubject: Ticket Received - x\n",
                 "Dear Ada,\n",
                 "ticket-system",
                 {"Auto-Submitted: auto-replied", "Subject: Ticket Received - x"}},
        FormCase{"Jira",
                 "From: jira@x.example\nX-JIRA-FingerPrint: 0a1b\nPrecedence: bulk\nSubject: (DESK-1) x\n",
                 "x\n",
                 "ticket-system",
                 {"X-JIRA-FingerPrint: 0a1b"}},
        FormCase{"Otrs",
                 "From: desk@x.example\nX-OTRS-Loop: yes\nPrecedence: bulk\nSubject: [Ticket#2026] x\n",
                 "x\n",
                 "ticket-system",
                 {"X-OTRS-Loop: yes"}},
        FormCase{
            "RequestTracker",
            "From: rt@x.example\nX-RT-Loop-Prevention: x.example\nPrecedence: bulk\nSubject: [x.example #12] "
            "AutoReply: x\n",
            "x\n",
            "ticket-system",
            {"X-RT-Loop-Prevention: x.example"}},
        FormCase{"Zammad",
                 "From: desk@x.example\nX-Zammad-Ticket-Autogenerated: 1\nSubject: x\n",
                 "x\n",
                 "ticket-system",
                 {"X-Zammad-Ticket-Autogenerated: 1"}},
        FormCase{"OsTicket",
                 "From: desk@x.example\nAuto-Submitted: auto-replied\nX-Auto-Response-Suppress: "
                 "All\nSubject: Support "
                 "Ticket Opened [#123456]\n",
                 "x\n",
                 "ticket-system",
                 {"Auto-Submitted: auto-replied", "Subject: Support Ticket Opened [#123456]"}},
        FormCase{"ToldByItsText",
                 "From: desk@x.example\nAuto-Submitted: auto-generated\nSubject: Re: x\n",
                 "Vielen Dank.  Ihre Anfrage ist eingegangen.\n",
                 "ticket-system",
                 {"Auto-Submitted: auto-generated", "text: \"ihre anfrage\""}},
        FormCase{"NoReplySender",
                 "From: no-reply@x.example\nSubject: [Case #4711] Your case was opened\n",
                 "x\n",
                 "ticket-system",
                 {"Subject: [Case #4711] Your case was opened", "From: no-reply@x.example"}}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Challenges, KnownForm,
    testing::Values(
        FormCase{"BoxTrapper",
                 "From: ada@x.example\nX-BoxTrapper-Match: white\nSubject: Your email requires verification "
                 "verify#abc\n",
                 "x\n",
                 "challenge",
                 {"X-BoxTrapper-Match: white"}},
        FormCase{"Tmda",
                 "From: ada@x.example\nX-Delivery-Agent: TMDA/1.1.12\nAuto-Submitted: auto-replied\nSubject: "
                 "Please confirm your message\n",
                 "x\n",
                 "challenge",
                 {"X-Delivery-Agent: TMDA/1.1.12"}},
        FormCase{
            "SpamArrest",
            "From: ada@x.example\nAuto-Submitted: auto-replied\nSubject: Re: x\n",
            "Just this once, click the link below so I can receive your emails.  Powered by Spam Arrest.\n",
            "challenge",
            {"Auto-Submitted: auto-replied", "text: \"spam arrest\""}},
        FormCase{"Boxbe",
                 "From: noreply@boxbe.example\nSubject: x (Action Required): Boxbe waiting list\n",
                 "x\n",
                 "challenge",
                 {"Subject: x (Action Required): Boxbe waiting list", "From: noreply@boxbe.example"}}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Senders, KnownForm,
    testing::Values(
        FormCase{"Mailman",
                 "From: ada@x.example\nPrecedence: list\nList-Id: Builders "
                 "<builders.x.example>\nX-Mailman-Version: 2.1\n",
                 "x\n",
                 "list",
                 {"List-Id: Builders <builders.x.example>"}},
        FormCase{"Ezmlm",
                 "From: ada@x.example\nMailing-List: contact b-help@x.example; run by ezmlm\n",
                 "x\n",
                 "list",
                 {"Mailing-List: contact b-help@x.example; run by ezmlm"}},
        FormCase{"GitHub",
                 "From: Ada <notifications@github.example>\nReply-To: a/b "
                 "<reply+1@reply.github.example>\nList-ID: a/b "
                 "<b.a.github.example>\nPrecedence: list\n",
                 "x\n",
                 "list",
                 {"List-Id: a/b <b.a.github.example>"}},
        FormCase{"Newsletter",
                 "From: news@x.example\nX-MC-User: 1\nList-Unsubscribe: <https://x.example/u>\n",
                 "x\n",
                 "bulk",
                 {"X-MC-User: 1"}},
        FormCase{"Cron",
                 "From: root@x.example\nX-Cron-Env: <SHELL=/bin/sh>\nSubject: Cron <root@x> run\n",
                 "x\n",
                 "bulk",
                 {"X-Cron-Env: <SHELL=/bin/sh>"}},
        FormCase{"Monitoring",
                 "From: nagios@x.example\nAuto-Submitted: auto-generated\nSubject: PROBLEM: x\n",
                 "x\n",
                 "bulk",
                 {"Auto-Submitted: auto-generated"}},
        FormCase{"SieveNotify",
                 "From: ada@x.example\nAuto-Submitted: auto-notified; owner-email=\"a@x.example\"\n",
                 "x\n",
                 "bulk",
                 {"Auto-Submitted: auto-notified; owner-email=\"a@x.example\""}},
        FormCase{"AppleUnsubscribes",
                 "From: ada@x.example\nAuto-Submitted: auto-replied\nX-Apple-Unsubscribe: true\nSubject: "
                 "unsubscribe\n",
                 "x\n",
                 "feedback",
                 {"X-Apple-Unsubscribe: true"}},
        FormCase{
            "OutlookComComplaint",
            "From: staff@hotmail.example\nSubject: complaint about message from 203.0.113.5\nContent-Type: "
            "multipart/mixed; boundary=b\n",
            "--b\nContent-Type: message/rfc822\n\nSubject: x\n\nx\n--b--\n",
            "feedback",
            {"Subject: complaint about message from 203.0.113.5", "part: message/rfc822"}},
        FormCase{"BounceOfAGateway",
                 "From: MAILER-DAEMON@x.example\nContent-Type: multipart/mixed; boundary=b\n",
                 "--b\n\nsorry\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
                 "Final-Recipient: rfc822; b@x.example\nAction: failed\nStatus: 5.1.1\n--b--\n",
                 "bounce",
                 {"part: message/delivery-status"}},
        FormCase{"MeetingInvitation",
                 "From: ada@x.example\nContent-Class: urn:content-classes:calendarmessage\nContent-Type: "
                 "multipart/alternative; boundary=b\n",
                 "--b\nContent-Type: text/plain\n\nx\n--b\nContent-Type: text/calendar; method=REQUEST\n\n"
                 "BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n--b--\n",
                 "calendar",
                 {"part: text/calendar"}},
        FormCase{"ReadReceipt",
                 "From: ada@x.example\nContent-Type: multipart/report; report-type=disposition-notification; "
                 "boundary=b\n",
                 "--b\n\nread\n--b\nContent-Type: message/disposition-notification\n\nDisposition: "
                 "manual-action/MDN-sent-manually; displayed\n--b--\n",
                 "receipt",
                 {"Content-Type: multipart/report; report-type=disposition-notification"}}),
    [](const auto& test) { return test.param.name; });

/// What Outlook and others put in front of the subject, language by language.
TEST(AnAbsence, IsToldBySubjectInEveryLanguage) {
  for (const char* prefix : {"Automatic reply:",
                             "Out of Office:",
                             "Automatische Antwort:",
                             "Réponse automatique :",
                             "RÉPONSE AUTOMATIQUE:",
                             "Respuesta automática:",
                             "Risposta automatica:",
                             "Resposta automática:",
                             "Automatisch antwoord:",
                             "Autosvar:",
                             "Automatiskt svar:",
                             "Automatisk svar:",
                             "Automaattinen vastaus:",
                             "Odpowiedź automatyczna:",
                             "Automatická odpověď:",
                             "Автоматический ответ:",
                             "АВТООТВЕТ:",
                             "自動応答：",
                             "自動返信:",
                             "자동 회신:",
                             "自动回复:",
                             "自動回覆：",
                             "[Auto-Reply]"}) {
    const Mail mail =
        parse_mail("From: ada@x.example\nSubject: " + std::string(prefix) + " your letter\n\nx\n");
    ASSERT_TRUE(mail.automatic) << prefix;
    EXPECT_EQ(mail.automatic->kind, "auto-reply") << prefix;
    EXPECT_EQ(mail.automatic->evidence.front(), "Subject: " + std::string(prefix) + " your letter");
  }
}

TEST(APerson, IsNotAMachineForTheWordsUsed) {
  for (const char* header :
       {"Subject: Re: Automatic reply: your letter\n", "Subject: Out of office next week: who reviews?\n",
        "Subject: Question about your ticket system\nX-Auto-Response-Suppress: DR, OOF, AutoReply\n",
        "Subject: [Ticket #4711] our answer\nX-RT-Ticket: 4711\n", "Subject: Please confirm your message\n",
        "Subject: complaint about message from your desk\n", "Subject: Undeliverable: what now?\n",
        "Subject: Urlaub\n", "Subject: 不在のご連絡\n"}) {
    const Mail mail =
        parse_mail("From: Ada <ada@x.example>\n" + std::string(header) + "\nHello,\nsee below.\n");
    EXPECT_FALSE(mail.automatic) << header << mail.automatic->kind;
  }
}

TEST(APerson, MayEncloseABounceToAskAboutIt) {
  const Mail mail = parse_mail(
      "From: Ada <ada@x.example>\nSubject: why?\nContent-Type: multipart/mixed; boundary=b\n\n"
      "--b\n\nI got this, why?\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
      "Final-Recipient: rfc822; b@x.example\nAction: failed\nStatus: 5.1.1\n--b--\n");
  EXPECT_FALSE(mail.delivery_report);
  EXPECT_FALSE(mail.automatic);
  EXPECT_EQ(mail.reply_text, "I got this, why?");
}

/// Replies, questions and forwards that people wrote.
TEST(APerson, IsFoundInTheCollections) {
  namespace fs = std::filesystem;
  for (const char* folder :
       {"github-email-reply-parser", "willdurand-email-reply-parser", "zapier-email-reply-parser",
        "talon/standard_replies", "ruby-mail/plain_emails", "ruby-mail/attachment_emails"}) {
    const fs::path path = fs::path(OIND_SOURCE_DIR) / "tests/corpus" / folder;
    ASSERT_TRUE(fs::exists(path)) << folder;
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".eml" && extension != ".txt") continue;
      std::ifstream in(entry.path(), std::ios::binary);
      const Mail mail = parse_mail(std::string{std::istreambuf_iterator<char>(in), {}});
      EXPECT_FALSE(mail.delivery_report) << entry.path();
      // A header that says so is to be believed.
      const bool declared = mail.field("Precedence") || mail.field("List-Id") ||
                            mail.field("Auto-Submitted") || mail.field("List-Unsubscribe");
      EXPECT_TRUE(!mail.automatic || declared) << entry.path() << " " << mail.automatic->evidence.front();
    }
  }
}

struct StatedCase {
  std::string file, kind;
  std::size_t recipients = 0;
};

/// Collections whose mails say by their names what they are.
TEST(AutomaticMail, IsWhatItsCollectionCallsIt) {
  const std::string dsn = "enmime/dsn/testdata/", mimekit = "mimekit/messages/",
                    ruby = "ruby-mail/multipart_report_emails/";
  for (const StatedCase& stated :
       std::vector<StatedCase>{{dsn + "simple_dsn.raw", "bounce", 1},
                               {dsn + "simple_dsn_with_html.raw", "bounce", 1},
                               {dsn + "delayed_dsn.raw", "bounce", 1},
                               {dsn + "multi_recipient_dsn.raw", "bounce", 3},
                               {dsn + "dsn_with_multipart_alternative.raw", "bounce", 1},
                               {mimekit + "bounce.txt", "bounce", 1},
                               {mimekit + "delivery-status.txt", "bounce", 1},
                               {mimekit + "delivery-status2.txt", "bounce", 1},
                               {mimekit + "delivery-status-no-blank-line.txt", "bounce", 1},
                               {mimekit + "delivery-status-multiple-blank-lines.txt", "bounce", 1},
                               {mimekit + "delivery-status.anonymized.eml", "bounce", 1},
                               {mimekit + "disposition-notification.txt", "receipt"},
                               {mimekit + "disposition-notification.anonymized.eml", "receipt"},
                               {mimekit + "feedback-report.txt", "feedback"},
                               {ruby + "multi_address_bounce1.eml", "bounce", 5},
                               {ruby + "multi_address_bounce2.eml", "bounce", 5},
                               {ruby + "multipart_report_multiple_status.eml", "bounce", 1},
                               {ruby + "report_422.eml", "bounce", 1},
                               {ruby + "report_530.eml", "bounce", 1}}) {
    std::ifstream in(std::string(OIND_SOURCE_DIR) + "/tests/corpus/" + stated.file, std::ios::binary);
    const Mail mail = parse_mail(std::string{std::istreambuf_iterator<char>(in), {}});
    ASSERT_TRUE(mail.automatic) << stated.file;
    EXPECT_EQ(mail.automatic->kind, stated.kind) << stated.file;
    EXPECT_EQ(mail.delivery_report ? mail.delivery_report->recipients.size() : 0, stated.recipients)
        << stated.file;
  }
}

TEST(AutomaticMailEvidence, IsTheFieldAsItStood) {
  const Mail mail = parse_mail("From: a@x.example\nAuto-Submitted: auto-replied\n\nI am away.\n");
  EXPECT_EQ(automatic(mail)->evidence.front(), "Auto-Submitted: auto-replied");
  EXPECT_EQ(answer_forbidden(mail), "Auto-Submitted: auto-replied");
}

TEST(AnInvitation, IsCalendarOnlyWhenItStandsBesideTheText) {
  Mail mail;
  mail.attachments.push_back(
      {"invite.ics", "text/calendar", "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n", "", "", "", "1.2"});
  EXPECT_EQ(automatic(mail)->kind, "calendar");
  mail.attachments.front().disposition = "attachment";
  EXPECT_FALSE(automatic(mail));
}

}  // namespace
}  // namespace oin
