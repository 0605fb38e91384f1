#include "tests/system/desk_test.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>
#include <thread>

namespace oin::test {
namespace {

const std::string rig = std::string(OIND_SOURCE_DIR) + "/tests/support/mail-servers";
const std::string programs = OIND_BUILD_DIR;

std::string with_crlf(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' && (out.empty() || out.back() != '\r')) out.push_back('\r');
    out.push_back(c);
  }
  return out;
}

/// When Dovecot filed a mail, from its name "SECONDS.M90874P12.host": its microseconds have no leading
/// zeros, the names alone do not sort.
std::pair<long, long> filed_at(const std::filesystem::path& file) {
  const std::string name = file.filename();
  const auto micro = name.find(".M");
  return {std::stol(name), micro == std::string::npos ? 0 : std::stol(name.substr(micro + 2))};
}

}  // namespace

int scaled(int full) {
  const char* scale = std::getenv("OIND_TEST_SCALE");
  return scale && std::string(scale) == "small" ? std::max(1, full / 10) : full;
}

void DeskTest::SetUp() {
  char name[] = "/tmp/oind-test.XXXXXX";
  ASSERT_NE(::mkdtemp(name), nullptr);
  folder_ = name;
  std::filesystem::permissions(folder_, std::filesystem::perms(0755));
  std::vector<std::string> start = {rig, "start", (folder_ / "mail").string()};
  if (!accounts_.empty()) start.insert(start.end(), {"--accounts", accounts_});
  const Output started = run(start);
  ASSERT_EQ(started.status, 0) << started.err;
  std::istringstream lines(read_file(folder_ / "mail/env"));
  for (std::string line; std::getline(lines, line);) {
    const auto equals = line.find('=');
    if (equals != std::string::npos) env_[line.substr(0, equals)] = line.substr(equals + 1);
  }
  for (const char* key : {"signing.key", "password"}) {
    write_file(folder_ / key,
               std::string(key) == "password" ? env("PASSWORD") + "\n" : std::string(64, 'a') + "\n");
    std::filesystem::permissions(folder_ / key, std::filesystem::perms(0600));
  }
  configure();
}

void DeskTest::TearDown() {
  if (HasFailure()) std::cerr << "---- oind's log ----\n" << log() << "----\n";
  desk_.reset();
  if (!folder_.empty()) {
    run({rig, "remove", (folder_ / "mail").string()});
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
}

std::string DeskTest::env(const std::string& key) const {
  const auto it = env_.find(key);
  return it == env_.end() ? std::string() : it->second;
}

void DeskTest::servers(std::vector<std::string> words) {
  words.insert(words.begin(), rig);
  words.insert(words.begin() + 2, (folder_ / "mail").string());
  const Output done = run(std::move(words));
  ASSERT_EQ(done.status, 0) << done.err;
}

void DeskTest::configure(std::map<std::string, std::string> changes) {
  const auto value = [&](const std::string& key, const std::string& standard) {
    const auto it = changes.find(key);
    return it == changes.end() ? standard : it->second;
  };
  std::string toml = "[desk]\ndomain = \"reviews.oind.test\"\nsigning_key_file = \"signing.key\"\n";
  toml += "test_clock = " + value("desk.test_clock", "false") + "\n";
  toml += "[store]\nurl = " + value("store.url", "\"sqlite:oind.db\"") + "\n";
  toml += "[intake]\nretry_first_seconds = 1\nretry_longest_seconds = 2\n" + value("intake", "");
  toml += "[outbox]\nretry_first_seconds = " + value("outbox.retry_first_seconds", "1") +
          "\nretry_longest_seconds = 2\n" + value("outbox", "");
  for (const std::string name : {"oin", "developers"}) {
    toml += "[[mailbox]]\nname = \"" + name + "\"\naddress = \"" + name + "@oind.test\"\n";
    toml += "url = " + value("mailbox.url", "\"imaps://localhost:" + env("IMAPS_PORT") + "/INBOX\"") + "\n" +
            value("mailbox." + name, "");
    toml += "password_file = " + value("mailbox.password_file", "\"password\"") + "\n";
    toml += "tls_ca_file = " + value("mailbox.tls_ca_file", "\"" + env("CA_FILE") + "\"") + "\n";
    toml += "trusted_authserv_ids = [\"mx.oind.test\"]\n";
  }
  toml += "[smtp]\nurl = " + value("smtp.url", "\"smtp://localhost:" + env("SMTP_PORT") + "\"") + "\n";
  toml += "user = \"oin@oind.test\"\npassword_file = " + value("smtp.password_file", "\"password\"") + "\n";
  toml += "tls_ca_file = \"" + env("CA_FILE") + "\"\n" + value("smtp", "");
  toml +=
      "[[person]]\nname = \"Grace\"\naddress = \"reviewer@oind.test\"\nroles = [\"reviewer\", \"lead\"]\n";
  toml += value("end", "");
  write_file(folder_ / "oind.toml", toml);
  // Most tests are about one mail and its answer, and count letters: the team hears of it where a test says
  // so.
  write_file(folder_ / "workflow.toml", value("workflow", quiet_team));
}

void DeskTest::start_desk() {
  desk_.emplace(std::vector<std::string>{programs + "/oind", "--config", (folder_ / "oind.toml").string()},
                folder_ / "oind.log");
}

void DeskTest::start_ready() {
  start_desk();
  const Output ready = oinctl({"status", "--wait", "60"});
  ASSERT_EQ(ready.status, 0) << ready.out << ready.err;
}

int DeskTest::stop_desk() {
  desk_->signal(SIGTERM);
  const auto status = desk_->wait(std::chrono::seconds(15));
  EXPECT_TRUE(status.has_value()) << "oind did not end within 15 s of SIGTERM";
  desk_.reset();
  return status.value_or(-1);
}

void DeskTest::kill_desk() {
  desk_->signal(SIGKILL);
  desk_->wait(std::chrono::seconds(15));
  desk_.reset();
}

Output DeskTest::oind(std::vector<std::string> arguments) {
  std::vector<std::string> all = {programs + "/oind", "--config", (folder_ / "oind.toml").string()};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return run(std::move(all));
}

Output DeskTest::oinctl(std::vector<std::string> arguments) {
  std::vector<std::string> all = {programs + "/oinctl", "--config", (folder_ / "oind.toml").string()};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return run(std::move(all));
}

nlohmann::json DeskTest::ask(std::vector<std::string> arguments) {
  arguments.push_back("--json");
  const Output answer = oinctl(arguments);
  EXPECT_EQ(answer.status, 0) << answer.err;
  return nlohmann::json::parse(answer.out, nullptr, false);
}

std::string DeskTest::peek(std::vector<std::string> arguments) {
  arguments.push_back("--json");
  return oinctl(arguments).out;
}

void DeskTest::drop(const std::string& account, const std::string& text) {
  const std::filesystem::path maildir = std::filesystem::path(env("MAIL")) / account;
  if (!std::filesystem::exists(maildir / "new")) {
    // Dovecot makes the folder with its own owner at the first login.
    const Output made =
        run({"curl", "--silent", "--cacert", env("CA_FILE"), "--user", account + ":" + env("PASSWORD"),
             "imaps://localhost:" + env("IMAPS_PORT") + "/", "-X", "SELECT INBOX"});
    ASSERT_EQ(made.status, 0) << made.err;
  }
  const std::string name = fmt::format("{}.M{}P{}.test", std::time(nullptr), ++dropped_, ::getpid());
  write_file(maildir / "tmp" / name, with_crlf(text));
  std::filesystem::permissions(maildir / "tmp" / name, std::filesystem::perms(0666));
  std::filesystem::rename(maildir / "tmp" / name, maildir / "new" / name);
}

void DeskTest::submit(const std::string& from, const std::string& to, const std::string& text) {
  const Output done = run({"curl", "--silent", "--show-error", "--ssl-reqd", "--cacert", env("CA_FILE"),
                           "--user", from + ":" + env("PASSWORD"), "--mail-from", from, "--mail-rcpt", to,
                           "--upload-file", "-", "smtp://localhost:" + env("SMTP_PORT") + "/laptop.test"},
                          with_crlf(text));
  ASSERT_EQ(done.status, 0) << done.err;
}

void DeskTest::hand_in(const std::string& from, const std::string& to, const std::string& text,
                       const std::string& client) {
  const Output done =
      run({"curl", "--silent", "--show-error", "--interface", client, "--mail-from", from, "--mail-rcpt", to,
           "--upload-file", "-", "smtp://127.0.0.1:" + env("MX_PORT") + "/elsewhere.test"},
          with_crlf(text));
  ASSERT_EQ(done.status, 0) << done.err;
}

std::vector<std::string> DeskTest::inbox(const std::string& account) const {
  std::vector<std::filesystem::path> files;
  for (const char* part : {"new", "cur"}) {
    const auto folder = std::filesystem::path(env("MAIL")) / account / part;
    std::error_code none;
    for (const auto& file : std::filesystem::directory_iterator(folder, none)) files.push_back(file.path());
  }
  std::ranges::sort(files, {}, filed_at);
  std::vector<std::string> mails;
  for (const auto& file : files) mails.push_back(read_file(file));
  return mails;
}

std::vector<Mail> DeskTest::letters(const std::string& account) const {
  std::vector<Mail> out;
  for (const std::string& raw : inbox(account)) {
    Mail mail = parse_mail(raw);
    if (mail.message_id.ends_with("@reviews.oind.test")) out.push_back(std::move(mail));
  }
  return out;
}

bool DeskTest::eventually(const std::function<bool()>& holds, int seconds) const {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

void DeskTest::settle(int seconds) {
  EXPECT_TRUE(eventually(
      [&] {
        const Output held = oinctl({"reconcile"});
        if (held.status != 0) return false;
        const auto outbox = nlohmann::json::parse(oinctl({"status", "--json"}).out, nullptr, false);
        return outbox.is_object() && outbox["outbox"]["queued"] == 0 && outbox["outbox"]["sending"] == 0;
      },
      seconds));
}

std::string message(const std::string& from, const std::string& to, const std::string& subject,
                    const std::string& text, const std::string& message_id, const std::string& more_fields) {
  return with_crlf("From: " + from + "\nTo: " + to + "\nSubject: " + subject + "\nMessage-ID: <" +
                   message_id +
                   ">\nDate: Mon, 23 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; "
                   "charset=utf-8\n" +
                   more_fields + "\n" + text);
}

std::string form(const std::string& app) {
  return "[App information]\nSubmission type: new\nApp name: " + app +
         "\nApp website: https://www.acme.test\nApp category: CRM\n"
         "App description: Keeps a sales team's customers in one place, signs users in and provisions them.\n"
         "Developer org: https://dev-123456.okta.com\nSupport contacts: help@acme.test\n"
         "Escalation contact: okta-oncall@acme.test\n\n[Test account]\nURL: https://app.acme.test/login\n"
         "Username: isvtest@okta.com\nPassword: sent separately\n\n[SAML 2.0]\n"
         "Okta instance URL: https://dev-123456-admin.okta.com/admin/app/acme_1/instance/0oa1b2c3/\n"
         "Big Bang: no\nAvailable to: all tenants\nSet up by: self-service\nOn premises: no\nACS varies: no\n"
         "ACS URL: https://app.acme.test/saml/acs\nAudience URI: https://app.acme.test/saml\nName ID: "
         "NameID\n"
         "Sign-in flows: IdP\nJIT: yes\nAttribute: email = user.email\nForce authentication: no\n"
         "Encrypted assertions: no\nSingle logout: no\nMulti-tenant: yes\n\n[SCIM 2.0]\n"
         "Okta instance URL: https://dev-123456-admin.okta.com/admin/app/acme_2/instance/0oa4d5e6/\n"
         "Features: Create Users, Update User Attributes, Deactivate Users, Group Push\nBase URL varies: no\n"
         "Base URL: https://app.acme.test/scim/v2\nPATCH: yes\nAuth mode: Bearer token\n"
         "Username is email: yes\nUnused attributes deleted: yes\n"
         "Runscope SPEC results: https://www.runscope.com/radar/aaa/bbb/history/ccc\n"
         "Runscope CRUD results: https://www.runscope.com/radar/aaa/ddd/history/eee\n";
}

}  // namespace oin::test
