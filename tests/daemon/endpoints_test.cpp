#include "daemon/endpoints.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "daemon/temporary_folder.hpp"

namespace oin {
namespace {

TEST(Endpoint, BringsTheAccessTokenOfThisMoment) {
  const TemporaryFolder folder;
  ServerSettings server;
  server.user = "oin@example.com";
  server.access_token_file = folder.path() / "token";
  const auto token = [&](const char* text) {
    std::ofstream(server.access_token_file) << text;
    return imap_endpoint(server).value().credentials.bearer_token;
  };
  EXPECT_EQ(token("first\n"), "first");
  EXPECT_EQ(token("second\n"), "second");
}

TEST(Endpoint, IsTriedAgainWhenTheTokenCannotBeRead) {
  ServerSettings server;
  server.access_token_file = "/nowhere/token";
  const auto endpoint = smtp_endpoint(server, "reviews.example");
  ASSERT_FALSE(endpoint);
  EXPECT_EQ(endpoint.error().fault, Fault::transient);
  EXPECT_THAT(endpoint.error().what, testing::HasSubstr("access token: cannot read \"/nowhere/token\""));
}

}  // namespace
}  // namespace oin
