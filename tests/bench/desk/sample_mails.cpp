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

std::string form(int number) {
  return fmt::format(
      "[App information]\r\nSubmission type: new\r\nApp name: Acme {0}\r\nApp website: "
      "https://www.acme.test\r\n"
      "App category: CRM\r\nApp description: Acme {0} keeps a sales team's customers in one place and signs "
      "its\r\n"
      " users in.\r\nApp icon: attached (logo.png)\r\nDeveloper org: https://dev-123456.okta.com\r\n"
      "Support contacts: support@acme.test, https://help.acme.test\r\n"
      "Escalation contact: okta-oncall@acme.test\r\n\r\n[Test account]\r\nURL: "
      "https://app.acme.test/login\r\n"
      "Username: isvtest@okta.com\r\nPassword: hunter2secret\r\n\r\n[SAML 2.0]\r\n"
      "Okta instance URL: https://dev-123456-admin.okta.com/admin/app/acme_1/instance/0oa1b2c3/\r\n"
      "Big Bang: no\r\nAvailable to: all tenants\r\nSet up by: self-service\r\nOn premises: no\r\n"
      "ACS URL: https://app.acme.test/saml/acs\r\nAudience URI: https://app.acme.test/saml\r\nName ID: "
      "NameID\r\n"
      "Sign-in flows: IdP, SP\r\nSP initiate URL: https://app.acme.test/sso\r\nJIT: yes\r\n"
      "Attribute: email = user.email\r\nForce authentication: no\r\nEncrypted assertions: no\r\n"
      "Single logout: no\r\nMulti-tenant: yes\r\n\r\n[SCIM 2.0]\r\n"
      "Okta instance URL: https://dev-123456-admin.okta.com/admin/app/acme_2/instance/0oa4d5e6/\r\n"
      "Features: Create Users, Update User Attributes, Deactivate Users, Group Push\r\n"
      "Base URL: https://app.acme.test/scim/v2\r\nPATCH: yes\r\nAuth mode: Bearer token\r\n"
      "Username is email: yes\r\nUnused attributes deleted: yes\r\n"
      "Runscope SPEC results: https://www.runscope.com/radar/a/b/history/c\r\n"
      "Runscope CRUD results: https://www.runscope.com/radar/a/d/history/e\r\n",
      number);
}

/// A picture of 420 x 120 pixels, as far as its header goes.
std::string png_header() {
  return std::string("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\xa4\0\0\0\x78\x08\x06\0\0\0\0\0\0\0", 33);
}

std::string guide_html() {
  std::string out =
      "<h1>Acme and Okta</h1><h2>Supported features</h2><p>SP-initiated SSO, JIT</p><h2>Requirements</h2>";
  std::mt19937 random(11);
  for (int i = 1; out.size() < 60'000; ++i)
    out +=
        fmt::format("<h2>Configuration step {}</h2><ol><li>{}</li><li>{}</li></ol>", i,
                    sentences[random() % std::size(sentences)], sentences[random() % std::size(sentences)]);
  return out;
}

/// One page, as ISO 32000-1 7.5 lays it out.
std::string guide_pdf() {
  std::string page = "BT /F1 10 Tf 50 750 Td 12 TL\n";
  for (int i = 0; i < 50; ++i)
    page += fmt::format("({}) Tj T*\n", sentences[static_cast<std::size_t>(i) % std::size(sentences)]);
  page += "ET\n";
  const std::string objects[] = {"<< /Type /Catalog /Pages 2 0 R >>",
                                 "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                 "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
                                 "/Resources << /Font << /F1 5 0 R >> >> >>",
                                 fmt::format("<< /Length {} >>\nstream\n{}endstream", page.size(), page),
                                 "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
  std::string out = "%PDF-1.4\n", table;
  int number = 0;
  for (const std::string& object : objects) {
    table += fmt::format("{:010} 00000 n \n", out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", ++number, object);
  }
  return out +
         fmt::format(
             "xref\n0 6\n0000000000 65535 f \n{}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n",
             table, out.size());
}

}  // namespace

std::string question(int number, const std::string& run) {
  std::mt19937 random(static_cast<unsigned>(number));
  std::string out = header(number, run, fmt::format("Question about our integration {}", number));
  out += "Content-Type: text/plain; charset=UTF-8; format=flowed\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
  out += "Good morning,\r\n\r\nwhen does the update of our integration go into the catalog?\r\n\r\n";
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

std::string submission(int number) {
  return header(number, "form", fmt::format("New integration: Acme {} (SAML, SCIM)", number)) +
         "Content-Type: text/plain; charset=UTF-8\r\n\r\n" + form(number);
}

std::string submission_with_files(int number) {
  std::string out = header(number, "files", fmt::format("New integration: Acme {} (SAML, SCIM)", number)) +
                    "Content-Type: multipart/mixed; boundary=\"=_mix\"\r\n\r\n--=_mix\r\n"
                    "Content-Type: text/plain; charset=UTF-8\r\n\r\n" +
                    form(number);
  const auto attach = [&](const std::string& name, const std::string& type, const std::string& content) {
    out += fmt::format(
        "--=_mix\r\nContent-Type: {}; name=\"{}\"\r\nContent-Disposition: attachment; filename=\"{}\"\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n{}",
        type, name, name, base64_lines(content));
  };
  attach("logo.png", "image/png", png_header() + random_bytes(200'000));
  for (int i = 1; i <= 3; ++i)
    attach(fmt::format("screenshot-{}.png", i), "image/png", png_header() + random_bytes(300'000));
  attach("saml-setup-guide.html", "text/html", guide_html());
  attach("scim-setup-guide.pdf", "application/pdf", guide_pdf());
  attach("metadata.xml", "application/xml",
         "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" "
         "entityID=\"https://app.acme.test/saml\">"
         "<SPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">"
         "<AssertionConsumerService index=\"0\" Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" "
         "Location=\"https://app.acme.test/saml/acs\"/></SPSSODescriptor></EntityDescriptor>");
  attach("attributes.csv", "text/csv", "name,value\r\nemail,user.email\r\n");
  attach("runscope.json", "application/json", "{\"steps\": [], \"assertions\": []}");
  attach("notes.md", "text/markdown", guide_html().substr(0, 4000));
  return out + "--=_mix--\r\n";
}

}  // namespace oin::bench
