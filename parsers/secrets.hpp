/// secrets.hpp: passwords, tokens and keys in what people write, so that they are not shown on.
///
/// Found are the value behind a word that announces one ("password: x", "the token is x"), what follows
/// "Bearer", and private keys in PEM.  It is a net with holes: what nothing announces is not seen.
#pragma once

#include <string>
#include <string_view>

namespace oin {

/// What stands in a secret's place.
inline constexpr std::string_view sealed_mark = "(sealed)";

/// The text with each secret replaced by sealed_mark.
std::string masked(std::string_view text);

/// Would masked() change it?
bool holds_secret(std::string_view text);

/// Does a label ask for a secret: "Admin password", "API token"?
bool names_secret(std::string_view label);

}  // namespace oin
