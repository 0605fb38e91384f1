#include "parsers/delivery_report.hpp"

#include <algorithm>

#include "parsers/address.hpp"
#include "parsers/ascii.hpp"
#include "parsers/automatic_phrases.hpp"
#include "parsers/charset.hpp"
#include "parsers/mail.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

using Fields = std::vector<HeaderField>;

constexpr std::size_t most_recipients = 1000;
constexpr std::size_t longest_diagnostic = 1000;

/// Groups of fields with blank lines between them, as a delivery-status part has them (RFC 3464 2.1).
std::vector<Fields> field_groups(std::string_view content) {
  std::vector<Fields> groups(1);
  for (const TextLine& line : text_lines(content)) {
    if (is_blank_line(line.text)) {
      if (!groups.back().empty()) groups.emplace_back();
      continue;
    }
    Fields& group = groups.back();
    const auto colon = line.text.find(':');
    if (is_blank(line.text.front()) && !group.empty())
      group.back().body.append(" ").append(bare(line.text));
    else if (colon != std::string_view::npos && colon > 0)
      group.push_back(
          {std::string(bare(line.text.substr(0, colon))), std::string(bare(line.text.substr(colon + 1)))});
  }
  if (groups.back().empty()) groups.pop_back();
  return groups;
}

std::string field(const Fields& fields, std::string_view name) {
  const auto found =
      std::ranges::find_if(fields, [&](const HeaderField& one) { return same_word(one.name, name); });
  return found == fields.end() ? std::string() : found->body;
}

/// "rfc822; <ada@x>" without its type and brackets.
std::string without_type(std::string_view body) {
  if (const auto semicolon = body.find(';');
      semicolon != std::string_view::npos && !contains(body.substr(0, semicolon), "@"))
    body = body.substr(semicolon + 1);
  body = bare(body);
  if (body.starts_with('<') && body.ends_with('>')) body = body.substr(1, body.size() - 2);
  return std::string(bare(body));
}

std::string without_brackets(std::string_view id) {
  const auto open = id.find('<');
  const auto close = id.find('>', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos) return std::string(bare(id));
  return std::string(bare(id.substr(open + 1, close - open - 1)));
}

/// The first "5.1.1" in a text, where no digit or dot is beside it; empty without one.
std::string status_in(std::string_view text) {
  const auto digits = [&](std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && end < at + 3 && is_digit(text[end])) ++end;
    return end - at;
  };
  for (std::size_t i = 0; i + 4 < text.size(); ++i) {
    if ((text[i] != '2' && text[i] != '4' && text[i] != '5') || text[i + 1] != '.') continue;
    if (i > 0 && (is_digit(text[i - 1]) || text[i - 1] == '.')) continue;
    const std::size_t subject = digits(i + 2);
    if (subject == 0 || i + 2 + subject >= text.size() || text[i + 2 + subject] != '.') continue;
    const std::size_t detail = digits(i + 3 + subject);
    const std::size_t end = i + 3 + subject + detail;
    if (detail == 0 ||
        (end < text.size() &&
         (is_digit(text[end]) || (text[end] == '.' && end + 1 < text.size() && is_digit(text[end + 1])))))
      continue;
    return std::string(text.substr(i, end - i));
  }
  return {};
}

/// The class that an SMTP reply code in the text gives: "550 No such user" → '5'.
char reply_class(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    if ((text[i] != '4' && text[i] != '5') || !is_digit(text[i + 1]) || !is_digit(text[i + 2]) ||
        text[i + 1] > '5')
      continue;
    const bool alone =
        (i == 0 || !(is_digit(text[i - 1]) || is_alpha(text[i - 1]) || text[i - 1] == '.')) &&
        (i + 3 == text.size() || !(is_digit(text[i + 3]) || is_alpha(text[i + 3]) || text[i + 3] == '.'));
    if (alone) return text[i];
  }
  return 0;
}

void judge(RecipientReport& recipient) {
  if (recipient.status.empty()) recipient.status = status_in(recipient.diagnostic);
  // "5.0.0" says nothing: a detail that the far server gave says more.
  std::string telling = recipient.status;
  if (telling.ends_with(".0.0") || telling.ends_with(".0"))
    if (const std::string better = status_in(recipient.diagnostic);
        !better.empty() && better[0] == telling[0])
      telling = better;
  const char status_class =
      recipient.status.empty() ? reply_class(recipient.diagnostic) : recipient.status[0];
  recipient.permanent = recipient.action == "failed" && status_class != '4';
  recipient.reason = delivery_reason(telling, recipient.diagnostic);
}

std::optional<RecipientReport> recipient(const Fields& fields) {
  RecipientReport found;
  for (const std::string_view name : {"Original-Recipient", "Final-Recipient", "X-Actual-Recipient"})
    if (found.address = without_type(field(fields, name)); contains(found.address, "@")) break;
  if (found.address.empty()) found.address = without_type(field(fields, "Final-Recipient"));
  found.action = lower(field(fields, "Action"));
  found.action = found.action.substr(0, found.action.find_first_of(" (;"));
  if (found.address.empty() && found.action.empty()) return std::nullopt;
  const std::string status = field(fields, "Status");
  found.status = status_in(status);
  found.diagnostic = field(fields, "Diagnostic-Code");
  if (const auto type = found.diagnostic.find(';'); type < 20)
    found.diagnostic = std::string(bare(std::string_view(found.diagnostic).substr(type + 1)));
  if (found.action.empty()) found.action = "failed";
  // Some put their words behind the status: "Status: 5.1.1 (user unknown)".
  if (found.diagnostic.empty() && status.size() > found.status.size())
    found.diagnostic =
        std::string(bare(std::string_view(status).substr(std::min(status.size(), found.status.size()))));
  judge(found);
  return found;
}

/// The Message-ID of the message that came back, whole or its header only.
std::string original_message_id(const Mail& mail) {
  for (const Attachment& part : mail.attachments) {
    const std::string_view type = part.content_type;
    if (type != "message/rfc822" && type != "text/rfc822-headers" && type != "message/rfc822-headers" &&
        type != "message/global" && type != "message/global-headers" && type != "message/delivery-status")
      continue;
    for (const Fields& fields : field_groups(scrubbed(std::string_view(part.content).substr(0, 200'000)))) {
      if (const std::string id = field(fields, "Message-ID"); !id.empty()) return without_brackets(id);
      if (const std::string id = field(fields, "X-Original-Message-ID"); !id.empty())
        return without_brackets(id);
      if (type != "message/delivery-status") break;  // what follows the header is the body
    }
  }
  // Written into the text, as qmail and Exim do.
  for (const TextLine& line : text_lines(mail.text))
    if (starts_with_words(bare(line.text), "message-id:"))
      return without_brackets(bare(line.text).substr(11));
  return mail.in_reply_to.empty() ? std::string() : mail.in_reply_to.front();
}

bool looks_like_bounce(const Mail& mail) {
  const auto path = mail.field("Return-Path");
  const bool from_system = std::ranges::any_of(mail.from, [](const Address& from) {
    return starts_with_words(from.addr_spec, "mailer-daemon") ||
           starts_with_words(from.addr_spec, "postmaster") || starts_with_words(from.addr_spec, "mdaemon");
  });
  const std::string subject = lower(mail.subject);
  const bool says_so =
      std::ranges::any_of(bounce_subjects(), [&](auto words) { return contains(subject, words); });
  return mail.field("X-Failed-Recipients").has_value() ||
         ((from_system || (path && bare(*path) == "<>")) && says_so);
}

/// The address a line is about: "<ada@x>:", "  ada@x", "ada@x: mailbox full"; empty when it is about none.
std::string line_address(std::string_view line) {
  line = bare(line);
  if (line.empty() || line.size() > 400) return {};
  std::string_view word = line.substr(0, line.find_first_of(" \t"));
  while (!word.empty() && contains("<>:,;'\"()[]*", word.substr(word.size() - 1))) word.remove_suffix(1);
  while (!word.empty() && contains("<'\"([*", word.substr(0, 1))) word.remove_prefix(1);
  const auto at = word.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == word.size() ||
      word.find('@', at + 1) != std::string_view::npos)
    return {};
  if (!contains(word.substr(at), ".") || contains(word, "://") || contains(word, "<") || contains(word, ">"))
    return {};
  return std::string(word);
}

/// What follows in the text is the message that came back.
bool begins_the_original(std::string_view line) {
  const std::string words = lower(bare(line));
  for (const std::string_view phrase :
       {"--- below this line is a copy", "this is a copy of the message", "----- original message",
        "--- original message", "--- enclosed is a copy", "received: ", "return-path: ",
        "original message follows", "message header follows", "----- message header",
        "--- undelivered message follows", "message contents follow", "original message headers"})
    if (contains(words, phrase)) return true;
  return false;
}

/// Recipients in a text that is written for people: an address on a line, then what was said about it.
std::vector<RecipientReport> recipients_in_text(const Mail& mail) {
  std::vector<RecipientReport> found;
  const auto known = [&](const std::string& address) {
    return std::ranges::find_if(
        found, [&](const auto& one) { return comparable(one.address) == comparable(address); });
  };
  std::vector<std::string> named;
  if (const auto failed = mail.field("X-Failed-Recipients"))
    for (const Address& address : address_list(*failed)) named.push_back(address.addr_spec);
  bool open = false;
  int blanks = 0;
  for (const TextLine& line : text_lines(mail.text)) {
    if (begins_the_original(line.text) || found.size() >= most_recipients) break;
    if (is_blank_line(line.text)) {
      if (++blanks > 1) open = false;
      continue;
    }
    const std::string address = line_address(line.text);
    if (!address.empty() && known(address) == found.end()) {
      const std::string_view rest = bare(line.text.substr(line.text.find(address) + address.size()));
      const auto words = rest.find_first_not_of(">:;,.- \t'\")");
      found.push_back({address,
                       "failed",
                       {},
                       words == std::string_view::npos ? "" : std::string(rest.substr(words)),
                       false,
                       {}});
      open = true;
      blanks = 0;
    } else if (open && found.back().diagnostic.size() < longest_diagnostic) {
      found.back().diagnostic.append(found.back().diagnostic.empty() ? "" : " ").append(bare(line.text));
    }
  }
  for (const std::string& address : named)
    if (known(address) == found.end()) found.push_back({address, "failed", {}, {}, false, {}});
  // Where the field names them, other addresses in the text are the postmaster's.
  if (!named.empty())
    std::erase_if(found, [&](const auto& one) {
      return std::ranges::none_of(
          named, [&](const auto& address) { return comparable(address) == comparable(one.address); });
    });
  const std::string subject = lower(mail.subject);
  const bool delayed = contains(subject, "delayed") || contains(subject, "warning") ||
                       contains(lower(mail.text.substr(0, 2000)), "will be retried");
  for (RecipientReport& one : found) {
    one.action = delayed ? "delayed" : "failed";
    if (one.diagnostic.size() > longest_diagnostic)
      one.diagnostic = scrubbed(std::string_view(one.diagnostic).substr(0, longest_diagnostic));
    judge(one);
  }
  return found;
}

}  // namespace

std::optional<DeliveryReport> delivery_report(const Mail& mail) {
  DeliveryReport report;
  bool status_part = false;
  for (const Attachment& part : mail.attachments) {
    if (part.content_type != "message/delivery-status" &&
        part.content_type != "message/global-delivery-status")
      continue;
    status_part = true;
    for (const Fields& fields : field_groups(scrubbed(part.content)))
      if (const auto one = recipient(fields); one && report.recipients.size() < most_recipients)
        report.recipients.push_back(*one);
  }
  if (report.recipients.empty() && !status_part && !looks_like_bounce(mail)) return std::nullopt;
  if (report.recipients.empty()) report.recipients = recipients_in_text(mail);
  if (report.recipients.empty()) return std::nullopt;
  report.original_message_id = original_message_id(mail);
  return report;
}

}  // namespace oin
