#include "parsers/automatic.hpp"

#include <gtest/gtest.h>

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
