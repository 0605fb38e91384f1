// fetch() against small web servers on loopback, which stand for anybody's: names are led to them by
// `resolve`.

#include "daemon/net/web_fetch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <filesystem>
#include <fstream>

#include "tests/support/wait_for.hpp"
#include "tests/support/web_server.hpp"

namespace oin::net {
namespace {

using namespace std::chrono_literals;
using test::Certificate;
using test::page;
using test::redirect;
using test::WebAnswer;
using test::WebServer;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class WebFetch : public testing::Test {
 protected:
  WebFetch() {
    rules.hosts = {"help.acme.example", "*.docs.example"};
    rules.allowed_addresses = {*address_range("127.0.0.1/32")};
    rules.time = 5s;
    at("help.acme.example", server);
  }
  void at(const std::string& host, const WebServer& where, const std::string& address = "127.0.0.1") {
    rules.resolve.push_back(host + ":" + std::to_string(where.port()) + ":" + address);
  }
  std::string url(const std::string& path, const std::string& host = "help.acme.example") const {
    return "http://" + host + ":" + std::to_string(server.port()) + path;
  }
  WebPage get(const std::string& address) { return wait_for(fetch(loop, address, rules)); }

  /// Trusted by `rules` alone.
  void trust(const Certificate& certificate) {
    const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("oind-web-" + std::to_string(getpid()));
    std::ofstream(file) << certificate.certificate;
    rules.ca_file = file.string();
  }
  ~WebFetch() override {
    if (!rules.ca_file.empty()) std::filesystem::remove(rules.ca_file);
  }

  CurlGlobal curl;
  test::WaitFor wait_for;
  CurlLoop loop{wait_for.io.get_executor()};
  WebServer server;
  WebRules rules;
};

TEST_F(WebFetch, GivesThePageAndItsType) {
  server.serve("/guide?v=2", page("200 OK", "<h1>Guide</h1>", "Text/HTML; charset=utf-8"));
  const WebPage got = get(url("/guide?v=2#steps"));
  EXPECT_EQ(got.end, WebEnd::answered) << got.why;
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.content_type, "text/html");
  EXPECT_EQ(got.body, "<h1>Guide</h1>");
  EXPECT_EQ(got.url, url("/guide?v=2"));
}

TEST_F(WebFetch, SaysWhoAsksAndNothingElseAboutUs) {
  server.serve("/", page("200 OK", "", "text/html", "Set-Cookie: seen=1; Path=/\r\n"));
  get(url("/"));
  get(url("/"));
  ASSERT_THAT(server.heard(), SizeIs(2));
  EXPECT_THAT(server.heard()[1], HasSubstr("User-Agent: oind-link-check/"));
  EXPECT_THAT(server.heard()[1], Not(HasSubstr("Cookie")));
  EXPECT_THAT(server.heard()[1], Not(HasSubstr("Authorization")));
}

TEST_F(WebFetch, GivesTheStatusOfAPageThatIsNotThere) {
  const WebPage got = get(url("/gone"));
  EXPECT_EQ(got.end, WebEnd::answered);
  EXPECT_EQ(got.status, 404);
}

TEST_F(WebFetch, FollowsRedirectsToTheEnd) {
  server.serve("/old", redirect("/older", "301 Moved Permanently"));
  server.serve("/older", redirect("new"));
  server.serve("/new", page("200 OK", "here"));
  const WebPage got = get(url("/old"));
  EXPECT_EQ(got.body, "here") << got.why;
  EXPECT_EQ(got.url, url("/new"));
}

TEST_F(WebFetch, GivesUpACircle) {
  rules.redirects = 3;
  server.serve("/a", redirect("/b"));
  server.serve("/b", redirect("/a"));
  const WebPage got = get(url("/a"));
  EXPECT_EQ(got.end, WebEnd::too_many_redirects);
  EXPECT_EQ(got.why, "more than 3 redirects");
  EXPECT_THAT(server.heard(), SizeIs(4));
}

TEST_F(WebFetch, RefusesAHostThatIsNotListed) {
  const WebPage got = get("https://elsewhere.example/");
  EXPECT_EQ(got.end, WebEnd::host_refused);
  EXPECT_EQ(got.why, "elsewhere.example is none of the hosts that may be looked up");
}

TEST_F(WebFetch, RefusesARedirectToAHostThatIsNotListed) {
  WebServer other;
  at("elsewhere.example", other);
  const std::string there = "http://elsewhere.example:" + std::to_string(other.port()) + "/login";
  server.serve("/", redirect(there));
  const WebPage got = get(url("/"));
  EXPECT_EQ(got.end, WebEnd::host_refused);
  EXPECT_EQ(got.url, there);
  EXPECT_EQ(other.connections(), 0);
}

TEST_F(WebFetch, RefusesAnAddressOfItsOwnNetworkWithoutContact) {
  rules.hosts = {"*"};
  WebServer other;
  rules.allowed_addresses.clear();
  for (const std::string host :
       {"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "localhost"}) {
    const WebPage got = get("http://" + host + ":" + std::to_string(other.port()) + "/");
    EXPECT_EQ(got.end, WebEnd::address_refused) << host << ": " << got.why;
  }
  EXPECT_EQ(other.connections(), 0);
}

TEST_F(WebFetch, RefusesANameThatIsLedToSuchAnAddress) {
  WebServer other;
  at("metadata.docs.example", other, "127.0.0.2");
  const WebPage got = get("http://metadata.docs.example:" + std::to_string(other.port()) + "/");
  EXPECT_EQ(got.end, WebEnd::address_refused);
  EXPECT_EQ(got.why, "metadata.docs.example is at 127.0.0.2, which is no public address");
}

TEST_F(WebFetch, RefusesARedirectToTheMetadataServiceOfACloud) {
  rules.hosts = {"*"};
  server.serve("/", redirect("http://169.254.169.254/latest/meta-data/"));
  const auto began = std::chrono::steady_clock::now();
  const WebPage got = get(url("/"));
  EXPECT_EQ(got.end, WebEnd::address_refused) << got.why;
  EXPECT_EQ(got.url, "http://169.254.169.254/latest/meta-data/");
  EXPECT_LT(std::chrono::steady_clock::now() - began, 2s);  // no attempt that would have to time out
}

TEST_F(WebFetch, EndsInTimeWhateverDrips) {
  rules.time = 300ms;
  WebAnswer slow = page("200 OK", std::string(1000, 'x'));
  slow.pace = WebAnswer::Pace::drip;
  server.serve("/", slow);
  const auto began = std::chrono::steady_clock::now();
  const WebPage got = get(url("/"));
  EXPECT_EQ(got.end, WebEnd::timed_out);
  EXPECT_EQ(got.why, "no whole answer within 300 ms");
  EXPECT_LT(std::chrono::steady_clock::now() - began, 3s);
}

TEST_F(WebFetch, CountsTheTimeOfAllHopsTogether) {
  rules.time = 500ms;
  WebAnswer slow = redirect("/");  // about 90 bytes, 50 ms each: no hop of it ends in time
  slow.pace = WebAnswer::Pace::drip;
  server.serve("/", slow);
  EXPECT_EQ(get(url("/")).end, WebEnd::timed_out);
}

TEST_F(WebFetch, StopsReadingWhatNeverEnds) {
  rules.bytes = 100'000;
  server.serve("/", {"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + std::string(10'000, 'x'),
                     WebAnswer::Pace::endless});
  const WebPage got = get(url("/"));
  EXPECT_EQ(got.end, WebEnd::too_large);
  EXPECT_EQ(got.status, 200);
  EXPECT_THAT(got.body, IsEmpty());
}

TEST_F(WebFetch, StopsReadingAHeaderThatNeverEnds) {
  std::string fields;
  for (int i = 0; i < 2'000; ++i) fields += "X-" + std::to_string(i) + ": " + std::string(50, 'x') + "\r\n";
  server.serve("/", page("200 OK", "x", "text/html", fields));
  EXPECT_EQ(get(url("/")).end, WebEnd::too_large);
}

TEST_F(WebFetch, BelievesTheAnnouncedSize) {
  rules.bytes = 100'000;
  server.serve("/", {"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\nx", WebAnswer::Pace::at_once});
  EXPECT_EQ(get(url("/")).end, WebEnd::too_large);
}

TEST_F(WebFetch, SaysThatNothingListens) {
  std::string gone;
  {
    WebServer closed;
    at("www.docs.example", closed);
    gone = "http://www.docs.example:" + std::to_string(closed.port()) + "/";
  }
  EXPECT_EQ(get(gone).end, WebEnd::unreachable);
}

TEST_F(WebFetch, SaysThatWhatAnswersIsNoWebServer) {
  server.serve("/", {"220 mail.example ESMTP\r\n", WebAnswer::Pace::at_once});
  EXPECT_EQ(get(url("/")).end, WebEnd::unreachable);
}

struct BadUrl {
  std::string name, url, why;
};
class WebFetchRefuses : public WebFetch, public testing::WithParamInterface<BadUrl> {};
TEST_P(WebFetchRefuses, WhatIsNoPlainAddressOfAWebPage) {
  rules.hosts = {"*"};
  const WebPage got = get(GetParam().url);
  EXPECT_EQ(got.end, WebEnd::bad_url);
  EXPECT_THAT(got.why, HasSubstr(GetParam().why));
}
INSTANTIATE_TEST_SUITE_P(
    Urls, WebFetchRefuses,
    testing::Values(BadUrl{"File", "file:///etc/passwd", "file:// is not looked up"},
                    BadUrl{"Gopher", "gopher://127.0.0.1:25/_HELO", "is not looked up"},
                    BadUrl{"Ftp", "ftp://help.acme.example/", "is not looked up"},
                    BadUrl{"Login", "http://user:secret@help.acme.example/", "with a user name"},
                    BadUrl{"User", "http://user@help.acme.example/", "with a user name"},
                    BadUrl{"MailPort", "http://help.acme.example:25/", "port 25"},
                    BadUrl{"NoScheme", "help.acme.example/guide", "no address"},
                    BadUrl{"Nothing", "", "no address"}, BadUrl{"Blank", "http://help acme/", "no address"}),
    [](const auto& test) { return test.param.name; });

TEST_F(WebFetch, VerifiesCertificateAndName) {
  const Certificate own = Certificate::self_signed("DNS:help.acme.example"),
                    other = Certificate::self_signed("DNS:other.example"),
                    expired = Certificate::self_signed("DNS:old.docs.example", -1);
  WebServer good(own), wrong_name(own), untrusted(other), old(expired);
  at("help.acme.example", good);
  at("www.docs.example", wrong_name);
  at("self.docs.example", untrusted);
  at("old.docs.example", old);
  trust(Certificate{"", own.certificate + expired.certificate});
  const auto https = [&](const std::string& host, const WebServer& where) {
    return get("https://" + host + ":" + std::to_string(where.port()) + "/");
  };
  good.serve("/", page("200 OK", "secure"));
  EXPECT_EQ(https("help.acme.example", good).body, "secure");
  WebPage got = https("www.docs.example", wrong_name);
  EXPECT_EQ(got.end, WebEnd::bad_certificate) << got.why;
  EXPECT_EQ(got.why, "its certificate is for another name");
  got = https("self.docs.example", untrusted);
  EXPECT_EQ(got.end, WebEnd::bad_certificate) << got.why;
  EXPECT_EQ(got.why, "its certificate is self-signed");
  got = https("old.docs.example", old);
  EXPECT_EQ(got.end, WebEnd::bad_certificate) << got.why;
  EXPECT_EQ(got.why, "its certificate has expired");
  EXPECT_THAT(untrusted.heard(), IsEmpty());
}

TEST_F(WebFetch, EndsWhenCancelled) {
  WebAnswer slow = page("200 OK", std::string(1000, 'x'));
  slow.pace = WebAnswer::Pace::drip;
  server.serve("/", slow);
  boost::asio::cancellation_signal stop;
  bool ended = false;
  boost::asio::co_spawn(
      wait_for.io, fetch(loop, url("/"), rules),
      boost::asio::bind_cancellation_slot(stop.slot(), [&](std::exception_ptr, WebPage) { ended = true; }));
  boost::asio::steady_timer timer(wait_for.io, 200ms);
  timer.async_wait([&](auto) { stop.emit(boost::asio::cancellation_type::terminal); });
  const auto began = std::chrono::steady_clock::now();
  wait_for.io.restart();
  while (!ended) wait_for.io.run_one();
  EXPECT_LT(std::chrono::steady_clock::now() - began, 2s);
}

TEST(WebHosts, AreListedByNameOrByTheDomainAboveThem) {
  const std::vector<std::string> hosts = {"help.acme.example", "*.docs.example"};
  for (const char* good : {"help.acme.example", "a.docs.example", "a.b.docs.example"})
    EXPECT_TRUE(host_is_listed(good, hosts)) << good;
  for (const char* bad : {"acme.example", "x.help.acme.example", "docs.example", "evildocs.example",
                          ".docs.example", "", "help.acme.example.evil.example"})
    EXPECT_FALSE(host_is_listed(bad, hosts)) << bad;
  EXPECT_TRUE(host_is_listed("anything.example", {"*"}));
  EXPECT_FALSE(host_is_listed("anything.example", {}));
}

}  // namespace
}  // namespace oin::net
