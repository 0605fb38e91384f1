/// connect_error.hpp: what curl says about a failed connection, as one line that an operator can act on.
///
/// "imaps://imap.example.com:993: the server refused the user name or password of "oin@example.com"
/// (A002 NO [AUTHENTICATIONFAILED] …)".  Pure, so that every line of it is in a table of the tests.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <string>
#include <string_view>

#include "daemon/net/endpoint.hpp"
#include "parsers/base/result.hpp"

namespace oin::net {

struct ConnectFailure {
  CURLcode code = CURLE_OK;
  std::string curl_text;    ///< CURLOPT_ERRORBUFFER, often empty
  std::string server_text;  ///< the server's last line
  std::chrono::milliseconds deadline{};
};

Error connect_error(const Endpoint& endpoint, const ConnectFailure& failure);

/// "60 s", "1500 ms"
std::string spoken(std::chrono::milliseconds duration);

}  // namespace oin::net
