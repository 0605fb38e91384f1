/// sample_submissions.hpp: submissions in which nothing is missing, one for each kind of app, as mails.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace oin::sample {

// ---- a logo ----

inline std::string big_endian(std::uint32_t value) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
  return out;
}

inline std::string chunk(const std::string& type, const std::string& data) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : type + data) {
    crc ^= static_cast<std::uint8_t>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
  }
  return big_endian(static_cast<std::uint32_t>(data.size())) + type + data + big_endian(~crc);
}

/// zlib's format without compression, in one block.
inline std::string stored(const std::string& bytes) {
  std::uint32_t a = 1, b = 0;
  for (const char c : bytes) {
    a = (a + static_cast<std::uint8_t>(c)) % 65'521;
    b = (b + a) % 65'521;
  }
  const auto size = static_cast<std::uint16_t>(bytes.size());
  const auto low = [](int value) { return static_cast<char>(value & 0xFF); };
  return std::string("\x78\x01\x01") + low(size) + low(size >> 8) + low(~size) + low(~size >> 8) + bytes +
         big_endian(b << 16 | a);
}

/// A real picture of one colour, with a transparent one in its palette or without.
inline std::string png(std::uint32_t width, std::uint32_t height, bool transparent = true) {
  std::string pixels;
  for (std::uint32_t row = 0; row < height; ++row) pixels += std::string(1 + (width + 7) / 8, '\0');
  const std::string header = big_endian(width) + big_endian(height) + std::string("\1\3\0\0\0", 5);
  return "\x89PNG\r\n\x1A\n" + chunk("IHDR", header) + chunk("PLTE", "\x10\x20\x30\x40\x50\x60") +
         (transparent ? chunk("tRNS", std::string(1, '\0')) : "") + chunk("IDAT", stored(pixels)) +
         chunk("IEND", "");
}

// ---- the form ----

inline std::string general(const std::string& type = "new") {
  return "[App information]\n"
         "Submission type: " +
         type +
         "\n"
         "App name: Acme CRM\n"
         "App website: https://www.acme.example\n"
         "App category: CRM; Sales\n"
         "App description:\n"
         "  Acme CRM keeps a sales team's customers in one place.\n"
         "  The integration signs users in with SAML and provisions them with SCIM.\n"
         "App icon: attached (acme.png)\n"
         "Developer org: https://dev-123456.okta.com\n"
         "\n"
         "[Customer support]\n"
         "Support contacts: support@acme.example, https://help.acme.example, +1 415 555 0100\n"
         "Escalation contact: okta-oncall@acme.example\n"
         "\n"
         "[Test account]\n"
         "Test account URL: https://app.acme.example/login\n"
         "Test account username: isvtest@okta.com\n"
         "Test account password: sent separately\n"
         "Additional instructions: SSO settings are under Admin > Security. A token for SCIM is made there "
         "too.\n"
         "\n";
}

inline std::string saml() {
  return "[SAML 2.0]\n"
         "Okta instance URL: https://dev-123456-admin.okta.com/admin/app/acme_1/instance/0oa1b2c3/\n"
         "Big Bang: no\n"
         "Available to: all tenants\n"
         "Set up by: self-service\n"
         "On premises: no\n"
         "ACS varies: yes\n"
         "ACS URL: https://${app.subdomain}.acme.example/saml/acs\n"
         "Audience URI: https://${app.subdomain}.acme.example/saml\n"
         "Name ID: NameID\n"
         "Variable: label=Subdomain; name=subdomain; type=String; help=The first part of your Acme address\n"
         "Sign-in flows: IdP, SP\n"
         "SP initiate URL: https://app.acme.example/sso\n"
         "SP flow description: Click \"Sign in with SSO\", type your company name.\n"
         "JIT: yes\n"
         "Attribute: email = user.email\n"
         "Force authentication: no\n"
         "Encrypted assertions: no\n"
         "Single logout: no\n"
         "Multi-tenant: yes\n"
         "Configuration guide: https://help.acme.example/okta-saml\n"
         "\n";
}

inline std::string oidc() {
  return "[OpenID Connect]\n"
         "Okta instance URL: https://dev-123456-admin.okta.com/admin/app/acme_3/instance/0oa7b8c9/\n"
         "Mode: Web\n"
         "Redirect URI: https://app.acme.example/callback, https://eu.acme.example/callback\n"
         "Redirect URI varies: no\n"
         "Initiate login URI: https://app.acme.example/login/okta\n"
         "Initiate login URI varies: no\n"
         "Post-logout redirect URI: https://app.acme.example/goodbye\n"
         "Post-logout URI varies: no\n"
         "Sign-in flows: IdP, SP\n"
         "SP initiate URL: https://app.acme.example/login\n"
         "JIT: yes\n"
         "Grant types: Authorization Code\n"
         "Scopes: openid, profile, email\n"
         "Multi-tenant: yes\n"
         "Set up by: self-service\n"
         "Configuration guide: https://help.acme.example/okta-oidc\n"
         "\n";
}

inline std::string scim() {
  return "[SCIM 2.0]\n"
         "Okta instance URL: https://dev-123456-admin.okta.com/admin/app/acme_2/instance/0oa4d5e6/\n"
         "Features: Create Users, Update User Attributes, Deactivate Users, Group Push\n"
         "Base URL varies: yes\n"
         "Base URL: https://${app.subdomain}.acme.example/scim/v2\n"
         "PATCH: yes\n"
         "Auth mode: Bearer token\n"
         "Username is email: yes\n"
         "Unused attributes deleted: yes\n"
         "Group changes per PATCH: 100\n"
         "Runscope SPEC results: https://www.runscope.com/radar/aaa/bbb/history/ccc\n"
         "Runscope CRUD results: https://www.runscope.com/radar/aaa/ddd/history/eee\n"
         "Configuration guide: attached (acme-scim.html)\n"
         "\n";
}

inline std::string variable() {
  return "Variable: label=Subdomain; name=subdomain; type=String; help=The first part of your Acme address\n";
}

inline std::string guide() {
  return R"(<!DOCTYPE html><html><body>
<h1>Configuring SCIM for Acme CRM</h1>
<p>This guide provides the steps to configure provisioning between Okta and Acme CRM.</p>
<h2>Supported features</h2>
<ul><li>Create users: people who are assigned in Okta appear in Acme CRM.</li>
<li>Update user attributes: changes of a profile are pushed to Acme CRM.</li>
<li>Deactivate users: whoever is unassigned in Okta loses access to Acme CRM.</li>
<li>Group push: groups and their members are pushed from Okta.</li></ul>
<h2>Requirements</h2>
<p>You need an Enterprise account with Acme CRM, the role of an administrator there, and an Okta org with
provisioning. Ask your account manager if you are not sure which plan you have.</p>
<h2>Configuration steps</h2>
<ol><li>In Acme CRM open Admin, then Security, and choose to generate an API token. Copy the token.</li>
<li>In Okta open the Acme CRM app from the catalog and choose the tab Provisioning.</li>
<li>Enter your Subdomain, the first part of your Acme address, and paste the token.</li>
<li>Test the credentials and save.</li>
<li>Choose To App and enable the features you want, then assign the app to people and groups.</li></ol>
<p><img src="provisioning.png" alt="The tab Provisioning"></p>
<h2>Attributes and mapping</h2>
<p>userName, givenName, familyName and email are mapped by default. Other attributes of Okta can be added.</p>
<h2>Known issues and troubleshooting</h2>
<p>There are no known issues. If a user is not created, look for the answer of the server in the log.</p>
<h2>Support</h2>
<p>Write to support@acme.example or see https://help.acme.example for more help with this integration.</p>
</body></html>
)";
}

// ---- the mail ----

using Files = std::map<std::string, std::string>;

inline std::string mail(const std::string& form, const Files& files,
                        const std::string& subject = "New integration: Acme CRM") {
  std::string out =
      "From: Ada Lovelace <ada@acme.example>\r\nTo: oin@oind.example\r\nSubject: " + subject +
      "\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@acme.example>\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
      "--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
      form + "\r\n";
  for (const auto& [name, content] : files)
    out +=
        "--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n"
        "Content-Disposition: attachment; filename=\"" +
        name + "\"\r\n\r\n" + content + "\r\n";
  return out + "--b--\r\n";
}

}  // namespace oin::sample
