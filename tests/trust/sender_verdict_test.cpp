#include "daemon/trust/sender_verdict.hpp"

#include <gtest/gtest.h>

namespace oin::trust {
namespace {

Mail mail_with(std::vector<HeaderField> header, std::string from = "ada@acme.example") {
  Mail mail;
  mail.from = {{"", std::move(from)}};
  mail.header = std::move(header);
  return mail;
}

const std::vector<std::string> ids = {"mx.example.com"};
const std::vector<std::string> sealers = {"lists.example", "Second.example"};
const TrustedServers trusted{ids, sealers};

struct VerdictCase {
  std::string name;
  std::vector<HeaderField> header;
  bool verified;
  std::string from = "ada@acme.example";
};
class SenderVerdict : public testing::TestWithParam<VerdictCase> {};

TEST_P(SenderVerdict, BelievesOnlyTheMailboxsOwnServer) {
  const Verdict verdict = sender_verdict(mail_with(GetParam().header, GetParam().from), trusted);
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
        // A milter's field stands below its server's own Received field, right above what the mail brought.
        VerdictCase{"ForgedRightBelowOurs",
                    {{"Received", "from evil.example by mx.example.com"},
                     {field, "mx.example.com; spf=none smtp.mailfrom=x"},
                     {field, "mx.example.com; dmarc=pass header.from=acme.example"}},
                    false},
        VerdictCase{"BelowTheReceivedFieldOfOurServer",
                    {{"Received", "from mx.example.com by imap.example.com"},
                     {"Received", "from acme.example by mx.example.com"},
                     {field, "mx.example.com; dkim=none; dmarc=pass header.from=acme.example"}},
                    true},
        // Strict alignment is the domain's wish, and only who looked its policy up knows of it.
        VerdictCase{"AParentUnderStrictAlignment",
                    {{field,
                      "mx.example.com; dkim=pass header.d=example.com; dmarc=fail "
                      "header.from=mail.example.com"}},
                    false,
                    "ada@mail.example.com"},
        VerdictCase{"AParentWithoutDmarc",
                    {{field, "mx.example.com; dkim=pass header.d=example.com; dmarc=none"}},
                    true,
                    "ada@mail.example.com"},
        VerdictCase{"SpfBesideDmarcFail",
                    {{field, "mx.example.com; spf=pass smtp.mailfrom=acme.example; dmarc=fail"}},
                    false},
        VerdictCase{"SpfOfTheGreeting", {{field, "mx.example.com; spf=pass smtp.helo=acme.example"}}, false},
        VerdictCase{"ADomainBeyondAscii",
                    {{field, "mx.example.com; dmarc=pass header.from=xn--bcher-kva.example"}},
                    true,
                    "ada@bücher.example"},
        VerdictCase{
            "UntrustedOnTop",
            {{field, "other.example; none"}, {field, "mx.example.com; dmarc=pass header.from=acme.example"}},
            false},
        VerdictCase{"None", {}, false}, VerdictCase{"Garbage", {{field, ";;;(((\"\\"}}, false}),
    [](const auto& test) { return test.param.name; });

/// What a sender says at MAIL FROM and HELO ends up in comments and values: as rspamd 3.4 writes it, and as a
/// verifier would that has the domain alone as a value.
INSTANTIATE_TEST_SUITE_P(
    WordsOfTheSender, SenderVerdict,
    testing::Values(
        VerdictCase{"CloseAComment",
                    {{field,
                      "mx.example.com; dkim=none; spf=none (mx.example.com: domain of \"x) ; dkim=pass "
                      "header.d=acme.example (y@evil.example\" has no SPF policy) smtp.mailfrom=\"x) ; "
                      "dkim=pass header.d=acme.example (y@evil.example\"; dmarc=none"}},
                    false},
        VerdictCase{"CloseACommentAndClaimDmarc",
                    {{field,
                      "mx.example.com; dmarc=fail header.from=acme.example; spf=none (domain of \"x) ; "
                      "dmarc=pass header.from=acme.example (y@evil.example\" has none) smtp.mailfrom=x"}},
                    false},
        VerdictCase{"CloseACommentByTheGreeting",
                    {{field,
                      "mx.example.com; spf=temperror (lookup of \"x) ; dkim=pass header.d=acme.example "
                      "(y\": DNS error) smtp.helo=\"x) ; dkim=pass header.d=acme.example (y\""}},
                    false},
        VerdictCase{"CloseAQuotationFirst",
                    {{field,
                      "mx.example.com; spf=none (domain of \"x\\\\\") ; dkim=pass header.d=acme.example "
                      "(y@evil.example\" has none) smtp.mailfrom=\"x\\\\\") ; dkim=pass "
                      "header.d=acme.example (y@evil.example\""}},
                    false},
        VerdictCase{"CloseACommentBehindTheDomainAlone",
                    {{field,
                      "mx.example.com; spf=none smtp.mailfrom=evil.example (helo=x; envelope-from=\"x) ; "
                      "dkim=pass header.d=acme.example (y\"@evil.example; receiver=z)"}},
                    false},
        VerdictCase{"StayWithinAValueThatIsQuoted",
                    {{field,
                      "mx.example.com; spf=none smtp.mailfrom=\"x; dkim=pass header.d=acme.example; "
                      "y@evil.example\"; dmarc=none"}},
                    false},
        VerdictCase{"AreHarmlessInQuotedComments",
                    {{field,
                      "mx.example.com; arc=none (\"no (seals) here\"); dkim=fail (\"body hash\") "
                      "header.d=x.example header.b=\"a/b+=\" reason=\"bad; (sig)\"; dmarc=pass "
                      "(p=reject) header.from=acme.example"}},
                    true},
        VerdictCase{"NeverEnd", {{field, "mx.example.com; dmarc=pass header.from=acme.example (x"}}, false}),
    [](const auto& test) { return test.param.name; });

/// With a backslash before each of the characters.
std::string escaped(const std::string& text, const std::string& characters) {
  std::string out;
  for (const char c : text) {
    if (characters.find(c) != std::string::npos) out += '\\';
    out += c;
  }
  return out;
}

/// Every envelope address of five of these pieces, written as three verifiers would: with its quotes escaped
/// and its backslashes not, as it went over the wire, and in a comment beside the domain alone.
TEST(SenderVerdict, IsNeverProvenByTheWordsOfASender) {
  const std::vector<std::string> pieces = {
      "\"", "\\", "(", ")", ";", " ", "=", "x", " dkim=pass header.d=acme.example "};
  constexpr std::size_t length = 5;
  std::size_t all = 1;
  for (std::size_t i = 0; i < length; ++i) all *= pieces.size();
  for (std::size_t number = 0; number < all; ++number) {
    std::string local_part;
    for (std::size_t i = 0, rest = number; i < length; ++i, rest /= pieces.size())
      local_part += pieces[rest % pieces.size()];
    const std::string loose = "\"" + escaped(local_part, "\"") + "@evil.example\"";
    const std::string wire = "\"" + escaped(local_part, "\"\\") + "\"@evil.example";
    for (const std::string& body :
         {"mx.example.com; spf=none (domain of " + loose + " has none) smtp.mailfrom=" + loose +
              "; dmarc=none",
          "mx.example.com; spf=none (domain of " + wire + " has none) smtp.mailfrom=" + wire + "; dmarc=none",
          "mx.example.com; spf=none smtp.mailfrom=evil.example (envelope-from=" + wire + "); dmarc=none"})
      ASSERT_FALSE(sender_verdict(mail_with({{field, body}}), trusted).verified) << body;
  }
}

TEST(SenderVerdict, NeverHoldsWithoutTrustedIds) {
  const Mail mail = mail_with({{field, "mx.example.com; dmarc=pass header.from=acme.example"}});
  EXPECT_FALSE(sender_verdict(mail, {}).verified);
}

TEST(SenderVerdict, NeverHoldsForTwoFromAddresses) {
  Mail mail = mail_with({{field, "mx.example.com; dmarc=pass header.from=acme.example"}});
  mail.from.push_back({"", "eve@evil.example"});
  EXPECT_FALSE(sender_verdict(mail, trusted).verified);
}

}  // namespace
}  // namespace oin::trust
