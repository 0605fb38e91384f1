#include "parsers/mail.hpp"

#include <array>
#include <utility>

#include "parsers/ascii.hpp"
#include "parsers/body_parts.hpp"
#include "parsers/charset.hpp"
#include "parsers/date.hpp"
#include "parsers/encoded_word.hpp"
#include "parsers/message_id.hpp"
#include "parsers/mime.hpp"
#include "parsers/parameters.hpp"
#include "parsers/reply_text_alternatives.hpp"

namespace oin {
namespace {

/// The charset of the first part that names one: the best guess for header bytes that name none.
std::string body_charset(const mimetic::MimeEntity& root) {
  const mimetic::MimeEntity* entity = &root;
  for (std::size_t depth = 0; depth < 4; ++depth) {
    if (const auto type = field_value(*entity, "Content-Type"); type)
      if (const Parameterized parsed = parameterized(*type); parsed.parameter("charset"))
        return std::string(*parsed.parameter("charset"));
    if (entity->body().parts().empty()) break;
    entity = entity->body().parts().front();
  }
  return {};
}

/// Fields that may stand once (RFC 5322 3.6) and that we act on.
constexpr auto single_fields = std::to_array<std::string_view>(
    {"From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
     "Content-Type", "Content-Transfer-Encoding"});

void take_header(Mail& mail, const mimetic::MimeEntity& root) {
  std::array<int, single_fields.size()> seen{};
  for (const mimetic::Field& field : root.header()) {
    HeaderField taken{std::string(field.name().data(), field.name().size()), field.value()};
    if (!is_ascii(taken.body)) {
      if (!is_utf8(taken.body)) {
        mail.defects.push_back({"eight-bit-header", taken.name});
        taken.body = to_utf8(taken.body, body_charset(root)).utf8;
      }
    }
    for (std::size_t i = 0; i < single_fields.size(); ++i)
      if (same_word(taken.name, single_fields[i]) && ++seen[i] == 2)
        mail.defects.push_back({"repeated-field", taken.name});
    mail.header.push_back(std::move(taken));
  }
}

std::vector<Address> addresses(Mail& mail, std::string_view name, std::size_t limit) {
  std::vector<Address> found;
  for (const std::string_view body : mail.fields(name)) {
    // One more than allowed is asked for, to see that there are more.
    for (Address& address : address_list(body, limit + 1 - found.size())) found.push_back(std::move(address));
    if (found.size() > limit) {
      found.resize(limit);
      mail.defects.push_back({"too-many-addresses", std::string(name)});
      break;
    }
  }
  return found;
}

void read_fields(Mail& mail, const MailLimits& limits) {
  mail.message_id = message_id(mail.field("Message-ID").value_or(""));
  if (const auto date = mail.field("Date"); date) {
    mail.date = parse_date(*date);
    if (!mail.date) mail.defects.push_back({"invalid-date", "Date"});
  }
  mail.from = addresses(mail, "From", limits.addresses);
  mail.reply_to = addresses(mail, "Reply-To", limits.addresses);
  mail.to = addresses(mail, "To", limits.addresses);
  mail.cc = addresses(mail, "Cc", limits.addresses);
  if (mail.from.empty()) mail.defects.push_back({"missing-from", "From"});
  HeaderText subject = header_text(mail.field("Subject").value_or(""));
  if (subject.damaged) mail.defects.push_back({"invalid-encoded-word", "Subject"});
  mail.subject = std::string(stripped(subject.text));
  mail.in_reply_to = message_ids(mail.field("In-Reply-To").value_or(""));
  mail.references = message_ids(mail.field("References").value_or(""));
}

}  // namespace

std::optional<std::string_view> Mail::field(std::string_view name) const {
  for (const HeaderField& field : header)
    if (same_word(field.name, name)) return field.body;
  return std::nullopt;
}

std::vector<std::string_view> Mail::fields(std::string_view name) const {
  std::vector<std::string_view> found;
  for (const HeaderField& field : header)
    if (same_word(field.name, name)) found.push_back(field.body);
  return found;
}

std::string_view Mail::own_text() const { return std::string_view(reply_text).substr(0, own_text_size); }

Mail parse_mail(std::string_view bytes, const MailLimits& limits) {
  Message message = read_message(bytes, limits);
  Mail mail;
  mail.defects = std::move(message.defects);
  take_header(mail, *message.root);
  read_fields(mail, limits);
  BodyParts parts = body_parts(message, limits);
  mail.text = std::move(parts.text);
  mail.text_parts = std::move(parts.text_parts);
  mail.html = std::move(parts.html);
  mail.attachments = std::move(parts.attachments);
  for (Defect& defect : parts.defects) mail.defects.push_back(std::move(defect));

  // Each of these reads what the ones before it left.
  Reply written = reply(mail.text, mail.html ? std::string_view(*mail.html) : "", mail.subject);
  mail.reply_text = std::move(written.text);
  mail.own_text_size = written.own_size;
  mail.delivery_report = delivery_report(mail);
  mail.automatic = automatic(mail);
  return mail;
}

}  // namespace oin
