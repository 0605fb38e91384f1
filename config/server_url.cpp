#include "config/server_url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

namespace oin {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::uint16_t default_port(std::string_view scheme) {
  if (scheme == "imap") return 143;
  if (scheme == "imaps") return 993;
  if (scheme == "smtp") return 587;
  if (scheme == "smtps") return 465;
  return 0;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    unsigned value = 0;
    const char* digits = text.data() + i + 1;
    if (i + 2 >= text.size() || std::from_chars(digits, digits + 2, value, 16).ptr != digits + 2)
      return std::nullopt;
    out += static_cast<char>(value);
    i += 2;
  }
  return out;
}

bool is_host(std::string_view host) {
  return !host.empty() && std::ranges::all_of(host, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_' || c == ':';
  });
}

}  // namespace

std::string read_server_url(std::string_view text, ServerUrl& url) {
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos)
    return "no scheme; a URL looks like imaps://mail.example.com:993/INBOX";
  url.scheme = lower(text.substr(0, colon));
  text.remove_prefix(colon + 3);
  const std::size_t slash = std::min(text.find('/'), text.size());
  std::string_view authority = text.substr(0, slash);
  if (authority.find('@') != std::string_view::npos) return "no user in a URL; say it in `user`";

  std::string_view port;
  const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : std::string_view::npos;
  const std::size_t port_colon =
      bracket == std::string_view::npos ? authority.rfind(':') : authority.find(':', bracket);
  if (port_colon != std::string_view::npos) {
    port = authority.substr(port_colon + 1);
    authority = authority.substr(0, port_colon);
  }
  if (bracket != std::string_view::npos) {
    if (authority.size() != bracket + 1) return "something stands between \"]\" and the port";
    authority = authority.substr(1, bracket - 1);
  }
  if (!is_host(authority) ||
      (bracket == std::string_view::npos && authority.find(':') != std::string_view::npos))
    return fmt::format("\"{}\" is no host name", authority);
  url.host = lower(authority);

  url.port = default_port(url.scheme);
  if (port_colon != std::string_view::npos) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), value);
    if (error != std::errc() || end != port.data() + port.size() || value < 1 || value > 65535)
      return fmt::format("\"{}\" is no port; allowed: 1 to 65535", port);
    url.port = static_cast<std::uint16_t>(value);
  }
  const auto path = percent_decoded(slash < text.size() ? text.substr(slash + 1) : std::string_view());
  if (!path) return "a % in the path without two hexadecimal digits behind it";
  // A line break in a folder's name would end the IMAP command it stands in.
  if (std::ranges::any_of(*path, [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
    return "a control character in the path";
  url.path = *path;
  return {};
}

bool is_loopback(std::string_view host) {
  if (host == "::1" || host == "localhost" || host.ends_with(".localhost")) return true;
  return host.starts_with("127.") && host.size() <= 15 &&
         std::ranges::all_of(host, [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
}

}  // namespace oin
