#include "daemon/reading.hpp"

#include <exception>

#include "daemon/guide_text.hpp"
#include "parsers/secrets.hpp"
#include "parsers/submission_files.hpp"

namespace oin {

MailLimits mail_limits(const Settings& settings) {
  const Settings::Parse& parse = settings.parse;
  return {.message_bytes = settings.intake.message_bytes,
          .header_bytes = parse.header_bytes,
          .field_bytes = parse.field_bytes,
          .fields = parse.fields,
          .depth = parse.depth,
          .parts = parse.parts,
          .decoded_bytes = parse.decoded_bytes,
          .text_bytes = parse.text_bytes,
          .addresses = parse.addresses};
}

namespace {

/// From here on nobody has a secret in clear: the fields are sealed, and the mail they came in.
void seal_secrets(ReadMail& read, const trust::Sealer& sealer) {
  bool any = holds_secret(read.mail.reply_text) || read.submission.details.contains("mail:private_key");
  for (auto& [name, value] : read.submission.fields) {
    if (value.kind != FieldValue::Kind::secret) continue;
    // "sent separately" keeps no secret, and says that one will come.
    for (std::string& item : value.items)
      if (!promised(item) && !declined(item)) item = sealer.seal_text(item), any = true;
  }
  for (UnknownField& field : read.submission.unknown) {
    const bool secret = names_secret(field.label);
    field.value = secret ? std::string(sealed_mark) : masked(field.value);
    any = any || secret;
  }
  if (any) read.raw = {read.raw.codec | store::codec_sealed, sealer.seal(read.raw.bytes)};
}

}  // namespace

ReadMail read_mail(std::string_view raw, std::size_t oversized, const Office& office) {
  ReadMail out;
  out.size = raw.size();
  out.oversized = oversized;
  try {
    out.raw = store::pack(raw);
    out.digest = content_digest(raw);
    out.mail = parse_mail(raw, mail_limits(office.settings));
    if (office.signer.letter_of_message_id(out.mail.message_id))
      out.mail.automatic = Automatic{"self", {"Message-ID: signed by this desk"}};
    if (!out.mail.automatic) {
      out.submission = read_submission(out.mail);
      read_files(out.submission, out.mail, [](std::string_view bytes) { return guide_text(bytes); });
      out.wording = wording(office.desk, out.mail);
      seal_secrets(out, office.sealer);
    }
  } catch (const std::exception& bug) {
    out.failure = std::string("parser: ") + bug.what();
  }
  return out;
}

}  // namespace oin
