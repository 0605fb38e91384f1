/// endpoint.hpp: where a mail server is, how the line to it is protected, and who we are there.
#pragma once

#include <cstdint>
#include <string>

namespace oin::net {

enum class Tls {
  implicit,  ///< TLS from the first byte (RFC 8314 3): imaps on 993, submissions on 465
  starttls,  ///< TLS before the password or not at all
  none,      ///< only for a server on this machine
};

struct Credentials {
  std::string user;  ///< empty: do not log in (an SMTP relay on this machine)
  std::string password;
  std::string bearer_token;  ///< when set: OAUTHBEARER (RFC 7628) or XOAUTH2, and never the password
};

struct Endpoint {
  enum class Protocol { imap, smtp };
  Protocol protocol = Protocol::imap;
  std::string host;  ///< also the name that the server's certificate must bear
  std::uint16_t port = 993;
  Tls tls = Tls::implicit;
  std::string ca_file;  ///< PEM, setting tls_ca_file; empty: the system's own list
  Credentials credentials;
  std::string ehlo_name;  ///< SMTP only, for the EHLO before the login; empty: this machine's name
};

/// "imaps://imap.example.com:993", "smtp://[::1]:587"; never with a user or a secret.
std::string url_of(const Endpoint& endpoint);

}  // namespace oin::net
