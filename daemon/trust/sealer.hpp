/// sealer.hpp: secrets that vendors mail, kept so that the store alone does not give them away.
///
/// AES-256-SIV (RFC 5297): authenticated, and deterministic, so that a secret that was sent twice is seen to
/// be the same one.  The cipher's keys are derived from the desk's by HKDF-SHA-256 (RFC 5869).  The first key
/// seals, all open, so keys can be changed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oin::trust {

class Sealer {
 public:
  /// At least one key; 32 bytes each.
  explicit Sealer(const std::vector<std::string>& keys);

  std::string seal(std::string_view plain) const;
  /// Nothing when no key fits, or a byte was changed.
  std::optional<std::string> open(std::string_view sealed) const;

  /// The same in characters that a text field bears: "sealed:…" (base64).
  std::string seal_text(std::string_view plain) const;
  std::optional<std::string> open_text(std::string_view sealed) const;

 private:
  std::vector<std::string> keys_;  ///< of the cipher
};

}  // namespace oin::trust
