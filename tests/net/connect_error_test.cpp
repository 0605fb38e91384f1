#include "daemon/net/connect_error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oin::net {
namespace {

using testing::HasSubstr;
using testing::Not;

Endpoint endpoint() {
  Endpoint there;
  there.host = "imap.example.com";
  there.ca_file = "/etc/oind/ca.pem";
  there.credentials = {"oin@example.com", "secret", ""};
  return there;
}

struct ErrorCase {
  std::string name;
  CURLcode code;
  std::string curl_text, server_text;
  Fault fault;
  std::string what;
};
class ConnectError : public testing::TestWithParam<ErrorCase> {};
TEST_P(ConnectError, SaysWhatAnOperatorCanDo) {
  const ErrorCase& c = GetParam();
  const Error error =
      connect_error(endpoint(), {c.code, c.curl_text, c.server_text, std::chrono::seconds(60)});
  EXPECT_EQ(error.fault, c.fault);
  EXPECT_EQ(error.what, "imaps://imap.example.com:993: " + c.what);
  EXPECT_THAT(error.what, Not(HasSubstr("secret")));
}
INSTANTIATE_TEST_SUITE_P(
    Curl, ConnectError,
    testing::Values(
        ErrorCase{"Password", CURLE_LOGIN_DENIED, "", "A002 NO [AUTHENTICATIONFAILED] Authentication failed.",
                  Fault::permanent,
                  "the server refused the user name or password of \"oin@example.com\" (A002 NO "
                  "[AUTHENTICATIONFAILED] "
                  "Authentication failed.)"},
        ErrorCase{"PasswordLater", CURLE_LOGIN_DENIED, "",
                  "A002 NO [UNAVAILABLE] Temporary authentication failure.", Fault::transient,
                  "the server cannot check passwords now (A002 NO [UNAVAILABLE] Temporary authentication "
                  "failure.)"},
        ErrorCase{"SmtpPasswordLater", CURLE_LOGIN_DENIED, "", "454 4.7.0 Temporary authentication failure",
                  Fault::transient,
                  "the server cannot check passwords now (454 4.7.0 Temporary authentication failure)"},
        ErrorCase{"Expired", CURLE_PEER_FAILED_VERIFICATION,
                  "SSL certificate problem: certificate has expired", "", Fault::permanent,
                  "the server's certificate has expired; its owner must renew it (SSL certificate problem: "
                  "certificate has expired)"},
        ErrorCase{"WrongHost", CURLE_PEER_FAILED_VERIFICATION,
                  "SSL: no alternative certificate subject name matches target host name 'imap.example.com'",
                  "", Fault::permanent,
                  "the server's certificate is for another host name than \"imap.example.com\"; set host to "
                  "the name it bears (SSL: "
                  "no alternative certificate subject name matches target host name 'imap.example.com')"},
        ErrorCase{"UnknownCa", CURLE_PEER_FAILED_VERIFICATION,
                  "SSL certificate problem: unable to get local issuer certificate", "", Fault::permanent,
                  "the server's certificate comes from an authority unknown here; set tls_ca_file to that "
                  "authority's certificate "
                  "(PEM) (SSL certificate problem: unable to get local issuer certificate)"},
        ErrorCase{"NoStartTls", CURLE_USE_SSL_FAILED, "", "", Fault::permanent,
                  "the server does not offer STARTTLS, and no password is sent without; is the port right?"},
        ErrorCase{"BadCaFile", CURLE_SSL_CACERT_BADFILE, "error setting certificate file", "",
                  Fault::permanent,
                  "tls_ca_file \"/etc/oind/ca.pem\" cannot be read (error setting certificate file)"},
        ErrorCase{"Silence", CURLE_OPERATION_TIMEDOUT, "", "", Fault::transient, "no answer within 60 s"},
        ErrorCase{"Busy", CURLE_WEIRD_SERVER_REPLY, "Got unexpected imap-server response",
                  "* BYE too many connections", Fault::transient,
                  "Got unexpected imap-server response (* BYE too many connections)"}),
    [](const auto& test) { return test.param.name; });

TEST(ConnectError, NamesTheTokenWhenThatWasRefused) {
  Endpoint there = endpoint();
  there.credentials.bearer_token = "opaque";
  const ConnectFailure failure{CURLE_LOGIN_DENIED, "", "A002 NO nope", {}};
  EXPECT_THAT(connect_error(there, failure).what,
              HasSubstr("refused the token of \"oin@example.com\" (A002 NO nope)"));
}

TEST(Endpoint, IsNamedByItsUrl) {
  Endpoint there = endpoint();
  EXPECT_EQ(url_of(there), "imaps://imap.example.com:993");
  there = {Endpoint::Protocol::smtp, "::1", 587, Tls::starttls, "", {}, ""};
  EXPECT_EQ(url_of(there), "smtp://[::1]:587");
}

}  // namespace
}  // namespace oin::net
