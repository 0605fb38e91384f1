/// reading.hpp: one message read into facts, before anybody asks what to do with it.  Pure and costly: runs
/// on the parser threads.
#pragma once

#include <string>

#include "daemon/trust/signed_address.hpp"
#include "parsers/mail.hpp"
#include "parsers/submission.hpp"

namespace oin {

struct ReadMail {
  std::string raw;
  std::string digest;  ///< content_digest(raw)
  Mail mail;
  Submission submission;
  std::size_t oversized = 0;  ///< not 0: the mail's size in bytes, and raw is the header section alone
  std::string failure;        ///< not empty: a parser threw, which is a bug; the mail goes to quarantine
};

/// Never throws.  Our own mail come back is marked automatic of kind "self" by its signed Message-ID.
ReadMail read_mail(std::string raw, std::size_t oversized, const trust::Signer& signer,
                   const MailLimits& limits = {});

}  // namespace oin
