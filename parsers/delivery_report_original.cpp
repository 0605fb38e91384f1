#include "parsers/delivery_report_original.hpp"

#include <algorithm>
#include <array>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/delivery_report_fields.hpp"
#include "parsers/delivery_report_phrases.hpp"
#include "parsers/fold.hpp"
#include "parsers/mail.hpp"
#include "parsers/message_id.hpp"

namespace oin {
namespace {

constexpr std::size_t longest_header = 200'000;
constexpr std::size_t longest_heading = 200;

/// Fields that a returned header begins with; no report's own words do.
bool is_trace_field(std::string_view line) {
  static constexpr auto names = std::to_array<std::string_view>(
      {"Received:", "Return-Path:", "DKIM-Signature:", "ARC-Seal:", "X-Received:", "Delivered-To:",
       "Authentication-Results:", "X-Google-DKIM-Signature:", "DomainKey-Signature:"});
  return std::ranges::any_of(names, [&](auto name) { return starts_with_words(line, name); });
}

bool introduces_original(std::string_view line) {
  if (line.size() > longest_heading) return false;
  const std::string words = folded(line);
  return contains_phrase(words, original_phrases()) ||
         std::ranges::find(original_headings(), words) != original_headings().end();
}

bool holds_returned_header(const Attachment& part) {
  const std::string_view type = part.content_type;
  return type == "message/rfc822" || type == "text/rfc822-headers" || type == "message/rfc822-headers" ||
         type == "message/global" || type == "message/global-headers" || type == "message/partial" ||
         type == "message/news" || type == "text/plain" || type == "application/octet-stream";
}

/// A field of a header written into a text, its fold undone.
std::string field_in_lines(std::span<const TextLine> lines, std::size_t from, std::string_view name) {
  for (std::size_t i = from; i < lines.size(); ++i) {
    const std::string_view line = bare(lines[i].text);
    if (!starts_with_words(line, name)) continue;
    std::string body(line.substr(name.size()));
    for (++i; i < lines.size() && !lines[i].text.empty() && is_blank(lines[i].text.front()) &&
              !is_blank_line(lines[i].text) && body.size() < longest_heading * 10;
         ++i)
      body.append(" ").append(bare(lines[i].text));
    return body;
  }
  return {};
}

/// Of a text part without quotes around it, as a Message-ID; no other word than "<x@y>" is one here.
std::string identifier(std::string_view body) {
  const std::string id = message_id(body);
  return contains(id, " ") ? std::string() : id;
}

}  // namespace

std::size_t end_of_report(std::span<const TextLine> lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = lines[i].text;
    if (line.empty()) continue;
    if (is_trace_field(line) || introduces_original(line)) return i;
  }
  return lines.size();
}

OriginalMessage original_message(const Mail& mail, std::span<const TextLine> lines,
                                 std::size_t returned_from) {
  OriginalMessage found;
  for (const Attachment& part : mail.attachments) {
    const bool status = part.content_type.ends_with("delivery-status");
    if (!status && !holds_returned_header(part)) continue;
    const std::string_view header = std::string_view(part.content).substr(0, longest_header);
    for (const std::string_view name :
         {"Message-ID", "Original-Message-ID", "X-Original-Message-ID", "X-Message-ID"})
      if (found.message_id.empty() && (!status || name != "Message-ID"))
        found.message_id = scrubbed(identifier(first_field(header, name)));
    if (!status && found.to.empty()) found.to = address_list(scrubbed(first_field(header, "To")));
  }
  if (found.message_id.empty())
    found.message_id = identifier(field_in_lines(lines, returned_from, "Message-ID:"));
  if (found.message_id.empty()) found.message_id = identifier(field_in_lines(lines, 0, "Message-ID:"));
  if (found.to.empty()) found.to = address_list(field_in_lines(lines, returned_from, "To:"));
  if (found.message_id.empty() && !mail.in_reply_to.empty()) found.message_id = mail.in_reply_to.front();
  if (found.message_id.empty() && !mail.references.empty()) found.message_id = mail.references.back();
  return found;
}

}  // namespace oin
