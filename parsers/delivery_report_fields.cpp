#include "parsers/delivery_report_fields.hpp"

#include <algorithm>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/delivery_report_status.hpp"
#include "parsers/mail.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

using Fields = std::vector<HeaderField>;

constexpr std::size_t longest_field = 2000;

const HeaderField* find(const Fields& fields, std::string_view name) {
  const auto found =
      std::ranges::find_if(fields, [&](const HeaderField& one) { return same_word(one.name, name); });
  return found == fields.end() ? nullptr : &*found;
}

std::string field(const Fields& fields, std::string_view name) {
  const HeaderField* found = find(fields, name);
  return found == nullptr ? std::string() : found->body;
}

/// Would this field be a recipient's second of its kind?  Then the blank line in front of it is missing.
bool begins_next_recipient(const Fields& group, std::string_view name) {
  for (const std::string_view once : {"Original-Recipient", "Final-Recipient", "Action"})
    if (same_word(name, once)) return find(group, once) != nullptr;
  return false;
}

/// Groups of fields with blank lines between them (RFC 3464 2.1), at most `limit`.
std::vector<Fields> field_groups(std::string_view content, std::size_t limit) {
  std::vector<Fields> groups(1);
  for (const TextLine& line : text_lines(content)) {
    if (is_blank_line(line.text)) {
      if (groups.back().empty()) continue;
      if (groups.size() == limit) return groups;
      groups.emplace_back();
      continue;
    }
    Fields& group = groups.back();
    const auto colon = line.text.find(':');
    if (is_blank(line.text.front()) && !group.empty()) {
      if (group.back().body.size() < longest_field) group.back().body.append(" ").append(bare(line.text));
    } else if (colon != std::string_view::npos && colon > 0) {
      HeaderField next{std::string(bare(line.text.substr(0, colon))),
                       std::string(bare(line.text.substr(colon + 1)))};
      if (begins_next_recipient(group, next.name)) groups.emplace_back();
      groups.back().push_back(std::move(next));
    }
  }
  if (groups.back().empty()) groups.pop_back();
  return groups;
}

/// "\x{20AC}" as UTF-8 (utf-8-addr-xtext of RFC 6533 3); what is none stays as it is.
std::string without_address_escapes(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto escape = text.find("\\x{");
    out += text.substr(0, escape);
    if (escape == std::string_view::npos) break;
    text.remove_prefix(escape);
    const auto close = text.find('}');
    char32_t code = 0;
    bool hex = close != std::string_view::npos && close > 3 && close <= 9;
    for (std::size_t i = 3; hex && i < close; ++i) {
      hex = hex_value(text[i]) >= 0;
      code = code * 16 + static_cast<char32_t>(std::max(hex_value(text[i]), 0));
    }
    if (!hex) {
      out += text.substr(0, 3);
      text.remove_prefix(3);
      continue;
    }
    if (code < 0x80) {
      out += static_cast<char>(code);
    } else {
      const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
      out += static_cast<char>((more == 1 ? 0xC0 : more == 2 ? 0xE0 : 0xF0) | (code >> (6 * more)));
      for (int shift = 6 * (more - 1); shift >= 0; shift -= 6)
        out += static_cast<char>(0x80 | ((code >> shift) & 0x3F));
    }
    text.remove_prefix(close + 1);
  }
  return scrubbed(out);
}

/// "rfc822; <ada@x>" without its type and brackets; "utf-8; ..." (RFC 6533) also without its escapes.
std::string address_in(std::string_view body) {
  const auto semicolon = body.find(';');
  const bool typed = semicolon != std::string_view::npos && !contains(body.substr(0, semicolon), "@");
  const bool international = typed && same_word(bare(body.substr(0, semicolon)), "utf-8");
  if (typed) body.remove_prefix(semicolon + 1);
  body = bare(body);
  // "<ada@x> (Ada)", "<ada@x>"
  if (body.starts_with('<'))
    if (const auto close = body.find('>'); close != std::string_view::npos) body = body.substr(1, close - 1);
  body = bare(body);
  return international ? without_address_escapes(body) : std::string(body);
}

/// One of RFC 3464 2.3.3's actions, whatever word a gateway made of it.
std::string action_in(std::string_view body, std::string_view status) {
  const std::string word = lower(body.substr(0, body.find_first_of(" \t(;,")));
  for (const std::string_view action : {"failed", "delayed", "delivered", "relayed", "expanded"})
    if (word == action) return word;
  if (word.starts_with("deliver")) return "delivered";  // "deliverable": Postfix verifying an address
  if (word.starts_with("delay") || word.starts_with("temp") || word.starts_with("retry")) return "delayed";
  if (word.empty() && status.starts_with('2')) return "delivered";
  return "failed";
}

/// The far server's words: without the diagnostic's type ("smtp; 550 ...").
std::string diagnostic_in(std::string_view body) {
  if (const auto type = body.find(';'); type < 20) body.remove_prefix(type + 1);
  return std::string(bare(body));
}

std::string recipient_address(const Fields& fields) {
  for (const std::string_view name : {"Original-Recipient", "Final-Recipient", "X-Actual-Recipient"})
    if (std::string found = address_in(field(fields, name)); contains(found, "@")) return found;
  for (const std::string_view name : {"Final-Recipient", "Original-Recipient"})
    if (std::string found = address_in(field(fields, name)); !found.empty()) return found;
  return {};
}

}  // namespace

std::vector<RecipientReport> recipient_groups(std::string_view content, std::size_t limit) {
  std::vector<RecipientReport> found;
  for (const Fields& fields : field_groups(scrubbed(content), std::string::npos)) {
    if (found.size() == limit) break;
    RecipientReport one;
    one.address = recipient_address(fields);
    const std::string action = field(fields, "Action"), status = field(fields, "Status");
    if (one.address.empty() && action.empty()) continue;
    one.status = status_in(status);
    one.action = action_in(action, one.status);
    one.diagnostic = diagnostic_in(field(fields, "Diagnostic-Code"));
    // Some put their words behind the status: "Status: 5.1.1 (user unknown)".
    if (one.diagnostic.empty() && !one.status.empty())
      one.diagnostic =
          std::string(bare(std::string_view(status).substr(status.find(one.status) + one.status.size())));
    found.push_back(std::move(one));
  }
  return found;
}

std::string first_field(std::string_view content, std::string_view name) {
  const std::vector<Fields> groups = field_groups(content, 1);
  return groups.empty() ? std::string() : field(groups.front(), name);
}

}  // namespace oin
