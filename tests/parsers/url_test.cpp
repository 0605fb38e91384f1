#include "parsers/url.hpp"

#include <gmock/gmock.h>

namespace oin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Url, HasItsComponents) {
  const Url read = url("HTTPS://user@App.Acme.example:8443/saml/acs?x=1#top");
  EXPECT_EQ(read.scheme, "https");
  EXPECT_EQ(read.host, "app.acme.example");
  EXPECT_EQ(read.path, "/saml/acs");
  EXPECT_EQ(read.query, "x=1");
  EXPECT_EQ(read.fragment, "top");
}

TEST(Url, WithoutASchemeIsAllPath) {
  EXPECT_EQ(url("/saml/acs").path, "/saml/acs");
  EXPECT_EQ(url("app.acme.example/saml").host, "");
  EXPECT_EQ(url("").path, "");
}

TEST(Url, MayHoldTenantVariablesAnywhere) {
  EXPECT_EQ(url("https://${app.subdomain}.acme.example/${org.name}/acs").host,
            "${app.subdomain}.acme.example");
  EXPECT_EQ(url("https://{app.base}/acs").host, "{app.base}");
  EXPECT_EQ(url("'https://' + app.subdomain + '.acme.example/acs'").host, "${app.subdomain}.acme.example");
  EXPECT_THAT(variables_in("https://${app.subdomain}.acme.example/{org.name}/${app.subdomain}"),
              ElementsAre("subdomain", "org.name"));
  EXPECT_THAT(variables_in("https://acme.example/"), IsEmpty());
  EXPECT_THAT(variables_in("https://acme.example/start?iss={issuer}"), IsEmpty());
}

TEST(Url, BracesAreBalanced) {
  EXPECT_TRUE(balanced_braces("https://${app.a}.example/{app.b}"));
  EXPECT_FALSE(balanced_braces("https://${app.a.example/"));
  EXPECT_FALSE(balanced_braces("https://app.a}.example/"));
  EXPECT_FALSE(balanced_braces("https://${app.{a}}.example/"));
}

TEST(Url, TellsHostsThatOnlyTheirNetworkReaches) {
  for (const char* host : {"localhost", "127.0.0.1", "10.1.2.3", "172.20.0.1", "192.168.1.1", "169.254.1.1",
                           "::1", "fd00::1", "printer.local", "intranet", "app.internal"})
    EXPECT_TRUE(private_host(host)) << host;
  for (const char* host : {"acme.example", "172.32.0.1", "8.8.8.8", "2001:db8::1", "${app.base}",
                           "10.acme.example", "acme.test"})
    EXPECT_FALSE(private_host(host)) << host;
}

TEST(Url, FindsACustomAuthorizationServerThatIsUsed) {
  EXPECT_EQ(custom_auth_server("Issuer: https://{org}/oauth2/default"), "/oauth2/default");
  EXPECT_EQ(custom_auth_server("https://dev-1.okta.com/oauth2/aus1b2c3/v1/authorize"), "/oauth2/aus");
  EXPECT_EQ(custom_auth_server("Issuer: https://{org}"), "");
  EXPECT_EQ(custom_auth_server("We use the org server,\nnot /oauth2/default.\n"), "");
}

TEST(Url, TellsTheOrgOfAnOktaHost) {
  EXPECT_EQ(okta_org("dev-123456-admin.okta.com"), "dev-123456.okta.com");
  EXPECT_EQ(okta_org("acme.oktapreview.com"), "acme.oktapreview.com");
  EXPECT_EQ(okta_org("okta.com"), "");
  EXPECT_EQ(okta_org("www.okta.com"), "");
  EXPECT_EQ(okta_org("evil-okta.com"), "");
}

}  // namespace
}  // namespace oin
