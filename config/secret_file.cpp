#include "config/secret_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

namespace oin {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = 4'000'000;

std::string_view first_line(std::string_view text) {
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

/// The bytes that an even number of hexadecimal digits spell; empty when it is no such text.
std::string from_hex(std::string_view digits) {
  std::string out;
  if (digits.size() % 2 != 0) return out;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    unsigned value = 0;
    const char* begin = digits.data() + i;
    if (std::from_chars(begin, begin + 2, value, 16).ptr != begin + 2) return {};
    out += static_cast<char>(value);
  }
  return out;
}

}  // namespace

bool read_file(const fs::path& path, std::string& text, std::string& why) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    why = fmt::format("\"{}\" is a folder; a file is wanted", path.string());
    return false;
  }
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    why = fmt::format("cannot read \"{}\": {}", path.string(), std::strerror(errno));
    return false;
  }
  if (fs::file_size(path, error) > largest_file && !error) {
    why = fmt::format("\"{}\" is larger than {} bytes", path.string(), largest_file);
    return false;
  }
  text.assign(std::istreambuf_iterator<char>(in), {});
  return true;
}

Secret read_password_file(const fs::path& path, std::string& why) {
  std::string text;
  if (!read_file(path, text, why)) return {};
  const std::string_view line = first_line(text);
  if (line.empty()) why = fmt::format("the first line of \"{}\" is empty", path.string());
  if (line.find('\0') != std::string_view::npos) why = fmt::format("\"{}\" holds a NUL", path.string());
  return Secret(std::string(line));
}

std::vector<Secret> read_key_file(const fs::path& path, std::string& why) {
  std::vector<Secret> keys;
  std::string text;
  if (!read_file(path, text, why)) return keys;
  std::error_code error;
  const fs::perms everyone = fs::perms::others_read | fs::perms::others_write;
  if ((fs::status(path, error).permissions() & everyone) != fs::perms::none && !error) {
    why = fmt::format("everyone on this machine may read or write \"{0}\"; a key is secret: chmod 600 {0}",
                      path.string());
    return keys;
  }
  std::string_view rest = text;
  for (int line = 1; !rest.empty(); ++line) {
    std::string_view hex = first_line(rest);
    rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    hex = hex.substr(0, hex.find('#'));
    while (hex.ends_with(' ') || hex.ends_with('\t')) hex.remove_suffix(1);
    if (hex.empty()) continue;
    std::string key = from_hex(hex);
    if (key.size() != 32) {
      why = fmt::format("line {} of \"{}\" is no key; allowed: 64 hexadecimal digits (openssl rand -hex 32)",
                        line, path.string());
      return {};
    }
    keys.emplace_back(std::move(key));
  }
  if (keys.empty())
    why = fmt::format("\"{}\" has no key in it; make one with: openssl rand -hex 32", path.string());
  return keys;
}

Secret read_credential(const std::string& name, std::string& why) {
  if (name.find('/') != std::string::npos || name == "." || name == "..") {
    why = "found a path; allowed: a credential's name, as in LoadCredential=NAME:FILE";
    return {};
  }
  const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
  if (folder == nullptr) {
    why = fmt::format("systemd passed no credentials; the unit needs LoadCredential={}:FILE", name);
    return {};
  }
  return read_password_file(fs::path(folder) / name, why);
}

}  // namespace oin
