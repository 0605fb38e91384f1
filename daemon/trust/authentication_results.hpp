/// authentication_results.hpp: an Authentication-Results field as values (RFC 8601).
///
/// Says what stands there, not whether it is to be believed: that is sender_verdict.hpp.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oin::trust {

struct MethodResult {
  std::string method, result;  ///< "dmarc", "pass"; lower case
  std::vector<std::pair<std::string, std::string>>
      properties;  ///< "header.from" → "acme.example"; lower case
};

struct AuthenticationResults {
  std::string authserv_id;
  std::vector<MethodResult> results;
  /// Nothing in it can come of a sender's own words: verifiers put the envelope's address and the greeting
  /// into comments and values, not all of them so that a ")" or a quote in it stays where it is.
  bool sound = false;

  /// The first result of that method, as a word ("pass"); empty where there is none.
  std::string_view result_of(std::string_view method) const;
};

/// Reads one field body; comments and quoting are undone.  A body that is no such field has an empty id.
AuthenticationResults read_authentication_results(std::string_view field_body);

}  // namespace oin::trust
