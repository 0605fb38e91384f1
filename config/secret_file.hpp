/// secret_file.hpp: passwords, tokens and keys, read from the files that settings name.
///
/// A problem never shows what a file holds.  A password is the file's first line; a key file has 32 bytes in
/// hexadecimal digits a line (blank lines and lines after # do not count) and may not be readable by
/// everyone.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/settings.hpp"

namespace oin {

/// The whole file; false, and why, when it cannot be read or is larger than any setting is.
bool read_file(const std::filesystem::path& path, std::string& text, std::string& why);

Secret read_password_file(const std::filesystem::path& path, std::string& why);
std::vector<Secret> read_key_file(const std::filesystem::path& path, std::string& why);

/// A credential that systemd passes (systemd.exec(5), LoadCredential=): $CREDENTIALS_DIRECTORY/NAME.
Secret read_credential(const std::string& name, std::string& why);

}  // namespace oin
