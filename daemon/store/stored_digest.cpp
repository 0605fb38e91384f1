#include "daemon/store/stored_digest.hpp"

namespace oin::store {
namespace {

constexpr std::string_view digits = "0123456789abcdef";

}  // namespace

std::optional<std::string> digest_octets(std::string_view hex) {
  if (hex.size() != 64) return std::nullopt;
  std::string octets;
  octets.reserve(32);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const auto high = digits.find(hex[i]), low = digits.find(hex[i + 1]);
    if (high == digits.npos || low == digits.npos) return std::nullopt;
    octets += static_cast<char>(high << 4 | low);
  }
  return octets;
}

std::string digest_hex(std::string_view octets) {
  std::string hex;
  hex.reserve(octets.size() * 2);
  for (const char c : octets) {
    hex += digits[static_cast<unsigned char>(c) >> 4];
    hex += digits[static_cast<unsigned char>(c) & 15];
  }
  return hex;
}

}  // namespace oin::store
