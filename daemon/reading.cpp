#include "daemon/reading.hpp"

#include <exception>

namespace oin {

ReadMail read_mail(std::string raw, std::size_t oversized, const trust::Signer& signer,
                   const MailLimits& limits) {
  ReadMail out;
  out.raw = std::move(raw);
  out.oversized = oversized;
  try {
    out.digest = content_digest(out.raw);
    out.mail = parse_mail(out.raw, limits);
    if (signer.letter_of_message_id(out.mail.message_id))
      out.mail.automatic = Automatic{"self", {"Message-ID: signed by this desk"}};
    if (!out.mail.automatic) out.submission = read_submission(out.mail);
  } catch (const std::exception& bug) {
    out.failure = std::string("parser: ") + bug.what();
  }
  return out;
}

}  // namespace oin
