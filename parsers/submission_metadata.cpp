#include "parsers/submission_metadata.hpp"

#include <algorithm>

namespace oin {
namespace {

using Kind = FieldValue::Kind;

class Fields {
 public:
  Fields(std::string_view part, int first_line) : part_(part), first_line_(first_line) {}

  void text(const char* name, const std::string& value, int line) {
    if (!value.empty()) put(name, {Kind::text, {value}}, line);
  }
  void put(const char* name, FieldValue value, int line) {
    form_.fields[name] = std::move(value);
    form_.provenance[name] = {part_, first_line_ + line - 1};
    ++form_.labelled;
  }
  Submission take() && { return std::move(form_); }

 private:
  std::string part_;
  int first_line_;
  Submission form_;
};

void put_consumers(Fields& fields, const SamlMetadata& metadata) {
  const SamlEndpoint* posted_to = metadata.posted_to();
  if (!posted_to) return;
  fields.text("saml.acs_url", posted_to->location, posted_to->line);
  FieldValue others{Kind::list, {}};
  int line = 0;
  for (const SamlEndpoint& consumer : metadata.assertion_consumers) {
    if (&consumer == posted_to || consumer.binding != "HTTP-POST" || consumer.location.empty()) continue;
    others.items.push_back(consumer.location +
                           (consumer.index ? ", " + std::to_string(*consumer.index) : std::string()));
    if (line == 0) line = consumer.line;
  }
  if (!others.items.empty()) fields.put("saml.other_acs", std::move(others), line);
}

const SamlKey* key_for(const SamlMetadata& metadata, std::string_view use) {
  const auto key = std::ranges::find_if(metadata.keys, [&](const SamlKey& each) {
    return each.certificate && (each.use == use || each.use.empty());
  });
  return key == metadata.keys.end() ? nullptr : &*key;
}

void put_logout(Fields& fields, const SamlMetadata& metadata) {
  if (metadata.single_logout.empty()) return;
  const SamlEndpoint& logout = metadata.single_logout.front();
  fields.put("saml.slo", {Kind::boolean, {"true"}}, logout.line);
  fields.text("saml.slo_url", logout.location, logout.line);
  fields.text("saml.slo_issuer", metadata.entity_id, metadata.line);
  if (const SamlKey* key = key_for(metadata, "signing"))
    fields.text("saml.slo_cert", key->certificate->pem, key->line);
}

}  // namespace

Submission metadata_fields(const SamlReading& reading, std::string_view part, int first_line) {
  const std::string label = "SAML metadata (" + std::string(part) + ")";
  Submission nothing;
  if (!reading.metadata) return nothing;  // the details say so
  const SamlMetadata& metadata = *reading.metadata;
  if (!metadata.service_provider) {
    nothing.unknown.push_back({label, (metadata.identity_provider ? "describes an identity provider: "
                                                                  : "describes no service provider: ") +
                                          metadata.entity_id});
    return nothing;
  }
  Fields fields(part, first_line);
  fields.text("saml.audience_uri", metadata.entity_id, metadata.line);
  put_consumers(fields, metadata);
  put_logout(fields, metadata);
  if (const SamlKey* key = key_for(metadata, "encryption"))
    fields.text("saml.encryption_cert", key->certificate->pem, key->line);
  Submission form = std::move(fields).take();
  form.protocols = {"saml"};
  if (metadata.entities > 1)
    form.unknown.push_back(
        {label, "describes " + std::to_string(metadata.entities) + " entities; read: " + metadata.entity_id});
  return form;
}

}  // namespace oin
