/// The direction of dependencies, as docs/architecture.md shows it, held against every #include.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

namespace {

namespace fs = std::filesystem;

/// Room by folder → the rooms it may include besides itself.
const std::map<std::string, std::set<std::string>> rooms = {
    {"parsers/base", {}},
    {"parsers", {"parsers/base"}},
    {"config", {"parsers/base"}},
    {"templates", {"parsers/base", "parsers"}},
    {"daemon/trust", {"parsers/base", "parsers"}},
    {"daemon/workflow", {"parsers/base", "parsers", "config"}},
    {"daemon/store", {"parsers/base", "parsers", "config", "daemon/workflow"}},
    {"daemon/net", {"parsers/base"}},
    {"daemon/imap", {"parsers/base", "daemon/net"}},
    {"daemon/smtp", {"parsers/base", "daemon/net"}},
    {"daemon/scan", {"parsers/base", "daemon/net"}},
    {"daemon",
     {"parsers/base", "parsers", "config", "templates", "daemon/trust", "daemon/workflow", "daemon/store",
      "daemon/net", "daemon/imap", "daemon/smtp", "daemon/scan"}}};

/// Headers that belong to the network must not reach the pure rooms.
const std::set<std::string> pure = {"parsers/base", "parsers",      "config",
                                    "templates",    "daemon/trust", "daemon/workflow"};
bool of_the_shell(const std::string& header) {
  for (const char* library : {"boost/asio", "curl/", "sqlite3.h", "spdlog/", "systemd/"})
    if (header.starts_with(library)) return true;
  return false;
}

/// `#include "x"` or `<x>` as its quote and its name; an empty name for any other line.
std::pair<char, std::string> included(const std::string& line) {
  if (!line.starts_with("#include ")) return {};
  const auto end = line.find_first_of("\">", 10);
  return end == std::string::npos ? std::pair<char, std::string>{}
                                  : std::pair{line[9], line.substr(10, end - 10)};
}

TEST(Rooms, IncludeOnlyWhatTheyMay) {
  int files = 0;
  for (const auto& [room, allowed] : rooms)
    for (const auto& entry : fs::directory_iterator(fs::path(OIND_SOURCE_DIR) / room)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
      ++files;
      std::ifstream in(entry.path());
      for (std::string line; std::getline(in, line);) {
        const auto [quote, header] = included(line);
        if (header.empty()) continue;
        if (quote == '<') {
          EXPECT_FALSE(pure.contains(room) && of_the_shell(header)) << entry.path() << " includes " << header;
          continue;
        }
        const std::string target = fs::path(header).parent_path().string();
        if (!rooms.contains(target)) continue;  // generated headers have no folder
        EXPECT_TRUE(target == room || allowed.contains(target)) << entry.path() << " includes " << header;
      }
    }
  EXPECT_GT(files, 100);
}

}  // namespace
