/// app_keys.hpp: by what the desk knows an app again, in another ticket and from another sender.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/workflow/ticket.hpp"

namespace oin {

/// `kind` is "name" (folded), "domain" (under which its website stands), "org" (its dev org's host) or
/// "entity" (its SAML entity ID as sent).
struct AppKey {
  std::string kind, value;
  auto operator<=>(const AppKey&) const = default;
};

/// What a submission says of its app; an update's name is that of the existing app, too.
std::vector<AppKey> app_keys(const Submission& submission);

/// Is it the same app?  A name alone is no proof, as is a domain: a vendor has several apps.
bool same_app(const std::vector<AppKey>& one, const std::vector<AppKey>& other);

/// Under which domain's apps somebody with this address would stand, were they their vendor's.
AppKey domain_key(std::string_view addr_spec);

/// What may be the name of an app in a text: one to four words of it, folded, the longest first.  Looks at
/// its beginning only.
std::vector<std::string> possible_names(std::string_view text);

}  // namespace oin
