#include "daemon/mail_json.hpp"

#include <fmt/format.h>

#include "parsers/domain_name.hpp"

namespace oin {
namespace {

Json or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json addresses(const std::vector<Address>& list) {
  Json out = Json::array();
  for (const Address& a : list)
    out.push_back({{"name", or_null(a.display_name)}, {"address", shown_address(a.addr_spec)}});
  return out;
}

Json attachment(const Attachment& a) {
  return {{"filename", or_null(a.filename)},
          {"content_type", a.content_type},
          {"size", a.content.size()},
          {"sha256", a.sha256},
          {"content_id", or_null(a.content_id)},
          {"disposition", or_null(a.disposition)}};
}

Json report(const DeliveryReport& r) {
  Json recipients = Json::array();
  for (const RecipientReport& one : r.recipients)
    recipients.push_back({{"address", one.address},
                          {"action", or_null(one.action)},
                          {"status", or_null(one.status)},
                          {"diagnostic", or_null(one.diagnostic)},
                          {"permanent", one.permanent},
                          {"reason", one.reason}});
  return {{"original_message_id", or_null(r.original_message_id)}, {"recipients", recipients}};
}

/// "name=value; name=value" of a pair or variable as an object.
Json pairs(const std::string& item, char separator) {
  Json out = Json::object();
  for (std::size_t begin = 0; begin <= item.size();) {
    const std::size_t end = std::min(item.find(separator, begin), item.size());
    const std::string part = item.substr(begin, end - begin);
    const auto equals = part.find('=');
    const auto trimmed = [](std::string s) {
      s.erase(0, s.find_first_not_of(' '));
      s.erase(s.find_last_not_of(' ') + 1);
      return s;
    };
    if (equals != std::string::npos) out[trimmed(part.substr(0, equals))] = trimmed(part.substr(equals + 1));
    begin = end + 1;
  }
  return out;
}

Json value_json(const FieldValue& value) {
  using Kind = FieldValue::Kind;
  switch (value.kind) {
    case Kind::boolean:
      return !value.items.empty() && value.items.front() == "true";
    case Kind::secret:
      return "(sealed)";
    case Kind::list:
      return value.items;
    case Kind::text:
      return value.items.empty() ? Json("") : Json(value.items.front());
    case Kind::pairs: {
      Json out = Json::array();
      for (const std::string& item : value.items) {
        const auto equals = item.find('=');
        out.push_back({{"name", item.substr(0, equals)},
                       {"value", equals == std::string::npos ? std::string() : item.substr(equals + 1)}});
      }
      return out;
    }
    case Kind::variables: {
      Json out = Json::array();
      for (const std::string& item : value.items) out.push_back(pairs(item, ';'));
      return out;
    }
  }
  return {};
}

}  // namespace

Json submission_json(const Submission& submission) {
  Json fields = Json::object(), provenance = Json::object(), unknown = Json::array();
  for (const auto& [name, value] : submission.fields) fields[name] = value_json(value);
  for (const auto& [name, at] : submission.provenance)
    provenance[name] = {{"part", at.part}, {"line", at.line}};
  for (const UnknownField& field : submission.unknown)
    unknown.push_back({{"label", field.label}, {"value", field.value}});
  return {{"protocols", submission.protocols},
          {"fields", fields},
          {"provenance", provenance},
          {"unknown", unknown}};
}

Json mail_json(const std::string& file, int index, const Mail& mail) {
  Json out = {{"file", file},
              {"index", index},
              {"message_id", or_null(mail.message_id)},
              {"date", mail.date ? Json(to_rfc3339(*mail.date)) : Json()},
              {"from", addresses(mail.from)},
              {"reply_to", addresses(mail.reply_to)},
              {"to", addresses(mail.to)},
              {"cc", addresses(mail.cc)},
              {"subject", mail.field("Subject") ? Json(mail.subject) : Json()},
              {"in_reply_to", mail.in_reply_to},
              {"references", mail.references},
              {"text", mail.text},
              {"html", mail.html ? Json(*mail.html) : Json()},
              {"reply_text", mail.reply_text},
              {"attachments", Json::array()},
              {"automatic", nullptr},
              {"delivery_report", nullptr},
              {"defects", Json::array()}};
  for (const Attachment& a : mail.attachments) out["attachments"].push_back(attachment(a));
  if (mail.automatic)
    out["automatic"] = {{"kind", mail.automatic->kind}, {"evidence", mail.automatic->evidence}};
  if (mail.delivery_report) out["delivery_report"] = report(*mail.delivery_report);
  for (const Defect& d : mail.defects) out["defects"].push_back({{"code", d.code}, {"where", d.where}});
  return out;
}

std::string print(const Json& json, int indent) {
  const std::string text = json.dump(indent, ' ', false, Json::error_handler_t::replace);
  // DEL and the C1 controls may stand in JSON as they are (RFC 8259 7), and would steer a terminal.
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
    if (byte == 0x7f) {
      out += "\\u007f";
    } else if (byte == 0xc2 && next >= 0x80 && next < 0xa0) {
      out += fmt::format("\\u{:04x}", next);
      ++i;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

std::vector<std::string> split_mbox(std::string_view mbox) {
  std::vector<std::string> messages;
  while (!mbox.empty()) {
    const std::size_t end = std::min(mbox.find('\n'), mbox.size() - 1) + 1;
    std::string_view line = mbox.substr(0, end);
    mbox.remove_prefix(end);
    if (line.starts_with("From ")) {
      messages.emplace_back();
      continue;
    }
    if (messages.empty()) messages.emplace_back();  // a file that is one message after all
    const auto quoted = line.find_first_not_of('>');
    if (quoted != 0 && quoted != std::string_view::npos && line.substr(quoted).starts_with("From "))
      line.remove_prefix(1);
    messages.back() += line;
  }
  return messages;
}

}  // namespace oin
