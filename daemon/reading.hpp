/// reading.hpp: one message read into facts, before anybody asks what to do with it.  Pure and costly: runs
/// on the parser threads.
#pragma once

#include <string>
#include <string_view>

#include "config/settings.hpp"
#include "daemon/guide_text.hpp"
#include "daemon/office.hpp"
#include "daemon/store/compression.hpp"
#include "daemon/workflow/classify.hpp"
#include "parsers/mail.hpp"
#include "parsers/submission.hpp"

namespace oin {

struct ReadMail {
  std::string digest;  ///< content_digest() of the raw bytes
  std::size_t size = 0;
  store::Packed raw;  ///< sealed where the mail holds a secret
  Mail mail;
  Submission submission;
  Wording wording;            ///< nothing for a machine's mail
  std::size_t oversized = 0;  ///< not 0: the mail's size in bytes, and raw is the header section alone
  std::string failure;  ///< not empty: the mail goes to quarantine; a parser threw (a bug), or it was refused
};

/// What the settings allow one mail to cost.
MailLimits mail_limits(const Settings& settings);
/// And one guide, attached or fetched.
PdfReader guide_reader(const Settings::Parse& settings);

/// Never throws.  Our own mail come back is marked automatic of kind "self" by its signed Message-ID.
ReadMail read_mail(std::string_view raw, std::size_t oversized, const Office& office);

/// One that a scanner refused: nothing beneath its header section is looked at.  `refused` is its failure.
ReadMail unopened_mail(std::string_view raw, std::size_t oversized, std::string refused,
                       const Office& office);

/// The submission again, now that the letter is known whose text the mail quotes: what stands on a quoted
/// line and not in the letter is the sender's.
Submission answered_submission(const ReadMail& read, std::string_view letter, const Office& office);

}  // namespace oin
