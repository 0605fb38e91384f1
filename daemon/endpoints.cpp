#include "daemon/endpoints.hpp"

#include "config/secret_file.hpp"

namespace oin {
namespace {

Result<net::Endpoint> endpoint(const ServerSettings& server, net::Endpoint::Protocol protocol) {
  net::Endpoint out;
  out.protocol = protocol;
  out.host = server.host;
  out.port = server.port;
  switch (server.tls) {
    case ServerSettings::Tls::implicit:
      out.tls = net::Tls::implicit;
      break;
    case ServerSettings::Tls::starttls:
      out.tls = net::Tls::starttls;
      break;
    case ServerSettings::Tls::none:
      out.tls = net::Tls::none;
      break;
  }
  out.ca_file = server.tls_ca_file;
  out.credentials = {server.user, server.password.reveal(), ""};
  if (server.access_token_file.empty()) return out;
  std::string why;
  out.credentials.bearer_token = read_password_file(server.access_token_file, why).reveal();
  if (!why.empty()) return transient("access token: " + why);
  return out;
}

}  // namespace

Result<net::Endpoint> imap_endpoint(const ServerSettings& server) {
  return endpoint(server, net::Endpoint::Protocol::imap);
}

Result<net::Endpoint> smtp_endpoint(const ServerSettings& server, std::string ehlo_name) {
  OIN_TRY(net::Endpoint out, endpoint(server, net::Endpoint::Protocol::smtp));
  out.ehlo_name = std::move(ehlo_name);
  return out;
}

}  // namespace oin
