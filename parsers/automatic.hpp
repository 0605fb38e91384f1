/// automatic.hpp: did a machine write this mail, may it be answered, and may it change anything?
///
/// Three questions (RFC 3834, RFC 3464, RFC 8098, RFC 5965, RFC 2919 and the de-facto fields).  A person's
/// mail may forbid an answer (X-Auto-Response-Suppress) without being automatic: that field proves nothing
/// else. "Auto-Submitted: no" says that a person wrote it, and is believed over everything but a report's
/// structure and a mailing list's own fields.  An automatic mail never changes a ticket's state, so a wording
/// alone never makes one: people write "out of office" too.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace oin {

struct Mail;

struct Automatic {
  /// auto-reply, ticket-system, bounce, receipt, feedback, list, bulk, calendar, challenge or self.
  std::string kind;
  std::vector<std::string> evidence;  ///< "Auto-Submitted: auto-replied"
};

/// What kind of machine wrote it, or nothing for a person's mail.  Looks at header fields and structure
/// first and at wording last.  "self" is never told here: only the desk knows its own signatures.
std::optional<Automatic> automatic(const Mail& mail);

/// Why no automatic answer may be sent, in the mail's own words ("Precedence: bulk"); empty when one may.
std::optional<std::string> answer_forbidden(const Mail& mail);

}  // namespace oin
