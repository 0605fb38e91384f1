#include "daemon/trust/authentication_results.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oin::trust {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

/// The field without comments (nested, RFC 5322 3.2.2), quotes undone, `;` kept only between results.
std::vector<std::vector<std::string>> statements(std::string_view body) {
  std::vector<std::vector<std::string>> out(1);
  std::string word;
  int depth = 0;
  bool quoted = false;
  const auto finish = [&] {
    if (!word.empty()) out.back().push_back(std::move(word));
    word.clear();
  };
  for (std::size_t i = 0; i < body.size(); ++i) {
    const char c = body[i];
    if (c == '\\' && (quoted || depth > 0)) {
      ++i;
      if (quoted && i < body.size()) word.push_back(body[i]);
    } else if (quoted) {
      if (c == '"')
        quoted = false;
      else
        word.push_back(c);
    } else if (c == '(') {
      ++depth;
    } else if (depth > 0) {
      if (c == ')') --depth;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ';') {
      finish();
      out.emplace_back();
    } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      finish();
    } else {
      word.push_back(c);
    }
  }
  finish();
  return out;
}

std::string domain_part(std::string_view value) { return lower(value.substr(value.rfind('@') + 1)); }

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

}  // namespace

AuthenticationResults read_authentication_results(std::string_view field_body) {
  AuthenticationResults out;
  const auto parts = statements(field_body);
  if (parts.front().empty()) return out;
  out.authserv_id = lower(parts.front().front());
  for (const auto& words : std::span(parts).subspan(1)) {
    MethodResult result;
    for (const std::string& word : words) {
      const auto equals = word.find('=');
      if (equals == std::string::npos || equals == 0) continue;
      std::string name = lower(word.substr(0, equals)), value = lower(word.substr(equals + 1));
      if (result.method.empty()) {
        result.method = name.substr(0, name.find('/'));
        result.result = std::move(value);
      } else {
        result.properties.emplace_back(std::move(name), std::move(value));
      }
    }
    if (!result.method.empty()) out.results.push_back(std::move(result));
  }
  return out;
}

Verdict sender_verdict(const Mail& mail, std::span<const std::string> trusted_authserv_ids) {
  if (mail.from.size() != 1)
    return {false, mail.from.empty() ? "no From address" : "more than one From address"};
  if (trusted_authserv_ids.empty()) return {false, "no trusted_authserv_ids are set for this mailbox"};
  const std::string from_domain = lower(mail.from.front().domain());
  if (from_domain.empty()) return {false, "the From address has no domain"};

  bool seen = false;
  for (const HeaderField& field : mail.header) {
    const std::string name = lower(field.name);
    // What stands below the Received field that follows our server's results came with the mail.
    if (name == "received" && seen) break;
    if (name != "authentication-results") continue;
    const AuthenticationResults results = read_authentication_results(field.body);
    const bool trusted = std::ranges::any_of(
        trusted_authserv_ids, [&](const std::string& id) { return lower(id) == results.authserv_id; });
    if (!trusted)
      return {false, fmt::format("the topmost Authentication-Results is by {}, which is not trusted",
                                 results.authserv_id.empty() ? "nobody" : results.authserv_id)};
    seen = true;
    for (const MethodResult& result : results.results)
      if (proves(result, from_domain))
        return {true, fmt::format("{}=pass by {}", result.method, results.authserv_id)};
  }
  return {false,
          seen ? fmt::format("nothing passed for {}", from_domain) : "no Authentication-Results field"};
}

}  // namespace oin::trust
