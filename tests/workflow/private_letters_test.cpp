/// private_letters_test.cpp: no letter about a private integration speaks of the public catalog.
#include <gmock/gmock.h>

#include <array>

#include "daemon/workflow/apply.hpp"
#include "daemon/workflow/decide.hpp"
#include "daemon/workflow/letter_preview.hpp"
#include "parsers/ascii.hpp"
#include "templates/render.hpp"
#include "tests/workflow/sample_desk.hpp"

namespace oin {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

const Instant now = *parse_rfc3339("2026-11-23T10:00:00Z");

/// Of the public way; in both languages, in lower case.
constexpr std::array public_words{
    "catalog", "publish",    "publication", "listing",          "integration network",
    "katalog", "veröffentl", "öffentlich",  "alle kunden sehen"};

/// What no private integration is told: it was another kind of case, or none yet.
constexpr std::array of_other_cases{"published",         "removed",          "removal-confirm",
                                    "removal-confirmed", "removal-received", "app-problem-referred",
                                    "unclear-received",  "status-unknown"};

Submission submission(const std::vector<std::pair<std::string, std::string>>& fields) {
  Submission out;
  out.protocols = {"scim"};
  for (const auto& [name, value] : fields) out.fields[name] = {FieldValue::Kind::text, {value}};
  return out;
}

Ticket opened(const Submission& said, const std::string& language) {
  Ticket ticket;
  ticket.id = 7;
  Mail mail;
  mail.from = {{"", "ada@acme.example"}};
  mail.header = {{"Content-Language", language}};
  const Intent intent{"private-integration", 0.9, "", "", {}};
  const Sender sender{"ada@acme.example", "vendor", true, "dmarc=pass"};
  const Permission answer{true, true, "a person"};
  Desk desk = sample_desk();
  desk.locales = {"de", "en"};
  const Decision decision =
      decide(desk, ticket, MailArrived{mail, said, intent, sender, answer, "oin", 1, now}, now);
  return oin::apply(std::move(ticket), decision.events);
}

/// The same case at its turns: before the review, in each phase, with issues, at its end.
std::vector<Ticket> course(const std::string& language) {
  const Submission whole =
      submission({{"app_name", "Acme Notes"}, {"private.orgs", "https://customer.okta.com"}});
  std::vector<Ticket> out{opened(Submission(), language),
                          opened(submission({{"app_name", "Acme Notes"}}), language),
                          opened(whole, language)};
  Ticket ticket = out.back();
  for (const PhaseSettings& phase : sample_desk().workflow.phases) {
    ticket = oin::apply(std::move(ticket), Event{now, "desk", 0, PhaseEntered{phase.name, now, 480}});
    out.push_back(ticket);
    ticket = oin::apply(std::move(ticket), Event{now, "desk", 0, PhasePassed{phase.name}});
  }
  ticket = oin::apply(std::move(ticket), Event{now, "desk", 0, TicketClosed{"ready", "in their org", {}}});
  out.push_back(ticket);
  return out;
}

/// What a preview cannot tell: a person's words, or lists that are empty here.
json only_a_person_knows(const json& sample) {
  if (sample.is_string()) return "words of a person";
  if (sample.is_array()) return json::array();
  return sample.is_boolean() ? json(false) : sample;
}

TEST(PrivateLetters, NeverSpeakOfThePublicCatalog) {
  const Letters letters = Letters::open().value();
  for (const std::string language : {"en", "de"})
    for (const Ticket& ticket : course(language))
      for (const std::string& event : letters.events()) {
        if (is_to_team(event) || std::ranges::find(of_other_cases, event) != of_other_cases.end()) continue;
        ASSERT_EQ(ticket.kind, TicketKind::private_integration);
        json variables = *preview_variables(sample_desk(), ticket, event, now);
        const json sample = letters.sample(event).value();
        for (const auto& [name, value] : sample.items())
          if (!variables.contains(name)) variables[name] = only_a_person_knows(value);
        const auto words = letters.render(event, variables, language);
        ASSERT_TRUE(words) << event << ": " << words.error().what;
        for (const std::string& part : {words.value().subject, words.value().text, words.value().html})
          for (const char* word : public_words)
            EXPECT_THAT(lower(part), Not(HasSubstr(word))) << event << " in " << language;
      }
}

/// Rules of what is private never; the others' words go into letters about it.
bool is_of_other_kinds(const std::string& code) {
  constexpr std::array kinds{
      "update.", "swa", "api", "connector", "wsfed", "identity.app-exists", "route.private-needed"};
  return std::ranges::any_of(kinds, [&](const char* kind) { return code.starts_with(kind); });
}

bool is_for_public_ones(const RuleSettings& rule) {
  return is_of_other_kinds(rule.code) || std::ranges::any_of(rule.when, [](const std::string& term) {
           return term == "route is public" || term.find("change") != std::string::npos ||
                  term.find("update") != std::string::npos;
         });
}

std::string as_for_private_ones(std::string text) {
  constexpr std::string_view begin = "{{^route.private}}", end = "{{/route.private}}";
  for (auto at = text.find(begin); at != std::string::npos; at = text.find(begin))
    text.erase(at, text.find(end, at) + end.size() - at);
  return text;
}

TEST(PrivateLetters, HaveNoIssueThatSpeaksOfThePublicCatalog) {
  const auto look = [](const std::string& place, const std::vector<std::string>& texts) {
    for (const std::string& text : texts)
      for (const char* word : public_words)
        EXPECT_THAT(lower(as_for_private_ones(text)), Not(HasSubstr(word))) << place;
  };
  const RuleBook& book = sample_desk().workflow.rules;
  for (const RuleSettings& rule : book.rules)
    if (!is_for_public_ones(rule)) look(rule.place, {rule.found, rule.need, rule.why, rule.source});
  for (const IssueSettings& issue : book.menu)
    if (!is_of_other_kinds(issue.code)) look(issue.place, {issue.need, issue.why});
}

TEST(PrivateLetters, SayWhichOrgsMayUseIt) {
  const Letters letters = Letters::open().value();
  const Ticket ticket = course("en").back();
  json variables = *preview_variables(sample_desk(), ticket, "private-delivered", now);
  EXPECT_THAT(letters.render("private-delivered", variables).value().text,
              HasSubstr("- https://customer.okta.com"));
}

}  // namespace
}  // namespace oin
