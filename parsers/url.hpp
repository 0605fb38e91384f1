/// url.hpp: a URL's components (RFC 3986 3), as people write them into forms.
///
/// Tenant variables may stand anywhere, as "${app.subdomain}", "{app.subdomain}" or, in an expression, as
/// 'https://' + app.subdomain + '.acme.example'; they count as one word of the component they stand in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oin {

struct Url {
  std::string scheme;    ///< lower case, without ":"; empty in a relative reference
  std::string host;      ///< lower case, without user and port; of an IPv6 literal without its brackets
  std::string path;      ///< with its "/"
  std::string query;     ///< without "?"
  std::string fragment;  ///< without "#"
  bool has_fragment = false;
};

/// Reads any text; what has no scheme is a relative reference, all path.
Url url(std::string_view text);

/// The names of the tenant variables in a text: "app.subdomain" → "subdomain", "org.name" → "org.name";
/// each once, in order.
std::vector<std::string> variables_in(std::string_view text);

/// Does each "{" of the text have its "}", and none of them one within it?
bool balanced_braces(std::string_view text);

/// Is it an address that only its own network can reach (RFC 6761, 6762, 1918, 4193, 3927, loopback)?
bool private_host(std::string_view host);

/// The path of a custom authorization server that a text speaks of using: "/oauth2/default"; empty where it
/// names none, or says that it is not used.
std::string_view custom_auth_server(std::string_view text);

/// The org that an Okta host belongs to, "dev-123456-admin.okta.com" → "dev-123456.okta.com"; empty for
/// hosts that are not Okta's.
std::string okta_org(std::string_view host);

}  // namespace oin
