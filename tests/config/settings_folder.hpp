/// settings_folder.hpp: a temporary folder with the key and password files that a good oind.toml names.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "config/load.hpp"

namespace oin {

/// The least that must be set; tests add to it or change it.
inline const std::string least_settings = R"([desk]
domain = "reviews.example.com"
[store]
url = "sqlite:oind.db"
[[mailbox]]
name = "oin"
address = "oin@example.com"
url = "imaps://mail.example.com"
password_file = "password"
[[mailbox]]
name = "developers"
address = "developers@example.com"
url = "imaps://mail.example.com"
password_file = "password"
[smtp]
url = "smtp://mail.example.com"
)";

/// `text` with the first `from` in it replaced; a test that changes nothing must not pass.
inline std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

class SettingsFolder : public testing::Test {
 protected:
  SettingsFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "oind-config-XXXXXX").string();
    folder = ::mkdtemp(name.data());
    write("password", "pass word\nsecond line\n");
    write("signing.key", std::string(64, 'a') + "  # of this year\n\n" + std::string(64, 'B') + "\n");
  }
  ~SettingsFolder() override { std::filesystem::remove_all(folder); }

  void write(const std::string& name, std::string_view text) {
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary) << text;
    std::filesystem::permissions(folder / name, std::filesystem::perms(0600));
  }

  Configuration load(std::string_view oind_toml) {
    write("oind.toml", oind_toml);
    problems.clear();
    return oin::load(folder / "oind.toml", problems);
  }

  /// The problems, without the folder's name.
  std::string told() const {
    std::string out;
    for (std::string line : problems) {
      for (std::size_t at; (at = line.find(folder.string() + "/")) != std::string::npos;)
        line.erase(at, folder.string().size() + 1);
      out += line + "\n";
    }
    return out;
  }

  std::filesystem::path folder;
  Problems problems;
};

}  // namespace oin
