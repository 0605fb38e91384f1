// What mail programs' HTML marks as quoted, seen through text: html_text() and reply_text() together.
#include <gtest/gtest.h>

#include <string>

#include "parsers/html_text.hpp"
#include "parsers/reply_text.hpp"
#include "parsers/reply_text_alternatives.hpp"

namespace oin {
namespace {

struct HtmlReply {
  std::string name, html, reply;
};

class ReplyOfHtml : public testing::TestWithParam<HtmlReply> {};

TEST_P(ReplyOfHtml, IsWhatWasNewlyWritten) {
  EXPECT_EQ(reply_text(html_text(GetParam().html).text), GetParam().reply);
}

const auto by_name = [](const auto& test) { return test.param.name; };

// The words of an introduction are in no language we know, so that only the tree tells.
INSTANTIATE_TEST_SUITE_P(
    MailPrograms, ReplyOfHtml,
    testing::Values(
        HtmlReply{
            "Gmail",
            "<div dir=ltr>Fixed.</div><br><div class='gmail_quote gmail_quote_container'><div dir=ltr "
            "class=gmail_attr>zzz 23.11.2026 10:00 Ada &lt;<a href='mailto:ada@x.example'>ada@x.example</a>"
            "&gt; zzz:<br></div><blockquote class=gmail_quote style='margin:0 0 0 .8ex;border-left:1px #ccc "
            "solid'><div>Logo?</div></blockquote></div>",
            "Fixed."},
        HtmlReply{
            "GmailInterleaved",
            "<div class=gmail_quote><div class=gmail_attr>On Mon, 23 Nov 2026 at 10:00, Ada &lt;a@x&gt; "
            "wrote:<br></div><blockquote class=gmail_quote>1. Logo?</blockquote><div>Sent.</div><blockquote "
            "class=gmail_quote>2. URL?</blockquote><div>https://x</div></div>",
            "Sent.\nhttps://x"},
        HtmlReply{"GmailWithoutABlockquote", "Fixed.<div class=gmail_quote>zzz<div>Logo?</div></div>",
                  "Fixed."},
        HtmlReply{
            "GmailWithASignature",
            "<div>Fixed.</div><div class=gmail_signature>Ada Lovelace<br>Acme</div><div class=gmail_quote>"
            "<blockquote class=gmail_quote>Logo?</blockquote></div>",
            "Fixed."},
        HtmlReply{"TextBelowASignatureStays",
                  "<div>Fixed.</div><div class=gmail_signature>Ada Lovelace</div><div>PS: and sent.</div>",
                  "Fixed.\nAda Lovelace\nPS: and sent."},
        HtmlReply{
            "OutlookInABrowser",
            "<div>Fixed.</div><div id=Signature><p>Ada Lovelace</p></div><div id=appendonsend></div><hr>"
            "<div id=divRplyFwdMsg><font><b>No:</b> Ada &lt;ada@x.example&gt;<br><b>Nosūtīts:</b> pirmdiena "
            "10:00<br><b>Kam:</b> Bob<br><b>Tēma:</b> x</font><div>&nbsp;</div></div><div>Logo?</div>",
            "Fixed."},
        HtmlReply{"OutlookForwardedByAnotherOutlook",
                  "<div>Fixed.</div><hr><div id=x_divRplyFwdMsg><b>From:</b> Ada<br><b>Sent:</b> "
                  "Monday<br><b>To:</b> "
                  "Bob<br><b>Subject:</b> x</div><div>Logo?</div>",
                  "Fixed."},
        HtmlReply{
            "Outlook",
            "<p class=MsoNormal>Fixed.</p><div><div style='border:none;border-top:solid #E1E1E1 "
            "1.0pt;padding:3.0pt 0in 0in 0in'><p class=MsoNormal><b>No:</b> Ada [mailto:ada@x.example]<br>"
            "<b>Nosūtīts:</b> pirmdiena 10:00<br><b>Kam:</b> Bob<br><b>Tēma:</b> x</p></div></div><p "
            "class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Logo?</p>",
            "Fixed."},
        HtmlReply{
            "OutlookForMac",
            "<div>Fixed.</div><span id=OLK_SRC_BODY_SECTION><div><span>From: </span>Ada<br><span>Date: "
            "</span>"
            "Monday 10:00<br><span>To: </span>Bob<br><span>Subject: </span>x</div><div>Logo?</div></span>",
            "Fixed."},
        HtmlReply{
            "OutlookOnAPhone",
            "<div>Fixed.</div><div id=ms-outlook-mobile-signature>Get <a href='https://aka.ms/x'>Outlook for "
            "iOS</a></div><div id=mail-editor-reference-message-container><div "
            "class='ms-outlook-mobile-reference-message skipProofing'><b>From:</b> Ada<br><b>Date:</b> "
            "Monday "
            "10:00<br><b>To:</b> Bob<br><b>Subject:</b> x</div><div>Logo?</div></div>",
            "Fixed."},
        HtmlReply{"AppleMail",
                  "Fixed.<div><br><blockquote type=cite><div>zzz 23.11.2026, Ada &lt;ada@x.example&gt; "
                  "zzz:</div><div>Logo?</div></blockquote></div>",
                  "Fixed."},
        HtmlReply{
            "Yahoo",
            "<div>Fixed.</div><div id=ydp1yahoo_quoted class=ydp1yahoo_quoted><div><div>zzz:</div><div>Logo?"
            "</div></div></div>",
            "Fixed."},
        HtmlReply{"Thunderbird",
                  "Fixed.<br><div class=moz-cite-prefix>zzz 23.11.26 zz 10:00 zzz Ada "
                  "&lt;a@x&gt;:<br></div><blockquote "
                  "type=cite cite='mid:x'>Logo?</blockquote>Sent.<div class=moz-signature>-- <br>Ada</div>",
                  "Fixed.\nSent."},
        HtmlReply{
            "ThunderbirdWithTextInThePrefix",
            "<div class=moz-cite-prefix>Fixed.<br><br>On 23/11/2026 10:00, Ada wrote:<br></div><blockquote "
            "type=cite>Logo?</blockquote>",
            "Fixed."},
        HtmlReply{
            "ProtonMail",
            "<div>Fixed.</div><div class='protonmail_signature_block'><div>Sent with Proton Mail secure "
            "email.</div></div><div class=protonmail_quote>zzz 23.11.2026 10:00, Ada &lt;ada@x.example&gt; "
            "zzz:<br><blockquote class=protonmail_quote type=cite>Logo?</blockquote></div>",
            "Fixed."},
        HtmlReply{"Zimbra",
                  "<div>Fixed.</div><hr id=zwchr><div><b>From: </b>Ada<br><b>To: </b>Bob<br><b>Sent: "
                  "</b>Monday 10:00"
                  "<br><b>Subject: </b>x</div><div>Logo?</div>",
                  "Fixed."},
        HtmlReply{
            "Zoho",
            "<div>Fixed.</div><div class=zmail_extra><div>---- On Mon, 23 Nov 2026 10:00:00 +0100 <b>Ada "
            "&lt;ada@x.example&gt;</b> wrote ----</div><blockquote style='border-left:1px solid #ccc'>Logo?"
            "</blockquote></div>",
            "Fixed."},
        HtmlReply{"Tuta",
                  "<div>Fixed.</div><div>23 Nov 2026, 10:00 by ada@x.example:</div><blockquote "
                  "class=tutanota_quote>Logo?</blockquote>",
                  "Fixed."},
        HtmlReply{
            "Spark",
            "<div name=messageBodySection>Fixed.</div><div name=messageSignatureSection>Ada</div><div "
            "name=messageReplySection>On 23 Nov 2026, 10:00 +0100, Ada &lt;a@x&gt;, wrote:<br><blockquote "
            "type=cite>Logo?</blockquote></div>",
            "Fixed."},
        HtmlReply{"NotesInABrowser", "<div>Fixed.</div><div class=iNotesHistory>-----zzz-----<br>Logo?</div>",
                  "Fixed."},
        HtmlReply{
            "Hotmail",
            "<div>Fixed.<hr id=stopSpelling>Date: Mon, 23 Nov 2026 10:00:00 +0400<br>Subject: x<br>From: "
            "a@x.example<br>To: b@x.example<br><br>Logo?</div>",
            "Fixed."},
        HtmlReply{"QqMail",
                  "<div>Fixed.</div><div style='font-size:12px'>------------------&nbsp;原始邮件&nbsp;"
                  "------------------</div><div><b>发件人:</b> Ada</div><div>Logo?</div>",
                  "Fixed."},
        HtmlReply{"AQuoteWithoutAnyClass", "<div>Fixed.</div><blockquote>Logo?</blockquote>", "Fixed."}),
    by_name);

INSTANTIATE_TEST_SUITE_P(
    Forwards, ReplyOfHtml,
    testing::Values(
        HtmlReply{"GmailForward",
                  "<div>FYI</div><div class=gmail_quote><div class=gmail_attr>---------- Forwarded message "
                  "---------<br>From: Ada<br></div>App name: Acme</div>",
                  "FYI\n---------- Forwarded message ---------\nFrom: Ada\nApp name: Acme"},
        HtmlReply{"AppleForward",
                  "FYI<blockquote type=cite><div>Begin forwarded message:</div><br><div><b>From: "
                  "</b>Ada</div><div>App "
                  "name: Acme</div></blockquote>",
                  "FYI\nBegin forwarded message:\n\nFrom: Ada\nApp name: Acme"},
        HtmlReply{
            "YahooForward",
            "<div>FYI</div><div class=yahoo_quoted><div>----- Forwarded Message -----</div><div>App name: "
            "Acme</div></div>",
            "FYI\n----- Forwarded Message -----\nApp name: Acme"},
        HtmlReply{
            "OutlookForwardWithNothingAbove",
            "<hr><div id=divRplyFwdMsg><b>From:</b> Ada<br><b>Sent:</b> Monday<br><b>To:</b> "
            "Bob<br><b>Subject:"
            "</b> x</div><div>App name: Acme</div>",
            "________________________________\nFrom: Ada\nSent: Monday\nTo: Bob\nSubject: x\nApp name: Acme"},
        HtmlReply{"IndentedText",
                  "<div>Our values:</div><blockquote style='margin:0 0 0 40px;border:none'>App name: "
                  "Acme</blockquote>",
                  "Our values:\nApp name: Acme"}),
    by_name);

TEST(ReplyOfAlternatives, IsThatOfTheHtmlWhereOnlyThatShowsTheQuote) {
  const std::string html =
      "<div>Fixed.<br>See <a href='https://x.example/a'>this</a>.</div><blockquote>Logo?</blockquote>";
  EXPECT_EQ(reply("Fixed.\nSee this.\n\nLogo?\n", html, "Re: x").text,
            "Fixed.\nSee this <https://x.example/a>.");
  EXPECT_EQ(reply("Fixed. See this [https://x.example/a].\n> Logo?\n", html, "Re: x").text,
            "Fixed. See this [https://x.example/a].")
      << "the text shows it too";
  EXPECT_EQ(reply("Fixed.\nSee this.\n\nLogo?\nSent.\n", html, "Re: x").text,
            "Fixed.\nSee this.\n\nLogo?\nSent.")
      << "the text says more";
  EXPECT_EQ(reply("Hello\n", html, "Re: x").text, "Hello") << "the text says something else";
  EXPECT_EQ(reply("Logo?\n", "<blockquote>Logo?</blockquote>", "Re: x").text, "Logo?")
      << "nothing would be left";
  EXPECT_EQ(reply("Hello\n", "<p>Hello</p>", "Re: x").text, "Hello");
  EXPECT_EQ(reply("", "", "").text, "");
}

TEST(AnswersInHtml, AreNextToWhatTheyAnswer) {
  const std::string text = html_text(
                               "<div>Hi</div><blockquote "
                               "type=cite><ol><li>Logo?<li>URL?</ol></blockquote><div>Sent.</div><blockquote "
                               "type=cite>3. Name?</blockquote><div>Acme</div>")
                               .text;
  const auto all = answers(text);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_TRUE(all[0].quoted.empty());
  EXPECT_EQ(all[1].written.front().text, "Sent.");
  EXPECT_EQ(all[1].quoted.back().text, "2. URL?");
  EXPECT_EQ(all[2].written.front().text, "Acme");
  EXPECT_EQ(all[2].quoted.back().text, "3. Name?");
}

}  // namespace
}  // namespace oin
