#include "parsers/saml_metadata.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "parsers/mail.hpp"
#include "parsers/submission.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string sample(const std::string& name) {
  std::ifstream file(OIND_SOURCE_DIR "/tests/corpus/saml/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ACertificate, IsReadFromPemDerAndBase64) {
  const std::string pem = sample("rsa-2048-sha256.pem");
  std::string base64 = pem.substr(pem.find('\n'));
  base64.resize(base64.find("-----"));
  for (const std::string& bytes :
       {pem, "Our certificate:\n" + pem + "Regards\n", sample("rsa-2048-sha256.der"), base64}) {
    const auto found = certificate(bytes);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->subject, "CN=acme.example,O=Acme Größe");
    EXPECT_EQ(found->issuer, found->subject);
    EXPECT_TRUE(found->self_signed);
    EXPECT_EQ(to_rfc3339(found->not_before), "2026-11-25T09:03:22Z");
    EXPECT_EQ(to_rfc3339(found->not_after), "2036-11-22T09:03:22Z");
    EXPECT_EQ(found->key_type, "RSA");
    EXPECT_EQ(found->key_bits, 2048);
    EXPECT_EQ(found->signature_algorithm, "sha256WithRSAEncryption");
    EXPECT_EQ(found->digest, "sha256");
    EXPECT_EQ(found->sha256, "15d7e2101baa92661043874a30b91cbf5c87a84f2ddd4cdb89d498e4330a3435");
    EXPECT_EQ(found->pem, pem);
  }
}

TEST(ACertificate, TellsItsWeaknesses) {
  const auto weak = certificate(sample("rsa-1024-sha1.pem"));
  ASSERT_TRUE(weak);
  EXPECT_EQ(weak->key_bits, 1024);
  EXPECT_EQ(weak->digest, "sha1");
  EXPECT_FALSE(weak->self_signed);
  const auto elliptic = certificate(sample("ec-p256.pem"));
  ASSERT_TRUE(elliptic);
  EXPECT_EQ(elliptic->key_type, "EC");
  EXPECT_EQ(elliptic->key_bits, 256);
}

TEST(ACertificate, IsNothingElse) {
  const std::string der = sample("rsa-2048-sha256.der");
  for (const std::string& bytes :
       {std::string(), std::string("bm8gY2VydGlmaWNhdGU="), std::string("-----BEGIN CERTIFICATE-----\n"),
        std::string("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"),
        der.substr(0, der.size() / 2), std::string(200'000, '0')})
    EXPECT_FALSE(certificate(bytes)) << bytes.substr(0, 40);
}

TEST(APrivateKey, IsSeen) {
  EXPECT_TRUE(holds_private_key("x\n-----BEGIN RSA PRIVATE KEY-----\n"));
  EXPECT_TRUE(holds_private_key("-----BEGIN CERTIFICATE-----\n-----BEGIN ENCRYPTED PRIVATE KEY-----"));
  EXPECT_FALSE(holds_private_key(sample("ec-p256.pem")));
}

TEST(SamlMetadata, DescribesAServiceProvider) {
  const SamlReading reading = saml_metadata(sample("sp.xml"));
  ASSERT_EQ(reading.kind, SamlDocument::metadata);
  const SamlMetadata& sp = *reading.metadata;
  EXPECT_TRUE(sp.service_provider);
  EXPECT_FALSE(sp.identity_provider);
  EXPECT_EQ(sp.entity_id, "https://acme.example/saml");
  EXPECT_EQ(sp.valid_until, "2030-01-01T00:00:00Z");
  EXPECT_TRUE(sp.want_assertions_signed);
  EXPECT_TRUE(sp.authn_requests_signed);
  EXPECT_THAT(sp.name_id_formats, ElementsAre("emailAddress", "persistent"));
  ASSERT_EQ(sp.assertion_consumers.size(), 4u);
  EXPECT_EQ(sp.assertion_consumers[0].binding, "HTTP-Artifact");
  EXPECT_EQ(sp.assertion_consumers[1].index, 2);
  EXPECT_FALSE(sp.assertion_consumers[3].index) << "-1 is none";
  ASSERT_TRUE(sp.posted_to());
  EXPECT_EQ(sp.posted_to()->location, "https://acme.example/acs");
  ASSERT_EQ(sp.single_logout.size(), 1u);
  EXPECT_EQ(sp.single_logout[0].binding, "HTTP-Redirect");
  ASSERT_EQ(sp.keys.size(), 2u);
  EXPECT_EQ(sp.keys[0].use, "signing");
  ASSERT_TRUE(sp.keys[0].certificate);
  EXPECT_EQ(sp.keys[0].certificate->key_bits, 2048);
  EXPECT_FALSE(sp.keys[1].certificate) << "not a certificate";
  ASSERT_EQ(sp.attributes.size(), 2u);
  EXPECT_EQ(sp.attributes[0].name, "email");
  EXPECT_TRUE(sp.attributes[0].required);
  EXPECT_FALSE(sp.attributes[1].required);
}

TEST(SamlMetadata, KnowsAnIdentityProviderAndPicksTheServiceProviderOfSeveral) {
  const SamlReading idp = saml_metadata(sample("idp.xml"));
  ASSERT_TRUE(idp.metadata);
  EXPECT_TRUE(idp.metadata->identity_provider);
  EXPECT_FALSE(idp.metadata->service_provider);
  const SamlReading federation = saml_metadata(sample("federation.xml"));
  ASSERT_TRUE(federation.metadata);
  EXPECT_EQ(federation.metadata->entity_id, "urn:sp");
  EXPECT_EQ(federation.metadata->entities, 2u);
  EXPECT_EQ(federation.metadata->valid_until, "2031-01-01T00:00:00Z");
}

TEST(SamlMetadata, IsReadInEveryEncodingAndBehindALongPrologue) {
  const std::string utf8 = sample("sp.xml");
  ASSERT_TRUE(utf8.starts_with("<?xml"));
  const auto wide = [&](bool big_endian, std::string bytes) {
    for (const char c : "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + utf8.substr(utf8.find("?>") + 2))
      (bytes += big_endian ? '\0' : c) += big_endian ? c : '\0';
    return bytes;
  };
  const SamlReading expected = saml_metadata(utf8);
  ASSERT_TRUE(expected.metadata);
  const std::string body = utf8.substr(utf8.find("?>") + 2);
  for (const std::string& bytes :
       {wide(false, "\xFF\xFE"), wide(true, "\xFE\xFF"), wide(false, ""), wide(true, ""),
        "\xEF\xBB\xBF" + utf8, "\n \n" + utf8, "\xEF\xBB\xBF\r\n" + utf8,
        "<?xml version='1.0'?><!-- " + std::string(50'000, 'x') + " -->" + body}) {
    const SamlReading read = saml_metadata(bytes);
    ASSERT_TRUE(read.metadata) << bytes.substr(0, 40);
    EXPECT_EQ(read.metadata->entity_id, expected.metadata->entity_id);
    ASSERT_NE(read.metadata->posted_to(), nullptr);
    EXPECT_EQ(read.metadata->posted_to()->location, expected.metadata->posted_to()->location);
  }
  EXPECT_EQ(saml_metadata("\n\n" + utf8).metadata->line, expected.metadata->line + 2);
}

TEST(SamlMetadata, IsUnreadableWhenItIsCutOffOrHasADocumentType) {
  const std::string sp = sample("sp.xml");
  for (const std::string& xml :
       {sp.substr(0, sp.size() - 5),
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + sample("idp.xml"),
        std::string("<EntityDescriptor xmlns='urn:other'/>"), std::string("<EntitiesDescriptor/>")})
    EXPECT_EQ(saml_metadata(xml).kind, SamlDocument::unreadable) << xml.substr(0, 60);
  for (const char* xml : {"", "<a/>", "an EntityDescriptor", "<KeyDescriptor/>"})
    EXPECT_EQ(saml_metadata(xml).kind, SamlDocument::other) << xml;
}

TEST(SamlMetadata, CannotGrow) {
  std::string bomb = "<!DOCTYPE b [<!ENTITY a0 'aaaaaaaaaa'>";
  for (int i = 1; i < 10; ++i) {
    const std::string inner = "&a" + std::to_string(i - 1) + ";";
    bomb += "<!ENTITY a" + std::to_string(i) + " '";
    for (int k = 0; k < 10; ++k) bomb += inner;
    bomb += "'>";
  }
  bomb += "]><EntityDescriptor entityID='&a9;'>&a9;</EntityDescriptor>";
  EXPECT_EQ(saml_metadata(bomb).kind, SamlDocument::unreadable);
  std::string deep = "<EntityDescriptor>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_EQ(saml_metadata(deep).kind, SamlDocument::unreadable);
}

TEST(SamlMetadata, FillsWhatTheFormDoesNotSay) {
  Mail mail;
  mail.text = mail.reply_text = "App name: Acme\nACS URL: https://acme.example/other\n";
  mail.attachments.push_back({"sp.txt", "application/octet-stream", sample("sp.xml"), "", "", "", "2"});
  const Submission read = read_submission(mail);
  EXPECT_EQ(read.fields.at("saml.acs_url").items.front(), "https://acme.example/other");
  EXPECT_THAT(read.conflicting, ElementsAre("saml.acs_url"));
  EXPECT_EQ(read.fields.at("saml.audience_uri").items.front(), "https://acme.example/saml");
  EXPECT_EQ(read.provenance.at("saml.audience_uri").part, "sp.txt");
  EXPECT_EQ(read.provenance.at("saml.slo_url").line, 31);
  EXPECT_THAT(read.fields.at("saml.other_acs").items,
              ElementsAre("https://acme.example/acs2, 2", "https://acme.example/acs3"));
  EXPECT_THAT(read.fields.at("saml.slo_cert").items.front(), HasSubstr("BEGIN CERTIFICATE"));
  EXPECT_THAT(read.protocols, ElementsAre("saml"));
}

TEST(SamlMetadata, IsReadWithinTheBodyToo) {
  Mail mail;
  mail.text =
      "Hello,\n\nApp name: Acme\nour metadata:\n\n" + sample("sp.xml") + "\nWebsite: https://acme.example\n";
  mail.reply_text = mail.text;
  const Submission read = read_submission(mail);
  EXPECT_EQ(read.fields.at("saml.acs_url").items.front(), "https://acme.example/acs");
  EXPECT_EQ(read.provenance.at("saml.audience_uri").line, 8);
  EXPECT_EQ(read.provenance.at("saml.audience_uri").part, "1");
  EXPECT_TRUE(read.fields.contains("app_website"));
  EXPECT_TRUE(read.conflicting.empty());
  EXPECT_TRUE(read.unknown.empty());
}

TEST(SamlMetadata, OfAnIdentityProviderFillsNothingAndIsNamed) {
  Mail mail;
  mail.text = mail.reply_text = "App name: Acme\n";
  mail.attachments.push_back({"okta.xml", "text/xml", sample("idp.xml"), "", "", "", "2"});
  const Submission read = read_submission(mail);
  EXPECT_EQ(read.fields.size(), 1u);
  ASSERT_EQ(read.unknown.size(), 1u);
  EXPECT_THAT(read.unknown[0].value, HasSubstr("identity provider"));
}

TEST(ALabelledCertificate, IsOneValueAndAPrivateKeyIsSealed) {
  const std::string pem = sample("rsa-2048-sha256.pem");
  const Submission read = read_labelled_text(
      "[SAML]\nEncryption certificate:\n" + pem + "JIT: yes\nSLO certificate: " + pem + "Relay state: /x\n",
      "1");
  EXPECT_EQ(read.fields.at("saml.encryption_cert").items.front() + "\n", pem);
  EXPECT_EQ(read.fields.at("saml.slo_cert").items.front() + "\n", pem);
  EXPECT_TRUE(read.fields.contains("saml.jit"));
  EXPECT_TRUE(read.fields.contains("saml.default_relay_state"));
  const Submission key = read_labelled_text(
      "[SAML]\nCertificate:\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\nJIT: no\n", "1");
  EXPECT_EQ(shown(key.fields.at("saml.encryption_cert")), "(sealed)");
  EXPECT_EQ(key.fields.size(), 2u);
}

}  // namespace
}  // namespace oin
