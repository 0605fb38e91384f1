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
#include "parsers/phrase_table.hpp"

namespace oin {
namespace {

constexpr std::size_t longest_header = 200'000;
constexpr std::size_t longest_heading = 200;
constexpr std::size_t longest_field = 2'000;

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
  return phrase_in(words, original_phrases()) != nullptr ||
         std::ranges::find(original_headings(), words) != original_headings().end();
}

bool holds_returned_header(const Attachment& part) {
  const std::string_view type = part.content_type;
  return type == "message/rfc822" || type == "text/rfc822-headers" || type == "message/rfc822-headers" ||
         type == "message/global" || type == "message/global-headers" || type == "message/partial" ||
         type == "message/news" || type == "text/plain" || type == "application/octet-stream";
}

/// Some quote what they return.
std::string_view unquoted(std::string_view line) {
  if (line.starts_with("> ")) line.remove_prefix(2);
  return line;
}

/// A field of a header written into a text, its fold undone.
std::string field_in_lines(std::span<const TextLine> lines, std::string_view name) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = bare(unquoted(lines[i].text));
    if (!starts_with_words(line, name)) continue;
    std::string body(line.substr(name.size(), longest_field));
    for (++i; i < lines.size() && body.size() < longest_field; ++i) {
      const std::string_view more = unquoted(lines[i].text);
      if (is_blank_line(more) || !is_blank(more.front())) break;
      body.append(" ").append(bare(more).substr(0, longest_field));
    }
    return body;
  }
  return {};
}

/// The Message-ID that a field's body is; nothing where it is prose.
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

OriginalMessage original_message(const Mail& mail, std::span<const TextLine> report,
                                 std::span<const TextLine> returned) {
  OriginalMessage found;
  const auto take_id = [&](std::string_view field_body) {
    if (found.message_id.empty()) found.message_id = scrubbed(identifier(field_body));
  };
  for (const Attachment& part : mail.attachments) {
    const bool status = part.content_type.ends_with("delivery-status");
    if (!status && !holds_returned_header(part)) continue;
    const std::string_view header = std::string_view(part.content).substr(0, longest_header);
    if (!status) take_id(first_field(header, "Message-ID"));
    take_id(first_field(header, "Original-Message-ID"));
    take_id(first_field(header, "X-Original-Message-ID"));
    if (!status && found.to.empty()) found.to = address_list(scrubbed(first_field(header, "To")));
  }
  // A boundary that is not the announced one leaves the returned message within the status part.
  for (const Attachment& part : mail.attachments)
    if (part.content_type.ends_with("delivery-status") && found.message_id.empty())
      take_id(field_in_lines(text_lines(std::string_view(part.content).substr(0, longest_header)),
                             "Message-ID:"));
  for (const auto lines : {returned, report}) take_id(field_in_lines(lines, "Message-ID:"));
  if (found.to.empty()) found.to = address_list(field_in_lines(returned, "To:"));
  for (const auto& named : {mail.in_reply_to, mail.references})
    if (found.message_id.empty() && !named.empty()) found.message_id = named.back();
  return found;
}

}  // namespace oin
