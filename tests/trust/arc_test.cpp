/// What forwarders saw (RFC 8617), as verifiers name the method "arc": OpenARC, rspamd, Gmail and Microsoft
/// 365.
#include "daemon/trust/arc.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/trust/sender_verdict.hpp"

namespace oin::trust {
namespace {

using Header = std::vector<HeaderField>;

Mail mail_with(Header header) {
  Mail mail;
  mail.from = {{"", "ada@acme.example"}};
  mail.header = std::move(header);
  return mail;
}

HeaderField verifier(const std::string& results) { return {"Authentication-Results", results}; }

/// One whole set, as a sealer prepends it.
Header set(int i, const std::string& sealer, const std::string& saw) {
  return {
      {"ARC-Seal",
       fmt::format("i={}; a=rsa-sha256; t=1; cv={}; d={}; s=k; b=abc=", i, i == 1 ? "none" : "pass", sealer)},
      {"ARC-Message-Signature", fmt::format("i={}; a=rsa-sha256; c=relaxed/relaxed; d={}; s=k; h=from:to; "
                                            "bh=abc=; b=abc=",
                                            i, sealer)},
      {"ARC-Authentication-Results", fmt::format("i={}; {}; {}", i, sealer, saw)}};
}

Header operator+(Header above, const Header& below) {
  above.insert(above.end(), below.begin(), below.end());
  return above;
}

Header without(Header header, const std::string& name) {
  std::erase_if(header, [&](const HeaderField& field) { return field.name == name; });
  return header;
}

const std::string seen =
    "spf=pass smtp.mailfrom=acme.example; dmarc=pass (p=reject) header.from=acme.example";
const std::string lost = "dkim=fail header.d=acme.example; dmarc=fail header.from=acme.example";
const Header held = {verifier("mx.example.com; " + lost + "; arc=pass")};

const std::vector<std::string> ids = {"mx.example.com", "mx.google.com", "mx.microsoft.com"};
const std::vector<std::string> sealers = {"lists.example", "Second.example"};

struct ArcCase {
  std::string name;
  Header header;
  bool verified;
  std::string why;  ///< what the verdict says of it
};
class Arc : public testing::TestWithParam<ArcCase> {};

TEST_P(Arc, CountsWhatATrustedForwarderSaw) {
  const Verdict verdict = sender_verdict(mail_with(GetParam().header), {ids, sealers});
  EXPECT_EQ(verdict.verified, GetParam().verified) << verdict.why;
  EXPECT_THAT(verdict.why, testing::HasSubstr(GetParam().why));
}

INSTANTIATE_TEST_SUITE_P(
    Mails, Arc,
    testing::Values(
        ArcCase{"Trusted", held + set(1, "lists.example", seen), true,
                "arc=pass by mx.example.com, and lists.example saw dmarc=pass"},
        ArcCase{"Untrusted", held + set(1, "evil.example", seen), false,
                "its sealer evil.example is not one of trusted_arc_sealers"},
        ArcCase{"TrustedButSawItFail", held + set(1, "lists.example", lost), false,
                "no sealer saw acme.example proven"},
        ArcCase{"TrustedButSawAnotherFrom",
                held + set(1, "lists.example", "dmarc=pass header.from=other.example"), false,
                "no sealer saw acme.example proven"},
        ArcCase{"TwoTrusted",
                held + set(2, "second.example", lost + "; arc=pass") + set(1, "lists.example", seen), true,
                "lists.example saw dmarc=pass"},
        // Whoever sealed last could have written anything beneath.
        ArcCase{"AnUntrustedOneSealedLast",
                held + set(2, "evil.example", lost + "; arc=pass") + set(1, "lists.example", seen), false,
                "evil.example"},
        // The last one speaks for itself: what came to it was proven to it.
        ArcCase{"AnUntrustedOneBeforeATrustedOneThatSawItPass",
                held + set(2, "lists.example", seen) + set(1, "evil.example", lost), true, "lists.example"},
        ArcCase{"AnUntrustedOneBeforeATrustedOneThatSawItFail",
                held + set(2, "lists.example", lost) + set(1, "evil.example", seen), false, "evil.example"},
        ArcCase{"TheChainDoesNotHold",
                Header{verifier("mx.example.com; " + lost + "; arc=fail")} + set(1, "lists.example", seen),
                false, "nothing passed"},
        ArcCase{"NobodyVerifiedTheChain",
                Header{verifier("mx.example.com; " + lost)} + set(1, "lists.example", seen), false,
                "nothing passed"},
        ArcCase{"AnotherServerSaysThatItHolds",
                Header{verifier("mx.evil.example; arc=pass")} + set(1, "lists.example", seen), false,
                "not trusted"},
        ArcCase{"NoSets", held, false, "the chain is not whole"},
        ArcCase{"NoSeal", held + without(set(1, "lists.example", seen), "ARC-Seal"), false, "not whole"},
        ArcCase{"NoSignature", held + without(set(1, "lists.example", seen), "ARC-Message-Signature"), false,
                "not whole"},
        ArcCase{"AGap", held + set(3, "lists.example", seen) + set(1, "lists.example", seen), false,
                "not whole"},
        ArcCase{"AnInstanceTwice", held + set(1, "lists.example", seen) + set(1, "evil.example", seen), false,
                "not whole"},
        ArcCase{"ASealThatSaysTheChainFailed",
                held + Header{{"ARC-Seal", "i=1; cv=fail; d=lists.example; s=k; b=abc="}} +
                    without(set(1, "lists.example", seen), "ARC-Seal"),
                false, "not whole"},
        ArcCase{"InstanceZero", held + set(0, "lists.example", seen), false, "not whole"},
        ArcCase{
            "AResultWithoutInstance",
            held +
                Header{{"ARC-Authentication-Results", "lists.example; dmarc=pass header.from=acme.example"}} +
                without(set(1, "lists.example", seen), "ARC-Authentication-Results"),
            false, "not whole"},
        ArcCase{"Garbage",
                held + Header{{"ARC-Seal", ";;=i=;"},
                              {"ARC-Message-Signature", ""},
                              {"ARC-Authentication-Results", "i="}},
                false, "not whole"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Verifiers, Arc,
    testing::Values(
        ArcCase{
            "OpenArc",
            Header{verifier("mx.example.com; dmarc=fail (p=reject) header.from=acme.example; arc=pass "
                            "header.oldest-pass=0 smtp.remote-ip=192.0.2.7 arc.chain=\"lists.example\"")} +
                set(1, "lists.example", seen),
            true, "lists.example"},
        ArcCase{
            "Rspamd",
            Header{verifier("mx.example.com; dkim=fail (\"body hash did not verify\") header.d=acme.example "
                            "header.s=k header.b=N1uFgr3C; dmarc=fail reason=\"No valid SPF, No valid DKIM\" "
                            "header.from=acme.example (policy=reject); arc=pass "
                            "(\"lists.example:s=k:i=1\")")} +
                set(1, "lists.example", seen),
            true, "lists.example"},
        ArcCase{
            "Gmail",
            Header{verifier("mx.google.com; dkim=neutral (body hash did not verify) header.i=@acme.example "
                            "header.s=k header.b=N1uFgr3C; arc=pass (i=1 spf=pass spfdomain=acme.example "
                            "dkim=pass dkdomain=acme.example dmarc=pass fromdomain=acme.example); spf=pass "
                            "(google.com: domain of list@lists.example designates 192.0.2.7 as permitted "
                            "sender) smtp.mailfrom=list@lists.example; dmarc=fail (p=REJECT sp=REJECT "
                            "dis=NONE arc=pass) header.from=acme.example")} +
                set(1, "lists.example", seen),
            true, "mx.google.com"},
        ArcCase{
            "Microsoft",
            Header{verifier("mx.microsoft.com 1; spf=pass (sender ip is 192.0.2.7) "
                            "smtp.mailfrom=lists.example; dmarc=fail (p=reject sp=reject pct=100) "
                            "action=oreject header.from=acme.example; dkim=fail (body hash did not verify) "
                            "header.d=acme.example; arc=pass (0 oda=1 ltdi=1 "
                            "spf=[1,1,smtp.mailfrom=acme.example] dmarc=[1,1,header.from=acme.example])")} +
                set(1, "lists.example",
                    "spf=pass (sender ip is 192.0.2.9) smtp.rcpttodomain=example.com "
                    "smtp.mailfrom=acme.example; dmarc=pass (p=reject) action=none "
                    "header.from=acme.example; dkim=pass header.d=acme.example; arc=none (0)"),
            true, "mx.microsoft.com"},
        // A comment is nobody's result.
        ArcCase{"AResultInAComment",
                Header{verifier("mx.example.com; dmarc=fail (arc=pass) header.from=acme.example")} +
                    set(1, "lists.example", seen),
                false, "nothing passed"}),
    [](const auto& test) { return test.param.name; });

TEST(ArcTrust, IsOffUntilASealerIsNamed) {
  EXPECT_FALSE(sender_verdict(mail_with(held + set(1, "lists.example", seen)), {ids, {}}).verified);
}

TEST(ArcSets, CountUpFromTheFirstForwarder) {
  const auto sets = arc_sets(mail_with(set(2, "Second.Example", lost) + set(1, "lists.example", seen)));
  ASSERT_EQ(sets.size(), 2u);
  EXPECT_EQ(sets[0].sealer, "lists.example");
  EXPECT_EQ(sets[0].saw.authserv_id, "lists.example");
  EXPECT_EQ(sets[0].saw.result_of("dmarc"), "pass");
  EXPECT_EQ(sets[1].sealer, "second.example");
}

}  // namespace
}  // namespace oin::trust
