/// The links of a submission, opened by the whole daemon: the vendor's web servers are small ones on
/// loopback.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/support/web_server.hpp"
#include "tests/system/desk_test.hpp"
#include "tests/workflow/sample_submissions.hpp"

namespace oin::test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class LookUps : public DeskTest {
 protected:
  const Certificate certificate_ = Certificate::self_signed("DNS:www.acme.test,DNS:help.acme.test");
  WebServer web_{certificate_};

  std::string address(const std::string& host, const std::string& path) const {
    return fmt::format("https://{}:{}{}", host, web_.port(), path);
  }
  /// `more` stands in [lookups].
  void configure_look_ups(const std::string& more) {
    write_file(folder_ / "web.pem", certificate_.certificate);
    configure(
        {{"desk.test_clock", "true"},
         {"end", fmt::format("[lookups]\nhosts = [\"*.acme.test\"]\nallow_addresses = [\"127.0.0.1/32\"]\n"
                             "resolve = [\"www.acme.test:{0}:127.0.0.1\", \"help.acme.test:{0}:127.0.0.1\"]\n"
                             "tls_ca_file = \"web.pem\"\n{1}",
                             web_.port(), more)}});
  }
  std::string form_with_links() const {
    std::string text = form("Acme CRM");
    const std::string website = "https://www.acme.test";
    text.replace(text.find(website), website.size(), address("www.acme.test", "/crm"));
    return text + "Configuration guide: " + address("help.acme.test", "/okta-scim") + "\n";
  }
  void send(const std::string& to, const std::string& text, const std::string& message_id) {
    submit("vendor@acme.test", to, message("vendor@acme.test", to, "Acme CRM", text, message_id));
  }
  nlohmann::json issue(const std::string& code) {
    const auto ticket = ask({"ticket", "1"});
    for (const auto& each : ticket["issues"])
      if (each["code"] == code) return each;
    return {};
  }
};

TEST_F(LookUps, TellTheVendorWhatTheySawAndSeeWhatIsMended) {
  configure_look_ups("enabled = true\n");
  std::string guide = sample::guide();
  const auto begin = guide.find("<h2>Attributes"), end = guide.find("<h2>Known");
  guide.erase(begin, end - begin);
  web_.serve("/okta-scim", page("200 OK", guide));
  start_ready();
  send("oin@oind.test", form_with_links(), "first@acme.test");

  // The acknowledgement does not wait for the web; what was seen is told in one letter of its own.
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 2; }));
  EXPECT_THAT(letters("vendor@acme.test")[0].subject, Not(HasSubstr("links")));
  const Mail told = letters("vendor@acme.test")[1];
  EXPECT_THAT(told.subject, HasSubstr("We opened the links of Acme CRM"));
  EXPECT_THAT(told.text, HasSubstr("its server answers that there is no such page (404)"));
  EXPECT_THAT(told.text, HasSubstr("has no section on attributes"));
  const auto website = issue("app.website-unreachable");
  ASSERT_FALSE(website.is_null());
  EXPECT_EQ(website["state"], "open");
  EXPECT_EQ(issue("guide.no-attributes").value("state", ""), "open");
  // The links to other hosts than the listed ones were not opened, and are no fault of the vendor's.
  EXPECT_THAT(ask({"ticket", "1"}).dump(),
              HasSubstr("www.runscope.com is none of the hosts that may be looked up"));
  EXPECT_TRUE(issue("scim.runscope-private").is_null());

  web_.serve("/crm", page("200 OK", "<h1>Acme CRM</h1>"));
  send(told.reply_to.at(0).addr_spec, fmt::format("{} is fixed.\n", website["number"].get<int>()),
       "second@acme.test");
  ASSERT_TRUE(eventually([&] { return issue("app.website-unreachable")["state"] == "fixed"; }));
  EXPECT_EQ(issue("guide.no-attributes")["state"], "open");
  settle();
  EXPECT_EQ(stop_desk(), 0);
}

TEST_F(LookUps, AreNotMadeUnlessTheyAreSwitchedOn) {
  configure_look_ups("");
  start_ready();
  send("oin@oind.test", form_with_links(), "first@acme.test");
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 1; }));
  settle();
  EXPECT_EQ(web_.connections(), 0);
  EXPECT_THAT(ask({"ticket", "1"}).dump(), Not(HasSubstr("links-looked")));
}

TEST_F(LookUps, HoldNobodyUpAndAreRepeatedAfterACrash) {
  configure_look_ups("enabled = true\nseconds = 300\n");
  const WebAnswer slow{page("404 Not Found", std::string(5'000, 'x')).bytes, WebAnswer::Pace::drip};
  web_.serve("/crm", slow);
  start_ready();
  send("oin@oind.test", form_with_links(), "first@acme.test");
  ASSERT_TRUE(eventually([&] { return web_.connections() == 1; }));
  // Other mail goes its way while the web server drips.
  send("developers@oind.test", "How do I build a SCIM integration?\n", "second@acme.test");
  ASSERT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 2; }));
  kill_desk();

  web_.serve("/crm", page("404 Not Found", "gone"));
  start_ready();
  ask({"clock", "advance", "10m"});
  ASSERT_TRUE(eventually([&] { return issue("app.website-unreachable")["state"] == "open"; }));
  settle();
  EXPECT_EQ(letters("vendor@acme.test").size(), 3u);

  // And a look-up in flight does not keep the daemon from stopping.
  web_.serve("/crm", slow);
  const std::string reply_to = letters("vendor@acme.test").back().reply_to.at(0).addr_spec;
  const int before = web_.connections();
  send(reply_to, fmt::format("{} is fixed.\n", issue("app.website-unreachable")["number"].get<int>()),
       "third@acme.test");
  ASSERT_TRUE(eventually([&] { return web_.connections() > before; }));
  EXPECT_EQ(stop_desk(), 0);
}

TEST_F(LookUps, AreMadeInASinglePassToo) {
  configure_look_ups("enabled = true\n");
  drop("oin@oind.test",
       message("vendor@acme.test", "oin@oind.test", "Acme CRM", form_with_links(), "first@acme.test"));
  const Output pass = oind({"--once"});
  EXPECT_EQ(pass.status, 0) << pass.err;
  EXPECT_EQ(issue("app.website-unreachable").value("state", ""), "open");
  // What Postfix has taken over may still be on its way to the inbox.
  EXPECT_TRUE(eventually([&] { return letters("vendor@acme.test").size() == 2; }));
}

}  // namespace
}  // namespace oin::test
