/// hostile_mails.hpp: mails made to cost more than they weigh, and the limit that each must meet.
///
/// The tests read each under hard limits of time and memory; bench_parse prints what each costs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oin::test {

struct HostileMail {
  std::string_view name;
  std::string (*make)();
  std::string_view defect;  ///< the code that names the limit; empty where the mail is only large
};

inline std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

/// A piece for each number, with the number at each "#".
inline std::string numbered(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i)
    for (const char c : piece)
      if (c == '#')
        out += std::to_string(i);
      else
        out.push_back(c);
  return out;
}

inline const std::vector<HostileMail>& hostile_mails() {
  static const std::vector<HostileMail> all = {
      {"10,000 nested parts",
       [] { return numbered("Content-Type: multipart/mixed; boundary=b#\n\n--b#\n", 10'000) + "\nhi\n"; },
       "too-deep"},
      {"100,000 boundaries",
       [] {
         return "Content-Type: multipart/mixed; boundary=b\n\n" + repeated("--b\nA: b\n\nhi\n", 100'000);
       },
       "too-many-parts"},
      {"50 MB of one header field", [] { return "Subject: " + std::string(49'000'000, 'x') + "\n\nhi\n"; },
       "field-too-long"},
      {"50 MB of header fields", [] { return numbered("X-#: y\n", 4'000'000) + "\nhi\n"; },
       "too-many-fields"},
      {"a million commas", [] { return "From: a@x\nTo: " + std::string(1'000'000, ',') + "\n\nhi\n"; },
       "field-too-long"},
      {"60,000 addresses", [] { return "From: a@x\nTo: " + repeated("a@x,", 60'000) + "\n\nhi\n"; },
       "too-many-addresses"},
      {"HTML 10,000 deep",
       [] {
         return "Content-Type: text/html\n\n" + repeated("<div>", 10'000) + "hi" + repeated("</div>", 10'000);
       },
       "html-too-complex"},
      {"message/rfc822 100,000 deep",
       [] { return repeated("Content-Type: message/rfc822\n\n", 100'000) + "hi\n"; }, ""},
      {"a million parameters",
       [] { return "From: a@x\nContent-Type: text/plain" + repeated("; a=b", 1'000'000) + "\n\nhi\n"; },
       "field-too-long"},
      {"40,000 parameters",
       [] { return "From: a@x\nContent-Type: text/plain" + repeated(";a=b", 40'000) + "\n\nhi\n"; },
       "too-many-parameters"},
      {"20,000 encoded words in changing charsets",
       [] {
         return "From: a@x\nSubject: " + repeated("=?big5?q?=A4?=\n =?koi8-r?b?6w==?=\n ", 8'000) +
                "\n\nhi\n";
       },
       ""},
      {"10,000 charsets nobody knows",
       [] { return "From: a@x\nSubject: " + numbered("=?x-#?q?=E4?=\n ", 10'000) + "\n\nhi\n"; }, ""},
      {"base64 of 36 MB of NULs",
       [] {
         return "From: a@x\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" +
                repeated("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
                         630'000);
       },
       ""},
      {"an attachment of 36 MB",
       [] {
         return "From: a@x\nContent-Type: application/x\nContent-Transfer-Encoding: base64\n\n" +
                repeated("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\n",
                         630'000);
       },
       ""},
      {"60 MB of mail",
       [] { return "From: a@x\nContent-Type: application/x\n\n" + std::string(60'000'000, 'x'); },
       "message-too-large"},
      {"49 MB of line ends", [] { return "From: a@x\n\n" + std::string(49'000'000, '\n'); }, "text-too-long"},
      {"49 MB of short lines", [] { return "From: a@x\n\n" + repeated("a\n", 24'500'000); }, "text-too-long"},
      {"49 MB of HTML paragraphs",
       [] { return "Content-Type: text/html\n\n" + repeated("<p>a</p>\n", 5'400'000); }, "text-too-long"},
      {"49 MB of HTML without a word",
       [] { return "Content-Type: text/html\n\n" + repeated("<b x=\"y\"></b>\n", 3'500'000); },
       "html-too-complex"},
      {"49 MB of HTML beside a text",
       [] {
         return "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n" + repeated("a\n", 1'000) +
                "\n--b\nContent-Type: text/html\n\n<blockquote>" + repeated("<p>a</p>\n", 5'400'000) +
                "--b--\n";
       },
       ""},
      {"49 MB of HTML entities",
       [] { return "Content-Type: text/html\n\n" + repeated("&amp;&x", 7'000'000); }, "text-too-long"},
      {"49 MB of half tags", [] { return "Content-Type: text/html\n\n" + repeated("<a ", 16'300'000); },
       "html-too-complex"},
      {"49 MB of comments and styles begun",
       [] { return "Content-Type: text/html\n\n" + repeated("<!--<style></s", 3'500'000); },
       "html-too-complex"},
      {"49 MB of styles begun",
       [] { return "Content-Type: text/html\n\n" + repeated("<style></s", 4'900'000); }, "html-too-complex"},
      {"180,000 lines that announce a quotation",
       [] { return "From: a@x\n\n" + repeated("On 1 2026 Ada wrote:\n", 180'000); }, ""},
      {"800,000 signatures", [] { return "From: a@x\n\n" + repeated("\n-- \n", 800'000); }, ""},
      {"uuencoded files without end",
       [] { return "From: a@x\n\n" + repeated("begin 644 a\n#0V%T\n", 200'000); }, "invalid-uuencode"},
      {"long boundaries that do not match",
       [] {
         const std::string boundary(2'000, 'a');
         return "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n" +
                repeated("--" + boundary + "x\n", 5'000);
       },
       "no-parts"},
  };
  return all;
}

}  // namespace oin::test
