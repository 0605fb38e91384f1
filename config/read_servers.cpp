#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "config/read_settings.hpp"
#include "config/secret_file.hpp"
#include "config/server_url.hpp"

namespace oin {
namespace {

namespace fs = std::filesystem;

struct Login {
  Secret password;
  fs::path access_token_file;
  int ways = 0;  ///< how many of password_file, credential and oauth2 are there
};

/// Reads the key's value into a secret by `read`; false when the key is absent or empty.
template <class Read>
bool take(TomlTable& table, std::string_view key, Secret& into, Read read) {
  const std::string value = table.text(key);
  if (value.empty()) return false;
  std::string why;
  into = read(value, why);
  if (!why.empty()) table.problem(key, why);
  return true;
}

Login read_login(TomlTable& table, const fs::path& folder) {
  Login login;
  const auto from_file = [&](const std::string& path, std::string& why) {
    return read_password_file(resolved(folder, path), why);
  };
  login.ways += take(table, "password_file", login.password, from_file) ? 1 : 0;
  login.ways += take(table, "credential", login.password, read_credential) ? 1 : 0;
  TomlTable oauth2 = table.table("oauth2");
  if (oauth2) {
    ++login.ways;
    Secret now;
    if (take(oauth2, "access_token_file", now, from_file))
      login.access_token_file = resolved(folder, oauth2.text("access_token_file"));
    else
      oauth2.problem("access_token_file", "missing; it must be set");
    oauth2.refuse_unknown_keys();
  }
  if (login.ways > 1)
    table.problem("", "has more than one way to log in; allowed: one of password_file, credential, oauth2");
  return login;
}

/// url, tls, user, the login and tls_ca_file: what IMAP and SMTP servers have in common.
ServerSettings read_server(TomlTable& table, const fs::path& folder, std::string_view scheme,
                           const Login& login, std::string& path) {
  ServerSettings server;
  const std::string text = table.required_text("url");
  const std::string tls = table.one_of("tls", {"starttls", "none"}, "starttls");
  ServerUrl url;
  if (!text.empty()) {
    const std::string wrong = read_server_url(text, url);
    if (!wrong.empty()) {
      table.problem("url", wrong);
    } else if (url.scheme != scheme && url.scheme != std::string(scheme) + "s") {
      table.found_but_allowed("url", fmt::format("\"{}://\"", url.scheme),
                              fmt::format("{0}://, {0}s://", scheme));
    } else if (url.implicit_tls() && table.has("tls")) {
      table.problem("tls", fmt::format("{0}s:// is TLS from its first byte; tls is for {0}://", scheme));
    } else if (!url.implicit_tls() && tls == "none" && !is_loopback(url.host)) {
      table.problem(
          "tls", fmt::format("found \"none\" for {}; mail and password would travel in the clear; allowed: "
                             "\"starttls\", and \"none\" for a server on this machine only",
                             url.host));
    }
  }
  using Tls = ServerSettings::Tls;
  server.tls = url.implicit_tls() ? Tls::implicit : tls == "none" ? Tls::none : Tls::starttls;
  server.host = url.host;
  server.port = url.port;
  path = url.path;
  server.user = table.text("user");
  server.password = login.password;
  server.access_token_file = login.access_token_file;
  const fs::path ca_file = resolved(folder, table.text("tls_ca_file"));
  std::string certificates, why;
  if (!ca_file.empty() && !read_file(ca_file, certificates, why)) table.problem("tls_ca_file", why);
  server.tls_ca_file = ca_file.string();
  return server;
}

void read_after(TomlTable& table, MailboxSettings& mailbox) {
  const std::string after = table.text("after", "flag");
  using After = MailboxSettings::After;
  if (after == "flag")
    mailbox.after = After::flag;
  else if (after == "seen")
    mailbox.after = After::seen;
  else if (after.starts_with("move:") && after.size() > 5)
    mailbox.after = After::move, mailbox.move_to = after.substr(5);
  else
    table.found_but_allowed("after", in_quotes(after), "\"flag\", \"seen\", \"move:FOLDER\"");
  if (mailbox.move_to == mailbox.folder && mailbox.after == After::move)
    table.problem("after", fmt::format("moves mail to \"{}\", the folder it is read from", mailbox.move_to));
}

MailboxSettings read_mailbox(TomlTable& table, const fs::path& folder) {
  MailboxSettings mailbox;
  mailbox.name = table.required_text("name");
  mailbox.address = table.required_text("address");
  if (!mailbox.address.empty() && !looks_like_address(mailbox.address))
    table.found_but_allowed("address", in_quotes(mailbox.address), "an address such as oin@example.com");
  const Login login = read_login(table, folder);
  if (login.ways == 0)
    table.problem("", "has no way to log in; allowed: one of password_file, credential, oauth2");
  std::string path;
  mailbox.server = read_server(table, folder, "imap", login, path);
  if (mailbox.server.user.empty()) mailbox.server.user = mailbox.address;
  if (!path.empty()) mailbox.folder = path;
  read_after(table, mailbox);
  mailbox.trusted_authserv_ids = table.texts("trusted_authserv_ids");
  mailbox.trusted_arc_sealers = table.texts("trusted_arc_sealers");
  table.refuse_unknown_keys();
  return mailbox;
}

}  // namespace

void read_mailboxes(TomlTable& root, const fs::path& folder, Settings& settings) {
  static constexpr std::array<std::string_view, 2> required{"oin", "developers"};
  for (TomlTable& table : root.tables("mailbox")) {
    MailboxSettings mailbox = read_mailbox(table, folder);
    if (!mailbox.name.empty() && std::ranges::find(required, mailbox.name) == required.end())
      table.found_but_allowed("name", in_quotes(mailbox.name), quoted_list(required));
    for (const MailboxSettings& other : settings.mailboxes) {
      if (!mailbox.name.empty() && other.name == mailbox.name)
        table.problem("name", fmt::format("\"{}\" is another mailbox's name too", mailbox.name));
      if (!mailbox.address.empty() && other.address == mailbox.address)
        table.problem("address", fmt::format("\"{}\" is another mailbox's address too", mailbox.address));
    }
    settings.mailboxes.push_back(std::move(mailbox));
  }
  for (const std::string_view name : required)
    if (std::ranges::find(settings.mailboxes, name, &MailboxSettings::name) == settings.mailboxes.end())
      root.problem("mailbox", fmt::format("there is no [[mailbox]] with name = \"{}\"", name));
}

void read_smtp(TomlTable table, const fs::path& folder, Settings& settings) {
  SmtpSettings& smtp = settings.smtp;
  const Login login = read_login(table, folder);
  std::string path;
  smtp.server = read_server(table, folder, "smtp", login, path);
  if (!path.empty()) table.problem("url", fmt::format("\"/{}\": an smtp:// URL has no path", path));
  if (smtp.server.user.empty() && login.ways > 0)
    table.problem("user", "missing; there is a password but no user");
  if (!smtp.server.user.empty() && login.ways == 0)
    table.problem("user",
                  "there is a user but no password; allowed: one of password_file, credential, oauth2");
  smtp.connections = static_cast<int>(table.integer("connections", smtp.connections, 1, 100));
  smtp.uncertain = table.one_of("uncertain", {"retry", "hold"}, "retry") == "hold"
                       ? SmtpSettings::Uncertain::hold
                       : SmtpSettings::Uncertain::retry;
  table.refuse_unknown_keys();
}

}  // namespace oin
