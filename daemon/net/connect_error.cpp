#include "daemon/net/connect_error.hpp"

#include <fmt/format.h>

namespace oin::net {
namespace {

bool says(std::string_view text, std::string_view what) { return text.find(what) != std::string_view::npos; }

std::string in_brackets(std::string_view text) { return text.empty() ? "" : fmt::format(" ({})", text); }

/// A login may also fail because the server's password database is away: RFC 5530 UNAVAILABLE, RFC 4954 454.
bool only_for_now(std::string_view server_text) {
  return server_text.starts_with('4') || says(server_text, "[UNAVAILABLE]") || says(server_text, "[INUSE]") ||
         says(server_text, "[LIMIT]");
}

std::string certificate_trouble(const Endpoint& endpoint, std::string_view curl_text) {
  if (says(curl_text, "expired")) return "the server's certificate has expired; its owner must renew it";
  if (says(curl_text, "not yet valid"))
    return "the server's certificate is not yet valid; is this machine's clock right?";
  if (says(curl_text, "does not match") || says(curl_text, "no alternative certificate subject name") ||
      says(curl_text, "unable to obtain common name"))
    return fmt::format(
        "the server's certificate is for another host name than \"{}\"; set host to the name it bears",
        endpoint.host);
  if (says(curl_text, "self-signed") || says(curl_text, "self signed") || says(curl_text, "unable to get") ||
      says(curl_text, "unable to verify"))
    return "the server's certificate comes from an authority unknown here; set tls_ca_file to that "
           "authority's "
           "certificate (PEM)";
  return "the server's certificate was not accepted; tls_ca_file names the authorities to trust";
}

}  // namespace

std::string spoken(std::chrono::milliseconds duration) {
  if (duration.count() % 1000 == 0) return fmt::format("{} s", duration.count() / 1000);
  return fmt::format("{} ms", duration.count());
}

Error connect_error(const Endpoint& endpoint, const ConnectFailure& failure) {
  const std::string curl_text =
      failure.curl_text.empty() ? std::string(curl_easy_strerror(failure.code)) : failure.curl_text;
  const auto error = [&](Fault fault, std::string_view what, std::string_view evidence) {
    return Error{fault, fmt::format("{}: {}{}", url_of(endpoint), what, in_brackets(evidence))};
  };
  switch (failure.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return error(Fault::transient, fmt::format("the host name \"{}\" is not known", endpoint.host),
                   curl_text);
    case CURLE_COULDNT_CONNECT:
      return error(Fault::transient, "no connection: nothing listens there, or it is not reachable",
                   curl_text);
    case CURLE_OPERATION_TIMEDOUT:
      return error(Fault::transient, fmt::format("no answer within {}", spoken(failure.deadline)),
                   failure.server_text);
    case CURLE_PEER_FAILED_VERIFICATION:
      return error(Fault::permanent, certificate_trouble(endpoint, curl_text), curl_text);
    case CURLE_SSL_CACERT_BADFILE:
      return error(Fault::permanent, fmt::format("tls_ca_file \"{}\" cannot be read", endpoint.ca_file),
                   curl_text);
    case CURLE_USE_SSL_FAILED:
      return error(Fault::permanent,
                   "the server does not offer STARTTLS, and no password is sent without; is the port right?",
                   failure.server_text);
    case CURLE_SSL_CONNECT_ERROR:
      if (says(curl_text, "wrong version number"))
        return error(
            Fault::permanent,
            "the server does not begin with TLS on this port; set tls to \"starttls\" or another port",
            curl_text);
      return error(Fault::transient, "TLS could not be agreed", curl_text);
    case CURLE_LOGIN_DENIED:
      if (only_for_now(failure.server_text))
        return error(Fault::transient, "the server cannot check passwords now", failure.server_text);
      if (!endpoint.credentials.bearer_token.empty())
        return error(Fault::permanent,
                     fmt::format("the server refused the token of \"{}\"", endpoint.credentials.user),
                     failure.server_text);
      return error(
          Fault::permanent,
          fmt::format("the server refused the user name or password of \"{}\"", endpoint.credentials.user),
          failure.server_text);
    default:
      return error(Fault::transient, curl_text, failure.server_text);
  }
}

}  // namespace oin::net
