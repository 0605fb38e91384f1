/// stored_digest.hpp: a digest as the store keeps it: 32 octets for the 64 hexadecimal digits of digest.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace oin::store {

/// Nothing when `hex` is no SHA-256 in lower-case hexadecimal digits.
std::optional<std::string> digest_octets(std::string_view hex);
std::string digest_hex(std::string_view octets);

}  // namespace oin::store
