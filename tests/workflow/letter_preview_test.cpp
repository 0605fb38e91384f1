#include "daemon/workflow/letter_preview.hpp"

#include <gmock/gmock.h>

#include "daemon/workflow/apply.hpp"
#include "daemon/workflow/decide.hpp"
#include "templates/render.hpp"
#include "tests/workflow/sample_desk.hpp"

namespace oin {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

const Instant now = *parse_rfc3339("2026-11-23T10:00:00Z");

Submission acme(const std::string& acs_url) {
  Submission submission;
  submission.protocols = {"saml"};
  submission.fields["app_name"] = {FieldValue::Kind::text, {"Acme Notes"}};
  submission.fields["app_website"] = {FieldValue::Kind::text, {"https://acme.example/"}};
  if (!acs_url.empty()) submission.fields["saml.acs_url"] = {FieldValue::Kind::text, {acs_url}};
  return submission;
}

Decision opening(const Submission& submission, std::vector<HeaderField> header = {}) {
  Ticket ticket;
  ticket.id = 7;
  Mail mail;
  mail.from = {{"", "ada@acme.example"}};
  mail.header = std::move(header);
  const Intent intent{"submission", 0.9, "", "", {}};
  const Sender sender{"ada@acme.example", "vendor", true, "dmarc=pass"};
  const Permission answer{true, true, "a person"};
  Desk desk = strict_desk();
  desk.locales = {"de", "en"};
  return decide(desk, ticket, MailArrived{mail, submission, intent, sender, answer, "oin", 1, now}, now);
}

Ticket opened(const Submission& submission, std::vector<HeaderField> header = {}) {
  Ticket ticket;
  ticket.id = 7;
  for (const Event& event : opening(submission, std::move(header)).events)
    ticket = oin::apply(std::move(ticket), event);
  return ticket;
}

/// The sample where the ticket has nothing, as `oinctl template render` does it.
json filled(const Letters& letters, const Ticket& ticket, const std::string& event) {
  json variables = *preview_variables(strict_desk(), ticket, event, now);
  const json sample = letters.sample(event).value();
  for (const auto& [name, value] : sample.items())
    if (!variables.contains(name)) variables[name] = value;
  return variables;
}

TEST(LetterPreview, IsThereForEveryLetterAndAnyTicket) {
  const Letters letters = Letters::open().value();
  Ticket closed = opened(acme("https://acme.example/acs"));
  closed.state = TicketState::closed;
  closed.outcome = "published";
  Ticket question;
  question.id = 8;
  question = oin::apply(std::move(question),
                        Event{now, "desk", 0,
                              TicketOpened{TicketKind::support, "dev-support", "SCIM", "developers",
                                           "build-question", "bob@acme.example"}});
  for (const Ticket& ticket : {opened(acme("https://acme.example/acs")), opened(acme("")), closed, question})
    for (const std::string& event : letters.events()) {
      ASSERT_TRUE(preview_variables(strict_desk(), ticket, event, now)) << event;
      const auto words = letters.render(event, filled(letters, ticket, event), ticket.locale);
      ASSERT_TRUE(words) << words.error().what;
      EXPECT_THAT(words.value().text, Not(HasSubstr("1970"))) << event;
    }
  EXPECT_FALSE(preview_variables(strict_desk(), question, "no-such", now));
}

TEST(LetterPreview, SaysWhatTheLetterItselfSaid) {
  const std::pair<std::string, std::string> cases[] = {{"submission-received", "https://acme.example/acs"},
                                                       {"submission-incomplete", ""}};
  for (const auto& [event, acs_url] : cases) {
    const Decision decision = opening(acme(acs_url));
    ASSERT_EQ(decision.letters.at(0).event, event);
    json sent = decision.letters.at(0).variables;
    json preview = *preview_variables(strict_desk(), opened(acme(acs_url)), event, now);
    preview.erase("late_since");
    EXPECT_EQ(preview, sent) << event;
  }
}

TEST(LetterPreview, ShowsTheNextPhaseWithItsOwnDueDate) {
  const json variables =
      *preview_variables(strict_desk(), opened(acme("https://acme.example/acs")), "phase-passed", now);
  EXPECT_EQ(variables["passed_title"], "initial review");
  EXPECT_EQ(variables["phase_title"], "QA testing");
  EXPECT_EQ(variables["due"], "Monday 30 November 2026, 10:00 UTC");
  EXPECT_EQ(variables["phases"][0]["done"], true);
  EXPECT_EQ(variables["phases"][1]["current"], true);
}

TEST(LetterPreview, LeavesOutWhatOnlyTheMomentHas) {
  const Ticket ticket = opened(acme("https://acme.example/acs"));
  EXPECT_FALSE(preview_variables(strict_desk(), ticket, "question-answer", now)->contains("text"));
  EXPECT_FALSE(preview_variables(strict_desk(), ticket, "published", now)->contains("why"));
  EXPECT_FALSE(preview_variables(strict_desk(), ticket, "command-result", now)->contains("results"));
}

TEST(LetterPreview, OfATicketInGermanIsGermanForTheVendorAlone) {
  const Ticket ticket = opened(acme("https://acme.example/acs"), {{"Content-Language", "de-DE"}});
  EXPECT_EQ(ticket.locale, "de");
  const json vendor = *preview_variables(strict_desk(), ticket, "phase-passed", now);
  EXPECT_EQ(vendor["passed_title"], "Erstprüfung");
  EXPECT_EQ(vendor["due"], "Montag, 30. November 2026, 10:00 UTC");
  const json team = *preview_variables(strict_desk(), ticket, "staff-overdue", now);
  EXPECT_EQ(team["phase_title"], "initial review");
  EXPECT_EQ(team["due"], "Monday 30 November 2026, 10:00 UTC");
  EXPECT_TRUE(is_to_team("staff-overdue"));
}

TEST(TicketLocale, IsTheDraftsForAVendorAndNotForTheTeam) {
  const Decision decision = opening(acme("https://acme.example/acs"), {{"Content-Language", "de-DE"}});
  ASSERT_GE(decision.letters.size(), 2u);  // to the vendor, and to whoever reviews
  for (const LetterDraft& letter : decision.letters)
    EXPECT_EQ(letter.locale, letter.to_staff ? "en" : "de") << letter.event;
}

}  // namespace
}  // namespace oin
