#include "daemon/letter_fate.hpp"

#include <gtest/gtest.h>

namespace oin {
namespace {

using store::LetterState;
using store::RecipientState;

const Instant now = *parse_rfc3339("2026-11-23T10:00:00Z");
const Settings::Outbox limits;

store::Letter letter(int recipients) {
  store::Letter out;
  out.id = 11;
  out.state = LetterState::sending;
  out.written_at = now;
  for (int i = 0; i < recipients; ++i)
    out.recipients.push_back({"r" + std::to_string(i) + "@x.example", RecipientState::queued, ""});
  return out;
}

smtp::Sending answered(std::vector<int> rcpt_codes, int final_code) {
  smtp::Sending sending;
  sending.stage = smtp::Stage::answered;
  for (const int code : rcpt_codes) sending.recipients.push_back({code, "", "text"});
  sending.final.code = final_code;
  sending.final.lines = {"queued"};
  return sending;
}

store::Letter after(const store::Letter& before, const smtp::Sending& sending,
                    SmtpSettings::Uncertain uncertain = SmtpSettings::Uncertain::retry, Instant at = now) {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < before.recipients.size(); ++i)
    if (before.recipients[i].state == RecipientState::queued) all.push_back(i);
  return after_attempt(before, sending, all, limits, uncertain, at);
}

TEST(LetterFate, IsSentWhenEveryRecipientWasAccepted) {
  const store::Letter sent = after(letter(2), answered({250, 250}, 250));
  EXPECT_EQ(sent.state, LetterState::sent);
  EXPECT_EQ(sent.recipients[1].state, RecipientState::accepted);
  EXPECT_FALSE(sent.next_attempt_at);
}

TEST(LetterFate, FailsAtOnceOnAPermanentRefusalWithTheServersWords) {
  const store::Letter failed = after(letter(1), answered({550}, 0));
  EXPECT_EQ(failed.state, LetterState::failed);
  EXPECT_NE(failed.last_answer.find("550"), std::string::npos);
}

TEST(LetterFate, OfOneRecipientNeverDecidesAnothers) {
  const store::Letter mixed = after(letter(3), answered({250, 550, 451}, 250));
  EXPECT_EQ(mixed.state, LetterState::queued);  // one is still to be tried
  EXPECT_EQ(mixed.recipients[0].state, RecipientState::accepted);
  EXPECT_EQ(mixed.recipients[1].state, RecipientState::refused);
  EXPECT_EQ(mixed.recipients[2].state, RecipientState::queued);
  EXPECT_GT(*mixed.next_attempt_at, now);
  EXPECT_EQ(after(mixed, answered({250}, 250)).state, LetterState::failed);  // the refusal stays visible
}

TEST(LetterFate, IsDeadWhenItWasTriedTooLong) {
  EXPECT_EQ(after(letter(1), answered({451}, 0), SmtpSettings::Uncertain::retry, now + limits.give_up).state,
            LetterState::dead);
}

TEST(LetterFate, IsUncertainOnlyBetweenDotAndAnswerAndIsTriedOnceMore) {
  smtp::Sending cut = answered({250}, 0);
  cut.stage = smtp::Stage::dot_started;
  cut.broken = transient("connection lost");
  const store::Letter first = after(letter(1), cut);
  EXPECT_EQ(first.state, LetterState::uncertain);
  EXPECT_EQ(*first.next_attempt_at, now + limits.uncertain_after);
  EXPECT_FALSE(after(first, cut).next_attempt_at);  // the second doubt waits for a person
  EXPECT_FALSE(after(letter(1), cut, SmtpSettings::Uncertain::hold).next_attempt_at);
  cut.stage = smtp::Stage::before_dot;
  EXPECT_EQ(after(letter(1), cut).state, LetterState::queued);
}

TEST(LetterFate, WithoutAServerIsLater) {
  const store::Letter later = after_no_server(letter(1), "refused", limits, now);
  EXPECT_EQ(later.state, LetterState::queued);
  EXPECT_EQ(later.attempts, 1);
  EXPECT_EQ(later.last_answer, "refused");
}

TEST(RetryPause, GrowsUpToTheLongest) {
  EXPECT_LT(retry_pause(1, 0, limits), retry_pause(2, 0, limits));
  EXPECT_EQ(retry_pause(40, 0, limits), limits.retry_longest);
  EXPECT_LE(retry_pause(40, 10, limits), limits.retry_longest + limits.retry_longest / 10);
}

}  // namespace
}  // namespace oin
