// Promise: what is read of a metadata document is UTF-8 and has the places it claims; a certificate has its
// facts.

#include <array>

#include "parsers/charset.hpp"
#include "parsers/saml_metadata.hpp"
#include "parsers/submission_metadata.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

void check(const std::string& text) {
  using oin::fuzz::require;
  const oin::SamlReading reading = oin::saml_metadata(text);
  require((reading.kind == oin::SamlDocument::metadata) == reading.metadata.has_value(),
          "a document or none");
  for (const auto& [name, place] : oin::metadata_fields(reading, "x").provenance)
    require(place.line > 0, "a field has a line");
  if (reading.metadata) require(oin::is_utf8(reading.metadata->entity_id), "UTF-8");
  const std::string_view within = oin::metadata_within(text);
  require(within.size() <= text.size(), "a part of the text");
  if (const auto found = oin::certificate(text)) {
    require(found->sha256.size() == 64, "a digest");
    require(oin::is_utf8(found->subject) && oin::is_utf8(found->issuer), "UTF-8");
  }
}

std::string in_metadata_alphabet(const std::uint8_t* data, std::size_t size) {
  static constexpr std::array<std::string_view, 24> words = {
      "<EntityDescriptor xmlns='urn:oasis:names:tc:SAML:2.0:metadata' entityID='urn:a'>",
      "</EntityDescriptor>",
      "<EntitiesDescriptor>",
      "</EntitiesDescriptor>",
      "<SPSSODescriptor WantAssertionsSigned='1'>",
      "</SPSSODescriptor>",
      "<IDPSSODescriptor/>",
      "<AssertionConsumerService Binding='x:HTTP-POST' Location='https://a' index='1'/>",
      "<SingleLogoutService Location='https://b'/>",
      "<KeyDescriptor use='encryption'><KeyInfo><X509Data><X509Certificate>",
      "</X509Certificate></X509Data></KeyInfo></KeyDescriptor>",
      "MIIB",
      "<NameIDFormat>a:b</NameIDFormat>",
      "<RequestedAttribute Name='n'/>",
      "<AttributeConsumingService>",
      "</AttributeConsumingService>",
      "<?xml version='1.0'?>",
      "<!DOCTYPE a [<!ENTITY e 'x'>]>",
      "&e;",
      "<!-- x -->",
      "\n",
      "<",
      "&#x0;",
      "\xC3\xA4"};
  return oin::fuzz::in_alphabet(data, size, words);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check(oin::fuzz::raw(data, size));
  check(in_metadata_alphabet(data, size));
  return 0;
}
