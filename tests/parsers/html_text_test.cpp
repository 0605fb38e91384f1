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
                 "App name: Acme\n\nNotes"},
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
