#include "daemon/net/endpoint.hpp"

#include <fmt/format.h>

namespace oin::net {

std::string url_of(const Endpoint& endpoint) {
  const bool imap = endpoint.protocol == Endpoint::Protocol::imap;
  const bool is_ipv6 = endpoint.host.find(':') != std::string::npos;
  return fmt::format("{}{}://{}{}{}:{}", imap ? "imap" : "smtp", endpoint.tls == Tls::implicit ? "s" : "",
                     is_ipv6 ? "[" : "", endpoint.host, is_ipv6 ? "]" : "", endpoint.port);
}

}  // namespace oin::net
