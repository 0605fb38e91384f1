/// server_url.hpp: a mail server's URL taken apart: imap://, imaps:// (RFC 5092 shaped), smtp://, smtps://.
///
/// Ports default to 143, 993, 587 and 465 (RFC 8314 for the implicit ones).  User names and passwords in a
/// URL are refused: they would end up in logs and process lists.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace oin {

struct ServerUrl {
  std::string scheme;  ///< lower case
  std::string host;    ///< without the brackets of an IPv6 literal
  std::uint16_t port = 0;
  std::string path;  ///< percent-decoded, without the leading slash

  bool implicit_tls() const { return scheme == "imaps" || scheme == "smtps"; }
};

/// Fills `url`, or says what is wrong with `text` ("" when nothing is).
std::string read_server_url(std::string_view text, ServerUrl& url);

/// 127.0.0.0/8, ::1, localhost and names below it (RFC 6761 6.3).
bool is_loopback(std::string_view host);

}  // namespace oin
