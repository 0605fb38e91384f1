#include "parsers/html_text.hpp"

#include <gtest/gtest.h>

#include <ctime>
#include <string>

#include "parsers/flowed.hpp"

namespace oin {
namespace {

struct HtmlCase {
  std::string name, html, text;
};

class Html : public testing::TestWithParam<HtmlCase> {};
TEST_P(Html, IsLaidOutAsText) { EXPECT_EQ(html_text(GetParam().html).text, GetParam().text); }
INSTANTIATE_TEST_SUITE_P(
    Elements, Html,
    testing::Values(
        HtmlCase{"Paragraphs", "<p>One\n two</p><p>Three</p>", "One two\n\nThree"},
        HtmlCase{"OutlookParagraphs",
                 "<p class=MsoNormal>One</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>Two</p>",
                 "One\n\nTwo"},
        HtmlCase{"Breaks", "One<br>two<br><br>three", "One\ntwo\n\nthree"},
        HtmlCase{"GmailLines", "<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"},
        HtmlCase{"Entities", "a &amp; b &lt;c&gt; caf&eacute;&nbsp;x", "a & b <c> café x"},
        HtmlCase{"Inline", "a<b>b</b> <i>c</i>d", "ab cd"},
        HtmlCase{"Quote",
                 "<div>Yes</div><blockquote>Is it?<br>Really?<blockquote>old</blockquote></blockquote>",
                 "Yes\n> Is it?\n> Really?\n> > old"},
        HtmlCase{"QuotedParagraphs", "<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"},
        HtmlCase{"List", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"},
        HtmlCase{"ListOfParagraphs", "<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n\n- b"},
        HtmlCase{"NumberedList", "<ol><li>a<li>b</ol>", "1. a\n2. b"},
        HtmlCase{
            "TablePairs",
            "<table><tr><td>App name</td><td>Acme</td></tr><tr><th>URL:</th><td>https://x</td></tr></table>",
            "App name: Acme\nURL: https://x"},
        HtmlCase{"TablePairsInParagraphs",
                 "<table><tr><td><p class=MsoNormal>App "
                 "name</p></td><td><p>Acme</p><p>Notes</p></td></tr></table>",
                 "App name: Acme\n\n  Notes"},
        HtmlCase{"TableOfThreeBelowItsHeading",
                 "<table><tr><th>a</th><th>b</th><th>c</th></tr><tr><td>d</td><td>" + std::string(130, 'e') +
                     "<br>f</td><td></td></tr><tr><td>g</td><td></td><td>h</td></tr></table>",
                 "a | b | c\nd | " + std::string(130, 'e') + " f |\ng |  | h"},
        HtmlCase{"StruckOut",
                 "<p>a <s>b c</s> d <del>e </del>f <span style='text-decoration: "
                 "line-through'>g</span></p><s></s>",
                 "a ~~b c~~ d ~~e~~ f ~~g~~"},
        HtmlCase{"TableOfThree", "<table><tr><th>a</th><th>b</th><th>c</th></tr></table>", "a | b | c"},
        HtmlCase{"LayoutTable",
                 "<table><tr><td><table><tr><td>x</td></tr></table></td><td><div>y</div></td></tr></table>",
                 "x\ny"},
        HtmlCase{"Link", "see <a href='https://x.example/a'>this page</a>.",
                 "see this page <https://x.example/a>."},
        HtmlCase{"LinkThatSaysSo", "<a href='https://x.example/'>x.example</a>", "x.example"},
        HtmlCase{"MailtoLink", "<a href='mailto:a@x'>a@x</a>", "a@x"},
        HtmlCase{"ScriptLink", "<a href='javascript:alert(1)'>x</a>", "x"},
        HtmlCase{"Headings", "<h1>Title</h1>text<h2>Next</h2>more", "Title\n\ntext\n\nNext\n\nmore"},
        HtmlCase{"Preformatted", "<pre>a\n  b</pre>c", "a\n  b\nc"},
        HtmlCase{"Unseen",
                 "<style>p{}</style><script>x()</script><!-- c --><div style='display: none'>no</div>yes",
                 "yes"},
        HtmlCase{"UnseenByStyle",
                 "<div style='visibility:hidden'>a<span style='visibility: visible'>b</span></div>"
                 "<div style='mso-hide:all'>c</div><div style='max-height:0;overflow:hidden'>d</div>"
                 "<div hidden>e</div><div style='max-height:0'>f</div>",
                 "b\nf"},
        HtmlCase{"UnseenBySize",
                 "<div style='font-size:0px;line-height:1px'>preheader<br>&zwnj;&nbsp;</div>"
                 "<td style='font-size:0'><div style='FONT-SIZE:13px'>seen</div></td><p "
                 "style='font-size:0.9em'>too</p>",
                 "seen\n\ntoo"},
        HtmlCase{
            "UnseenStaysUnseen",
            "<div style='visibility:hidden'><p style='font-size:9pt'>a</p></div>"
            "<div style='font-size:0'><p style='font-size:120%'>b</p><p style='font-size:1.5rem'>c</p></div>",
            "c"},
        HtmlCase{"TrackingPixel", "a<img src='https://t.example/x.gif' width=1 height=1>b", "ab"},
        HtmlCase{"ConditionalComments",
                 "<!--[if mso]><p>for Word</p><![endif]--><![if !mso]><p>for others</p><![endif]>"
                 "<!--[if !mso]><!--><p>too</p><!--<![endif]-->",
                 "for others\n\ntoo"},
        HtmlCase{
            "WordsNumberedList",
            "<p class=MsoListParagraph style='mso-list:l0 level1'><![if !supportLists]><span "
            "style='mso-list:Ignore'>1.<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; "
            "</span></span><![endif]>Done</p><p class=MsoListParagraph><span style='mso-list:Ignore'>2.<span>"
            "&nbsp;&nbsp; </span></span>Sent</p>",
            "1. Done\n2. Sent"},
        HtmlCase{
            "WordsBulletedList",
            "<p class=MsoListParagraph><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>"
            "&nbsp;&nbsp; </span></span></span>Done</p>",
            "- Done"},
        HtmlCase{"ParagraphsWithoutMargins",
                 "<p style='margin:0'>a</p><p style='margin: 0cm 0cm .0001pt'>b</p>"
                 "<p style='margin:0 0 1em 0'>c</p><p style='margin-top:0;margin-bottom:0'>d</p>",
                 "a\nb\n\nc\n\nd"},
        HtmlCase{"Indentation",
                 "a<blockquote style='margin:0 0 0 40px;border:none;padding:0px'>b</blockquote>c", "a\nb\nc"},
        HtmlCase{"QuoteWithALine",
                 "a<blockquote style='margin:0 0 0 .8ex;border-left:1px #ccc solid'>b</blockquote>c",
                 "a\n> b\nc"},
        HtmlCase{"QuoteOfMailPrograms", "a<blockquote type=cite style='margin-left:5px'>b</blockquote>",
                 "a\n> b"},
        HtmlCase{"RuleBetween", "a<hr><hr>b<hr>", "a\n---\nb"},
        HtmlCase{"RuleInAQuote", "<blockquote>a<hr>b</blockquote>c", "> a\n> ---\n> b\nc"},
        HtmlCase{"DescriptionList", "<dl><dt>App name</dt><dd>Acme</dd><dt>URL:<dd>https://x</dl>",
                 "App name: Acme\nURL: https://x"},
        HtmlCase{"TableWithSpacers", "<table><tr><td>App name</td><td>&nbsp;</td><td>Acme</td></tr></table>",
                 "App name: Acme"},
        HtmlCase{"TableOfLayout",
                 "<table role=presentation><tr><td>Hello</td><td>View in a browser</td></tr>"
                 "<tr><td>App name:</td><td>Acme</td></tr></table>",
                 "Hello\nView in a browser\nApp name: Acme"},
        HtmlCase{
            "TableWithQuestions",
            "<table><tr><td>Multi-tenant?</td><td>yes</td></tr><tr><td>1.</td><td>Done</td></tr></table>",
            "Multi-tenant? yes\n1. Done"},
        HtmlCase{"TableWithTableHeads", "<table><thead><tr><th>Field<th>Value<tbody><tr><td>a<td>b</table>",
                 "Field: Value\na: b"},
        HtmlCase{"LinkWithTheSameAddress", "<a href='https://x.example/a'>https://x.example/a</a>",
                 "https://x.example/a"},
        HtmlCase{"LinkOfAnImage", "<a href='https://x.example'><img src=x></a>", ""},
        HtmlCase{"UnescapedAddress", "<div>Ada <ada@x.example> wrote:<br>x</div>y",
                 "Ada <ada@x.example> wrote:\nx\ny"},
        HtmlCase{"UnescapedLink", "<p>See <https://x.example/a>.", "See <https://x.example/a>."},
        HtmlCase{"PreformattedByStyle", "<div style='white-space:pre-wrap'>a\n  b</div> <div>c\nd</div>",
                 "a\n  b\nc d"},
        HtmlCase{"PreformattedTable", "<pre>a\n\n\n  b</pre>", "a\n\n  b"},
        HtmlCase{"Title", "<html><head><title>T</title></head><body>b</body></html>", "b"},
        HtmlCase{"Empty", "", ""}, HtmlCase{"Unclosed", "<div><b>a<p>b", "a\n\nb"}),
    [](const auto& test) { return test.param.name; });

std::string repeated(const std::string& piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

TEST(TooComplexHtml, LosesItsTagsAndIsToldFast) {
  const std::clock_t begin = std::clock();
  for (const std::string& html : {repeated("<div>", 200'000), repeated("<table><tr><td>", 10'000),
                                  "<p " + repeated("a=b ", 20'000) + ">", repeated("<p>word</p>", 300'000),
                                  repeated("<div></x>", 20'000), repeated("<", 1'000'000)}) {
    const HtmlText text = html_text(html + " end &amp; out<script>x</script>");
    EXPECT_TRUE(text.text.ends_with("end & out")) << html.substr(0, 20);
  }
  EXPECT_TRUE(html_text(repeated("<div>", 1000)).too_complex);
  EXPECT_FALSE(html_text(repeated("<p>", 1000)).too_complex);
  EXPECT_LT((std::clock() - begin) / CLOCKS_PER_SEC, 20);
}

TEST(FlowedText, IsJoinedAndUnstuffed) {
  EXPECT_EQ(unflowed("One \ntwo\nthree\n", false), "One two\nthree\n");
  EXPECT_EQ(unflowed("One \ntwo\n", true), "Onetwo\n");
  EXPECT_EQ(unflowed(" From\n >x\n", false), "From\n>x\n");
  EXPECT_EQ(unflowed("> a \n> b\n>> c\nd\n", false), "> a b\n> > c\nd\n");
  EXPECT_EQ(unflowed("text \n-- \nAda\n", false), "text\n-- \nAda\n");
  EXPECT_EQ(unflowed("Hello \n\nAda\n", false), "Hello\n\nAda\n");
}

}  // namespace
}  // namespace oin
