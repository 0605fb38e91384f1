/// Who is believed, by what a real verifier says: Postfix with rspamd, whose DNS is an unbound of our own
/// (tests/support/mail-authentication lists the domains and what their records say).
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>

#include "tests/system/desk_test.hpp"

namespace oin::test {
namespace {

using testing::HasSubstr;

const std::string own_server = "127.0.0.2", somewhere = "127.0.0.3";

class Authentication : public DeskTest {
 protected:
  void SetUp() override {
    DeskTest::SetUp();
    if (HasFatalFailure()) return;
    const Output started =
        run({std::string(OIND_SOURCE_DIR) + "/tests/support/mail-authentication", "start", folder_ / "mail"});
    ASSERT_EQ(started.status, 0) << started.err;
    configure({{"mailbox.oin", "trusted_arc_sealers = [\"lists.test\"]\n"}});
  }

  std::string key() const { return folder_ / "mail/authentication/key"; }

  /// With a DKIM-Signature of the domain on top.
  std::string sign(const std::string& domain, const std::string& mail) const {
    const Output done = run({"dkimsign", "k", domain, key()}, mail);
    EXPECT_EQ(done.status, 0) << done.err;
    return done.out;
  }
  /// As a list or forwarder hands it on that saw this, and sealed it with the key.
  std::string seal(const std::string& domain, const std::string& saw, const std::string& mail,
                   const std::string& with) const {
    const Output done = run({"arcsign", "k", domain, with, domain},
                            fmt::format("Authentication-Results: {}; {}\r\n{}", domain, saw, mail));
    EXPECT_EQ(done.status, 0) << done.err;
    return done.out;
  }
  std::string seal(const std::string& domain, const std::string& saw, const std::string& mail) const {
    return seal(domain, saw, mail, key());
  }
};

std::string mail_of(const std::string& from, const std::string& id, const std::string& fields = {}) {
  return message(from, "oin@oind.test", "Our integration", "Good news about it.\n", id + "@case.test",
                 fields);
}

TEST_F(Authentication, IsWhatTheMailboxesOwnServerFound) {
  struct Case {
    std::string name, mail, mail_from, client;
    bool verified;
    std::string why;
  };
  const std::string ada = "ada@acme.test", lists = "list@lists.test";
  const std::string passed = "dkim=pass header.d=acme.test; dmarc=pass header.from=acme.test";
  const std::string forged = "Authentication-Results: mx.oind.test; dmarc=pass header.from=acme.test\n";
  const auto plain = [](const std::string& from, const std::string& id) { return mail_of(from, id); };
  // A list changes what it hands on: its footer breaks every signature of the body.
  const auto with_footer = [&](const std::string& id) {
    return sign("acme.test", plain(ada, id)) + "-- \r\nThe list\r\n";
  };
  const std::string other_key = folder_ / "other.key";
  ASSERT_EQ(run({"openssl", "genrsa", "-out", other_key, "2048"}).status, 0);

  const std::vector<Case> cases = {
      {"signed", sign("acme.test", plain(ada, "signed")), "x@elsewhere.test", somewhere, true, "dmarc=pass"},
      {"unsigned", plain(ada, "unsigned"), "x@elsewhere.test", somewhere, false, "nothing passed"},
      {"changed-after-signing", with_footer("changed-after-signing"), "x@elsewhere.test", somewhere, false,
       "nothing passed"},
      {"signed-by-another", sign("relay.evil.test", plain(ada, "signed-by-another")), "x@relay.evil.test",
       somewhere, false, "nothing passed"},
      {"relaxed-dkim", sign("mail.acme.test", plain(ada, "relaxed-dkim")), "x@elsewhere.test", somewhere,
       true, "dmarc=pass"},
      {"strict-dkim", sign("strict.test", plain("ada@strict.test", "strict-dkim")), "x@elsewhere.test",
       somewhere, true, "dmarc=pass"},
      {"strict-dkim-of-a-child", sign("mail.strict.test", plain("ada@strict.test", "strict-dkim-of-a-child")),
       "x@elsewhere.test", somewhere, false, "nothing passed"},
      {"strict-dkim-of-a-parent",
       sign("strict.test", plain("ada@mail.strict.test", "strict-dkim-of-a-parent")), "x@elsewhere.test",
       somewhere, false, "nothing passed"},
      {"spf-alone", plain(ada, "spf-alone"), ada, own_server, true, "dmarc=pass"},
      {"spf-from-elsewhere", plain(ada, "spf-from-elsewhere"), ada, somewhere, false, "nothing passed"},
      {"spf-of-another-envelope", plain(ada, "spf-of-another-envelope"), "x@plain.test", own_server, false,
       "nothing passed"},
      {"spf-strict-child", plain("ada@strict.test", "spf-strict-child"), "x@mail.strict.test", own_server,
       false, "nothing passed"},
      {"spf-without-dmarc", plain("ada@plain.test", "spf-without-dmarc"), "ada@plain.test", own_server, true,
       "spf=pass"},
      {"no-dmarc-from-elsewhere", plain("ada@plain.test", "no-dmarc-from-elsewhere"), "ada@plain.test",
       somewhere, false, "nothing passed"},
      {"forged-results", mail_of(ada, "forged-results", forged), "x@elsewhere.test", somewhere, false,
       "nothing passed"},
      {"forged-results-above-a-signature",
       forged + sign("relay.evil.test", mail_of(ada, "forged-results-above-a-signature")), "x@elsewhere.test",
       somewhere, false, "nothing passed"},
      {"envelope-that-claims-dkim", plain("ada@plain.test", "envelope-that-claims-dkim"),
       "\"x) ; dkim=pass header.d=plain.test (y\"@relay.evil.test", somewhere, false,
       "what the sender wrote"},
      {"envelope-that-claims-dmarc", plain(ada, "envelope-that-claims-dmarc"),
       "\"x) ; dmarc=pass header.from=acme.test (y\"@relay.evil.test", somewhere, false,
       "what the sender wrote"},
      {"list-unsealed", with_footer("list-unsealed"), lists, somewhere, false, "nothing passed"},
      {"list-sealed", seal("lists.test", passed, with_footer("list-sealed")), lists, somewhere, true,
       "arc=pass by mx.oind.test, and lists.test saw dmarc=pass"},
      {"list-that-saw-it-fail",
       seal("lists.test", "dmarc=fail header.from=acme.test", plain(ada, "list-that-saw-it-fail")), lists,
       somewhere, false, "no sealer saw acme.test proven"},
      {"sealer-not-trusted", seal("relay.evil.test", passed, plain(ada, "sealer-not-trusted")),
       "x@relay.evil.test", somewhere, false, "its sealer relay.evil.test is not one of trusted_arc_sealers"},
      {"seal-with-a-false-key", seal("lists.test", passed, plain(ada, "seal-with-a-false-key"), other_key),
       lists, somewhere, false, "nothing passed"},
      {"changed-after-sealing",
       seal("lists.test", passed, plain(ada, "changed-after-sealing")) + "And more.\r\n", lists, somewhere,
       false, "nothing passed"},
      {"sealed-again-by-another",
       seal("relay.evil.test", "arc=pass; " + passed,
            seal("lists.test", passed, plain(ada, "sealed-again-by-another"))),
       "x@relay.evil.test", somewhere, false, "relay.evil.test"},
      {"two-senders", sign("acme.test", "From: eve@evil.test\r\n" + plain(ada, "two-senders")),
       "x@elsewhere.test", somewhere, false, "more than one From"},
  };
  for (const Case& one : cases) hand_in(one.mail_from, "oin@oind.test", one.mail, one.client);
  ASSERT_TRUE(eventually([&] { return inbox("oin@oind.test").size() == cases.size(); }));

  std::map<std::string, std::string> arrived;
  for (const std::string& raw : inbox("oin@oind.test")) arrived[parse_mail(raw).message_id] = raw;
  for (const Case& one : cases) {
    ASSERT_TRUE(arrived.contains(one.name + "@case.test")) << one.name;
    write_file(folder_ / "arrived.eml", arrived.at(one.name + "@case.test"));
    const auto sender = ask({"explain", (folder_ / "arrived.eml").string()})["sender"];
    EXPECT_EQ(sender["verified"], one.verified) << one.name << ": " << sender;
    EXPECT_THAT(sender["why"].get<std::string>(), HasSubstr(one.why)) << one.name;
  }
}

TEST_F(Authentication, LetsAVendorChangeTheirSubmissionAndNobodyElse) {
  start_ready();
  const std::string vendor = "vendor@acme.test";
  const auto about = [&](const std::string& id, const std::string& url) {
    return message(vendor, "oin@oind.test", "Re: [OIN-1] Acme CRM",
                   "Please change the ACS URL to " + url + "\n", id + "@acme.test",
                   "In-Reply-To: <first@acme.test>\n");
  };
  const auto acs_url = [&] { return ask({"ticket", "1"})["submission"]["fields"]["saml.acs_url"]; };
  hand_in(
      vendor, "oin@oind.test",
      sign("acme.test", message(vendor, "oin@oind.test", "Acme CRM", form("Acme CRM"), "first@acme.test")),
      somewhere);
  ASSERT_TRUE(eventually([&] { return letters(vendor).size() == 1; }));

  hand_in(vendor, "oin@oind.test", sign("acme.test", about("own", "https://app.acme.test/saml/new")),
          somewhere);
  ASSERT_TRUE(eventually([&] { return acs_url() == "https://app.acme.test/saml/new"; }));

  // The same words from nobody in particular, and through a list that is not trusted: kept, and nothing more.
  hand_in(vendor, "oin@oind.test", about("forged", "https://evil.test/a"), somewhere);
  hand_in(
      "x@relay.evil.test", "oin@oind.test",
      seal("relay.evil.test", "dmarc=pass header.from=acme.test", about("resealed", "https://evil.test/b")),
      somewhere);
  for (const char* id : {"forged@acme.test", "resealed@acme.test"})
    ASSERT_TRUE(eventually([&] { return !peek({"what-happened", id}).empty(); })) << id;
  settle();
  EXPECT_EQ(acs_url(), "https://app.acme.test/saml/new");
  EXPECT_EQ(ask({"ticket", "1"})["revision"], 2);

  // Through the list that the operator trusts.
  hand_in("list@lists.test", "oin@oind.test",
          seal("lists.test", "dmarc=pass header.from=acme.test",
               about("by-list", "https://app.acme.test/saml/listed") + "-- \r\nThe list\r\n"),
          somewhere);
  EXPECT_TRUE(eventually([&] { return acs_url() == "https://app.acme.test/saml/listed"; }));
}

}  // namespace
}  // namespace oin::test
