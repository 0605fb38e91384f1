/// web_fetch.hpp: one page of the web, fetched for somebody who does not trust its address.
///
/// A GET by http:// or https:// on ports 80, 443 and above 1023, without proxy, cookies, logins or anything
/// kept from one to the next.  Redirects are followed here, not by curl: each hop's host is held against the
/// list of hosts, and each address, as it was resolved, is checked right before it is contacted, so that a
/// name that changes its address between look-up and connection gains nothing.  Ends within its time whatever
/// the other side does.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/net/curl_loop.hpp"
#include "daemon/net/public_address.hpp"

namespace oin::net {

struct WebRules {
  std::vector<std::string> hosts;  ///< lower case: "help.acme.example", "*.acme.example", "*"
  std::vector<AddressRange> allowed_addresses;
  std::chrono::milliseconds time{10'000};  ///< for all hops together
  std::size_t bytes = 5'000'000;
  int redirects = 5;
  std::vector<std::string> resolve;  ///< "HOST:PORT:ADDRESS" (CURLOPT_RESOLVE)
  std::string ca_file;               ///< PEM; empty: the system's own list
  std::string user_agent = "oind-link-check/1.0";
};

enum class WebEnd {
  answered,            ///< whatever the status
  bad_url,             ///< not http or https, a login in it, a port that is none of the web's
  host_refused,        ///< not on the list
  address_refused,     ///< not public
  unknown_host,        ///< the resolver is sure that there is no such name
  unreachable,         ///< no connection, a broken answer, or a resolver that does not know just now
  bad_certificate,     ///< expired, self-signed, or for another name: nobody else's fault than its server's
  tls_failed,          ///< any other trouble with TLS
  too_many_redirects,  ///< beyond the limit
  too_large,
  timed_out,
  stopping,  ///< cancelled
};

struct WebPage {
  WebEnd end = WebEnd::unreachable;
  int status = 0;            ///< of the last answer; 0: there was none
  std::string url;           ///< where it ended, or the hop that was refused
  std::string content_type;  ///< lower case, without parameters
  std::string body;          ///< of an answer that came whole
  std::string why;           ///< for a person, where it was not answered
};

/// The name "help.acme.example" against "help.acme.example", "*.acme.example" (not "acme.example" itself) or
/// "*".
bool host_is_listed(std::string_view host, const std::vector<std::string>& hosts);

boost::asio::awaitable<WebPage> fetch(CurlLoop& loop, std::string url, WebRules rules);

}  // namespace oin::net
