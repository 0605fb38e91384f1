#include "tests/bench/desk/sample_mails.hpp"

#include <fmt/format.h>

#include <random>

namespace oin::bench {
namespace {

constexpr std::size_t question_bytes = 4096;

const char* const sentences[] = {
    "We are about to publish our integration and have a question about the review.",
    "Our application supports SP-initiated sign-in only; is that a blocker for the catalog?",
    "The assertion consumer service differs for each customer, so we use a variable for the subdomain.",
    "How long does the review take once the form is complete, and who tells us when it starts?",
    "Users are created by SCIM, and a deactivated user keeps the groups that it had before.",
    "Which logo sizes do you need, and may the background be transparent?",
    "In our test org the name id is the e-mail address; in production it will be a stable identifier.",
    "Please tell us also whether the guide has to be public before the integration is.",
    "A customer asked for single logout, which we have behind a flag and could switch on.",
    "The metadata is served from two hosts with different certificates during a rotation."};

std::string header(int number, const std::string& run, const std::string& subject) {
  return fmt::format(
      "Return-Path: <q{0}@bulk.test>\r\n"
      "Received: from mail.bulk.test (mail.bulk.test [192.0.2.{1}])\r\n"
      "\tby mx.oind.test (Postfix) with ESMTPS id {2:012X}\r\n"
      "\tfor <oin@oind.test>; Mon, 23 Nov 2026 10:00:{3:02} +0000 (UTC)\r\n"
      "Received: by mail.bulk.test with SMTP id {2:x}; Mon, 23 Nov 2026 02:00:{3:02} -0800\r\n"
      "Authentication-Results: mx.oind.test; dmarc=pass header.from=bulk.test\r\n"
      "From: =?UTF-8?Q?J=C3=BCrgen?= Number {0} <q{0}@bulk.test>\r\n"
      "To: OIN review desk <oin@oind.test>\r\n"
      "Subject: {4}\r\n"
      "Message-ID: <{5}.{0}.CAF8x@mail.bulk.test>\r\n"
      "Date: Mon, 23 Nov 2026 10:00:{3:02} +0000\r\n"
      "User-Agent: Mozilla Thunderbird\r\n"
      "MIME-Version: 1.0\r\n",
      number, number % 250 + 1, number * 7919L + 1'000'000, number % 60, subject, run);
}

std::string random_bytes(std::size_t size) {
  std::mt19937 random(5);
  std::string out;
  out.reserve(size + 4);
  while (out.size() < size) {
    const auto four = random();
    for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<char>(four >> shift & 0xff));
  }
  out.resize(size);
  return out;
}

std::string base64_lines(const std::string& bytes) {
  static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve(bytes.size() / 57 * 78 + 80);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned long group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      out.push_back(i + k <= bytes.size() ? alphabet[group >> (18 - 6 * k) & 63] : '=');
    if (i / 3 % 19 == 18) out += "\r\n";
  }
  return out + "\r\n";
}

}  // namespace

std::string question(int number, const std::string& run) {
  std::mt19937 random(static_cast<unsigned>(number));
  std::string out = header(number, run, fmt::format("Question about our integration {}", number));
  out += "Content-Type: text/plain; charset=UTF-8; format=flowed\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
  out += "Good morning,\r\n\r\nhow do we submit an update of our integration to the catalog?\r\n\r\n";
  const std::string end = fmt::format("\r\nRegards,\r\nJürgen\r\n-- \r\nBulk {} GmbH, Köln\r\n", number);
  while (out.size() + end.size() + 110 < question_bytes) {
    out += sentences[random() % std::size(sentences)];
    out += random() % 3 == 0 ? "\r\n\r\n" : "\r\n";
  }
  return out + end;
}

std::string html_mail() {
  std::string html = "<html><head><style>p { margin: 0 } .cell { padding: 4px }</style></head><body>\r\n";
  std::mt19937 random(3);
  for (int i = 0; html.size() < 28'000; ++i) {
    html += fmt::format(
        "<table width=3D\"100%\" style=3D\"border:0\"><tr><td class=3D\"cell\" style=3D\"font-family:=\r\n"
        " Arial, sans-serif\"><p><b>{}.</b> {}<br>{}</p></td><td><a href=3D\"https://app.acme.test/{}\">=\r\n"
        "more&nbsp;&rarr;</a></td></tr></table>\r\n",
        i, sentences[random() % std::size(sentences)], sentences[random() % std::size(sentences)], i);
  }
  return header(1, "html", "Our integration in colour") +
         "Content-Type: multipart/alternative; boundary=\"=_alt\"\r\n\r\n--=_alt\r\n"
         "Content-Type: text/plain; charset=UTF-8\r\n\r\nPlease see the HTML part of this "
         "mail.\r\n--=_alt\r\n"
         "Content-Type: text/html; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
         html + "</body></html>\r\n--=_alt--\r\n";
}

std::string mail_with_attachment(std::size_t bytes) {
  return header(2, "attachment", "The logo and the guide") +
         "Content-Type: multipart/mixed; boundary=\"=_mix\"\r\n\r\n--=_mix\r\n"
         "Content-Type: text/plain; charset=UTF-8\r\n\r\nHere is the guide.\r\n--=_mix\r\n"
         "Content-Type: application/pdf; name=\"guide.pdf\"\r\n"
         "Content-Disposition: attachment; filename=\"guide.pdf\"\r\n"
         "Content-Transfer-Encoding: base64\r\n\r\n" +
         base64_lines(random_bytes(bytes)) + "--=_mix--\r\n";
}

}  // namespace oin::bench
