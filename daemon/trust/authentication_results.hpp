/// authentication_results.hpp: what an Authentication-Results field proves about the From address (RFC 8601).
///
/// Only fields that the mailbox's own server added count: those above the first Received field of another
/// hop, with an authserv-id the operator trusts.  Anybody can write such a field further down.  Proof is
/// dmarc=pass for the From domain, or DKIM or SPF that passed for that domain or a parent of it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/mail.hpp"

namespace oin::trust {

struct Verdict {
  bool verified = false;
  std::string why;  ///< "dmarc=pass by mx.example.com", or why not
};

Verdict sender_verdict(const Mail& mail, std::span<const std::string> trusted_authserv_ids);

struct MethodResult {
  std::string method, result;  ///< "dmarc", "pass"; lower case
  std::vector<std::pair<std::string, std::string>>
      properties;  ///< "header.from" → "acme.example"; lower case
};

struct AuthenticationResults {
  std::string authserv_id;
  std::vector<MethodResult> results;
};

/// Reads one field body; comments and quoting are undone.  A body that is no such field has an empty id.
AuthenticationResults read_authentication_results(std::string_view field_body);

}  // namespace oin::trust
