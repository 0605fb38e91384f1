// Any HTML gives text in UTF-8 without blank lines at its ends and no longer than a multiple of it, and
// unflowing never invents a letter.

#include "parsers/charset.hpp"
#include "parsers/flowed.hpp"
#include "parsers/html_text.hpp"
#include "parsers/reply_text.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using oin::fuzz::require;

/// Of what mail programs write.
constexpr auto words = std::to_array<std::string_view>({
    "\n",
    " ",
    "a",
    "word ",
    "<div>",
    "</div>",
    "<p>",
    "<p class=MsoNormal>",
    "</p>",
    "<br>",
    "<hr>",
    "<hr id=zwchr>",
    "<blockquote>",
    "<blockquote type=cite>",
    "</blockquote>",
    "<blockquote style='margin:0 0 0 40px;border:none'>",
    "<div class=gmail_quote>",
    "<div class=x_yahoo_quoted>",
    "<div class=gmail_signature>",
    "<div id=Signature>",
    "<div id=divRplyFwdMsg>",
    "<div id=appendonsend>",
    "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in'>",
    "<div style='display:none'>",
    "<div style='font-size:0'>",
    "<span style='font-size:9pt;visibility:visible'>",
    "</span>",
    "<div style='white-space:pre-wrap'>",
    "<span style='mso-list:Ignore'>",
    "1.",
    "<table>",
    "<table role=presentation>",
    "<tr>",
    "<td>",
    "<th>",
    "</td>",
    "</table>",
    "<ul>",
    "<ol>",
    "<li>",
    "</ol>",
    "<dl>",
    "<dt>",
    "<dd>",
    "<pre>",
    "</pre>",
    "<a href='https://x.example/a'>",
    "</a>",
    "<ada@x.example>",
    "<!--[if mso]>",
    "<![endif]-->",
    "&nbsp;",
    "&amp;",
    "&lt;",
    "<style>",
    "</style>",
    "<select>",
    "<svg>",
    "From: Ada",
    "---------- Forwarded message ---------",
    "-- ",
});

void check(const std::string& bytes) {
  const std::string html = oin::scrubbed(bytes);
  const std::string text = oin::html_text(html).text;
  require(oin::is_utf8(text), "text is UTF-8");
  require(!text.ends_with('\n'), "no blank line at the end");
  // A line of a quote has as many marks as the quote is deep, a nested list's its blanks.
  require(text.size() <= 64 + html.size() * (4 + html.size() / 8), "text stays in proportion");
  require(oin::reply_text(text).size() <= text.size(), "so does its reply");
  require(oin::is_utf8(oin::html_text(html, {.bytes = 0, .depth = 0, .attributes = 0}).text),
          "so it is without a parser");
  require(oin::is_utf8(oin::unflowed(html, true)), "unflowed text is UTF-8");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check(oin::fuzz::raw(data, size));
  check(oin::fuzz::in_alphabet(data, size, words));
  return 0;
}
