#include "parsers/url.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "parsers/ascii.hpp"
#include "parsers/fold.hpp"

namespace oin {
namespace {

using namespace std::string_view_literals;

bool is_name(char c) { return is_alpha(c) || is_digit(c) || c == '_' || c == '-' || c == '.'; }

/// 'https://' + app.subdomain + '.acme.example' → https://${app.subdomain}.acme.example
std::string without_expression(std::string_view text) {
  text = stripped(text);
  if (text.find('+') == text.npos || text.find_first_of("'\"") == text.npos) return std::string(text);
  std::string out;
  while (!text.empty()) {
    const char c = text.front();
    if (c == '\'' || c == '"') {
      const auto end = std::min(text.find(c, 1), text.size());
      out += text.substr(1, end - 1);
      text.remove_prefix(std::min(end + 1, text.size()));
    } else if (c == '+' || is_space(c)) {
      text.remove_prefix(1);
    } else if (is_name(c)) {
      const auto end = std::ranges::find_if_not(text, is_name);
      const auto length = static_cast<std::size_t>(end - text.begin());
      out.append("${").append(text.substr(0, length)).append("}");
      text.remove_prefix(length);
    } else {
      out += c;
      text.remove_prefix(1);
    }
  }
  return out;
}

/// The first of `stops` in the text that stands in no braces.
std::size_t outside_braces(std::string_view text, std::string_view stops) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && depth > 0) --depth;
    if (depth == 0 && stops.find(text[i]) != stops.npos) return i;
  }
  return text.size();
}

std::string_view cut_at(std::string_view& rest, std::string_view stops) {
  const auto end = outside_braces(rest, stops);
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(end);
  return taken;
}

std::string host_of(std::string_view authority) {
  if (const auto user = authority.rfind('@'); user != authority.npos) authority.remove_prefix(user + 1);
  if (authority.starts_with('[')) return lower(authority.substr(1, authority.find(']') - 1));
  std::string_view rest = authority;
  std::string host = lower(cut_at(rest, ":"));
  while (host.ends_with('.')) host.pop_back();
  return host;
}

std::optional<std::array<int, 4>> ipv4(std::string_view host) {
  std::array<int, 4> bytes{};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto [end, error] = std::from_chars(host.data(), host.data() + host.size(), bytes[i]);
    if (error != std::errc() || bytes[i] < 0 || bytes[i] > 255) return std::nullopt;
    host.remove_prefix(static_cast<std::size_t>(end - host.data()));
    if (i < 3 && !host.starts_with('.')) return std::nullopt;
    if (i < 3) host.remove_prefix(1);
  }
  return host.empty() ? std::optional(bytes) : std::nullopt;
}

}  // namespace

Url url(std::string_view text) {
  const std::string plain = without_expression(text);
  std::string_view rest = plain;
  Url out;
  const auto colon = rest.find(':');
  const std::string_view scheme = rest.substr(0, std::min(colon, rest.size()));
  if (colon != rest.npos && !scheme.empty() && is_alpha(scheme.front()) &&
      std::ranges::all_of(
          scheme, [](char c) { return is_alpha(c) || is_digit(c) || "+-."sv.find(c) != ""sv.npos; })) {
    out.scheme = lower(scheme);
    rest.remove_prefix(colon + 1);
    if (rest.starts_with("//")) {
      rest.remove_prefix(2);
      out.host = host_of(cut_at(rest, "/?#"));
    }
  }
  out.path = cut_at(rest, "?#");
  if (rest.starts_with('?')) {
    rest.remove_prefix(1);
    out.query = cut_at(rest, "#");
  }
  if (rest.starts_with('#')) {
    out.has_fragment = true;
    out.fragment = rest.substr(1);
  }
  return out;
}

std::vector<std::string> variables_in(std::string_view text) {
  const std::string plain = without_expression(text);
  std::vector<std::string> out;
  std::string_view rest = plain;
  for (auto open = rest.find('{'); open != rest.npos; open = rest.find('{')) {
    rest.remove_prefix(open + 1);
    std::string_view name = stripped(rest.substr(0, rest.find('}')));
    if (name.starts_with("app.")) name.remove_prefix(4);
    if (name == "issuer") continue;  // Okta fills it in, in the initiate login URI of OpenID Connect
    if (!name.empty() && std::ranges::all_of(name, is_name) && std::ranges::find(out, name) == out.end())
      out.emplace_back(name);
  }
  return out;
}

bool balanced_braces(std::string_view text) {
  int depth = 0;
  for (const char c : text) {
    if (c == '{' && ++depth > 1) return false;
    if (c == '}' && --depth < 0) return false;
  }
  return depth == 0;
}

bool private_host(std::string_view host) {
  if (const auto address = ipv4(host)) {
    const auto [a, b, c, d] = *address;
    return a == 0 || a == 10 || a == 127 || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168) ||
           (a == 169 && b == 254) || (a == 100 && b >= 64 && b < 128);
  }
  if (host.find(':') != host.npos)
    return host == "::1" || host == "::" || host.starts_with("fc") || host.starts_with("fd") ||
           host.starts_with("fe8") || host.starts_with("fe9") || host.starts_with("fea") ||
           host.starts_with("feb");
  static constexpr std::array suffixes{".localhost"sv, ".local"sv,   ".internal"sv, ".lan"sv,
                                       ".home.arpa"sv, ".invalid"sv, ".corp"sv};
  return host == "localhost" || (!host.empty() && host.find_first_of(".{") == host.npos) ||
         std::ranges::any_of(suffixes, [&](auto suffix) { return host.ends_with(suffix); });
}

std::string_view custom_auth_server(std::string_view text) {
  for (const std::string_view sign : {"/oauth2/default"sv, "/oauth2/aus"sv})
    for (auto at = text.find(sign); at != text.npos; at = text.find(sign, at + 1)) {
      const auto begin = text.rfind('\n', at) + 1;
      const std::string line = " " + folded(text.substr(begin, text.find('\n', at) - begin)) + " ";
      const bool denied = std::ranges::any_of(
          std::array{" not "sv, " never "sv, " no "sv, " instead of "sv, " dont "sv, " without "sv},
          [&](auto word) { return line.find(word) != line.npos; });
      if (!denied) return sign;
    }
  return {};
}

std::string okta_org(std::string_view host) {
  static constexpr std::array domains{".okta.com"sv,     ".oktapreview.com"sv, ".okta-emea.com"sv,
                                      ".okta-gov.com"sv, ".okta.mil"sv,        ".okta.cn"sv};
  for (const std::string_view domain : domains) {
    if (!host.ends_with(domain)) continue;
    std::string_view name = host.substr(0, host.size() - domain.size());
    if (name.empty() || name.find('.') != name.npos) return {};
    if (name.ends_with("-admin")) name.remove_suffix(6);
    if (name == "www" || name == "developer" || name == "help" || name == "support") return {};
    return std::string(name).append(domain);
  }
  return {};
}

}  // namespace oin
