#include "tests/bench/desk/rig.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <sstream>
#include <thread>

#include "daemon/console.hpp"
#include "parsers/base/instant.hpp"

namespace oin::bench {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

const std::string mail_servers = std::string(OIND_SOURCE_DIR) + "/tests/support/mail-servers";
constexpr auto patience = std::chrono::seconds(60);

void succeed(const test::Output& output, const std::string& what) {
  if (output.status != 0) throw std::runtime_error(what + ": " + output.out + output.err);
}

}  // namespace

Rig::Rig(const fs::path& folder) : folder_(folder) {
  fs::create_directories(folder_);
  fs::permissions(folder_, fs::perms(0755));
  succeed(test::run({mail_servers, "start", (folder_ / "mail").string()}), "the mail servers do not start");
  std::istringstream lines(test::read_file(folder_ / "mail/env"));
  for (std::string line; std::getline(lines, line);)
    if (const auto equals = line.find('='); equals != std::string::npos)
      env_[line.substr(0, equals)] = line.substr(equals + 1);
  test::write_file(folder_ / "signing.key", std::string(64, 'a') + "\n");
  test::write_file(folder_ / "password", env("PASSWORD") + "\n");
  for (const char* secret : {"signing.key", "password"}) fs::permissions(folder_ / secret, fs::perms(0600));
  configure("info", port("SMTP_PORT"));
}

Rig::~Rig() {
  desk_.reset();
  test::run({mail_servers, "remove", (folder_ / "mail").string()});
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

const std::string& Rig::env(const std::string& key) const {
  const auto it = env_.find(key);
  if (it == env_.end()) throw std::runtime_error("the mail servers named no " + key);
  return it->second;
}

std::uint16_t Rig::port(const std::string& key) const {
  return static_cast<std::uint16_t>(std::stoi(env(key)));
}

net::Endpoint Rig::imap(const std::string& account) const {
  net::Endpoint out;
  out.host = "localhost";
  out.port = port("IMAPS_PORT");
  out.ca_file = env("CA_FILE");
  out.credentials = {account, env("PASSWORD"), ""};
  return out;
}

net::Endpoint Rig::smtp() const {
  net::Endpoint out = imap("oin@oind.test");
  out.protocol = net::Endpoint::Protocol::smtp;
  out.port = port("SMTP_PORT");
  out.tls = net::Tls::starttls;
  out.ehlo_name = "reviews.oind.test";
  return out;
}

fs::path Rig::maildir(const std::string& account) const { return fs::path(env("MAIL")) / account; }

void Rig::drop(const std::string& account, const std::string& message) {
  const fs::path box = maildir(account);
  const std::string name = fmt::format("{}.M{}P{}.bench", std::time(nullptr), ++dropped_, ::getpid());
  test::write_file(box / "tmp" / name, message);
  fs::permissions(box / "tmp" / name, fs::perms(0666));
  fs::rename(box / "tmp" / name, box / "new" / name);
}

void Rig::configure(const std::string& log_level, std::uint16_t smtp_port) {
  std::string toml = fmt::format(
      "[desk]\ndomain = \"reviews.oind.test\"\nsigning_key_file = \"signing.key\"\n"
      "[store]\nurl = \"sqlite:oind.db\"\n[log]\nlevel = \"{}\"\n",
      log_level);
  for (const char* name : {"oin", "developers"})
    toml += fmt::format(
        "[[mailbox]]\nname = \"{0}\"\naddress = \"{0}@oind.test\"\nurl = \"imaps://localhost:{1}/INBOX\"\n"
        "password_file = \"password\"\ntls_ca_file = \"{2}\"\ntrusted_authserv_ids = [\"mx.oind.test\"]\n",
        name, env("IMAPS_PORT"), env("CA_FILE"));
  toml += fmt::format(
      "[smtp]\nurl = \"smtp://localhost:{}\"\nuser = \"oin@oind.test\"\npassword_file = \"password\"\n"
      "tls_ca_file = \"{}\"\n[[person]]\nname = \"Grace\"\naddress = \"reviewer@oind.test\"\n"
      "roles = [\"reviewer\", \"lead\"]\n",
      smtp_port, env("CA_FILE"));
  test::write_file(settings(), toml);
  // It is the desk's own speed that is measured, not the pace it is set to.
  test::write_file(settings().parent_path() / "workflow.toml",
                   "[limits]\nletters_per_minute = 1000000\nletters_per_domain_per_minute = 1000000\n");
}

void Rig::start_desk() {
  reader_.reset();
  for (const char* old : {"oind.db", "oind.db-wal", "oind.db-shm", "oind.log"}) fs::remove(folder_ / old);
  desk_.emplace(
      std::vector<std::string>{std::string(OIND_BUILD_DIR) + "/oind", "--config", settings().string()},
      folder_ / "oind.log");
  test::write_file(folder_ / "oind.pid", std::to_string(desk_->pid()));
}

void Rig::wait_until_ready() {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < until && desk_->running()) {
    const Json now = status();
    bool ready = now.value("ready", false);
    for (const Json& mailbox : now.value("mailboxes", Json::array()))
      ready = ready && mailbox.value("caught_up", false);
    if (ready) return;
    std::this_thread::sleep_for(20ms);
  }
  throw std::runtime_error("oind does not get ready: " + log());
}

void Rig::stop_desk() {
  reader_.reset();
  desk_->signal(SIGTERM);
  if (desk_->wait(15s) != 0) throw std::runtime_error("oind did not end well: " + log().substr(0, 4000));
  desk_.reset();
  fs::remove(folder_ / "oind.pid");
}

double Rig::logged_at(const std::string& fact) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < until && desk_->running()) {
    std::istringstream lines(log());
    for (std::string line; std::getline(lines, line);)
      if (line.find(" " + fact + " ") != std::string::npos) return time_of(line);
    std::this_thread::sleep_for(5ms);
  }
  throw std::runtime_error("oind never logged " + fact + ": " + log().substr(0, 4000));
}

Json Rig::status() const {
  const auto answer = ask_daemon(folder_ / "oind.sock", "status", Json::object());
  return answer ? answer->value("result", Json::object()) : Json::object();
}

store::Store& Rig::reader() {
  if (!reader_) reader_ = must(store::open_sqlite(folder_ / "oind.db", store::Access::reader));
  return *reader_;
}

double Rig::memory(const std::string& field) const {
  std::ifstream lines("/proc/" + std::to_string(desk_->pid()) + "/status");
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(field + ":")) return std::stod(line.substr(field.size() + 1)) / 1024;
  throw std::runtime_error("the kernel tells no " + field + " of oind");
}

double Rig::cpu_seconds() const {
  const std::string stat = test::read_file("/proc/" + std::to_string(desk_->pid()) + "/stat");
  // proc(5): utime and stime are fields 14 and 15; the name, field 2, ends with the last parenthesis.
  std::istringstream fields(stat.substr(std::min(stat.rfind(')'), stat.size() - 1) + 1));
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  double user = 0, system = 0;
  if (!(fields >> user >> system)) throw std::runtime_error("the kernel tells no processor time of oind");
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

void Rig::end_forgotten_desk(const fs::path& folder) {
  std::ifstream file(folder / "oind.pid");
  int pid = 0;
  if (file >> pid && pid > 1) ::kill(pid, SIGKILL);
}

double now_seconds() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

double time_of(const std::string& log_line) {
  // "2026-11-23T10:00:00.123456Z info …"
  const auto instant = parse_rfc3339(log_line.substr(0, 19) + "Z");
  if (!instant || log_line.size() < 27 || log_line[26] != 'Z')
    throw std::runtime_error("no microseconds at the head of this log line: " + log_line);
  return static_cast<double>(instant->time_since_epoch().count()) + std::stod("0." + log_line.substr(20, 6));
}

}  // namespace oin::bench
