#include "parsers/saml_metadata.hpp"

#include <algorithm>
#include <charconv>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/text_lines.hpp"
#include "parsers/xml.hpp"

namespace oin {
namespace {

constexpr std::size_t most_bytes = 1'000'000;
constexpr std::size_t most_entries = 200;  // of each kind: endpoints, keys, attributes
constexpr std::string_view metadata_namespace = "urn:oasis:names:tc:SAML:2.0:metadata";

/// "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" → "HTTP-POST", "…xmldsig-more#rsa-sha256" → "rsa-sha256".
std::string last_part(std::string_view uri) {
  uri = bare(uri);
  const auto at = uri.find_last_of(":#");
  return std::string(at == std::string_view::npos ? uri : uri.substr(at + 1));
}

std::string trimmed(std::optional<std::string> text) {
  return text ? std::string(bare(*text)) : std::string();
}

bool is_true(const xmlNode& element, const char* name) {
  const std::string value = trimmed(xml_attribute(element, name));
  return value == "true" || value == "1";
}

int line_of(const xmlNode& element) { return static_cast<int>(xmlGetLineNo(&element)); }

std::optional<int> index_of(const xmlNode& element) {
  const std::string text = trimmed(xml_attribute(element, "index"));
  int index = -1;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (failed != std::errc{} || end != text.data() + text.size() || index < 0 || index > 65535)
    return std::nullopt;
  return index;
}

SamlEndpoint endpoint(const xmlNode& element) {
  return {last_part(trimmed(xml_attribute(element, "Binding"))), trimmed(xml_attribute(element, "Location")),
          index_of(element), is_true(element, "isDefault"), line_of(element)};
}

void add_keys(SamlMetadata& metadata, const xmlNode& descriptor) {
  const std::string use = trimmed(xml_attribute(descriptor, "use"));
  for (const xmlNode* info : xml_children(descriptor, "KeyInfo"))
    for (const xmlNode* data : xml_children(*info, "X509Data"))
      for (const xmlNode* element : xml_children(*data, "X509Certificate"))
        if (metadata.keys.size() < most_entries)
          metadata.keys.push_back({use, certificate(xml_content(*element)), line_of(*element)});
}

void add_attributes(SamlMetadata& metadata, const xmlNode& service) {
  for (const xmlNode* attribute : xml_children(service, "RequestedAttribute"))
    if (metadata.attributes.size() < most_entries)
      metadata.attributes.push_back(
          {trimmed(xml_attribute(*attribute, "Name")), trimmed(xml_attribute(*attribute, "FriendlyName")),
           trimmed(xml_attribute(*attribute, "NameFormat")), is_true(*attribute, "isRequired")});
}

void add_role(SamlMetadata& metadata, const xmlNode& role) {
  metadata.want_assertions_signed |= is_true(role, "WantAssertionsSigned");
  metadata.authn_requests_signed |= is_true(role, "AuthnRequestsSigned");
  for (const xmlNode* child : xml_children(role)) {
    const std::string_view name = local_name(*child);
    if (name == "AssertionConsumerService" && metadata.assertion_consumers.size() < most_entries)
      metadata.assertion_consumers.push_back(endpoint(*child));
    else if (name == "SingleLogoutService" && metadata.single_logout.size() < most_entries)
      metadata.single_logout.push_back(endpoint(*child));
    else if (name == "NameIDFormat" && metadata.name_id_formats.size() < most_entries)
      metadata.name_id_formats.push_back(last_part(xml_content(*child)));
    else if (name == "KeyDescriptor")
      add_keys(metadata, *child);
    else if (name == "AttributeConsumingService")
      add_attributes(metadata, *child);
  }
}

std::string signature_algorithm(const xmlNode& entity) {
  for (const xmlNode* signature : xml_children(entity, "Signature"))
    for (const xmlNode* info : xml_children(*signature, "SignedInfo"))
      for (const xmlNode* method : xml_children(*info, "SignatureMethod"))
        return last_part(trimmed(xml_attribute(*method, "Algorithm")));
  return {};
}

SamlMetadata entity(const xmlNode& element) {
  SamlMetadata metadata;
  metadata.entity_id = trimmed(xml_attribute(element, "entityID"));
  metadata.line = line_of(element);
  metadata.valid_until = trimmed(xml_attribute(element, "validUntil"));
  metadata.signature_algorithm = signature_algorithm(element);
  const auto service_providers = xml_children(element, "SPSSODescriptor");
  const auto identity_providers = xml_children(element, "IDPSSODescriptor");
  metadata.service_provider = !service_providers.empty();
  metadata.identity_provider = !identity_providers.empty();
  // What an identity provider offers is none of the application's.
  for (const xmlNode* role : service_providers.empty() ? identity_providers : service_providers)
    add_role(metadata, *role);
  return metadata;
}

/// All entities, also in groups within groups (2.3.1); libxml2 bounds the depth.
void find_entities(const xmlNode& element, std::vector<const xmlNode*>& found) {
  for (const xmlNode* child : xml_children(element)) {
    if (local_name(*child) == "EntityDescriptor") found.push_back(child);
    if (local_name(*child) == "EntitiesDescriptor") find_entities(*child, found);
  }
}

/// The opening tag's place and name, prefix included: {12, "md:EntityDescriptor"}.
struct Tag {
  std::size_t at = std::string_view::npos;
  std::string_view name;
};

Tag root_tag(std::string_view text) {
  for (auto at = text.find("Descriptor"); at != std::string_view::npos;
       at = text.find("Descriptor", at + 1)) {
    constexpr std::size_t longest_name = 64;
    const std::size_t from = at - std::min(at, longest_name);
    const auto open = text.substr(from, at - from).rfind('<');
    if (open == std::string_view::npos) continue;
    const std::size_t begin = from + open + 1;
    const std::string_view name = text.substr(begin, at + std::string_view("Descriptor").size() - begin);
    const std::string_view local = name.substr(std::min(name.find(':') + 1, name.size()));
    if (local == "EntityDescriptor" || local == "EntitiesDescriptor") return {begin - 1, name};
  }
  return {};
}

/// The charset of a document whose first character takes two bytes; empty for others.
std::string_view utf16_of(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with(std::string_view("<\0", 2))) return "utf-16le";
  if (bytes.starts_with("\xFE\xFF") || bytes.starts_with(std::string_view("\0<", 2))) return "utf-16be";
  return {};
}

/// As UTF-8 and without its declaration, which must stand first and would name another charset; the lines
/// stay.  Empty where the bytes can be read as they are.
std::string undeclared(std::string_view bytes) {
  const std::string_view utf16 = utf16_of(bytes);
  const auto first = bytes.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  const bool displaced = first != 0 && first != std::string_view::npos && bytes[first] == '<';
  if (utf16.empty() && (!displaced || !is_utf8(bytes))) return {};
  std::string text = to_utf8(bytes, utf16.empty() ? "utf-8" : utf16).utf8;
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos || !std::string_view(text).substr(begin).starts_with("<?xml ")) return text;
  const auto end = text.find("?>", begin);
  if (end != std::string::npos) text.replace(begin, end + 2 - begin, end + 2 - begin, ' ');
  return text;
}

}  // namespace

const SamlEndpoint* SamlMetadata::posted_to() const {
  const SamlEndpoint* first = nullptr;
  for (const SamlEndpoint& consumer : assertion_consumers) {
    if (consumer.binding != "HTTP-POST" || consumer.location.empty()) continue;
    if (consumer.is_default) return &consumer;
    if (!first) first = &consumer;
  }
  return first;
}

SamlReading saml_metadata(std::string_view xml) {
  constexpr std::size_t longest_prologue = 64'000;  // licences and other comments stand there
  if (xml.size() > 2 * most_bytes) xml = xml.substr(0, 2 * most_bytes);
  const std::string text = undeclared(xml);
  if (!text.empty()) xml = text;
  if (root_tag(xml.substr(0, longest_prologue)).at == std::string_view::npos) return {};
  const XmlDocument document = xml_document(xml, most_bytes);
  const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (!root) return {SamlDocument::unreadable, std::nullopt};
  if (local_name(*root) != "EntityDescriptor" && local_name(*root) != "EntitiesDescriptor") return {};
  if (root->ns && xml_text(root->ns->href) != metadata_namespace)
    return {SamlDocument::unreadable, std::nullopt};
  std::vector<const xmlNode*> entities;
  if (local_name(*root) == "EntityDescriptor")
    entities.push_back(root);
  else
    find_entities(*root, entities);
  if (entities.empty()) return {SamlDocument::unreadable, std::nullopt};
  const auto provider = std::ranges::find_if(
      entities, [](const xmlNode* each) { return !xml_children(*each, "SPSSODescriptor").empty(); });
  SamlMetadata metadata = entity(provider == entities.end() ? *entities.front() : **provider);
  metadata.entities = entities.size();
  if (metadata.valid_until.empty()) metadata.valid_until = trimmed(xml_attribute(*root, "validUntil"));
  return {SamlDocument::metadata, std::move(metadata)};
}

std::string_view metadata_within(std::string_view text) {
  const Tag root = root_tag(text);
  if (root.at == std::string_view::npos) return {};
  const std::string close = "</" + std::string(root.name) + ">";
  const auto end = text.rfind(close);
  if (end == std::string_view::npos || end < root.at) return {};
  std::size_t begin = root.at;
  if (const std::string_view before = bare(text.substr(0, begin)); before.ends_with("?>"))
    if (const auto declaration = before.rfind("<?xml"); declaration != std::string_view::npos)
      begin = static_cast<std::size_t>(before.data() - text.data()) + declaration;
  return text.substr(begin, end + close.size() - begin);
}

}  // namespace oin
