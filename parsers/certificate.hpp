/// certificate.hpp: the facts of an X.509 certificate (RFC 5280) that a review asks about.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "parsers/base/instant.hpp"

namespace oin {

struct Certificate {
  std::string subject, issuer;  ///< RFC 2253: "CN=acme.example,O=Acme"
  Instant not_before, not_after;
  std::string key_type;  ///< "RSA", "EC", "ED25519", …
  int key_bits = 0;
  std::string signature_algorithm;  ///< "sha256WithRSAEncryption"
  std::string digest;               ///< of the signature: "sha256"; empty where the algorithm fixes its own
  bool self_signed = false;         ///< issued in its own name
  std::string sha256;               ///< of its DER form, lower-case hex
  std::string pem;
};

/// Reads PEM (with any text around it), DER, or DER's base64 alone, as SAML metadata has it.
std::optional<Certificate> certificate(std::string_view bytes);

/// Does the text hold the beginning of a private key in PEM, encrypted or not?
bool holds_private_key(std::string_view text);

}  // namespace oin
