/// What goes wrong with servers, files and settings: one clear line that says what to do, and a state from
/// which a restart goes on with nothing lost.
#include <gmock/gmock.h>
#include <sys/mount.h>
#include <unistd.h>

#include "tests/system/desk_test.hpp"

namespace oin::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class BadSettings : public DeskTest {
 protected:
  void drop_question() {
    drop("oin@oind.test",
         message("vendor@acme.test", "oin@oind.test", "Acme", form("Acme CRM"), "waits@acme.test"));
  }
  /// One line of the log that holds `event` and `words`.
  bool says(const std::string& event, const std::string& words) {
    std::istringstream lines(log());
    for (std::string line; std::getline(lines, line);)
      if (line.find(event) != std::string::npos && line.find(words) != std::string::npos) return true;
    return false;
  }
  void expect_all_well_after_a_mend() {
    configure();
    start_ready();
    EXPECT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 1; }));
    settle();
    EXPECT_EQ(letters("vendor@acme.test").size(), 1u);
  }
};

TEST_F(BadSettings, AWrongHostIsNamed) {
  configure({{"mailbox.url", "\"imaps://no-such-host.invalid:993/INBOX\""}});
  drop_question();
  start_desk();
  EXPECT_TRUE(eventually([&] { return says("mailbox.lost", "no-such-host.invalid"); }));
  EXPECT_EQ(oinctl({"status", "--wait", "0"}).status, 3);
  EXPECT_EQ(stop_desk(), 0);
  expect_all_well_after_a_mend();
}

TEST_F(BadSettings, AWrongPasswordIsNamedWithItsUser) {
  write_file(folder_ / "wrong", "not-the-password\n");
  std::filesystem::permissions(folder_ / "wrong", std::filesystem::perms(0600));
  configure({{"mailbox.password_file", "\"wrong\""}});
  drop_question();
  start_desk();
  EXPECT_TRUE(
      eventually([&] { return says("mailbox.lost", "oin@oind.test") && says("mailbox.lost", "password"); }));
  EXPECT_THAT(log(), testing::Not(HasSubstr("not-the-password")));
  EXPECT_EQ(stop_desk(), 0);
  expect_all_well_after_a_mend();
}

TEST_F(BadSettings, AnExpiredCertificateIsNamed) {
  drop_question();
  servers({"certificate", "expired"});
  start_desk();
  EXPECT_TRUE(eventually([&] { return says("mailbox.lost", "expired"); }));
  EXPECT_EQ(stop_desk(), 0);
  servers({"certificate", "server"});
  expect_all_well_after_a_mend();
}

TEST_F(BadSettings, ACertificateForAnotherHostIsNamed) {
  drop_question();
  servers({"certificate", "wrong-host"});
  start_desk();
  EXPECT_TRUE(eventually([&] { return says("mailbox.lost", "certificate is for another host name"); }));
  EXPECT_EQ(stop_desk(), 0);
  servers({"certificate", "server"});
  expect_all_well_after_a_mend();
}

TEST_F(BadSettings, AnUnknownCaIsNamedWithTheSettingToMend) {
  configure({{"mailbox.tls_ca_file", "\"\""}});
  drop_question();
  start_desk();
  EXPECT_TRUE(eventually([&] { return says("mailbox.lost", "tls_ca_file"); }));
  EXPECT_EQ(stop_desk(), 0);
  expect_all_well_after_a_mend();
}

TEST_F(BadSettings, AWrongSmtpPasswordKeepsTheLetters) {
  write_file(folder_ / "wrong", "not-the-password\n");
  std::filesystem::permissions(folder_ / "wrong", std::filesystem::perms(0600));
  configure({{"smtp.password_file", "\"wrong\""}});
  drop_question();
  start_ready();
  EXPECT_TRUE(eventually([&] { return says("smtp.unreachable", "password of 'oin@oind.test'"); }));
  EXPECT_EQ(stop_desk(), 0);
  expect_all_well_after_a_mend();
}

TEST_F(BadSettings, AnUnreachableSmtpServerKeepsTheLetters) {
  servers({"stop-smtp"});
  drop_question();
  start_ready();
  EXPECT_TRUE(eventually([&] { return says("smtp.unreachable", env("SMTP_PORT")); }));
  EXPECT_EQ(ask({"outbox"}).size(), 1u);
  EXPECT_FALSE(ask({"status"})["outbox"]["last_error"].is_null());
  servers({"start-smtp"});
  EXPECT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 1; }));
  EXPECT_EQ(stop_desk(), 0);
}

TEST_F(BadSettings, AFullDiskLosesNothing) {
  if (::geteuid() != 0) GTEST_SKIP() << "a disk of its own can be mounted by root only";
  const auto disk = folder_ / "disk";
  std::filesystem::create_directory(disk);
  ASSERT_EQ(::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=12m"), 0);
  configure({{"store.url", "\"sqlite:disk/oind.db\""}});
  start_ready();
  write_file(disk / "ballast", std::string(13'000'000, 'x'));
  for (int i = 0; i < 20; ++i)
    drop("oin@oind.test", message("vendor@acme.test", "oin@oind.test", "Acme",
                                  form("Acme CRM") + std::string(20'000, 'y') + std::to_string(i),
                                  "full" + std::to_string(i) + "@acme.test"));
  EXPECT_TRUE(eventually([&] { return says("mailbox.lost", "full"); }));
  std::filesystem::remove(disk / "ballast");
  EXPECT_TRUE(eventually([&] { return ask({"tickets"}).size() == 20; }, 60));
  settle();
  EXPECT_EQ(stop_desk(), 0);

  write_file(disk / "ballast", std::string(13'000'000, 'x'));
  drop("oin@oind.test", message("vendor@acme.test", "oin@oind.test", "Acme",
                                form("Acme CRM") + std::string(20'000, 'z'), "last@acme.test"));
  const Output pass = oind({"--once"});
  EXPECT_EQ(pass.status, 3) << pass.err;  // the store is unusable, not a server
  std::filesystem::remove(disk / "ballast");
  EXPECT_EQ(oind({"--once"}).status, 0);
  EXPECT_EQ(ask({"tickets"}).size(), 21u);
  ::umount(disk.c_str());
}

TEST_F(BadSettings, AReadOnlyDatabaseIsNamed) {
  const auto expect_all_recorded = [&] {
    drop_question();
    EXPECT_EQ(oind({"--once"}).status, 0);
    EXPECT_EQ(ask({"tickets"}).size(), 1u);
  };
  if (::geteuid() == 0) {
    // Root may write to any file: a read-only mount stops even root.
    const auto disk = folder_ / "disk";
    std::filesystem::create_directory(disk);
    ASSERT_EQ(::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=8m"), 0);
    configure({{"store.url", "\"sqlite:disk/oind.db\""}});
    EXPECT_EQ(oind({"--once"}).status, 0);
    ASSERT_EQ(::mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, "size=8m"), 0);
    const Output refused = oind({"--once"});
    EXPECT_EQ(refused.status, 3);
    EXPECT_THAT(refused.err, AllOf(HasSubstr("store.unusable"), HasSubstr("oind.db")));
    ASSERT_EQ(::mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, "size=8m"), 0);
    expect_all_recorded();
    ::umount(disk.c_str());
  } else {
    EXPECT_EQ(oind({"--once"}).status, 0);
    std::filesystem::permissions(folder_ / "oind.db", std::filesystem::perms(0400));
    const Output refused = oind({"--once"});
    EXPECT_EQ(refused.status, 3);
    EXPECT_THAT(refused.err, AllOf(HasSubstr("store.unusable"), HasSubstr("oind.db")));
    std::filesystem::permissions(folder_ / "oind.db", std::filesystem::perms(0600));
    expect_all_recorded();
  }
}

TEST_F(BadSettings, ASecondDaemonOnTheSameStoreIsRefused) {
  start_ready();
  const Output second = oind({});
  EXPECT_EQ(second.status, 3);
  EXPECT_THAT(second.err, HasSubstr(std::to_string(desk_->pid())));
  EXPECT_EQ(oinctl({"status"}).status, 0);  // the first one goes on
  EXPECT_EQ(stop_desk(), 0);
}

TEST_F(BadSettings, UnknownKeysAreAllNamedWithTheirLines) {
  configure({{"smtp", "conections = 4\n"}, {"end", "[mailboxes]\n"}});
  const Output refused = oind({});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("oind.toml:"), HasSubstr("conections"), HasSubstr("connections"),
                                 HasSubstr("mailboxes")));
  EXPECT_EQ(oind({"--check"}).status, 1);
  configure();
  EXPECT_EQ(oind({"--check"}).status, 0);
}

TEST_F(BadSettings, WrongUsageIsSaidSo) {
  EXPECT_EQ(run({std::string(OIND_BUILD_DIR) + "/oind"}).status, 2);
  EXPECT_EQ(oinctl({"no-such-verb"}).status, 2);
  EXPECT_EQ(oinctl({"ticket", "x"}).status, 2);
  EXPECT_EQ(oinctl({"tickets"}).status, 3);  // no daemon and no store yet
  EXPECT_EQ(oinctl({"reconcile"}).status, 3);
}

}  // namespace
}  // namespace oin::test
