#include "config/read_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "config/secret_file.hpp"

namespace oin {
namespace {

namespace fs = std::filesystem;

std::vector<Secret> read_keys(TomlTable& table, std::string_view key, const fs::path& file) {
  std::string why;
  std::vector<Secret> keys = read_key_file(file, why);
  if (!why.empty()) table.problem(key, why);
  return keys;
}

bool is_domain(std::string_view text) {
  return !text.empty() && text.front() != '.' && text.back() != '.' &&
         std::ranges::all_of(
             text, [](unsigned char c) { return c >= 0x80 || std::isalnum(c) != 0 || c == '.' || c == '-'; });
}

/// What [paths] names; else `beside` in the file's own folder if it is there; else empty.
fs::path named_or_beside(TomlTable& table, std::string_view key, const fs::path& folder, const char* beside,
                         fs::file_type wanted) {
  std::error_code error;
  const fs::path named = resolved(folder, table.text(key));
  const fs::path path = named.empty() ? folder / beside : named;
  if (fs::status(path, error).type() == wanted) return path;
  if (!named.empty())
    table.problem(key, fmt::format("there is no {} \"{}\"",
                                   wanted == fs::file_type::directory ? "folder" : "file", named.string()));
  return {};
}

}  // namespace

fs::path resolved(const fs::path& folder, const std::string& path) {
  return path.empty() ? fs::path() : (folder / path).lexically_normal();
}

bool looks_like_address(std::string_view text) {
  const std::size_t at = text.rfind('@');
  return at != std::string_view::npos && at > 0 && text.find('@') == at && is_domain(text.substr(at + 1)) &&
         std::ranges::none_of(text,
                              [](unsigned char c) { return c <= 0x20 || c == 0x7f || c == '<' || c == '>'; });
}

void read_desk(TomlTable table, const fs::path& folder, Settings& settings) {
  Settings::Desk& desk = settings.desk;
  desk.name = table.text("name", desk.name);
  desk.domain = table.required_text("domain");
  if (!desk.domain.empty() && !is_domain(desk.domain))
    table.found_but_allowed("domain", in_quotes(desk.domain), "a domain such as reviews.example.com");
  desk.subaddress_separator =
      table.one_of("subaddress_separator", {"+", "-", "_", "="}, desk.subaddress_separator);
  desk.signing_keys =
      read_keys(table, "signing_key_file", resolved(folder, table.text("signing_key_file", "signing.key")));
  if (const fs::path file = resolved(folder, table.text("sealing_key_file")); !file.empty())
    desk.sealing_keys = read_keys(table, "sealing_key_file", file);
  desk.test_clock = table.boolean("test_clock", desk.test_clock);
  table.refuse_unknown_keys();
}

void read_store(TomlTable table, const fs::path& folder, Settings& settings) {
  Settings::Store& store = settings.store;
  store.url = table.text("url", store.url);
  const std::string_view url = store.url;
  if (url.starts_with("postgresql:") || url.starts_with("postgres:")) {
    table.problem("url", "the PostgreSQL engine is not built into this oind; allowed: sqlite:FILE");
  } else if (!url.starts_with("sqlite:") || url.size() == 7) {
    // Not shown: a URL of another engine may have a password in it.
    table.problem("url", "no URL of a store; allowed: sqlite:FILE");
  } else {
    std::string path(url.substr(7));
    if (path.starts_with("///")) path.erase(0, 2);
    store.sqlite_path = resolved(folder, path);
  }
  table.refuse_unknown_keys();
}

void read_paths(TomlTable table, const fs::path& folder, Settings& settings) {
  Settings::Paths& paths = settings.paths;
  paths.socket = resolved(folder, table.text("socket"));
  if (paths.socket.empty()) {
    const bool installed = folder.native() == "/etc" || folder.native().starts_with("/etc/");
    paths.socket =
        installed ? fs::path("/run/oind/oind.sock") : settings.store.sqlite_path.parent_path() / "oind.sock";
  }
  if (paths.socket.native().size() > longest_socket_path)
    table.problem("socket", fmt::format("\"{}\" is longer than the {} bytes a Unix socket's name may have",
                                        paths.socket.string(), longest_socket_path));
  paths.workflow = named_or_beside(table, "workflow", folder, "workflow.toml", fs::file_type::regular);
  paths.cues = named_or_beside(table, "cues", folder, "cues.toml", fs::file_type::regular);
  paths.vocabulary = named_or_beside(table, "vocabulary", folder, "vocabulary.tsv", fs::file_type::regular);
  paths.rules = named_or_beside(table, "rules", folder, "rules", fs::file_type::directory);
  paths.answers = named_or_beside(table, "answers", folder, "answers", fs::file_type::directory);
  paths.templates = named_or_beside(table, "templates", folder, "templates", fs::file_type::directory);
  table.refuse_unknown_keys();
}

void read_people(std::vector<TomlTable> tables, Settings& settings) {
  std::set<std::string> addresses, unix_users;
  for (TomlTable& table : tables) {
    PersonSettings person;
    person.name = table.required_text("name");
    person.address = table.required_text("address");
    person.unix_user = table.text("unix_user");
    person.roles = table.some_of("roles", known_roles());
    if (!person.address.empty() && !looks_like_address(person.address))
      table.found_but_allowed("address", in_quotes(person.address), "an address such as grace@example.com");
    else if (!person.address.empty() && !addresses.insert(person.address).second)
      table.problem("address", fmt::format("\"{}\" is another person's too", person.address));
    if (!person.unix_user.empty() && !unix_users.insert(person.unix_user).second)
      table.problem("unix_user", fmt::format("\"{}\" is another person's too", person.unix_user));
    if (!table.has("roles"))
      table.problem("roles", fmt::format("missing; allowed: {}", quoted_list(known_roles())));
    table.refuse_unknown_keys();
    settings.people.push_back(std::move(person));
  }
}

}  // namespace oin
