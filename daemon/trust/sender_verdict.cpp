#include "daemon/trust/sender_verdict.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/trust/arc.hpp"
#include "daemon/trust/authentication_results.hpp"
#include "parsers/ascii.hpp"
#include "parsers/domain_name.hpp"

namespace oin::trust {
namespace {

std::string domain_part(std::string_view value) { return lower(value.substr(value.rfind('@') + 1)); }

bool contains(std::span<const std::string> list, std::string_view word) {
  return std::ranges::any_of(list, [&](const std::string& one) { return lower(one) == word; });
}

/// Relaxed alignment without a public suffix list: the same domain, or one above From's, which whoever signs
/// for it owns.  A child never vouches for its parent.
bool aligned(std::string_view from_domain, std::string_view proven) {
  if (proven.find('.') == std::string_view::npos) return false;
  return from_domain == proven || (from_domain.size() > proven.size() && from_domain.ends_with(proven) &&
                                   from_domain[from_domain.size() - proven.size() - 1] == '.');
}

bool proves(const MethodResult& result, std::string_view from_domain) {
  if (result.result != "pass") return false;
  for (const auto& [name, value] : result.properties) {
    if (result.method == "dmarc" && name == "header.from") return domain_part(value) == from_domain;
    if (result.method == "dkim" && (name == "header.d" || name == "header.i") &&
        aligned(from_domain, domain_part(value)))
      return true;
    if (result.method == "spf" && name == "smtp.mailfrom" && aligned(from_domain, domain_part(value)))
      return true;
  }
  return result.method == "dmarc" && result.properties.empty();
}

/// "dmarc=pass"; empty where nothing proves the domain.
std::string proof(const AuthenticationResults& found, std::string_view from_domain) {
  if (!found.sound) return {};
  // A domain may ask for strict alignment: whoever looked its policy up knows better than aligned().
  const bool failed = found.result_of("dmarc") == "fail";
  for (const std::string_view method : {"dmarc", "dkim", "spf"}) {
    if (failed && method != "dmarc") break;
    for (const MethodResult& result : found.results)
      if (result.method == method && proves(result, from_domain)) return fmt::format("{}=pass", method);
  }
  return {};
}

/// From the last forwarder back to the first: the first of them that saw the domain proven, as long as all
/// are trusted.
Verdict by_forwarders(const Mail& mail, const TrustedServers& trusted, const std::string& authserv_id,
                      std::string_view from_domain) {
  const auto sets = arc_sets(mail);
  if (sets.empty()) return {false, fmt::format("arc=pass by {}, but the chain is not whole", authserv_id)};
  for (auto set = sets.rbegin(); set != sets.rend(); ++set) {
    if (!contains(trusted.arc_sealers, set->sealer))
      return {false, fmt::format("arc=pass by {}, but its sealer {} is not one of trusted_arc_sealers",
                                 authserv_id, set->sealer)};
    if (const std::string seen = proof(set->saw, from_domain); !seen.empty())
      return {true, fmt::format("arc=pass by {}, and {} saw {}", authserv_id, set->sealer, seen)};
  }
  return {false, fmt::format("arc=pass by {}, but no sealer saw {} proven", authserv_id, from_domain)};
}

}  // namespace

Verdict sender_verdict(const Mail& mail, const TrustedServers& trusted) {
  if (mail.from.size() != 1)
    return {false, mail.from.empty() ? "no From address" : "more than one From address"};
  if (trusted.authserv_ids.empty()) return {false, "no trusted_authserv_ids are set for this mailbox"};
  const std::string from_domain = a_labels(mail.from.front().domain());
  if (from_domain.empty()) return {false, "the From address has no domain"};
  const auto field = mail.field("Authentication-Results");
  if (!field) return {false, "no Authentication-Results field"};
  const AuthenticationResults found = read_authentication_results(*field);
  if (!contains(trusted.authserv_ids, found.authserv_id))
    return {false, fmt::format("the topmost Authentication-Results is by {}, which is not trusted",
                               found.authserv_id.empty() ? "nobody" : found.authserv_id)};
  if (!found.sound)
    return {false,
            fmt::format("the results of {} may hold what the sender wrote into them", found.authserv_id)};
  if (const std::string seen = proof(found, from_domain); !seen.empty())
    return {true, fmt::format("{} by {}", seen, found.authserv_id)};
  if (found.result_of("arc") == "pass") return by_forwarders(mail, trusted, found.authserv_id, from_domain);
  return {false, fmt::format("nothing passed for {} at {}", from_domain, found.authserv_id)};
}

}  // namespace oin::trust
