/// sender_verdict.hpp: whether a mail's From address is proven, and by whom.
///
/// Anybody can write an Authentication-Results field, so only the topmost one counts, and only under an
/// authserv-id that the operator trusts (RFC 8601 5, 7.1): whatever stands below it may have come with the
/// mail.  Proof is dmarc=pass for the From domain (RFC 7489); where its server says nothing else of DMARC,
/// DKIM or SPF that passed for that domain or a parent of it.  A forwarder that changed the mail, so that
/// nothing passes any more, is believed about what it saw where that server says arc=pass (RFC 8617) and
/// every sealer from that forwarder on is trusted: each of them could have written what the next one sealed.
#pragma once

#include <span>
#include <string>

#include "parsers/mail.hpp"

namespace oin::trust {

/// Whom an operator believes.
struct TrustedServers {
  std::span<const std::string> authserv_ids;
  std::span<const std::string> arc_sealers;  ///< domains, as in an ARC-Seal's d=
};

struct Verdict {
  bool verified = false;
  std::string why;  ///< "dmarc=pass by mx.example.com", or why not
};

Verdict sender_verdict(const Mail& mail, const TrustedServers& trusted);

}  // namespace oin::trust
