#include "parsers/delivery_report_notice.hpp"

#include <nlohmann/json.hpp>
#include <string_view>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/delivery_report_status.hpp"
#include "parsers/mail.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_notice = 300'000;
constexpr int deepest_notice = 64;

/// Strings of JSON hold no bare line ends, so those that are there (and the blank of a fold behind them)
/// came on the way.
std::string with_strings_joined(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inside && c == '\n') {
      if (i + 1 < text.size() && text[i + 1] == ' ') ++i;
      continue;
    }
    if (c == '"') inside = !inside;
    out.push_back(c);
    if (inside && c == '\\' && i + 1 < text.size()) out.push_back(text[++i]);
  }
  return out;
}

/// Where the object begins that the text is, blank lines aside; npos where it is none.
std::size_t object_begin(std::string_view text) {
  const auto begin = text.find('{');
  return begin != std::string_view::npos && is_blank_line(text.substr(0, begin)) ? begin
                                                                                 : std::string_view::npos;
}

/// The object that the text begins with; what stands behind it (a list's footer) is left.  Null without one.
Json object_in(std::string_view text) {
  const std::size_t begin = object_begin(text);
  if (begin == std::string_view::npos) return {};
  int depth = 0;
  bool inside = false;
  for (std::size_t i = begin; i < text.size(); ++i) {
    if (inside && text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      inside = !inside;
    else if (!inside && (text[i] == '{' || text[i] == '['))
      ++depth;
    else if (!inside && (text[i] == '}' || text[i] == ']') && --depth == 0)
      return Json::parse(text.substr(begin, i - begin + 1), nullptr, false);
    if (depth > deepest_notice) return {};
  }
  return {};
}

const Json& member(const Json& object, const char* name) {
  static const Json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(name);
  return found == object.end() ? nothing : *found;
}

std::string text_of(const Json& object, const char* name) {
  const Json& value = member(object, name);
  return value.is_string() ? value.get<std::string>() : std::string();
}

std::string without_brackets(std::string id) {
  if (id.starts_with('<') && id.ends_with('>')) return id.substr(1, id.size() - 2);
  return id;
}

/// The Message-ID that the mail went out with; else the service's own name for it.
std::string original_id(const Json& mail) {
  if (std::string id = text_of(member(mail, "commonHeaders"), "messageId"); !id.empty())
    return without_brackets(std::move(id));
  for (const Json& header : member(mail, "headers"))
    if (same_word(text_of(header, "name"), "Message-ID")) return without_brackets(text_of(header, "value"));
  return text_of(mail, "messageId");
}

void add_bounced(DeliveryReport& report, const Json& bounce) {
  const bool permanent = text_of(bounce, "bounceType") != "Transient";
  for (const Json& one : member(bounce, "bouncedRecipients")) {
    RecipientReport recipient;
    recipient.address = text_of(one, "emailAddress");
    recipient.status = status_in(text_of(one, "status"));
    recipient.action = lower(text_of(one, "action"));
    if (recipient.action != "delayed") recipient.action = "failed";
    recipient.diagnostic = text_of(one, "diagnosticCode");
    if (const auto type = recipient.diagnostic.find(';'); type < 20)
      recipient.diagnostic = std::string(bare(std::string_view(recipient.diagnostic).substr(type + 1)));
    if (recipient.diagnostic.empty()) recipient.diagnostic = text_of(bounce, "bounceSubType");
    recipient.permanent = permanent;
    if (!recipient.address.empty()) report.recipients.push_back(std::move(recipient));
  }
}

void add_delivered(DeliveryReport& report, const Json& delivery) {
  const std::string answer = text_of(delivery, "smtpResponse");
  for (const Json& one : member(delivery, "recipients"))
    if (one.is_string())
      report.recipients.push_back(
          {one.get<std::string>(), "delivered", status_in(answer), answer, false, {}});
}

}  // namespace

std::optional<DeliveryNotice> delivery_notice(const Mail& mail) {
  const std::string_view text = std::string_view(mail.text).substr(0, longest_notice);
  if (object_begin(text) == std::string_view::npos) return std::nullopt;
  if (!contains(text, "notificationType") && !contains(text, "eventType")) return std::nullopt;
  Json notice = object_in(with_strings_joined(text));
  if (const std::string inner = text_of(notice, "Message"); !inner.empty()) notice = object_in(inner);
  DeliveryNotice found;
  found.type = text_of(notice, "notificationType");
  if (found.type.empty()) found.type = text_of(notice, "eventType");
  found.report.original_message_id = original_id(member(notice, "mail"));
  if (found.type == "Bounce")
    add_bounced(found.report, member(notice, "bounce"));
  else if (found.type == "Delivery")
    add_delivered(found.report, member(notice, "delivery"));
  else if (found.type != "Complaint")
    return std::nullopt;
  return found;
}

}  // namespace oin
