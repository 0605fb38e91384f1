/// read_settings.hpp: the tables of oind.toml, each into its struct.
///
/// `folder` is where the file stands: relative paths start there.
#pragma once

#include <filesystem>

#include "config/settings.hpp"
#include "config/toml_table.hpp"

namespace oin {

/// `path` as seen from `folder`, without dots; an empty path stays empty.
std::filesystem::path resolved(const std::filesystem::path& folder, const std::string& path);

/// A Unix socket's name has room for 107 bytes (unix(7)).
inline constexpr std::size_t longest_socket_path = 107;

/// One "@" with something on either side, no blanks or controls: enough for a typing error.
bool looks_like_address(std::string_view text);

// read_settings.cpp
void read_desk(TomlTable table, const std::filesystem::path& folder, Settings& settings);
void read_store(TomlTable table, const std::filesystem::path& folder, Settings& settings);
/// After read_store(): the socket stands beside the store by default.
void read_paths(TomlTable table, const std::filesystem::path& folder, Settings& settings);
void read_people(std::vector<TomlTable> tables, Settings& settings);

// read_servers.cpp
void read_mailboxes(TomlTable& root, const std::filesystem::path& folder, Settings& settings);
void read_smtp(TomlTable table, const std::filesystem::path& folder, Settings& settings);

// read_limits.cpp
void read_log(TomlTable table, Settings& settings);
void read_intake(TomlTable table, Settings& settings);
void read_parse(TomlTable table, Settings& settings);
void read_outbox(TomlTable table, Settings& settings);
void read_retention(TomlTable table, Settings& settings);

// read_scanners.cpp
void read_scanners(std::vector<TomlTable> tables, const std::filesystem::path& folder, Settings& settings);

// read_look_ups.cpp
void read_look_ups(TomlTable table, const std::filesystem::path& folder, Settings& settings);

}  // namespace oin
