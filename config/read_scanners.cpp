#include <fmt/format.h>

#include <array>
#include <set>

#include "config/read_settings.hpp"
#include "config/server_url.hpp"

namespace oin {
namespace {

namespace fs = std::filesystem;

/// rspamd's own, but for "no action" (https://rspamd.com/doc/configuration/metrics.html).
constexpr std::array<std::string_view, 7> actions = {
    "reject", "discard", "quarantine", "soft reject", "add header", "greylist", "rewrite subject"};

void read_address(TomlTable& table, const fs::path& folder, ScannerSettings& scanner) {
  const std::string address = table.required_text("address");
  if (address.empty()) return;
  if (address.starts_with("unix:") && address.size() > 5) {
    scanner.unix_path = resolved(folder, address.substr(5));
    if (scanner.unix_path.native().size() > longest_socket_path)
      table.problem("address", fmt::format("\"{}\" is longer than the {} bytes a Unix socket's name may have",
                                           scanner.unix_path.string(), longest_socket_path));
    return;
  }
  ServerUrl url;
  if (!address.starts_with("tcp:") || !read_server_url("tcp://" + address.substr(4), url).empty() ||
      url.port == 0 || !url.path.empty()) {
    table.found_but_allowed("address", in_quotes(address), "unix:PATH, tcp:127.0.0.1:PORT");
    return;
  }
  if (!is_loopback(url.host))
    table.problem("address", fmt::format("found {}; mail would travel in the clear; allowed: unix:PATH, and "
                                         "tcp:HOST:PORT of this machine only",
                                         in_quotes(address)));
  scanner.host = url.host;
  scanner.port = url.port;
}

ScannerSettings read_scanner(TomlTable& table, const fs::path& folder) {
  ScannerSettings scanner;
  if (!table.has("kind")) table.problem("kind", "missing; allowed: \"clamd\", \"rspamd\"");
  const std::string kind = table.one_of("kind", {"clamd", "rspamd"}, "clamd");
  scanner.kind = kind == "clamd" ? ScannerSettings::Kind::clamd : ScannerSettings::Kind::rspamd;
  scanner.name = table.text("name", kind);
  if (scanner.name.empty()) table.problem("name", "is empty; left out, it is the kind");
  read_address(table, folder, scanner);
  scanner.time = std::chrono::seconds(table.integer("seconds", scanner.time.count(), 1, 3600));
  scanner.message_bytes = static_cast<std::size_t>(table.integer(
      "message_bytes", static_cast<std::int64_t>(scanner.message_bytes), 10'000, 1'000'000'000));
  scanner.pass_larger = table.one_of("larger", {"quarantine", "pass"}, "quarantine") == "pass";
  scanner.concurrent = static_cast<int>(table.integer("concurrent", scanner.concurrent, 1, 100));
  if (table.has("actions")) {
    scanner.unwanted = table.some_of("actions", actions);
    if (scanner.kind != ScannerSettings::Kind::rspamd)
      table.problem("actions", "only rspamd has any; what clamd finds is always unwanted");
  }
  table.refuse_unknown_keys();
  return scanner;
}

}  // namespace

void read_scanners(std::vector<TomlTable> tables, const fs::path& folder, Settings& settings) {
  std::set<std::string> names;
  for (TomlTable& table : tables) {
    ScannerSettings scanner = read_scanner(table, folder);
    if (!names.insert(scanner.name).second)
      table.problem("name", fmt::format("\"{}\" is another scanner's name too", scanner.name));
    settings.scanners.push_back(std::move(scanner));
  }
}

}  // namespace oin
