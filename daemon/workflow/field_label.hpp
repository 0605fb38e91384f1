/// field_label.hpp: how fields and protocols are called in a letter.
#pragma once

#include <string>
#include <string_view>

namespace oin {

/// "saml.acs_url" → "SAML ACS URL": readable without a table, and the same words for a new field.
std::string label_of(std::string_view field);

/// "oidc" → "OpenID Connect".
std::string protocol_title(std::string_view id);

}  // namespace oin
