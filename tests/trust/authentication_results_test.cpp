#include "daemon/trust/authentication_results.hpp"

#include <gtest/gtest.h>

namespace oin::trust {
namespace {

TEST(AuthenticationResults, AreReadWithQuotesAndSeveralMethods) {
  const auto results = read_authentication_results(
      "mx.example.com;\r\n spf=pass (sender ok) smtp.mailfrom=\"ada@acme.example\";\r\n dkim=fail "
      "reason=\"bad; sig\" header.d=acme.example");
  EXPECT_EQ(results.authserv_id, "mx.example.com");
  ASSERT_EQ(results.results.size(), 2u);
  EXPECT_EQ(results.results[0].properties[0].second, "ada@acme.example");
  EXPECT_EQ(results.results[1].method, "dkim");
  EXPECT_EQ(results.results[1].result, "fail");
  EXPECT_EQ(results.result_of("dkim"), "fail");
  EXPECT_EQ(results.result_of("dmarc"), "");
}

}  // namespace
}  // namespace oin::trust
