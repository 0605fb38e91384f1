/// saml_metadata.hpp: what a SAML 2.0 metadata document (saml-metadata-2.0-os) says about a service provider.
///
/// Recognised by its root element, never by its name.  No network, no document type, no entity (xml.hpp).  Of
/// several entities the first service provider is described.  A document of an identity provider alone is
/// read as such: vendors send it by mistake.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/certificate.hpp"

namespace oin {

struct SamlEndpoint {
  std::string binding;  ///< its last part: "HTTP-POST", "HTTP-Redirect", "HTTP-Artifact", "SOAP", "PAOS"
  std::string location;
  std::optional<int> index;  ///< nothing where it is not a number from 0 to 65535 (2.2.3)
  bool is_default = false;
  int line = 0;
};

struct SamlKey {
  std::string use;                         ///< "signing", "encryption", or empty for both (2.4.1.1)
  std::optional<Certificate> certificate;  ///< nothing where it cannot be read
  int line = 0;
};

struct SamlAttribute {
  std::string name, friendly_name, name_format;
  bool required = false;
};

struct SamlMetadata {
  std::string entity_id;
  int line = 0;              ///< of the entity
  std::size_t entities = 1;  ///< in the document
  bool service_provider = false, identity_provider = false;
  std::vector<SamlEndpoint> assertion_consumers;  ///< in document order
  std::vector<SamlEndpoint> single_logout;
  std::vector<std::string> name_id_formats;  ///< their last parts: "emailAddress", "persistent"
  std::vector<SamlKey> keys;
  bool want_assertions_signed = false, authn_requests_signed = false;
  std::vector<SamlAttribute> attributes;
  std::string valid_until;          ///< as written (xs:dateTime)
  std::string signature_algorithm;  ///< of the document's own signature: the URI's last part

  /// Where a response is to be posted (2.4.4.1): the default, else the first with no say, else the first.
  const SamlEndpoint* posted_to() const;
};

enum class SamlDocument { other, metadata, unreadable };

/// Does the text have a metadata document's root, and can it be read?
struct SamlReading {
  SamlDocument kind = SamlDocument::other;
  std::optional<SamlMetadata> metadata;
};
SamlReading saml_metadata(std::string_view xml);

/// The metadata document within a text that holds more, or an empty view.
std::string_view metadata_within(std::string_view text);

}  // namespace oin
