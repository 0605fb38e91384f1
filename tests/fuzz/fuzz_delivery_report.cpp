// Promise: a report names a recipient, what happened and a known reason, in valid UTF-8; so does every
// verdict on automatic mail.

#include <algorithm>
#include <array>

#include "parsers/charset.hpp"
#include "parsers/mail.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

void check(const oin::Mail& mail) {
  using oin::fuzz::require;
  static constexpr std::array<std::string_view, 10> reasons = {
      "user-unknown", "mailbox-full", "over-size", "policy",       "spam",
      "host-unknown", "network",      "expired",   "relay-denied", "other"};
  if (const auto report = oin::delivery_report(mail)) {
    require(!report->recipients.empty(), "a report has recipients");
    for (const oin::RecipientReport& recipient : report->recipients) {
      require(std::find(reasons.begin(), reasons.end(), recipient.reason) != reasons.end(),
              "a reason is one of the listed");
      require(!recipient.action.empty(), "an action is named");
      require(oin::is_utf8(recipient.diagnostic) && oin::is_utf8(recipient.address), "text is UTF-8");
    }
  }
  if (const auto made = oin::automatic(mail)) {
    require(!made->kind.empty() && !made->evidence.empty(), "a verdict has its evidence");
    require(oin::answer_forbidden(mail).has_value(), "automatic mail is never answered");
  }
}

/// The bytes squeezed into what reports are written of.
std::string in_report_alphabet(const std::uint8_t* data, std::size_t size) {
  static constexpr std::array<std::string_view, 32> words = {
      "\n",
      "\n\n",
      " ",
      "<",
      ">",
      ":",
      "(reason: ",
      ")",
      "ada@vendor.example",
      "bob@vendor.example",
      "postmaster@x.example",
      "@",
      "550 ",
      "450-",
      "5.1.1",
      "4.0.0",
      "user unknown",
      "mailbox full",
      "will be retried",
      "could not be delivered to ",
      "Final-Recipient: rfc822; ",
      "Original-Recipient: utf-8; \\x{",
      "Action: delayed\n",
      "Status: ",
      "Diagnostic-Code: smtp; ",
      "--- Below this line is a copy of the message.\n",
      "Received: x\n",
      "Message-ID: <a@b>\n",
      "{\"notificationType\":\"Bounce\",\"bounce\":{\"bouncedRecipients\":[{\"emailAddress\":\"",
      "\"}]}}",
      "\xE2\x80\xA2",
      ">>> RCPT TO:<"};
  return oin::fuzz::in_alphabet(data, size, words);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes = oin::fuzz::raw(data, size);
  check(oin::parse_mail(bytes));
  check(oin::parse_mail(oin::fuzz::in_mail_alphabet(data, size)));
  oin::Mail report;  // straight into the fields
  report.attachments.push_back({"", "message/delivery-status", bytes, "", "", "", "2"});
  report.text = oin::scrubbed(bytes);
  check(report);
  oin::Mail prose;
  prose.header = {{"Return-Path", "<>"}, {"From", "MAILER-DAEMON@x.example"}};
  prose.subject = "failure notice";
  prose.text = in_report_alphabet(data, size);
  check(prose);
  return 0;
}
