#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "config/read_settings.hpp"
#include "config/secret_file.hpp"

namespace oin {
namespace {

namespace fs = std::filesystem;

/// Bits of an address: 32, 128, or 0 where the text is none.
int address_bits(const std::string& text) {
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return 32;
  return inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1 ? 128 : 0;
}

bool is_number_up_to(std::string_view text, int most) {
  int number = -1;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
  return wrong == std::errc() && end == text.data() + text.size() && number >= 0 && number <= most;
}

bool is_address_range(const std::string& text) {
  const auto slash = text.find('/');
  const int bits = address_bits(text.substr(0, slash));
  return bits > 0 && (slash == text.npos || is_number_up_to(std::string_view(text).substr(slash + 1), bits));
}

bool is_host(std::string_view text) {
  return !text.empty() && text.front() != '.' && text.back() != '.' &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isalnum(c) || c == '.' || c == '-'; });
}

/// "help.acme.example", "*.acme.example", "*", an address.
bool is_host_pattern(const std::string& text) {
  if (text == "*" || address_bits(text) > 0) return true;
  return is_host(text.starts_with("*.") ? std::string_view(text).substr(2) : std::string_view(text));
}

/// "HOST:PORT:ADDRESS"; an IPv6 address stands in brackets or not, as curl takes both.
bool is_resolve_line(const std::string& text) {
  const auto port = text.find(':'), address = port == text.npos ? port : text.find(':', port + 1);
  if (address == text.npos) return false;
  std::string last = text.substr(address + 1);
  if (last.starts_with('[') && last.ends_with(']')) last = last.substr(1, last.size() - 2);
  return is_host(std::string_view(text).substr(0, port)) &&
         is_number_up_to(std::string_view(text).substr(port + 1, address - port - 1), 65'535) &&
         address_bits(last) > 0;
}

template <class Fits>
std::vector<std::string> list(TomlTable& table, std::string_view key, Fits fits, std::string_view allowed) {
  std::vector<std::string> out = table.texts(key);
  for (std::string& text : out) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
    if (!fits(text)) table.found_but_allowed(key, in_quotes(text), allowed);
  }
  return out;
}

}  // namespace

void read_look_ups(TomlTable table, const fs::path& folder, Settings& settings) {
  Settings::LookUps& look_ups = settings.look_ups;
  look_ups.enabled = table.boolean("enabled", look_ups.enabled);
  look_ups.hosts = list(table, "hosts", is_host_pattern,
                        "a host (\"help.acme.example\"), all below one (\"*.acme.example\"), or \"*\"");
  look_ups.time = std::chrono::seconds(table.integer("seconds", look_ups.time.count(), 1, 300));
  look_ups.bytes = static_cast<std::size_t>(
      table.integer("bytes", static_cast<std::int64_t>(look_ups.bytes), 10'000, 100'000'000));
  look_ups.redirects = static_cast<int>(table.integer("redirects", look_ups.redirects, 0, 20));
  look_ups.concurrent = static_cast<int>(table.integer("concurrent", look_ups.concurrent, 1, 50));
  look_ups.links_per_submission =
      static_cast<int>(table.integer("lookups_per_submission", look_ups.links_per_submission, 1, 100));
  look_ups.allow_addresses = list(table, "allow_addresses", is_address_range,
                                  "an address (\"192.0.2.7\") or a range (\"10.1.0.0/16\", \"fd00::/8\")");
  look_ups.resolve = list(table, "resolve", is_resolve_line, "HOST:PORT:ADDRESS");
  const fs::path ca_file = resolved(folder, table.text("tls_ca_file"));
  std::string certificates, why;
  if (!ca_file.empty() && !read_file(ca_file, certificates, why)) table.problem("tls_ca_file", why);
  look_ups.tls_ca_file = ca_file.string();
  if (look_ups.enabled && look_ups.hosts.empty())
    table.problem("hosts", "look-ups are on and no host is named; allowed: hosts, or [\"*\"] for any");
  table.refuse_unknown_keys();
}

}  // namespace oin
