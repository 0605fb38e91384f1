/// arc.hpp: the Authenticated Received Chain that forwarders leave in a mail (RFC 8617).
///
/// Each forwarder seals one set of three fields: what it saw (ARC-Authentication-Results), the message as it
/// handed it on (ARC-Message-Signature), and the sets before its own (ARC-Seal).  Nothing is verified here:
/// whether the chain holds the mailbox's own server says, by "arc=pass" (RFC 8617 5.2, 7.1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "daemon/trust/authentication_results.hpp"
#include "parsers/mail.hpp"

namespace oin::trust {

struct ArcSet {
  std::string sealer;         ///< d= of the ARC-Seal; lower case
  AuthenticationResults saw;  ///< of the ARC-Authentication-Results
};

/// The sets by instance, the first forwarder's first.  Empty where there are none, or one is not whole,
/// there twice, or says that the chain before it did not hold (RFC 8617 5.1.1, 5.2).
std::vector<ArcSet> arc_sets(const Mail& mail);

}  // namespace oin::trust
