/// Mails shown to scanners before they are opened: to the real clamd and the real rspamd, on sockets of this
/// test's own and with rules of its own, and to one that fails on demand.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <signal.h>

#include "tests/support/scanner_server.hpp"
#include "tests/system/desk_test.hpp"

namespace oin::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;
using Mood = ScannerServer::Mood;

class Scanners : public DeskTest {
 protected:
  void TearDown() override {
    if (scanner_) {  // asked, not killed: rspamd takes its own children along
      scanner_->signal(SIGTERM);
      EXPECT_TRUE(scanner_->wait(std::chrono::seconds(30)).has_value());
    }
    DeskTest::TearDown();
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  void scan_with(const std::string& scanners) { configure({{"end", scanners}}); }
  /// The faulty one's settings.
  std::string faulty(const std::string& more = {}) const {
    return "[[scanner]]\nkind = \"clamd\"\nname = \"fake\"\naddress = \"unix:fake.sock\"\nseconds = 1\n" +
           more;
  }
  void drop_form(const std::string& id, const std::string& more_text = {},
                 const std::string& to = "oin@oind.test") {
    drop(to, message("vendor@acme.test", to, "Acme CRM " + id, form("Acme " + id) + more_text,
                     id + "@acme.test"));
  }
  nlohmann::json mailbox(const std::string& name) {
    const auto status = ask({"status"});
    for (const auto& each : status["mailboxes"])
      if (each["name"] == name) return each;
    return {};
  }
  /// Until it answers, whether or not its mailboxes are well.
  void start() {
    start_desk();
    ASSERT_TRUE(eventually([&] { return std::filesystem::exists(folder_ / "oind.sock"); }));
    ASSERT_TRUE(eventually([&] { return oinctl({"status"}).status == 0; }));
  }
  bool is_held() {
    return eventually([&] { return mailbox("oin")["state"] == "held"; });
  }
  /// Of three mails, that which the fake scanner fails on goes to quarantine, and the others become tickets.
  bool sets_one_mail_aside(int seconds) {
    scan_with(faulty());
    drop_form("before");
    drop_form("fails", "CHOKE\n");
    drop_form("behind");
    start();
    const auto done = [&] { return ask({"quarantine"}).size() == 1 && ask({"tickets"}).size() == 2; };
    return eventually(done, seconds) && ask({"quarantine"}).at(0)["message_id"] == "fails@acme.test";
  }
  int lines_of_log(const std::string& event) const {
    std::istringstream lines(log());
    int count = 0;
    for (std::string line; std::getline(lines, line);) count += line.find(event) != std::string::npos;
    return count;
  }
  void clamd() {
    const auto signature = [](std::string_view text) {
      std::string hex;
      for (const char c : text) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
      return hex;
    };
    std::filesystem::create_directory(folder_ / "signatures");
    write_file(folder_ / "signatures/test.ndb",
               "Oind.Test.Marker:0:*:" + signature("oind-test-infected") + "\n");
    write_file(folder_ / "clamd.conf",
               fmt::format("Foreground yes\nLocalSocket {}\nDatabaseDirectory {}\nStreamMaxLength 1M\n",
                           path("clamd.sock"), path("signatures")));
    scanner_.emplace(std::vector<std::string>{"/usr/sbin/clamd", "--config-file=" + path("clamd.conf")},
                     folder_ / "clamd.log");
    ASSERT_TRUE(eventually([&] { return std::filesystem::exists(folder_ / "clamd.sock"); }))
        << read_file(folder_ / "clamd.log");
  }
  void rspamd() {
    write_file(folder_ / "rspamd.lua",
               "rspamd_config:register_symbol({name = 'OIND_TEST_SPAM', type = 'normal', score = 20,\n"
               "  callback = function(task)\n"
               "    return tostring(task:get_content()):find('oind-test-spam', 1, true) ~= nil\n"
               "  end})\n");
    std::filesystem::create_directory(folder_ / "rspamd");
    write_file(folder_ / "rspamd/tld", "com\ntest\n");  // of the whole list it would make an automaton first
    write_file(
        folder_ / "rspamd.conf",
        fmt::format(
            R"(options {{ pidfile = "{0}/pid"; tempdir = "{0}"; filters = ""; hs_cache_dir = "{0}"; url_tld = "{0}/tld";
  dns {{ nameserver = ["127.0.0.1:1"]; timeout = 0.1s; retransmits = 1; }}
  control_socket = "{0}/control.sock mode=0600"; stats_file = "{0}/stats"; history_file = "{0}/history";
  dynamic_conf = "{0}/dynamic"; rrd = "{0}/rrd"; }}
logging {{ type = "console"; level = "info"; }}
worker "normal" {{ bind_socket = "{0}/normal.sock mode=0666"; count = 1; }}
metric {{ name = "default"; actions {{ reject = 15; add_header = 6; greylist = 4; }} }}
lua = "{1}"
)",
            path("rspamd"), path("rspamd.lua")));
    scanner_.emplace(std::vector<std::string>{"rspamd", "-f", "-i", "-c", path("rspamd.conf")},
                     folder_ / "rspamd.log");
    ASSERT_TRUE(eventually([&] {
      return run({"curl", "--silent", "--fail", "--unix-socket", path("rspamd/normal.sock"),
                  "http://localhost/ping"})
          .out.starts_with("pong");
    })) << read_file(folder_ / "rspamd.log");
  }

  std::optional<Process> scanner_;
};

TEST_F(Scanners, AnInfectedMailGoesToQuarantineUnopenedUntilAPersonOverrules) {
  clamd();
  scan_with("[[scanner]]\nkind = \"clamd\"\naddress = \"unix:clamd.sock\"\n");
  start_ready();
  drop_form("clean");
  drop_form("bad", "oind-test-infected\n");
  drop_form("too", "oind-test-infected\n", "developers@oind.test");
  ASSERT_TRUE(eventually([&] { return ask({"quarantine"}).size() == 2 && ask({"tickets"}).size() == 1; }));
  nlohmann::json bad;
  const auto aside = ask({"quarantine"});
  for (const auto& each : aside)
    if (each["message_id"] == "bad@acme.test") bad = each;
  EXPECT_THAT(bad["reason"].get<std::string>(), StartsWith("clamd: Oind.Test.Marker"));
  EXPECT_EQ(bad["from"], "vendor@acme.test");
  EXPECT_EQ(bad["subject"], "Acme CRM bad");
  EXPECT_THAT(log(), HasSubstr("mail.quarantined mailbox=oin"));
  EXPECT_EQ(ask({"status"})["scanners"][0]["state"], "answering");
  settle();
  EXPECT_THAT(letters("vendor@acme.test"), SizeIs(1));  // nothing was answered but the clean one

  const std::string id = std::to_string(bad["id"].get<int>());
  EXPECT_EQ(oinctl({"quarantine", "show", id}).status, 1);  // sealed: whoever looks says who they are
  EXPECT_THAT(ask({"quarantine", "show", id, "--as", "reviewer@oind.test"})["raw"].get<std::string>(),
              HasSubstr("oind-test-infected"));
  EXPECT_THAT(log(), HasSubstr("quarantine.shown quarantine=" + id + " by=reviewer@oind.test"));
  EXPECT_EQ(ask({"quarantine", "retry", id})["ticket"], "OIN-2");
  EXPECT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 2; }));
  EXPECT_EQ(ask({"ticket", "2"})["title"], "Acme bad");
  // Overruled is overruled: the same mail at the other address too is one that is known.
  drop("developers@oind.test", message("vendor@acme.test", "oin@oind.test", "Acme CRM bad",
                                       form("Acme bad") + "oind-test-infected\n", "bad@acme.test"));
  EXPECT_TRUE(
      eventually([&] { return log().find("mail.duplicate mailbox=developers") != std::string::npos; }));
  EXPECT_THAT(ask({"quarantine"}), SizeIs(1));
  EXPECT_EQ(stop_desk(), 0);
}

TEST_F(Scanners, WhatIsTooLargeForClamdIsSetAsideOrPassedAsTheSettingsSay) {
  clamd();
  const std::string large = std::string(3'000'000 / 70, 'x') + "\n";
  std::string text;
  for (int i = 0; i < 70; ++i) text += large;
  scan_with("[[scanner]]\nkind = \"clamd\"\naddress = \"unix:clamd.sock\"\n");  // clamd's own limit is 1 MB
  drop_form("large", text);
  EXPECT_EQ(oind({"--once"}).status, 0);
  EXPECT_THAT(ask({"quarantine"}).at(0)["reason"].get<std::string>(), StartsWith("clamd: "));

  scan_with("[[scanner]]\nkind = \"clamd\"\naddress = \"unix:clamd.sock\"\nmessage_bytes = 100000\n");
  drop_form("larger", text);
  EXPECT_EQ(oind({"--once"}).status, 0);
  EXPECT_EQ(ask({"quarantine"}).at(1)["reason"], "clamd: not scanned, larger than 100000 bytes");

  scan_with(
      "[[scanner]]\nkind = \"clamd\"\naddress = \"unix:clamd.sock\"\nmessage_bytes = 100000\nlarger = "
      "\"pass\"\n");
  drop_form("largest", text);
  EXPECT_EQ(oind({"--once"}).status, 0);
  EXPECT_THAT(ask({"quarantine"}), SizeIs(2));
  EXPECT_THAT(ask({"tickets"}), SizeIs(1));
}

TEST_F(Scanners, WhatRspamdRejectsGoesToQuarantineWithItsScore) {
  rspamd();
  scan_with("[[scanner]]\nkind = \"rspamd\"\naddress = \"unix:rspamd/normal.sock\"\n");
  start_ready();
  drop_form("wanted");
  drop_form("spam", "oind-test-spam\n");
  ASSERT_TRUE(eventually([&] { return ask({"quarantine"}).size() == 1 && ask({"tickets"}).size() == 1; }));
  EXPECT_EQ(ask({"quarantine"}).at(0)["message_id"], "spam@acme.test");
  EXPECT_THAT(ask({"quarantine"}).at(0)["reason"].get<std::string>(),
              AllOf(StartsWith("rspamd: reject, score 20 of 15"), HasSubstr("OIND_TEST_SPAM")));
  settle();
  EXPECT_EQ(stop_desk(), 0);
}

TEST_F(Scanners, WhileOneIsAwayMailIsHeldAndNothingIsLost) {
  scan_with(faulty());  // nobody listens there
  start_ready();
  drop_form("first");
  ASSERT_TRUE(is_held());
  drop_form("second");
  drop("developers@oind.test", message("vendor@acme.test", "developers@oind.test", "SCIM",
                                       "How do I test PATCH? It answers 401.\n", "q@acme.test"));
  ASSERT_TRUE(eventually([&] { return mailbox("developers")["state"] == "held"; }));
  const auto status = ask({"status"});
  EXPECT_FALSE(status["ready"]);
  EXPECT_EQ(mailbox("oin")["last_uid"], 0);
  EXPECT_THAT(mailbox("oin")["last_error"].get<std::string>(), HasSubstr("scanner fake at unix:"));
  EXPECT_EQ(status["scanners"][0]["state"], "failing");
  EXPECT_THAT(oinctl({"status"}).out, AllOf(HasSubstr("held"), HasSubstr("scanner fake")));
  EXPECT_EQ(oinctl({"reconcile", "oin"}).status, 1);
  // Several tries have gone by, and one line tells of it.
  EXPECT_THAT(ask({"tickets"}), IsEmpty());
  EXPECT_EQ(lines_of_log("mail.held mailbox=oin"), 1);
  EXPECT_EQ(stop_desk(), 0);  // and it can be stopped meanwhile

  const Output pass = oind({"--once"});
  EXPECT_EQ(pass.status, 1);
  EXPECT_THAT(pass.err, HasSubstr("once.mailbox_failed"));

  start();
  ASSERT_TRUE(is_held());
  ScannerServer fake(path("fake.sock"));
  settle();
  EXPECT_THAT(ask({"tickets"}), SizeIs(3));
  EXPECT_THAT(ask({"tickets", "--queue", "review"}), SizeIs(2));
  EXPECT_EQ(mailbox("oin")["state"], "watching");
  EXPECT_TRUE(mailbox("oin")["last_error"].is_null());
  EXPECT_EQ(ask({"status"})["scanners"][0]["state"], "answering");
  EXPECT_EQ(lines_of_log("mail.released mailbox=oin"), 1);
  EXPECT_EQ(stop_desk(), 0);
}

TEST_F(Scanners, SilenceNonsenseAndACutLineHoldMailToo) {
  ScannerServer fake(path("fake.sock"));
  scan_with(faulty());
  start_ready();
  int tickets = 0;
  for (const Mood mood : {Mood::silent, Mood::nonsense, Mood::cut}) {
    fake.mood = mood;
    drop_form("mail" + std::to_string(tickets));
    ASSERT_TRUE(is_held());
    const int asked = fake.asked;
    ASSERT_TRUE(eventually([&] { return fake.asked >= asked + 2; }));  // again and again
    EXPECT_THAT(ask({"tickets"}), SizeIs(tickets));
    EXPECT_THAT(ask({"quarantine"}), IsEmpty());
    fake.mood = Mood::well;
    ASSERT_TRUE(eventually([&] { return static_cast<int>(ask({"tickets"}).size()) == tickets + 1; }));
    ++tickets;
  }
  settle();
  EXPECT_EQ(lines_of_log("mail.held"), 3);
  EXPECT_EQ(stop_desk(), 0);
}

TEST_F(Scanners, OneMailThatAScannerChokesOnDoesNotStopTheRest) {
  ScannerServer fake(path("fake.sock"));
  fake.mood = Mood::choking;
  ASSERT_TRUE(sets_one_mail_aside(60));
  EXPECT_THAT(ask({"quarantine"}).at(0)["reason"].get<std::string>(),
              AllOf(StartsWith("fake: could not be scanned in 5 tries"), HasSubstr("Can't allocate memory")));
  settle();
  EXPECT_EQ(fake.mails, 7);  // the others were not shown again
  EXPECT_EQ(stop_desk(), 0);
}

TEST_F(Scanners, OneMailThatBringsAScannerDownDoesNotStopTheRest) {
  ScannerServer fake(path("fake.sock"));
  fake.mood = Mood::falling;
  ASSERT_TRUE(sets_one_mail_aside(120));
  EXPECT_EQ(stop_desk(), 0);
}

TEST_F(Scanners, SeveralMailsAreShownAtOnceAndRecordedInTheirOrder) {
  ScannerServer fake(path("fake.sock"));
  scan_with(faulty("concurrent = 3\n"));
  for (int i = 1; i <= 12; ++i) drop_form("n" + std::to_string(i), i % 4 == 0 ? "INFECTED\n" : "");
  start();
  ASSERT_TRUE(eventually([&] { return ask({"quarantine"}).size() == 3 && ask({"tickets"}).size() == 9; }));
  settle();
  EXPECT_EQ(fake.most_at_once, 3);
  std::vector<std::string> uids;
  std::istringstream lines(log());
  for (std::string line; std::getline(lines, line);)
    if (const auto at = line.find(" uid=");
        at != std::string::npos && line.find("mailbox=oin") != std::string::npos)
      uids.push_back(line.substr(at + 5, line.find(' ', at + 5) - at - 5));
  ASSERT_THAT(uids, SizeIs(12));
  for (std::size_t i = 0; i < uids.size(); ++i) EXPECT_EQ(uids[i], std::to_string(i + 1));
  EXPECT_EQ(stop_desk(), 0);
}

TEST_F(Scanners, SettingsAreCheckedAndTakenOverByReload) {
  scan_with(
      "[[scanner]]\nkind = \"clamav\"\naddress = \"unix:\"\n"
      "[[scanner]]\nkind = \"rspamd\"\naddress = \"tcp:192.0.2.1:11333\"\nactions = [\"no action\"]\nseconds "
      "= 0\n"
      "[[scanner]]\nkind = \"rspamd\"\nadress = \"unix:x\"\n");
  const Output checked = oind({"--check"});
  EXPECT_EQ(checked.status, 1);
  for (const char* problem :
       {"scanner.kind: found \"clamav\"; allowed: \"clamd\", \"rspamd\"",
        "scanner.address: found \"unix:\"; allowed: unix:PATH, tcp:127.0.0.1:PORT",
        "scanner.address: found \"tcp:192.0.2.1:11333\"; mail would travel in the clear",
        "scanner.actions: found \"no action\"", "scanner.seconds: found 0", "scanner.address: missing",
        "scanner.name: \"rspamd\" is another scanner's name too", "adress"})
    EXPECT_THAT(checked.err, HasSubstr(problem));

  scan_with(faulty());
  start();
  drop_form("held");
  ASSERT_TRUE(is_held());
  scan_with("");
  desk_->signal(SIGHUP);
  EXPECT_TRUE(eventually([&] { return ask({"tickets"}).size() == 1; }));
  EXPECT_THAT(log(), HasSubstr("settings.applied what=scanner"));
  EXPECT_THAT(ask({"status"})["scanners"], IsEmpty());
  EXPECT_EQ(stop_desk(), 0);
}

}  // namespace
}  // namespace oin::test
