/// endpoints.hpp: server settings as the network rooms want them, with the credentials of this moment.
///
/// An Error of Fault::transient: the access token cannot be read now; whoever renews it may be writing it.
#pragma once

#include "config/settings.hpp"
#include "daemon/net/endpoint.hpp"
#include "parsers/base/result.hpp"

namespace oin {

Result<net::Endpoint> imap_endpoint(const ServerSettings& server);
Result<net::Endpoint> smtp_endpoint(const ServerSettings& server, std::string ehlo_name);

}  // namespace oin
