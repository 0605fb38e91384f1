#include "daemon/reading.hpp"

#include <algorithm>
#include <exception>

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
          .attachments = parse.attachments,
          .decoded_bytes = parse.decoded_bytes,
          .text_bytes = parse.text_bytes,
          .addresses = parse.addresses};
}

PdfReader guide_reader(const Settings::Parse& parse) {
  PdfReader reader;
  reader.limits.time = parse.pdf;
  reader.limits.processor_seconds = static_cast<std::size_t>(parse.pdf.count());
  reader.limits.memory_bytes = parse.pdf_memory_bytes;
  reader.guide.bytes = parse.guide_bytes;
  reader.guide.unpacked_bytes = parse.unpacked_bytes;
  reader.guide.text_bytes = parse.text_bytes;
  return reader;
}

namespace {

/// Whether there was anything to seal.  "sent separately" keeps no secret, and says that one will come.
bool seal_secrets(Submission& submission, const trust::Sealer& sealer) {
  bool any = false;
  for (auto& [name, value] : submission.fields) {
    if (value.kind != FieldValue::Kind::secret) continue;
    for (std::string& item : value.items)
      if (!promised(item) && !declined(item)) item = sealer.seal_text(item), any = true;
  }
  for (UnknownField& field : submission.unknown) {
    const bool secret = names_secret(field.label);
    field.value = secret ? std::string(sealed_mark) : masked(field.value);
    any = any || secret;
  }
  return any;
}

/// From here on nobody has a secret in clear: the fields are sealed, and the mail they came in.
void seal_secrets(ReadMail& read, const trust::Sealer& sealer) {
  const bool any = seal_secrets(read.submission, sealer);
  if (any || holds_secret(read.mail.text) || read.submission.details.contains("mail:private_key"))
    read.raw = {read.raw.codec | store::codec_sealed, sealer.seal(read.raw.bytes)};
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
      read_files(out.submission, out.mail, [&](std::string_view bytes) {
        return guide_text(bytes, guide_reader(office.settings.parse));
      });
      out.wording = wording(office.desk, out.mail);
      seal_secrets(out, office.sealer);
    }
  } catch (const std::exception& bug) {
    out.failure = std::string("parser: ") + bug.what();
  }
  return out;
}

ReadMail unopened_mail(std::string_view raw, std::size_t oversized, std::string refused,
                       const Office& office) {
  ReadMail out;
  out.size = raw.size();
  out.oversized = oversized;
  out.failure = std::move(refused);
  try {
    // What it holds nobody has looked for, so it is kept as if it held a secret.
    const store::Packed packed = store::pack(raw);
    out.raw = {packed.codec | store::codec_sealed, office.sealer.seal(packed.bytes)};
    out.digest = content_digest(raw);
    // The fields are read for whoever looks through the quarantine.
    const std::size_t crlf = raw.find("\r\n\r\n"), lf = raw.find("\n\n");
    out.mail = parse_mail(raw.substr(0, std::min(crlf, lf)), mail_limits(office.settings));
  } catch (const std::exception& bug) {
    out.failure.append("; parser: ").append(bug.what());
  }
  return out;
}

Submission answered_submission(const ReadMail& read, std::string_view letter, const Office& office) {
  Submission submission = read_submission(read.mail, letter);
  seal_secrets(submission, office.sealer);
  // What its files show is known; so is what they fill in where no line does.
  submission.details = read.submission.details;
  for (const auto& [name, value] : read.submission.fields) submission.fields.try_emplace(name, value);
  return submission;
}

}  // namespace oin
