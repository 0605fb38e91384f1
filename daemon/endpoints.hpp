/// endpoints.hpp: server settings as the network rooms want them.
#pragma once

#include "config/settings.hpp"
#include "daemon/net/endpoint.hpp"

namespace oin {

net::Endpoint imap_endpoint(const ServerSettings& server);
net::Endpoint smtp_endpoint(const ServerSettings& server, std::string ehlo_name);

}  // namespace oin
