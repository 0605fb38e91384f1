#include "daemon/endpoints.hpp"

namespace oin {
namespace {

net::Endpoint endpoint(const ServerSettings& server, net::Endpoint::Protocol protocol) {
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
  out.credentials = {server.user, server.password.reveal(), server.bearer_token.reveal()};
  return out;
}

}  // namespace

net::Endpoint imap_endpoint(const ServerSettings& server) {
  return endpoint(server, net::Endpoint::Protocol::imap);
}

net::Endpoint smtp_endpoint(const ServerSettings& server, std::string ehlo_name) {
  net::Endpoint out = endpoint(server, net::Endpoint::Protocol::smtp);
  out.ehlo_name = std::move(ehlo_name);
  return out;
}

}  // namespace oin
