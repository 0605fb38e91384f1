/// The direction of dependencies, as docs/architecture.md shows it, held against every #include.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
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
    {"daemon",
     {"parsers/base", "parsers", "config", "templates", "daemon/trust", "daemon/workflow", "daemon/store",
      "daemon/net", "daemon/imap", "daemon/smtp"}}};

/// Headers that belong to the network must not reach the pure rooms.
const std::set<std::string> pure = {"parsers/base", "parsers",      "config",
                                    "templates",    "daemon/trust", "daemon/workflow"};
const std::regex include(R"re(^\s*#include\s+(["<])([^">]+)[">])re");
const std::regex shell_header("boost/asio.*|curl/.*|sqlite3\\.h|spdlog/.*|systemd/.*");

TEST(Rooms, IncludeOnlyWhatTheyMay) {
  int files = 0;
  for (const auto& [room, allowed] : rooms)
    for (const auto& entry : fs::directory_iterator(fs::path(OIND_SOURCE_DIR) / room)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
      ++files;
      std::ifstream in(entry.path());
      for (std::string line; std::getline(in, line);) {
        std::smatch found;
        if (!std::regex_search(line, found, include)) continue;
        const std::string header = found[2];
        if (found[1] == "<") {
          EXPECT_FALSE(pure.contains(room) && std::regex_match(header, shell_header))
              << entry.path() << " includes " << header;
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
