#include "daemon/trust/authentication_results.hpp"

#include <gtest/gtest.h>

namespace oin::trust {
namespace {

Mail mail_with(std::vector<HeaderField> header, std::string from = "ada@acme.example") {
  Mail mail;
  mail.from = {{"", std::move(from)}};
  mail.header = std::move(header);
  return mail;
}

const std::vector<std::string> trusted = {"mx.example.com"};

struct VerdictCase {
  std::string name;
  std::vector<HeaderField> header;
  bool verified;
};
class SenderVerdict : public testing::TestWithParam<VerdictCase> {};

TEST_P(SenderVerdict, BelievesOnlyTheMailboxsOwnServer) {
  const Verdict verdict = sender_verdict(mail_with(GetParam().header), trusted);
  EXPECT_EQ(verdict.verified, GetParam().verified) << verdict.why;
  EXPECT_FALSE(verdict.why.empty());
}

const std::string field = "Authentication-Results";

INSTANTIATE_TEST_SUITE_P(
    Mails, SenderVerdict,
    testing::Values(
        VerdictCase{"Dmarc", {{field, "mx.example.com; dmarc=pass header.from=acme.example"}}, true},
        VerdictCase{"DmarcWithComments",
                    {{field, "MX.example.com 1 (ours); dmarc=pass (p=none; x) header.from=Acme.Example"}},
                    true},
        VerdictCase{
            "DmarcOfAnotherDomain", {{field, "mx.example.com; dmarc=pass header.from=evil.example"}}, false},
        VerdictCase{"DmarcFail", {{field, "mx.example.com; dmarc=fail header.from=acme.example"}}, false},
        VerdictCase{
            "AlignedDkim", {{field, "mx.example.com; dkim=pass header.d=acme.example header.s=k"}}, true},
        VerdictCase{"DkimOfAParent", {{field, "mx.example.com; dkim=pass header.i=@example"}}, false},
        VerdictCase{"DkimOfAChild", {{field, "mx.example.com; dkim=pass header.d=sub.acme.example"}}, false},
        VerdictCase{
            "AlignedSpf", {{field, "mx.example.com; spf=pass smtp.mailfrom=bounces@acme.example"}}, true},
        VerdictCase{
            "SpfOfSomebodyElse", {{field, "mx.example.com; spf=pass smtp.mailfrom=x@mailer.example"}}, false},
        VerdictCase{
            "UntrustedServer", {{field, "mx.evil.example; dmarc=pass header.from=acme.example"}}, false},
        VerdictCase{"ForgedBelowOurs",
                    {{field, "mx.example.com; dmarc=fail header.from=acme.example"},
                     {"Received", "from evil.example by mx.example.com"},
                     {field, "mx.example.com; dmarc=pass header.from=acme.example"}},
                    false},
        VerdictCase{"TwoFieldsOfOurServer",
                    {{"Received", "from mx.example.com by imap.example.com"},
                     {field, "mx.example.com; spf=none smtp.mailfrom=x"},
                     {field, "mx.example.com; dmarc=pass header.from=acme.example"},
                     {"Received", "from acme.example by mx.example.com"}},
                    true},
        VerdictCase{
            "UntrustedOnTop",
            {{field, "other.example; none"}, {field, "mx.example.com; dmarc=pass header.from=acme.example"}},
            false},
        VerdictCase{"None", {}, false}, VerdictCase{"Garbage", {{field, ";;;(((\"\\"}}, false}),
    [](const auto& test) { return test.param.name; });

TEST(SenderVerdict, NeverHoldsWithoutTrustedIds) {
  const Mail mail = mail_with({{field, "mx.example.com; dmarc=pass header.from=acme.example"}});
  EXPECT_FALSE(sender_verdict(mail, {}).verified);
}

TEST(SenderVerdict, NeverHoldsForTwoFromAddresses) {
  Mail mail = mail_with({{field, "mx.example.com; dmarc=pass header.from=acme.example"}});
  mail.from.push_back({"", "eve@evil.example"});
  EXPECT_FALSE(sender_verdict(mail, trusted).verified);
}

TEST(AuthenticationResults, AreReadWithQuotesAndSeveralMethods) {
  const auto results = read_authentication_results(
      "mx.example.com;\r\n spf=pass (sender ok) smtp.mailfrom=\"ada@acme.example\";\r\n dkim=fail "
      "reason=\"bad; sig\" header.d=acme.example");
  EXPECT_EQ(results.authserv_id, "mx.example.com");
  ASSERT_EQ(results.results.size(), 2u);
  EXPECT_EQ(results.results[0].properties[0].second, "ada@acme.example");
  EXPECT_EQ(results.results[1].method, "dkim");
  EXPECT_EQ(results.results[1].result, "fail");
}

}  // namespace
}  // namespace oin::trust
