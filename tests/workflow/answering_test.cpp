#include "daemon/workflow/answering.hpp"

#include <gtest/gtest.h>

namespace oin {
namespace {

Mail of_a_person() {
  Mail mail;
  mail.from = {{"Ada", "ada@acme.example"}};
  return mail;
}

TEST(MayAnswer, APersonWithinTheLimits) {
  const Permission permission = may_answer(of_a_person(), {19, 99, 0}, {});
  EXPECT_TRUE(permission.allowed);
  EXPECT_TRUE(permission.acknowledgement_allowed);
  EXPECT_EQ(permission.why, "written by a person; 19 of 20 letters to this address in the last hour");
}

TEST(MayAnswer, NobodyBeyondTheLimits) {
  EXPECT_FALSE(may_answer(of_a_person(), {20, 20, 0}, {}).allowed);
  EXPECT_FALSE(may_answer(of_a_person(), {0, 100, 0}, {}).allowed);
}

TEST(MayAnswer, WithOneAcknowledgementAnHour) {
  const Permission permission = may_answer(of_a_person(), {1, 1, 1}, {});
  EXPECT_TRUE(permission.allowed);
  EXPECT_FALSE(permission.acknowledgement_allowed);
}

TEST(MayAnswer, NeverAMachine) {
  Mail mail = of_a_person();
  mail.automatic = Automatic{"auto-reply", {"Auto-Submitted: auto-replied"}};
  EXPECT_FALSE(may_answer(mail, {}, {}).allowed);
}

TEST(MayAnswer, NotWhenTheMailForbidsIt) {
  Mail mail = of_a_person();
  mail.header = {{"X-Auto-Response-Suppress", "All"}};
  const Permission permission = may_answer(mail, {}, {});
  EXPECT_FALSE(permission.allowed);
  EXPECT_NE(permission.why.find("X-Auto-Response-Suppress"), std::string::npos);
}

TEST(MayAnswer, OnlySoOftenAboutATicketAndToADomainWhateverTheAddress) {
  const LimitSettings limits;
  Correspondence busy;
  busy.letters_on_ticket_last_hour = limits.answers_per_ticket_per_hour;
  EXPECT_EQ(may_answer(of_a_person(), busy, limits).why,
            "30 of 30 letters about this ticket in the last hour");
  busy = {};
  busy.letters_to_domain_last_hour = limits.answers_per_domain_per_hour;
  EXPECT_TRUE(may_answer(of_a_person(), busy, limits).allowed) << "many people may write from one domain";
  busy.answers_us = true;
  EXPECT_FALSE(may_answer(of_a_person(), busy, limits).allowed);
  --busy.letters_to_domain_last_hour;
  EXPECT_TRUE(may_answer(of_a_person(), busy, limits).allowed);
}

TEST(MayAnswer, NotWithoutAnAddress) { EXPECT_FALSE(may_answer(Mail{}, {}, {}).allowed); }

TEST(AnswerAddress, IsReplyToBeforeFrom) {
  Mail mail = of_a_person();
  mail.reply_to = {{"", "desk@acme.example"}};
  EXPECT_EQ(answer_address(mail)->addr_spec, "desk@acme.example");
}

}  // namespace
}  // namespace oin
