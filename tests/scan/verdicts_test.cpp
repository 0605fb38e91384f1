/// What scanners say, and what is made of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/scan/clamd.hpp"
#include "daemon/scan/rspamd.hpp"

namespace oin::scan {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Answer {
  std::string name, said;
  std::optional<Verdict::Kind> kind;  ///< nothing: an Error, to be tried again
  std::string why;
};

void expect(const Answer& answer, const Result<Verdict>& made) {
  ASSERT_EQ(bool(made), answer.kind.has_value());
  if (made) {
    EXPECT_EQ(made.value().kind, *answer.kind);
    EXPECT_EQ(made.value().why, answer.why);
  } else {
    EXPECT_EQ(made.error().fault, Fault::transient);
    EXPECT_THAT(made.error().what, HasSubstr(answer.why));
  }
}

class Clamd : public testing::TestWithParam<Answer> {};
TEST_P(Clamd, IsUnderstood) { expect(GetParam(), clamd_verdict(GetParam().said)); }
INSTANTIATE_TEST_SUITE_P(Answers, Clamd,
                         testing::Values(Answer{"Clean", "stream: OK", Verdict::Kind::wanted, ""},
                                         Answer{"Found", "stream: Eicar-Signature FOUND",
                                                Verdict::Kind::unwanted, "Eicar-Signature"},
                                         Answer{"FoundNothing", "stream:  FOUND", std::nullopt, "said"},
                                         Answer{"TooLarge", "INSTREAM size limit exceeded. ERROR",
                                                Verdict::Kind::unable, "larger than its StreamMaxLength"},
                                         Answer{"Error", "stream: Can't allocate memory ERROR", std::nullopt,
                                                "Can't allocate memory"},
                                         Answer{"OfAnotherCommand", "PONG", std::nullopt, "PONG"},
                                         Answer{"Empty", "", std::nullopt, "said \"\""}),
                         [](const auto& test) { return test.param.name; });

class Rspamd : public testing::TestWithParam<Answer> {};
TEST_P(Rspamd, IsUnderstood) { expect(GetParam(), rspamd_verdict(GetParam().said, {"reject"})); }
INSTANTIATE_TEST_SUITE_P(
    Answers, Rspamd,
    testing::Values(Answer{"Wanted", R"({"action":"no action","score":0.1})", Verdict::Kind::wanted, ""},
                    Answer{"Marked", R"({"action":"add header","score":7})", Verdict::Kind::wanted, ""},
                    Answer{"Rejected",
                           R"({"action":"reject","score":20.5,"required_score":15.0,"symbols":
                  {"LIGHT":{"score":1},"HEAVY":{"score":19.5},"GOOD":{"score":-1}}})",
                           Verdict::Kind::unwanted, "reject, score 20.5 of 15, HEAVY, LIGHT"},
                    Answer{"RejectedWithoutAReason", R"({"action":"reject"})", Verdict::Kind::unwanted,
                           "reject, score 0 of 0"},
                    Answer{"Skipped", R"({"is_skipped":true,"action":"no action"})", std::nullopt, "skipped"},
                    Answer{"AnotherShape", R"(["reject"])", std::nullopt, "no verdict"},
                    Answer{"ActionIsNoText", R"({"action":1})", std::nullopt, "no verdict"},
                    Answer{"NoJson", "<html>", std::nullopt, "no verdict"},
                    Answer{"Empty", "", std::nullopt, "no verdict"}),
    [](const auto& test) { return test.param.name; });

TEST(Address, ReadsAsInTheSettings) {
  EXPECT_EQ(to_text({"/run/clamd", "", 0}), "unix:/run/clamd");
  EXPECT_EQ(to_text({"", "127.0.0.1", 3310}), "tcp:127.0.0.1:3310");
  EXPECT_EQ(to_text({"", "::1", 3310}), "tcp:[::1]:3310");
}

}  // namespace
}  // namespace oin::scan
