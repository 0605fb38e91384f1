#include "daemon/workflow/facts.hpp"

#include <gmock/gmock.h>

#include "config/rule_settings.hpp"
#include "daemon/workflow/submission_facts.hpp"
#include "parsers/mail.hpp"
#include "parsers/submission_files.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Values = std::vector<std::string>;

std::string view(const std::string& name, const std::string& value) {
  const Values seen = Facts(FactTable{{"x", {value}}}).of("x:" + name);
  return seen.empty() ? "" : seen.front();
}

TEST(Views, TellAContactsKindHoweverItIsWritten) {
  for (const char* email : {"support@acme.example", "Acme support <support@acme.example>",
                            "mailto:support@acme.example", "support@acme.example (24/7)"})
    EXPECT_EQ(view("kind", email), "email") << email;
  for (const char* page :
       {"https://help.acme.example", "www.acme.example/help", "Support portal: help.acme.example"})
    EXPECT_EQ(view("kind", page), "url") << page;
  for (const char* phone : {"+1 415 555 0100", "(415) 555-0100 ext. 12", "Phone: 0800 123456 (24/7)"})
    EXPECT_EQ(view("kind", phone), "phone") << phone;
  for (const char* other : {"Ada Lovelace", "the support team", "support@acme", "ext. 12"})
    EXPECT_EQ(view("kind", other), "other") << other;
}

TEST(Views, FindTheAddressInAContact) {
  EXPECT_EQ(view("address", "Acme Support <Support@Acme.example>"), "support@acme.example");
  EXPECT_EQ(view("local", "Acme Support <support@acme.example>"), "support");
  EXPECT_EQ(view("owner", "Acme Support <support@mail.acme.co.uk>"), "acme.co.uk");
  EXPECT_EQ(view("owner", "www.acme.example/help"), "acme.example");
}

TEST(Views, TellAnswersFromWhatIsNone) {
  for (const char* given :
       {"Acme CRM", "https://acme.example/attached", "日本語の名前", "No Name Software",
        "See https://help.acme.example/okta", "Files attached to a ticket are scanned for viruses and kept."})
    EXPECT_EQ(view("answer", given), "given") << given;
  for (const char* none : {"N/A", "n/a (varies)", "None", "not applicable", "No"})
    EXPECT_EQ(view("answer", none), "none") << none;
  for (const char* placeholder : {"TBD", "to be determined", "xxx", "…", "<your app name>",
                                  "Lorem ipsum dolor sit amet", "will follow next week"})
    EXPECT_EQ(view("answer", placeholder), "placeholder") << placeholder;
  for (const char* promised : {"attached", "see attachment", "sent separately", "will be sent separately"})
    EXPECT_EQ(view("answer", promised), "promised") << promised;
  for (const char* reference : {"same as above", "see guide"})
    EXPECT_EQ(view("answer", reference), "reference");
}

TEST(Views, ReadTheOrgOutOfAnyWriting) {
  for (const char* org :
       {"https://dev-123456.okta.com", "dev-123456-admin.okta.com/admin", "Acme (dev-123456.okta.com)"})
    EXPECT_EQ(view("org", org), "dev-123456.okta.com") << org;
  EXPECT_EQ(view("org", "https://login.acme.example"), "");
}

TEST(Views, ReadTheNumberBesideAUrl) {
  for (const auto& [text, index] : {std::pair{"https://acme.example/acs2, 2", "2"},
                                    {"https://acme.example/acs2 (index 70000)", "70000"},
                                    {"3: https://acme.example/acs4", "3"},
                                    {"https://acme.example/acs, -1", "-1"},
                                    {"https://acme.example/acs2", "none"}})
    EXPECT_EQ(view("index", text), index) << text;
}

Facts facts_of(const Submission& submission, const Submission* before = nullptr) {
  Circumstances around;
  around.before = before;
  around.now = *parse_rfc3339("2026-11-29T10:00:00Z");
  return submission_facts(submission, around);
}

TEST(SubmissionFacts, SayOfASecretOnlyWhetherItIsThere) {
  for (const auto& [said, shown] :
       {std::pair{"Tr0ub4dor", "(sealed)"}, {"sent separately", "(promised)"}, {"N/A", "(none)"}}) {
    Submission submission;
    submission.fields["test_account.password"] = {FieldValue::Kind::secret, {said}};
    EXPECT_THAT(facts_of(submission).of("test_account.password"), ElementsAre(shown));
  }
}

TEST(SubmissionFacts, NameTheDateTheFieldsAndWhatIsRedundant) {
  Submission submission;
  submission.fields["api.scopes"] = {FieldValue::Kind::list,
                                     {"okta.users.read", "okta.users.manage", "okta.groups.read"}};
  const Facts facts = facts_of(submission);
  EXPECT_THAT(facts.of("today"), ElementsAre("20261129"));
  EXPECT_THAT(facts.of("form.fields"), ElementsAre("api.scopes"));
  EXPECT_THAT(facts.of("api.scopes.redundant"), ElementsAre("okta.users.read"));
}

TEST(SubmissionFacts, TellHowMuchOfTheFormIsDueAndWhoSeesTheApp) {
  Submission submission;
  EXPECT_THAT(facts_of(submission).of("form.extent"), ElementsAre("whole"));
  EXPECT_THAT(facts_of(submission).of("route"), ElementsAre("public"));
  submission.fields["submission_type"] = {FieldValue::Kind::text, {"update"}};
  submission.fields["visibility"] = {FieldValue::Kind::text, {"private"}};
  EXPECT_THAT(facts_of(submission).of("form.extent"), ElementsAre("change"));
  EXPECT_THAT(facts_of(submission).of("route"), ElementsAre("private"));
}

TEST(SubmissionFacts, KnowWhatWasARevisionAgo) {
  Submission before;
  before.fields["app_name"] = {FieldValue::Kind::text, {"Acme"}};
  before.details["app_icon:sha256"] = {"1"};
  const Facts facts = facts_of({}, &before);
  EXPECT_THAT(facts.of("before.app_name"), ElementsAre("Acme"));
  EXPECT_THAT(facts.of("before.app_icon:sha256"), ElementsAre("1"));
}

TEST(SubmissionFacts, LeaveTheAddressesOfMetadataToItsOwnRules) {
  Submission submission;
  submission.conflicting = {"app_name", "saml.acs_url"};
  EXPECT_THAT(facts_of(submission).of("form.conflicting"), ElementsAre("app_name", "saml.acs_url"));
  submission.details["saml.metadata:readable"] = {"yes"};
  EXPECT_THAT(facts_of(submission).of("form.conflicting"), ElementsAre("app_name"));
}

Submission read(const Mail& mail) {
  Submission submission = read_submission(mail);
  read_files(submission, mail, [](std::string_view file) { return guide(file); });
  return submission;
}

TEST(FilesOfAMail, ThatAreFormsNobodyCanReadAreNamed) {
  Mail mail;
  mail.reply_text = mail.text = "Please find our form attached.\n";
  mail.attachments.push_back({"acme.json", "application/json", "{\"app_name\": \"Acme\",,", "", "", "", "2"});
  mail.attachments.push_back({"OIN form.xlsx", "application/zip", "PK\3\4", "", "", "", "3"});
  mail.attachments.push_back({"platform-guide.docx", "application/zip", "PK\3\4", "", "", "", "4"});
  EXPECT_THAT(read(mail).details["mail:unread_forms"], ElementsAre("acme.json", "OIN form.xlsx"));
  mail.reply_text = mail.text = "App name: Acme\nWebsite: https://acme.example\nCategory: CRM\n";
  EXPECT_THAT(read(mail).details["mail:unread_forms"], ElementsAre("OIN form.xlsx"));
  mail.attachments[0].content = R"({"app_name": "Acme", "app_website": "https://acme.example"})";
  mail.attachments[1].filename = "users.xlsx";
  EXPECT_THAT(read(mail).details["mail:unread_forms"], IsEmpty());
}

TEST(FilesOfAnAnswer, AreReadForTheAppOfTheTicket) {
  Mail mail;
  mail.reply_text = mail.text = "The guide is attached.\n";
  mail.attachments.push_back(
      {"scim-guide.md", "text/markdown", "# Okta and Globex\n\nCopy the token.\n", "", "", "", "2"});
  Submission said = read(mail);
  EXPECT_FALSE(said.fields.contains("scim.guide_url"));
  Submission before;
  before.protocols = {"saml", "scim"};
  before.fields["app_name"] = {FieldValue::Kind::text, {"Globex"}};
  place_files(said, before);
  EXPECT_EQ(shown(said.fields.at("scim.guide_url")), "scim-guide.md");
  EXPECT_FALSE(said.fields.contains("saml.guide_url"));
  EXPECT_THAT(said.details["scim.guide_url:names"], testing::Contains("app"));
}

TEST(FilesOfAMail, ShowAWsFedTemplateBesideTheIcon) {
  const std::string gif("GIF89a\1\0\1\0\0\0\0;", 14);
  Mail mail;
  mail.subject = "WS-Fed template for ACME";
  mail.reply_text = mail.text = "App name: Acme\nLogo: attached (logo.gif)\nProtocol: WS-Fed\n";
  mail.attachments.push_back({"logo.gif", "image/gif", gif, "", "", "", "2"});
  mail.attachments.push_back({"template.gif", "image/gif", gif, "", "", "", "3"});
  auto details = read(mail).details;
  EXPECT_THAT(read(mail).fields["wsfed.screenshot"].items, ElementsAre("template.gif"));
  EXPECT_THAT(details["mail:app_in_subject"], ElementsAre("yes"));
  EXPECT_THAT(details["app_icon:named"], ElementsAre("yes"));
}

}  // namespace
}  // namespace oin
