/// The course of a case where things cross: holds, answers, timers that were slept over, several commands at
/// once.
#include <gmock/gmock.h>

#include "daemon/workflow/apply.hpp"
#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/decide.hpp"
#include "daemon/workflow/due_things.hpp"
#include "tests/workflow/sample_desk.hpp"

namespace oin {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Instant at(const std::string& text) { return *parse_rfc3339("2026-" + text + ":00Z"); }

Desk team() {
  Desk desk = strict_desk();
  desk.people = {{"Grace", "grace@example.com", "", {"reviewer", "qa", "publisher", "support", "lead"}}};
  desk.mailboxes = {{"oin", "oin@example.com"}};
  return desk;
}

Finding blocker() { return {"free-text", "initial-review", "blocker", "", "Sign-in fails.", "", "", ""}; }

class Case {
 public:
  explicit Case(TicketKind kind = TicketKind::submission) {
    ticket_.id = 1;
    happens("11-23T10:00",
            TicketOpened{kind, "review", "Acme Notes", "oin", "submission", "ada@acme.example"});
    happens("11-23T10:00", ParticipantAdded{"ada@acme.example", "requester"});
  }
  Case& happens(const std::string& when, EventBody what) {
    ticket_ = oin::apply(std::move(ticket_), Event{at(when), "desk", 0, std::move(what)});
    return *this;
  }
  /// With a submission in which nothing is missing.
  Case& in_phase(const std::string& when, const std::string& phase, const std::string& due) {
    Submission complete;
    complete.fields["app_website"] = {FieldValue::Kind::text, {"https://acme.example/"}};
    complete.fields["saml.acs_url"] = {FieldValue::Kind::text, {"https://acme.example/saml"}};
    happens(when, SubmissionRead{1, complete});
    return happens(when, PhaseEntered{phase, at(due), 2400, std::nullopt});
  }
  Decision told(const std::string& when, const std::string& lines) {
    CommandsGiven given{desk_.people.front(), commands(lines)};
    given.others = others;
    return take(decide(desk_, ticket_, given, at(when)));
  }
  Decision writes(const std::string& when, const std::string& text, Submission submission = {}) {
    const Mail mail = parse_mail("From: ada@acme.example\r\nSubject: Re: Acme Notes\r\n\r\n" + text + "\r\n");
    Intent intent;
    intent.name = submission.fields.empty() ? "issue-answer" : "submission";
    const Sender sender{"ada@acme.example", "vendor", true, "signed"};
    const Permission answer{true, true, "a person"};
    return take(decide(desk_, ticket_,
                       MailArrived{mail, submission, intent, sender, answer, "oin", 1, at(when)}, at(when)));
  }
  Decision wakes(const std::string& when, const std::string& timer) {
    return take(decide(desk_, ticket_, TimerDue{timer, at(when)}, at(when)));
  }
  Decision take(Decision decision) {
    ticket_ = oin::apply(std::move(ticket_), decision.events);
    return decision;
  }
  const Ticket& ticket() const { return ticket_; }
  const Ticket* operator->() const { return &ticket_; }
  std::vector<std::string> timers() const {
    std::vector<std::string> out;
    for (const TicketTimer& timer : timers_of(desk_, ticket_)) out.push_back(timer.name);
    return out;
  }

  std::vector<Ticket> others;

 private:
  Desk desk_ = team();
  Ticket ticket_;
};

std::vector<std::string> to_vendor(const Decision& decision) {
  std::vector<std::string> out;
  for (const LetterDraft& letter : decision.letters)
    if (!letter.to_staff) out.push_back(letter.event);
  return out;
}

std::vector<std::string> types(const Decision& decision) {
  std::vector<std::string> out;
  for (const Event& event : decision.events) out.emplace_back(type_name(event.what));
  return out;
}

TEST(TooLargeSubmission, LeavesTheTurnWithItsVendor) {
  const Desk desk = team();
  const Mail mail = parse_mail("From: ada@acme.example\r\nSubject: New integration\r\n\r\n");
  const Submission nothing;
  Intent intent;
  intent.name = "submission";
  const Sender sender{"ada@acme.example", "stranger", false, ""};
  const Permission answer{true, true, "a person"};
  Ticket fresh;
  fresh.id = 1;
  MailArrived in{mail, nothing, intent, sender, answer, "oin", 1, at("11-23T10:00")};
  in.oversized = 90'000'000;
  const Ticket ticket = oin::apply(fresh, decide(desk, fresh, in, at("11-23T10:00")).events);
  EXPECT_EQ(ticket.turn, Turn::vendor);
  EXPECT_THAT(timers_of(desk, ticket), Not(IsEmpty())) << "it is reminded, and closed in the end";
}

/// In the vendor's turn, with a blocker that a reviewer found, then held.
Case asked_and_held() {
  Case one;
  one.in_phase("11-23T10:00", "initial-review", "11-30T10:00");
  one.happens("11-24T10:00", IssueRaised{1, blocker(), false});
  one.happens("11-24T10:00", TurnPassed{Turn::vendor, "asked about issue 1"});
  one.happens("11-24T11:00", Held{"a partner", std::nullopt});
  return one;
}

TEST(Hold, KeepsTheClockStillWhenTheVendorAnswersAndGoesOnWithTheAnswerAfterIt) {
  Case one = asked_and_held();
  one.writes("11-25T10:00", "1: fixed");
  EXPECT_EQ(one->state, TicketState::held);
  EXPECT_EQ(one->due_at, std::nullopt);
  EXPECT_FALSE(one->clock.back().runs);
  one.told("11-26T10:00", "/resume");
  EXPECT_EQ(one->turn, Turn::team);
  EXPECT_EQ(one->due_at, at("12-03T10:00")) << "the round's whole time";
}

TEST(Hold, HandsADisputeOverWhenItEnds) {
  Case one = asked_and_held();
  one.writes("11-25T10:00", "1: this is by design");
  EXPECT_EQ(one->turn, Turn::team);
  EXPECT_EQ(one->due_at, std::nullopt);
  EXPECT_FALSE(one->clock.back().runs);
  one.told("11-26T10:00", "/resume");
  EXPECT_TRUE(one->answer_promised);
  EXPECT_EQ(one->due_at, at("11-30T10:00"));
}

TEST(Hold, GoesOnAfterTheTeamHasSettledWhatTheVendorOwed) {
  Case one = asked_and_held();
  one.told("11-25T10:00", "/waive 1 it does not matter");
  EXPECT_EQ(one->due_at, std::nullopt);
  one.told("11-26T10:00", "/resume");
  EXPECT_EQ(one->turn, Turn::team) << "nobody waits for a vendor who owes nothing";
  EXPECT_TRUE(one->due_at);
}

TEST(Hold, OfAnOverdueCaseNeitherTellsItAgainNorGivesItTime) {
  Case one;
  one.in_phase("11-23T10:00", "initial-review", "11-30T10:00");
  one.happens("11-23T10:00", LetterWritten{"submission-received", {"ada@acme.example"}, at("11-30T10:00")});
  one.wakes("11-30T10:00", "due");
  one.told("11-30T11:00", "/hold a partner");
  one.told("12-02T11:00", "/resume");
  EXPECT_EQ(one->due_at, at("11-30T10:00"));
  EXPECT_TRUE(one->due_passed);
  EXPECT_THAT(one.timers(), ElementsAre("overdue"));
}

TEST(Hold, OfAnOverdueCaseInWhichTheTurnPassesLeavesNothingOverdue) {
  Case one;
  one.in_phase("11-23T10:00", "initial-review", "11-30T10:00");
  one.wakes("11-30T10:00", "due");
  one.told("11-30T11:00", "/hold a partner");
  one.happens("11-30T12:00", IssueRaised{1, blocker(), false});
  one.happens("11-30T12:00", TurnPassed{Turn::vendor, "waiting for issue 1"});
  one.told("12-02T11:00", "/resume");
  EXPECT_FALSE(one->due_passed);
  EXPECT_EQ(one->turn, Turn::vendor);
}

TEST(Restart, IsRefusedWhileTheVendorHasABlockerToMend) {
  Case one;
  one.in_phase("11-23T10:00", "initial-review", "11-30T10:00");
  one.happens("11-24T10:00", IssueRaised{1, blocker(), false});
  one.happens("11-24T10:00", TurnPassed{Turn::vendor, "asked about issue 1"});
  EXPECT_THAT(one.told("11-25T10:00", "/restart").refused, HasSubstr("issue 1"));
}

TEST(Reopening, OfASettledPrecheckBeginsTheFirstPhase) {
  Case one;
  Submission some;
  some.fields["app_website"] = {FieldValue::Kind::text, {"https://acme.example/"}};
  one.happens("11-23T10:00", SubmissionRead{1, some});
  one.happens("11-23T10:00", IssueRaised{1, blocker(), true});
  one.happens("11-24T10:00", IssueClosed{1, "waived", "it does not matter"});
  one.happens("11-24T11:00", TicketClosed{"withdrawn", "", std::nullopt});
  one.told("11-25T10:00", "/reopen");
  EXPECT_EQ(one->phase, "initial-review");
  EXPECT_EQ(one->turn, Turn::team);
}

TEST(Publication, IsDoneAndReopenedInItsLastPhase) {
  Case one;
  one.in_phase("11-23T10:00", "publication", "11-30T10:00");
  one.told("11-24T10:00", "/publish https://www.okta.com/integrations/acme");
  EXPECT_EQ(one->phase, "done");
  one.told("11-25T10:00", "/reopen");
  EXPECT_EQ(one->phase, "publication");
  EXPECT_EQ(one->due_at, at("11-26T10:00"));
}

TEST(ClosedQuestion, IsOpenAgainWhenItsAskerSendsTheForm) {
  Case one(TicketKind::support);
  one.happens("11-24T10:00", TicketClosed{"answered", "", std::nullopt});
  Submission form;
  form.fields["app_name"] = {FieldValue::Kind::text, {"Acme Notes"}};
  form.fields["saml.acs_url"] = {FieldValue::Kind::text, {"https://acme.example/saml"}};
  one.writes("11-25T10:00", "Here is our form.", form);
  EXPECT_EQ(one->state, TicketState::open);
  EXPECT_EQ(one->kind, TicketKind::submission);
  EXPECT_EQ(one->phase, "initial-review");
}

TEST(FirstPhase, DoneAgainTakesBackThatLaterOnesWerePassed) {
  Case one;
  one.in_phase("11-23T10:00", "initial-review", "11-30T10:00");
  one.told("11-24T10:00", "/approve");
  one.told("11-24T11:00", "/approve");
  EXPECT_THAT(one->passed, ElementsAre("initial-review", "qa"));
  one.happens("11-25T10:00", PhaseEntered{"initial-review", at("12-02T10:00"), 2400, std::nullopt});
  EXPECT_THAT(one->passed, IsEmpty());
}

TEST(Commands, OfOneMailTellTheVendorOnceAndAnotherTicketAllThatHappensToIt) {
  Case one;
  one.in_phase("11-23T10:00", "initial-review", "11-30T10:00");
  EXPECT_THAT(to_vendor(one.told("11-24T10:00", "/approve\n/approve")), ElementsAre("phase-passed"));
  Ticket other;
  other.id = 2;
  other.events = 3;
  one.others = {other};
  const Decision both = one.told("11-24T11:00", "/link 2\n/merge 2");
  ASSERT_EQ(both.elsewhere.size(), 1u);
  EXPECT_EQ(both.elsewhere[0].events.size(), 3u) << "related, taken over, a participant";
  EXPECT_EQ(both.elsewhere[0].after.events, 6);
}

TEST(Letters, GoToNobodyOnceAllAddressesAreLostAndTheTeamIsToldSo) {
  Case one;
  one.in_phase("11-23T10:00", "initial-review", "11-30T10:00");
  one.happens("11-23T11:00", DeliveryReported{"ada@acme.example", "failed", "5.1.1", "user-unknown", ""});
  one.happens("11-23T11:00", LetterWritten{"status", {"ada@acme.example"}, at("11-24T10:00")});
  EXPECT_THAT(one.timers(), Not(Contains("delay"))) << "it would come again and again";
  const Decision approved = one.told("11-24T10:00", "/approve");
  EXPECT_THAT(to_vendor(approved), IsEmpty());
  EXPECT_THAT(types(approved), ElementsAre("phase-passed", "phase-entered"));
  EXPECT_THAT(approved.results.at(0).text, HasSubstr("can be reached"));
}

TEST(Warning, ThatWasSleptOverIsTheLastOneOrThatItIsOverdue) {
  Case one;
  one.in_phase("11-23T10:00", "initial-review", "11-30T10:00");
  Case late = one;
  late.wakes("12-01T10:00", "warn");
  EXPECT_TRUE(late->due_passed);
  EXPECT_THAT(late.timers(), ElementsAre("overdue"));
  one.wakes("11-30T09:30", "warn");
  EXPECT_EQ(one->warned_percent, 80);
}

TEST(NewCalendar, MovesADueDateThatCountsFromAMailsArrival) {
  Case one;
  one.happens("11-23T16:00", PhaseEntered{"initial-review", at("11-30T10:00"), 2400, at("11-23T10:00")});
  Desk desk = team();
  EXPECT_EQ(recomputed_due(desk, one.ticket()), std::nullopt);
  desk.workflow.calendar.holidays = {std::chrono::year(2026) / 11 / 27};
  desk.calendar = BusinessCalendar(desk.workflow.calendar);
  EXPECT_EQ(recomputed_due(desk, one.ticket()), at("12-01T10:00"));
  one.take(decide(desk, one.ticket(), SettingsChanged{}, at("11-24T10:00")));
  EXPECT_EQ(one->due_at, at("12-01T10:00"));
  EXPECT_EQ(one->clock.back().due, at("12-01T10:00"));
  EXPECT_EQ(recomputed_due(desk, one.ticket()), std::nullopt);
}

}  // namespace
}  // namespace oin
