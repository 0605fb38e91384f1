/// curl_stream.hpp: connects to a mail server and logs in, by libcurl's CURLOPT_CONNECT_ONLY.
///
/// curl does TCP, TLS or STARTTLS, the greeting, and SASL; from there on the line is ours.  TLS is always
/// verified, certificate chain and host name both.  What curl has read behind the login's answer is lost,
/// so a session asks for CAPABILITY or sends EHLO itself and relies on nothing said before.
///
/// An Error of connect() is one line that names the server and what to do: permanent where only a person
/// can help (password, certificate, no STARTTLS), transient where time may (resolver, refusal, silence).
#pragma once

#include <chrono>
#include <memory>

#include "daemon/net/byte_stream.hpp"
#include "daemon/net/curl_loop.hpp"
#include "daemon/net/endpoint.hpp"

namespace oin::net {

/// `deadline` is for all of it, login included.  The stream may outlive `loop`, not its executor.
Task<std::unique_ptr<ByteStream>> connect(CurlLoop& loop, Endpoint endpoint,
                                          std::chrono::milliseconds deadline);

}  // namespace oin::net
