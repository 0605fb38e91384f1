#include "config/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "settings_folder.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Load : public SettingsFolder {};

TEST_F(Load, NeedsNothingButOneFileAndWhatItNames) {
  const Configuration c = load(least_settings);
  EXPECT_EQ(told(), "");
  ASSERT_THAT(c.settings.mailboxes, SizeIs(2));
  const MailboxSettings& oin = c.settings.mailboxes[0];
  EXPECT_EQ(oin.server.host, "mail.example.com");
  EXPECT_EQ(oin.server.port, 993);
  EXPECT_EQ(oin.server.tls, ServerSettings::Tls::implicit);
  EXPECT_EQ(oin.server.user, "oin@example.com");
  EXPECT_EQ(oin.server.password.reveal(), "pass word");
  EXPECT_EQ(oin.folder, "INBOX");
  EXPECT_THAT(oin.trusted_authserv_ids, IsEmpty());
  EXPECT_EQ(c.settings.smtp.server.port, 587);
  EXPECT_EQ(c.settings.smtp.server.tls, ServerSettings::Tls::starttls);
  EXPECT_TRUE(c.settings.smtp.server.user.empty());
  ASSERT_THAT(c.settings.desk.signing_keys, SizeIs(2));
  EXPECT_EQ(c.settings.desk.signing_keys[0].reveal(), std::string(32, '\xaa'));
  EXPECT_EQ(c.settings.desk.signing_keys[1].reveal(), std::string(32, '\xbb'));
  EXPECT_EQ(c.settings.store.sqlite_path, folder / "oind.db");
  EXPECT_EQ(c.settings.paths.socket, folder / "oind.sock");
  EXPECT_THAT(c.workflow.phases, SizeIs(4));
  EXPECT_FALSE(c.workflow.cues.empty());
}

TEST_F(Load, CollectsEveryProblemWithFileLineKeyAndWhatIsAllowed) {
  load(R"([desk]
nmae = "x"
domain = 5
[store]
url = "postgresql://user:secret@host/db"
[[mailbox]]
name = "oin"
address = "nobody"
url = "imaps://mail.example.com:99999"
password_file = "none"
after = "delete"
[smtp]
url = "smtp://mail.example.com"
tls = "none"
connections = 0
[outbox]
lease_seconds = 10
)");
  EXPECT_EQ(
      told(),
      "oind.toml:3: desk.domain: found 5; allowed: a text in quotes\n"
      "oind.toml:2: desk.nmae: unknown key; did you mean \"name\"?\n"
      "oind.toml:5: store.url: the PostgreSQL engine is not built into this oind; allowed: sqlite:FILE\n"
      "oind.toml:17: outbox.lease_seconds: must be longer than final_answer_seconds\n"
      "oind.toml:8: mailbox.address: found \"nobody\"; allowed: an address such as oin@example.com\n"
      "oind.toml:10: mailbox.password_file: cannot read \"none\": No such file or directory\n"
      "oind.toml:9: mailbox.url: \"99999\" is no port; allowed: 1 to 65535\n"
      "oind.toml:11: mailbox.after: found \"delete\"; allowed: \"flag\", \"seen\", \"move:FOLDER\"\n"
      "oind.toml:6: mailbox: there is no [[mailbox]] with name = \"developers\"\n"
      "oind.toml:14: smtp.tls: found \"none\" for mail.example.com; mail and password would travel in the "
      "clear; "
      "allowed: \"starttls\", and \"none\" for a server on this machine only\n"
      "oind.toml:15: smtp.connections: found 0; allowed: an integer from 1 to 100\n");
}

struct Wrong {
  std::string name, from, to, told;
};
class LoadRefuses : public SettingsFolder, public testing::WithParamInterface<Wrong> {};

TEST_P(LoadRefuses, WithOneProblemThatSaysWhy) {
  const Wrong& wrong = GetParam();
  write("empty", "\nnot this line\n");
  write("short.key", "abcd\n");
  load(with(least_settings, wrong.from, wrong.to));
  EXPECT_THAT(problems, SizeIs(1)) << told();
  EXPECT_THAT(told(), HasSubstr(wrong.told));
}

const std::string domain = "domain = \"reviews.example.com\"\n",
                  oin_url = "url = \"imaps://mail.example.com\"\n",
                  oin_password = "password_file = \"password\"\n";

INSTANTIATE_TEST_SUITE_P(
    Settings, LoadRefuses,
    testing::Values(
        Wrong{"NoDomain", domain, "", "oind.toml:1: desk.domain: missing; it must be set"},
        Wrong{"BadDomain", domain, "domain = \"a b\"\n", "allowed: a domain such as reviews.example.com"},
        Wrong{"Syntax", "[desk]", "[desk", "oind.toml:1: not TOML"},
        Wrong{"UnknownTable", "[desk]", "[dsk]\n[desk]",
              "oind.toml:1: dsk: unknown key; did you mean \"desk\"?"},
        Wrong{"FarUnknownKey", domain, domain + "colour = 1\n",
              "desk.colour: unknown key; known here: name, domain"},
        Wrong{"NoKeyFile", domain, domain + "signing_key_file = \"gone\"\n",
              "desk.signing_key_file: cannot read \"gone\""},
        Wrong{"ShortKey", domain, domain + "signing_key_file = \"short.key\"\n",
              "line 1 of \"short.key\" is no key; allowed: 64 hexadecimal digits"},
        Wrong{"ShortSealingKey", domain, domain + "sealing_key_file = \"short.key\"\n",
              "desk.sealing_key_file: line 1"},
        Wrong{"Separator", domain, domain + "subaddress_separator = \"++\"\n",
              "allowed: \"+\", \"-\", \"_\", \"=\""},
        Wrong{"TestClock", domain, domain + "test_clock = \"yes\"\n", "found \"yes\"; allowed: true, false"},
        Wrong{"StoreScheme", "sqlite:oind.db", "mysql://u:hidden@h/d", "store.url: no URL of a store"},
        Wrong{"TextAsTable", "[desk]\n", "log = \"debug\"\n[desk]\n",
              "log: found \"debug\"; allowed: a table: [log]"},
        Wrong{"TwoLogins", oin_password,
              oin_password + "[mailbox.oauth2]\naccess_token_file = \"password\"\n",
              "more than one way to log in"},
        Wrong{"NoLogin", oin_password, "", "mailbox: has no way to log in"},
        Wrong{"EmptyPassword", oin_password, "password_file = \"empty\"\n",
              "the first line of \"empty\" is empty"},
        Wrong{"CredentialIsPath", oin_password, "credential = \"../x\"\n", "allowed: a credential's name"},
        Wrong{"OAuthWithoutFile", oin_password, "[mailbox.oauth2]\n",
              "mailbox.oauth2.access_token_file: missing"},
        Wrong{"OAuthUnknownKey", oin_password,
              "[mailbox.oauth2]\naccess_token_file = \"password\"\nacces_token = 1\n",
              "mailbox.oauth2.acces_token: unknown key"},
        Wrong{"UserInUrl", oin_url, "url = \"imaps://me@mail.example.com\"\n", "no user in a URL"},
        Wrong{"SchemeOfSmtp", oin_url, "url = \"smtp://mail.example.com\"\n",
              "found \"smtp://\"; allowed: imap://, imaps://"},
        Wrong{"NoScheme", oin_url, "url = \"mail.example.com\"\n", "no scheme"},
        Wrong{"TlsOfImaps", oin_url, oin_url + "tls = \"starttls\"\n", "imaps:// is TLS from its first byte"},
        Wrong{"ClearText", oin_url, "url = \"imap://10.0.0.1\"\ntls = \"none\"\n",
              "for a server on this machine only"},
        Wrong{"CaFile", oin_url, oin_url + "tls_ca_file = \"gone.pem\"\n",
              "mailbox.tls_ca_file: cannot read \"gone.pem\""},
        Wrong{"LookUpsNowhere", "[smtp]", "[lookups]\nenabled = true\n[smtp]",
              "oind.toml:15: lookups.hosts: look-ups are on and no host is named"},
        Wrong{"LookUpHost", "[smtp]", "[lookups]\nhosts = [\"https://acme.example\"]\n[smtp]",
              "oind.toml:16: lookups.hosts: found \"https://acme.example\"; allowed: a host"},
        Wrong{"LookUpWildcard", "[smtp]", "[lookups]\nhosts = [\"help.*.example\"]\n[smtp]",
              "found \"help.*.example\"; allowed: a host"},
        Wrong{"LookUpAddress", "[smtp]", "[lookups]\nallow_addresses = [\"10.0.0.0/33\"]\n[smtp]",
              "lookups.allow_addresses: found \"10.0.0.0/33\"; allowed: an address"},
        Wrong{"LookUpAddressName", "[smtp]", "[lookups]\nallow_addresses = [\"localhost\"]\n[smtp]",
              "found \"localhost\"; allowed: an address"},
        Wrong{"LookUpResolve", "[smtp]", "[lookups]\nresolve = [\"acme.example\"]\n[smtp]",
              "lookups.resolve: found \"acme.example\"; allowed: HOST:PORT:ADDRESS"},
        Wrong{"LookUpKey", "[smtp]", "[lookups]\nhost = [\"acme.example\"]\n[smtp]",
              "lookups.host: unknown key; did you mean \"hosts\"?"},
        Wrong{"LookUpCaFile", "[smtp]", "[lookups]\ntls_ca_file = \"gone.pem\"\n[smtp]",
              "lookups.tls_ca_file: cannot read \"gone.pem\""},
        Wrong{"MoveNowhere", oin_url, oin_url + "after = \"move:\"\n",
              "allowed: \"flag\", \"seen\", \"move:FOLDER\""},
        Wrong{"MoveInPlace", oin_url, oin_url + "after = \"move:INBOX\"\n", "the folder it is read from"},
        Wrong{"SameAddress", "developers@example.com", "oin@example.com", "another mailbox's address too"},
        Wrong{"SmtpUserAlone", "[smtp]\n", "[smtp]\nuser = \"x\"\n", "there is a user but no password"},
        Wrong{"SmtpPasswordAlone", "[smtp]\n", "[smtp]\npassword_file = \"password\"\n",
              "there is a password but no user"},
        Wrong{"SmtpPath", "smtp://mail.example.com", "smtp://mail.example.com/x",
              "an smtp:// URL has no path"},
        Wrong{"Role", "[smtp]",
              "[[person]]\nname = \"G\"\naddress = \"g@x.example\"\nroles = [\"boss\"]\n[smtp]",
              "person.roles: found \"boss\"; allowed: \"reviewer\", \"qa\", \"publisher\", \"support\", "
              "\"security\", "
              "\"lead\""},
        Wrong{"Level", "[smtp]", "[log]\nlevel = \"loud\"\n[smtp]", "found \"loud\"; allowed: \"trace\""},
        Wrong{"Idle", "[smtp]", "[intake]\nidle_seconds = 1740\n[smtp]",
              "allowed: an integer from 1 to 1739"},
        Wrong{"BackOff", "[smtp]", "[intake]\nretry_first_seconds = 600\n[smtp]",
              "shorter than retry_first_seconds"},
        Wrong{"RulesGone", "[smtp]", "[paths]\nrules = \"gone\"\n[smtp]",
              "paths.rules: there is no folder \""},
        Wrong{"WorkflowGone", "[smtp]", "[paths]\nworkflow = \"gone.toml\"\n[smtp]",
              "paths.workflow: there is no file \""},
        Wrong{"LongSocket", "[smtp]", "[paths]\nsocket = \"" + std::string(108, 's') + "\"\n[smtp]",
              "longer than the 107 bytes"}),
    [](const auto& test) { return test.param.name; });

TEST_F(Load, RefusesAKeyThatEveryoneMayRead) {
  write("signing.key", std::string(64, '0') + "\n");
  std::filesystem::permissions(folder / "signing.key", std::filesystem::perms(0644));
  write("oind.toml", least_settings);
  oin::load(folder / "oind.toml", problems);
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_THAT(problems[0], HasSubstr("a key is secret: chmod 600"));
}

TEST_F(Load, NeverShowsWhatASecretFileHolds) {
  write("signing.key", "topsecret\n");
  load(least_settings);
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_THAT(told(), Not(HasSubstr("topsecret")));
}

TEST_F(Load, TakesATokenInPlaceOfAPassword) {
  write("token", "ya29.token\n");
  const Configuration c = load(with(least_settings, "password_file = \"password\"\n",
                                    "[mailbox.oauth2]\naccess_token_file = \"token\"\n"));
  EXPECT_EQ(told(), "");
  EXPECT_EQ(c.settings.mailboxes[0].server.access_token_file, folder / "token");
  EXPECT_TRUE(c.settings.mailboxes[0].server.password.empty());
  EXPECT_TRUE(c.settings.mailboxes[1].server.access_token_file.empty());
}

TEST_F(Load, TakesCredentialsThatSystemdPasses) {
  write("run/imap", "from systemd");
  ::setenv("CREDENTIALS_DIRECTORY", (folder / "run").c_str(), 1);
  const Configuration c = load(with(least_settings, "password_file = \"password\"", "credential = \"imap\""));
  ::unsetenv("CREDENTIALS_DIRECTORY");
  EXPECT_EQ(told(), "");
  EXPECT_EQ(c.settings.mailboxes[0].server.password.reveal(), "from systemd");
}

TEST_F(Load, AllowsClearTextToThisMachineOnly) {
  const Configuration c = load(with(with(least_settings, "imaps://mail.example.com\"",
                                         "imap://127.0.0.1:1143/Shared%20Box\"\ntls = \"none\""),
                                    "smtp://mail.example.com\"", "smtp://[::1]:2525\"\ntls = \"none\""));
  EXPECT_EQ(told(), "");
  EXPECT_EQ(c.settings.mailboxes[0].server.tls, ServerSettings::Tls::none);
  EXPECT_EQ(c.settings.mailboxes[0].server.port, 1143);
  EXPECT_EQ(c.settings.mailboxes[0].folder, "Shared Box");
  EXPECT_EQ(c.settings.smtp.server.host, "::1");
  EXPECT_EQ(c.settings.smtp.server.port, 2525);
}

TEST_F(Load, FindsTheWorkflowBesideTheFileAndNamesItsLines) {
  write("workflow.toml", "[limits]\nletters_per_minute = 7\n[calendar]\ntime_zone = \"?\"\n");
  const Configuration c = load(least_settings);
  EXPECT_EQ(c.workflow.limits.letters_per_minute, 7);
  EXPECT_EQ(
      told(),
      "workflow.toml:4: calendar.time_zone: found \"?\"; allowed: an IANA name such as Europe/Berlin\n");
}

TEST_F(Load, TakesOnlyTheCuesThatAnOperatorWrote) {
  write("my/cues.toml", "[[cue]]\nintent = \"removal\"\nwords = [\"away\"]\n");
  const Configuration c = load(with(least_settings, "[smtp]", "[paths]\ncues = \"my/cues.toml\"\n[smtp]"));
  EXPECT_EQ(told(), "");
  ASSERT_THAT(c.workflow.cues, SizeIs(1));
  EXPECT_THAT(c.workflow.cues[0].where, ElementsAre("subject", "text"));
}

TEST_F(Load, SaysSoWhenThereIsNoFile) {
  oin::load(folder / "absent.toml", problems);
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_THAT(problems[0], HasSubstr("No such file or directory"));
}

}  // namespace
}  // namespace oin
