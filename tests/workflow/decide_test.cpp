#include "daemon/workflow/decide.hpp"

#include <gmock/gmock.h>

#include "daemon/workflow/apply.hpp"
#include "daemon/workflow/event_json.hpp"
#include "daemon/workflow/status_request.hpp"
#include "templates/render.hpp"
#include "tests/workflow/sample_desk.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Without the letters to the team, which are another matter than what a vendor sees.
std::vector<std::string> types(const Decision& decision) {
  std::vector<std::string> out;
  for (const Event& event : decision.events) {
    const auto* letter = std::get_if<LetterWritten>(&event.what);
    if (!letter || !letter->letter.starts_with("staff-")) out.emplace_back(type_name(event.what));
  }
  return out;
}

std::vector<std::string> letters(const Decision& decision) {
  std::vector<std::string> out;
  for (const LetterDraft& letter : decision.letters)
    if (!letter.to_staff) out.push_back(letter.event);
  return out;
}

/// A mail of Ada's with an intent, ready to be decided on.
struct Case {
  Mail mail;
  Submission submission;
  Intent intent;
  Sender sender{"ada@acme.example", "vendor", true, "dmarc=pass"};
  Permission answer{true, true, "a person"};
  std::vector<Ticket> known;
  std::vector<Ticket> asked{};
  std::size_t oversized = 0;

  explicit Case(std::string name) {
    mail.from = {{"Ada", "ada@acme.example"}};
    mail.subject = "Re: Acme Notes";
    mail.message_id = "m1@acme.example";
    intent = {std::move(name), 0.9, "", "", {}};
  }
  Decision decide_on(const Ticket& ticket) const {
    const Instant now = *parse_rfc3339("2026-11-23T10:00:00Z");
    MailArrived in{mail, submission, intent, sender, answer, "oin", 1, now, oversized, known};
    in.asked = asked;
    return decide(strict_desk(), ticket, in, now);
  }
};

Ticket unopened() {
  Ticket ticket;
  ticket.id = 7;
  return ticket;
}

Submission acme() {
  Submission submission;
  submission.fields["app_name"] = {FieldValue::Kind::text, {"Acme Notes"}};
  submission.fields["app_website"] = {FieldValue::Kind::text, {"https://acme.example/"}};
  submission.fields["saml.acs_url"] = {FieldValue::Kind::text, {"https://acme.example/saml"}};
  submission.protocols = {"saml"};
  submission.labelled = 9;
  return submission;
}

Submission without(Submission submission, const char* field) {
  submission.fields.erase(field);
  return submission;
}

Submission only(const char* field, const char* value) {
  Submission submission;
  submission.fields[field] = {FieldValue::Kind::text, {value}};
  return submission;
}

Ticket opened_submission() {
  Case first("submission");
  first.submission = acme();
  return oin::apply(unopened(), first.decide_on(unopened()).events);
}

TEST(Submission, OpensATicketInTheFirstPhaseWithADueDate) {
  Case c("submission");
  c.submission = acme();
  const Decision decision = c.decide_on(unopened());
  EXPECT_THAT(types(decision), ElementsAre("ticket-opened", "participant-added", "mail-filed",
                                           "submission-read", "phase-entered", "letter-written"));
  EXPECT_THAT(letters(decision), ElementsAre("submission-received"));
  const Ticket ticket = oin::apply(unopened(), decision.events);
  EXPECT_EQ(ticket.phase, "initial-review");
  EXPECT_EQ(ticket.title, "Acme Notes");
  EXPECT_EQ(ticket.queue, "review");
  EXPECT_EQ(to_rfc3339(*ticket.due_at), "2026-11-30T10:00:00Z");
  EXPECT_EQ(ticket.turn, Turn::team);
}

TEST(Submission, KeepsWhatAnUpdateDoesNotName) {
  const Ticket before = opened_submission();
  Case answer("submission-update");
  answer.submission = only("app_description", "Notes for teams");
  Ticket after = oin::apply(before, answer.decide_on(before).events);
  EXPECT_EQ(after.revision, 2);
  EXPECT_EQ(after.submission->fields.size(), before.submission->fields.size() + 1);

  Case strike("submission-update");
  strike.submission.cleared = {"app_description"};
  after = oin::apply(after, strike.decide_on(after).events);
  EXPECT_EQ(after.revision, 3);
  EXPECT_EQ(after.submission->fields, before.submission->fields);
}

Ticket opened_with(Submission submission) {
  Case first("submission");
  first.submission = std::move(submission);
  return oin::apply(unopened(), first.decide_on(unopened()).events);
}

TEST(Review, DoesNotBeginWhileSomethingBlocks) {
  Case c("submission");
  c.submission = without(acme(), "saml.acs_url");
  const Decision decision = c.decide_on(unopened());
  EXPECT_THAT(letters(decision), ElementsAre("submission-incomplete"));
  const Ticket ticket = oin::apply(unopened(), decision.events);
  EXPECT_EQ(ticket.phase, "precheck");
  EXPECT_EQ(ticket.turn, Turn::vendor);
  EXPECT_FALSE(ticket.due_at);
  ASSERT_EQ(ticket.issues.size(), 1u);
  EXPECT_EQ(ticket.issues[0].number, 1);
  EXPECT_TRUE(ticket.blocked());
  EXPECT_FALSE(ticket.clock.back().runs);
}

TEST(Review, BeginsWithWhatDoesNotBlockLeftOpen) {
  const Ticket ticket = opened_with(without(acme(), "app_website"));
  EXPECT_EQ(ticket.phase, "initial-review");
  EXPECT_EQ(ticket.issues_standing(), 1);
  EXPECT_FALSE(ticket.blocked());
}

TEST(Review, BeginsWithTheMailThatSettlesWhatBlocked) {
  const Ticket before = opened_with(without(acme(), "saml.acs_url"));
  Case answer("issue-answer");
  answer.submission = only("saml.acs_url", "https://acme.example/acs");
  const Decision decision = answer.decide_on(before);
  EXPECT_THAT(letters(decision), ElementsAre("revision-received"));
  const Ticket after = oin::apply(before, decision.events);
  EXPECT_EQ(after.issues[0].state, IssueState::fixed);
  EXPECT_EQ(after.phase, "initial-review");
  EXPECT_EQ(after.turn, Turn::team);
  EXPECT_EQ(to_rfc3339(*after.due_at), "2026-11-30T10:00:00Z");
  const auto& variables = decision.letters[0].variables;
  EXPECT_EQ(variables["changed"][0]["label"], "SAML ACS URL");
  EXPECT_EQ(variables["changed"][0]["before"], "");
  EXPECT_EQ(variables["closed"][0]["number"], 1);
}

TEST(Review, StaysWithTheVendorUntilAllIsSettled) {
  const Ticket before = opened_with(without(acme(), "saml.acs_url"));
  Case answer("issue-answer");
  answer.submission = only("app_name", "Acme Notes 2");
  const Ticket after = oin::apply(before, answer.decide_on(before).events);
  EXPECT_EQ(after.revision, 2);
  EXPECT_EQ(after.phase, "precheck");
  EXPECT_EQ(after.turn, Turn::vendor);
  EXPECT_EQ(after.issues.size(), 1u);
}

TEST(Review, StopsItsClockWhenARevisionBringsABlocker) {
  const Ticket before = opened_with(acme());
  Case answer("submission-update");
  answer.submission.cleared = {"saml.acs_url"};
  const Ticket after = oin::apply(before, answer.decide_on(before).events);
  EXPECT_EQ(after.phase, "initial-review");
  EXPECT_EQ(after.turn, Turn::vendor);
  EXPECT_FALSE(after.due_at);
}

TEST(Review, OfAPassedPhaseIsDoneAgainWhenASettingChanges) {
  Ticket before = opened_with(acme());
  before = oin::apply(before, Event{before.changed_at, "desk", 0, PhaseEntered{"qa", std::nullopt}});
  Case logo("submission-update");
  logo.submission = only("app_icon", "new.png");
  EXPECT_EQ(oin::apply(before, logo.decide_on(before).events).phase, "qa");
  Case setting("submission-update");
  setting.submission = only("saml.acs_url", "https://acme.example/other");
  const Decision decision = setting.decide_on(before);
  EXPECT_EQ(oin::apply(before, decision.events).phase, "initial-review");
  EXPECT_EQ(decision.letters.at(0).variables["reopened"], true);
}

TEST(Review, IsNotRevisedByWhatIsKnown) {
  const Ticket before = opened_with(acme());
  Case again("submission-update");
  again.submission = only("app_name", "Acme Notes");
  EXPECT_THAT(types(again.decide_on(before)), ElementsAre("mail-filed", "letter-written"));
}

TEST(Review, WithoutAnyFieldAwaitsTheForm) {
  const Ticket ticket = opened_with({});
  EXPECT_EQ(ticket.phase, "precheck");
  EXPECT_EQ(ticket.turn, Turn::vendor);
}

TEST(Form, GoesToWhoeverAsksForItOrSendsNoneOfIt) {
  Case question("publication-question");
  question.intent.topic = "how-to-submit";
  const Decision asked = question.decide_on(unopened());
  ASSERT_THAT(letters(asked), ElementsAre("submission-form"));
  EXPECT_EQ(asked.letters[0].attachments.size(), 3u);
  EXPECT_EQ(oin::apply(unopened(), asked.events).queue, "oin-support");
  EXPECT_THAT(letters(Case("submission").decide_on(unopened())), ElementsAre("submission-form"));
}

TEST(Form, GoesFilledInWithWhatIsMissing) {
  Case c("submission");
  c.submission = without(acme(), "saml.acs_url");
  const Decision decision = c.decide_on(unopened());
  ASSERT_EQ(decision.letters.at(0).attachments.size(), 3u);
  EXPECT_NE(decision.letters[0].attachments[0].content.find("App name: Acme Notes"), std::string::npos);
}

TEST(IssueAnswers, AreNotedAndAnswered) {
  const Ticket before = opened_with(without(without(acme(), "saml.acs_url"), "app_website"));
  Case answer("issue-answer");
  answer.mail.text = "2 is done, 1 will be deployed on Friday.\n";
  const Decision decision = answer.decide_on(before);
  EXPECT_THAT(letters(decision), ElementsAre("issue-answers-noted"));
  const Ticket after = oin::apply(before, decision.events);
  EXPECT_EQ(after.issues[0].state, IssueState::open);
  EXPECT_EQ(after.issues[1].state, IssueState::answered);
  EXPECT_EQ(after.turn, Turn::vendor);
}

TEST(IssueAnswers, ThatDisputeGoToTheTeam) {
  const Ticket before = opened_with(without(acme(), "saml.acs_url"));
  Case answer("issue-answer");
  answer.mail.text = "1: not applicable, we use SCIM alone\n";
  const Ticket after = oin::apply(before, answer.decide_on(before).events);
  EXPECT_EQ(after.turn, Turn::team);
  EXPECT_TRUE(after.due_at);
}

TEST(Question, IsQueuedAndPromisedAFirstAnswer) {
  const Decision decision = Case("build-question").decide_on(unopened());
  EXPECT_THAT(letters(decision), ElementsAre("question-received"));
  const Ticket ticket = oin::apply(unopened(), decision.events);
  EXPECT_EQ(ticket.queue, "dev-support");
  EXPECT_FALSE(ticket.phase);
  EXPECT_EQ(to_rfc3339(*ticket.due_at), "2026-11-25T10:00:00Z");
}

TEST(Question, GoesToTriageWhenItIsUnsure) {
  Case c("build-question");
  c.intent.confidence = 0.3;
  EXPECT_EQ(oin::apply(unopened(), c.decide_on(unopened()).events).queue, "triage");
}

TEST(Automatic, NeverOpensATicketOrIsAnswered) {
  Case c("automatic");
  c.mail.automatic = Automatic{"auto-reply", {"Auto-Submitted: auto-replied"}};
  EXPECT_THAT(types(c.decide_on(unopened())), IsEmpty());
  const Ticket before = opened_submission();
  const Decision decision = c.decide_on(before);
  EXPECT_THAT(types(decision), ElementsAre("mail-filed"));
  EXPECT_THAT(letters(decision), IsEmpty());
  EXPECT_EQ(oin::apply(before, decision.events).due_at, before.due_at);
}

TEST(Answer, IsNotGivenWhenItMayNotBe) {
  Case c("submission");
  c.submission = acme();
  c.answer = {false, false, "Precedence: bulk"};
  const Decision decision = c.decide_on(unopened());
  EXPECT_THAT(letters(decision), IsEmpty());
  EXPECT_TRUE(oin::apply(unopened(), decision.events).opened());
}

TEST(Acknowledgement, IsHeldBackWhileOneWasJustSent) {
  Case c("build-question");
  c.answer = {true, false, "a person"};
  EXPECT_THAT(letters(c.decide_on(unopened())), IsEmpty());
}

TEST(StatusRequest, OnATicketTellsThatTicket) {
  const Decision decision = Case("status-request").decide_on(opened_submission());
  ASSERT_THAT(letters(decision), ElementsAre("status"));
  EXPECT_EQ(decision.letters[0].variables["tickets"].size(), 1u);
}

TEST(StatusRequest, WithoutATicketTellsAllOpenOnes) {
  Case c("status-request");
  Ticket held = opened_submission();
  held.id = 8;
  held.state = TicketState::held;
  Ticket closed = opened_submission();
  closed.id = 9;
  c.mail.subject = "How do our reviews stand?";
  closed.state = TicketState::closed;
  c.asked = asked_about(c.mail, 0, std::vector{closed, held, opened_submission()});
  const Decision decision = c.decide_on(c.asked.front());
  ASSERT_THAT(letters(decision), ElementsAre("status"));
  EXPECT_EQ(decision.letters[0].variables["tickets"].size(), 2u);
}

TEST(StatusRequest, OfAStrangerOpensAQuestionAndTellsNothing) {
  const Decision decision = Case("status-request").decide_on(unopened());
  EXPECT_THAT(letters(decision), ElementsAre("status-unknown"));
  EXPECT_EQ(oin::apply(unopened(), decision.events).queue, "oin-support");
}

TEST(StatusRequest, NeverAnswersToAnAddressThatIsNotOnRecord) {
  Case c("status-request");
  c.mail.reply_to = {{"", "eve@evil.example"}};
  const Decision decision = c.decide_on(opened_submission());
  ASSERT_THAT(letters(decision), ElementsAre("status"));
  EXPECT_EQ(decision.letters[0].to[0].addr_spec, "ada@acme.example");
  c.mail.from = {{"", "eve@evil.example"}};
  c.sender.verified = false;
  EXPECT_THAT(letters(c.decide_on(opened_submission())), IsEmpty());
}

TEST(Participants, AreTheSenderAndCcButNeverTheDeskOrItsPeople) {
  Case c("submission");
  c.mail.cc = {{"", "bob@acme.example"}, {"", "oin+x@example.com"}, {"", "grace@example.com"}};
  const Ticket ticket = oin::apply(unopened(), c.decide_on(unopened()).events);
  ASSERT_EQ(ticket.participants.size(), 2u);
  EXPECT_EQ(ticket.participants[0].role, "requester");
  EXPECT_EQ(ticket.participants[1].address, "bob@acme.example");
}

TEST(Participants, AreFiftyOfThoseInCcAtMost) {
  Case c("submission");
  for (int i = 0; i < 10'000; ++i) c.mail.cc.push_back({"", "victim" + std::to_string(i) + "@acme.example"});
  const Decision decision = c.decide_on(unopened());
  EXPECT_EQ(oin::apply(unopened(), decision.events).participants.size(), 51u);
  for (const LetterDraft& letter : decision.letters) EXPECT_LE(letter.to.size(), 51u);
}

TEST(Participants, AreNotTheEmergencyContactTheTestAccountOrAStranger) {
  Case c("submission");
  c.submission = acme();
  c.submission.fields["escalation_contact"] = {FieldValue::Kind::list, {"oncall@acme.example"}};
  c.submission.fields["submission_contact"] = {FieldValue::Kind::list,
                                               {"tom@acme.example", "x@else.example"}};
  c.mail.cc = {{"", "oncall@acme.example"},
               {"", "isvtest@okta.com"},
               {"", "bob@acme.example"},
               {"", "list@far.example"}};
  const Decision decision = c.decide_on(unopened());
  std::vector<std::string> addresses;
  for (const Participant& one : oin::apply(unopened(), decision.events).participants)
    addresses.push_back(one.address);
  EXPECT_THAT(addresses,
              ElementsAre("ada@acme.example", "bob@acme.example", "list@far.example", "tom@acme.example"));
  ASSERT_EQ(decision.letters.at(0).to.size(), 2u);  // a colleague in Cc, and no stranger
  EXPECT_EQ(decision.letters[0].to[1].addr_spec, "bob@acme.example");
}

/// What a letter has and what its template may name: the shipped sample is the list.
TEST(LetterVariables, AreThoseOfTheShippedSamples) {
  const Letters shipped = Letters::open().value();
  const auto expect_same_keys = [&](const LetterDraft& draft) {
    const nlohmann::json sample = shipped.sample(draft.event).value();
    for (const auto& [key, value] : sample.items())
      EXPECT_TRUE(draft.variables.contains(key)) << draft.event << " lacks " << key;
    const auto words = shipped.render(draft.event, draft.variables);
    EXPECT_TRUE(words) << words.error().what;
  };
  Case submission("submission");
  submission.submission = acme();
  submission.submission.unknown = {{"Colour", "blue"}};
  expect_same_keys(submission.decide_on(unopened()).letters.at(0));
  submission.oversized = 60'000'000;
  expect_same_keys(submission.decide_on(unopened()).letters.at(0));
  for (const char* intent : {"build-question", "unclear", "status-request"})
    expect_same_keys(Case(intent).decide_on(unopened()).letters.at(0));
  for (const char* intent : {"status-request", "issue-answer"})
    expect_same_keys(Case(intent).decide_on(opened_submission()).letters.at(0));
  expect_same_keys(Case("submission").decide_on(unopened()).letters.at(0));
  const Ticket incomplete = opened_with(without(acme(), "saml.acs_url"));
  Case fault("submission");
  fault.submission = without(acme(), "saml.acs_url");
  expect_same_keys(fault.decide_on(unopened()).letters.at(0));
  Case revision("issue-answer");
  revision.submission = only("saml.acs_url", "https://acme.example/acs");
  expect_same_keys(revision.decide_on(incomplete).letters.at(0));
  Case answers("issue-answer");
  answers.mail.text = "1 is fixed\n";
  expect_same_keys(answers.decide_on(incomplete).letters.at(0));
}

TEST(Command, EndsTheCaseAndTellsEverybodyOnItsRecord) {
  Case c("submission");
  c.submission = acme();
  c.submission.fields["test_account.password"] = {FieldValue::Kind::secret, {"sealed:x"}};
  c.mail.cc = {{"", "bob@acme.example"}};
  const Ticket open = oin::apply(unopened(), c.decide_on(unopened()).events);
  const PersonSettings grace{"Grace", "grace@example.com", "", {"reviewer"}},
      paul{"Paul", "p@x", "", {"publisher"}};
  const auto give = [&](const Ticket& ticket, const PersonSettings& by, std::vector<std::string> words) {
    Command command{words.front(), true, {words.begin() + 1, words.end()}, ""};
    for (const std::string& word : command.arguments)
      command.text += (command.text.empty() ? "" : " ") + word;
    CommandsGiven given{by, {}};  // GCC 12 takes a temporary's empty optional for one that is destroyed
    given.commands.push_back(std::move(command));
    return decide(strict_desk(), ticket, given, open.opened_at);
  };
  const Decision rejected = give(open, grace, {"reject", "it", "is", "a", "copy"});
  EXPECT_THAT(letters(rejected), ElementsAre("rejected"));
  EXPECT_EQ(rejected.letters[0].to.size(), 2u);
  EXPECT_EQ(rejected.letters[0].variables["why"], "it is a copy");
  EXPECT_NE(rejected.letters[0].variables["secrets_until"], "");
  const Letters shipped = Letters::open().value();
  EXPECT_TRUE(shipped.render("rejected", rejected.letters[0].variables));
  const Ticket closed = oin::apply(open, rejected.events);
  EXPECT_EQ(closed.state, TicketState::closed);
  EXPECT_EQ(closed.outcome, "rejected");
  EXPECT_EQ(closed.turn, Turn::none);
  EXPECT_FALSE(closed.due_at);
  EXPECT_EQ(closed.forget_secrets_at, open.opened_at + std::chrono::days(30));
  EXPECT_NE(give(open, grace, {"reject"}).refused, "");
  EXPECT_NE(give(open, paul, {"withdraw"}).refused, "");
  EXPECT_NE(give(closed, grace, {"withdraw"}).refused, "");
  EXPECT_THAT(letters(give(open, grace, {"withdraw"})), ElementsAre("withdrawn"));
}

TEST(Timer, NotesAPassedDueDateOnce) {
  const Ticket ticket = opened_submission();
  const Instant late = *ticket.due_at + std::chrono::hours(1);
  const Decision first = decide(strict_desk(), ticket, TimerDue{"due"}, late);
  EXPECT_THAT(types(first), ElementsAre("due-passed", "letter-written"));
  EXPECT_THAT(letters(first), ElementsAre("delay-notice"));
  EXPECT_EQ(first.letters.back().event, "staff-overdue");
  const Ticket after = oin::apply(ticket, first.events);
  EXPECT_THAT(types(decide(strict_desk(), after, TimerDue{"due"}, late)), IsEmpty());
  EXPECT_THAT(types(decide(strict_desk(), ticket, TimerDue{"due"}, *ticket.due_at - std::chrono::hours(1))),
              IsEmpty());
}

TEST(Decide, IsTheSameForTheSameInput) {
  Case c("submission");
  c.submission = acme();
  const Decision a = c.decide_on(unopened()), b = c.decide_on(unopened());
  ASSERT_EQ(a.events.size(), b.events.size());
  for (std::size_t i = 0; i < a.events.size(); ++i)
    EXPECT_EQ(to_json(a.events[i].what), to_json(b.events[i].what));
}

TEST(EventJson, ComesBackAsItWas) {
  Submission submission = acme();
  submission.fields["scim.patch"] = {FieldValue::Kind::boolean, {"true"}};
  submission.provenance["app_name"] = {"1", 3};
  submission.unknown = {{"Favourite colour", "blue"}};
  submission.ambiguous = {"Instance URL"};
  submission.conflicting = {"app_name"};
  submission.cleared = {"app_icon"};
  submission.details["app_icon:width"] = {"420"};
  const Instant at = *parse_rfc3339("2026-11-23T10:00:00Z");
  const EventBody bodies[] = {
      TicketOpened{TicketKind::removal, "review", "t", "oin", "removal", "a@b.example"},
      KindChanged{TicketKind::update, "review", "t"},
      ParticipantAdded{"a@b.example", "cc"},
      MailFiled{"submission", "a@b.example", "s", true, ""},
      SubmissionRead{3, submission},
      IssueDrafted{1, {"saml.sha1", "qa", "blocker", "", "t", "", "w", ""}},
      IssueRaised{
          2, {"app.website-missing", "initial-review", "must", "app_website", "t", "n", "w", "s"}, true},
      IssueAnswered{2, "done", "it is there"},
      IssueClosed{2, "fixed", "the check passes now"},
      TurnPassed{Turn::vendor, "blocking: issue 1"},
      PhaseEntered{"qa", at, 2400},
      PhaseEntered{"qa", at, 2400, at},
      DueMoved{at, "the calendar has changed"},
      PhaseEntered{"qa", std::nullopt, 0},
      PhasePassed{"qa"},
      ClockResumed{at, 480, "the hold is over"},
      AnswerPromised{at, 960},
      Held{"no account", at},
      Held{"no account", std::nullopt},
      Resumed{"the account works"},
      DuePassed{at},
      TeamWarned{80},
      Reminded{2},
      RemindersMoved{at, "away until then"},
      Assigned{"grace@example.com"},
      QueueChanged{"review", "it is one"},
      TicketLinked{12, "related"},
      Reopened{"its vendor wrote again"},
      LetterWritten{"status", {"a@b.example"}, at},
      LetterAccepted{"status", "a@b.example", "250 ok"},
      LetterRefused{"status", "a@b.example", "550 no"},
      LetterDelayed{"reminder", {"a@b.example"}, "451 later", true},
      LetterWithdrawn{"reminder", {"a@b.example"}, "the case is over"},
      AddressSuppressed{"a@b.example", "user-unknown three times"},
      SuppressionLifted{"a@b.example"},
      TicketClosed{"rejected", "a copy", at},
      SecretsForgotten{},
      PersonErased{"erased-1", 2},
      SecretShown{"mail 2"},
      DeliveryReported{"a@b.example", "failed", "5.1.1", "user-unknown", "no"},
      LinksLooked{1, {{"app_website:seen", {"gone"}}}, {"app_website: gone"}},
      Noted{"n"}};
  for (const EventBody& body : bodies) {
    const auto back = event_from_json(type_name(body), to_json(body));
    ASSERT_TRUE(back) << type_name(body);
    EXPECT_EQ(to_json(back.value()), to_json(body));
    if (const auto* read = std::get_if<SubmissionRead>(&back.value())) {
      EXPECT_EQ(read->submission.ambiguous, submission.ambiguous);
      EXPECT_EQ(read->submission.conflicting, submission.conflicting);
      EXPECT_EQ(read->submission.cleared, submission.cleared);
    }
    EXPECT_FALSE(summary(body).empty());
  }
  EXPECT_FALSE(event_from_json("no-such-event", nlohmann::json::object()));
}

}  // namespace
}  // namespace oin
