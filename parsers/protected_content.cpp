#include "parsers/protected_content.hpp"

#include "parsers/ascii.hpp"

namespace oin {
namespace {

constexpr std::string_view encrypted = "encrypted-content", unopened = "unopened-content";

/// Of a CMS object (RFC 5652 3), by the object identifier at its front: 1.2.840.113549.1.7.N.
std::string_view kind_of_object(std::string_view der) {
  constexpr std::string_view pkcs7 = "\x2A\x86\x48\x86\xF7\x0D\x01\x07";
  constexpr std::size_t front = 32;
  der = der.substr(0, front);
  const std::size_t at = der.find(pkcs7);
  const bool signed_data =
      at != std::string_view::npos && at + pkcs7.size() < der.size() && der[at + pkcs7.size()] == 2;
  return signed_data ? unopened : encrypted;
}

}  // namespace

std::string_view protection_of(const Parameterized& type, std::string_view content) {
  if (type.value == "multipart/encrypted") return encrypted;
  if (type.value == "application/pkcs7-mime" || type.value == "application/x-pkcs7-mime") {
    const std::string_view kind = type.parameter("smime-type").value_or("");
    if (same_word(kind, "certs-only")) return {};
    if (same_word(kind, "signed-data") || same_word(kind, "compressed-data")) return unopened;
    return kind.empty() ? kind_of_object(content) : encrypted;
  }
  return {};
}

std::string_view protection_in_text(std::string_view text) {
  constexpr std::string_view begin = "-----BEGIN PGP MESSAGE";
  const std::size_t at = text.find(begin);
  return at != std::string_view::npos && (at == 0 || text[at - 1] == '\n') ? encrypted : std::string_view();
}

}  // namespace oin
