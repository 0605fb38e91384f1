#include "parsers/submission.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parsers/mail.hpp"
#include "parsers/reply_text.hpp"
#include "parsers/submission_form.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = FieldValue::Kind;

/// The form as its own letter shows it.
constexpr const char* form = R"(OIN submission, format 1          (optional first line; helps detection)

[App information]
Submission type: new
App name: Acme CRM
App website: https://www.acme.example
App category: CRM; Sales
App description:
  Acme CRM keeps a sales team's customers in one place.
  The integration signs users in with SAML and provisions them with SCIM.
App icon: attached (acme.png)
Developer org: https://dev-123456.okta.com

[Customer support]
Support contacts: support@acme.example, https://help.acme.example, +1 415 555 0100
Escalation contact: okta-oncall@acme.example

[Test account]
Test account URL: https://app.acme.example/login
Test account username: isvtest@okta.com
Test account password: sent separately
Additional instructions: SSO settings are under Admin > Security.

[SAML 2.0]
Okta instance URL: https://dev-123456-admin.okta.com/admin/app/acme_1/instance/0oa1b2c3/
Big Bang: no
Available to: all tenants
Set up by: self-service
On premises: no
ACS varies: yes
ACS URL: https://${app.subdomain}.acme.example/saml/acs
Audience URI: https://${app.subdomain}.acme.example/saml
Name ID: NameID
Variable: label=Subdomain; name=subdomain; type=String; help=The first part of your Acme address
Sign-in flows: IdP, SP
SP initiate URL: https://app.acme.example/sso
SP flow description: Click "Sign in with SSO", type your company name.
JIT: yes
Attribute: email = user.email
Force authentication: no
Encrypted assertions: no
Single logout: no
Multi-tenant: yes
Configuration guide: https://help.acme.example/okta-saml

[SCIM 2.0]
Okta instance URL: https://dev-123456-admin.okta.com/admin/app/acme_2/instance/0oa4d5e6/
Features: Create Users, Update User Attributes, Deactivate Users, Group Push
Base URL varies: yes
Base URL: https://${app.subdomain}.acme.example/scim/v2
PATCH: yes
Auth mode: Bearer token
Username is email: yes
Unused attributes deleted: yes
Group changes per PATCH: 100
Runscope SPEC results: https://www.runscope.com/radar/aaa/bbb/history/ccc
Runscope CRUD results: https://www.runscope.com/radar/aaa/ddd/history/eee
Configuration guide: attached (acme-scim.pdf)
)";

Mail mail_of(std::string text, std::string subject = {}) {
  Mail mail;
  mail.subject = std::move(subject);
  mail.text = std::move(text);
  mail.reply_text = reply_text(mail.text, mail.subject);
  return mail;
}

TEST(Submission, ReadsTheWholeForm) {
  struct Expected {
    std::string name;
    FieldValue value;
    int line;
  };
  const std::vector<Expected> expected = {
      {"app_category", {Kind::list, {"CRM", "Sales"}}, 7},
      {"app_description",
       {Kind::text,
        {"Acme CRM keeps a sales team's customers in one place.\nThe integration signs users in with SAML "
         "and provisions them with SCIM."}},
       8},
      {"app_icon", {Kind::text, {"acme.png"}}, 11},
      {"app_name", {Kind::text, {"Acme CRM"}}, 5},
      {"app_website", {Kind::text, {"https://www.acme.example"}}, 6},
      {"dev_org_url", {Kind::text, {"https://dev-123456.okta.com"}}, 12},
      {"escalation_contact", {Kind::list, {"okta-oncall@acme.example"}}, 16},
      {"saml.acs_url", {Kind::text, {"https://${app.subdomain}.acme.example/saml/acs"}}, 31},
      {"saml.acs_varies", {Kind::boolean, {"true"}}, 30},
      {"saml.attributes", {Kind::pairs, {"email=user.email"}}, 39},
      {"saml.audience_uri", {Kind::text, {"https://${app.subdomain}.acme.example/saml"}}, 32},
      {"saml.available_to", {Kind::text, {"all tenants"}}, 27},
      {"saml.big_bang", {Kind::boolean, {"false"}}, 26},
      {"saml.encrypted_assertions", {Kind::boolean, {"false"}}, 41},
      {"saml.flows", {Kind::list, {"idp", "sp"}}, 35},
      {"saml.force_authn", {Kind::boolean, {"false"}}, 40},
      {"saml.guide_url", {Kind::text, {"https://help.acme.example/okta-saml"}}, 44},
      {"saml.instance_url",
       {Kind::text, {"https://dev-123456-admin.okta.com/admin/app/acme_1/instance/0oa1b2c3/"}},
       25},
      {"saml.jit", {Kind::boolean, {"true"}}, 38},
      {"saml.multi_tenant", {Kind::boolean, {"true"}}, 43},
      {"saml.name_id", {Kind::text, {"NameID"}}, 33},
      {"saml.on_premises", {Kind::boolean, {"false"}}, 29},
      {"saml.setup_by", {Kind::text, {"self-service"}}, 28},
      {"saml.slo", {Kind::boolean, {"false"}}, 42},
      {"saml.sp_description", {Kind::text, {"Click \"Sign in with SSO\", type your company name."}}, 37},
      {"saml.sp_url", {Kind::text, {"https://app.acme.example/sso"}}, 36},
      {"scim.auth_mode", {Kind::text, {"bearer"}}, 52},
      {"scim.base_url", {Kind::text, {"https://${app.subdomain}.acme.example/scim/v2"}}, 50},
      {"scim.base_url_varies", {Kind::boolean, {"true"}}, 49},
      {"scim.crud_results_url", {Kind::text, {"https://www.runscope.com/radar/aaa/ddd/history/eee"}}, 57},
      {"scim.features",
       {Kind::list, {"create users", "update user attributes", "deactivate users", "group push"}},
       48},
      {"scim.group_patch_size", {Kind::text, {"100"}}, 55},
      {"scim.guide_url", {Kind::text, {"acme-scim.pdf"}}, 58},
      {"scim.instance_url",
       {Kind::text, {"https://dev-123456-admin.okta.com/admin/app/acme_2/instance/0oa4d5e6/"}},
       47},
      {"scim.patch", {Kind::boolean, {"true"}}, 51},
      {"scim.spec_results_url", {Kind::text, {"https://www.runscope.com/radar/aaa/bbb/history/ccc"}}, 56},
      {"scim.unused_attributes_deleted", {Kind::boolean, {"true"}}, 54},
      {"scim.username_is_email", {Kind::boolean, {"true"}}, 53},
      {"scim.version", {Kind::text, {"2.0"}}, 46},
      {"submission_type", {Kind::text, {"new"}}, 4},
      {"support_contact",
       {Kind::list, {"support@acme.example", "https://help.acme.example", "+1 415 555 0100"}},
       15},
      {"test_account.instructions", {Kind::text, {"SSO settings are under Admin > Security."}}, 22},
      {"test_account.password", {Kind::secret, {"sent separately"}}, 21},
      {"test_account.url", {Kind::text, {"https://app.acme.example/login"}}, 19},
      {"test_account.username", {Kind::text, {"isvtest@okta.com"}}, 20},
      {"variables",
       {Kind::variables,
        {"label=Subdomain; name=subdomain; type=String; help=The first part of your Acme address"}},
       34},
  };
  const Submission read = read_submission(mail_of(form, "New integration: Acme CRM (SAML, SCIM)"));
  EXPECT_THAT(read.protocols, ElementsAre("saml", "scim"));
  EXPECT_THAT(read.unknown, IsEmpty());
  EXPECT_THAT(read.ambiguous, IsEmpty());
  EXPECT_THAT(read.conflicting, IsEmpty());
  EXPECT_EQ(read.labelled, 45);
  EXPECT_EQ(read.fields.size(), expected.size());
  for (const Expected& field : expected) {
    const auto found = read.fields.find(field.name);
    ASSERT_NE(found, read.fields.end()) << field.name;
    EXPECT_EQ(found->second, field.value) << field.name << ": " << shown(found->second);
    EXPECT_EQ(read.provenance.at(field.name).line, field.line) << field.name;
    EXPECT_EQ(read.provenance.at(field.name).part, "1");
  }
}

/// "name=item|item" of every field, for texts written as vendors write them.
std::map<std::string, std::string> fields(const Submission& read) {
  std::map<std::string, std::string> all;
  for (const auto& [name, value] : read.fields) {
    std::string joined;
    for (const std::string& item : value.items) joined += (joined.empty() ? "" : "|") + item;
    all[name] = joined;
  }
  return all;
}

using Fields = std::map<std::string, std::string>;

struct LayoutCase {
  std::string name, text;
  Fields fields;
};

class Layout : public testing::TestWithParam<LayoutCase> {};
TEST(ALabelOfOneProtocol, IsUnderstoodByTheTicketItAnswers) {
  const auto placed = [](const char* text, const std::vector<std::string>& protocols,
                         const std::set<std::string>& awaited = {}) {
    Submission said = read_labelled_text(text, "1");
    place_unknown(said, protocols, awaited);
    return said;
  };
  const Submission one = placed("JIT: yes\nSign-in flows: SP\n", {"oidc"});
  EXPECT_EQ(shown(one.fields.at("oidc.jit")), "yes");
  EXPECT_EQ(shown(one.fields.at("oidc.flows")), "sp");
  EXPECT_EQ(one.provenance.at("oidc.flows").line, 2);
  EXPECT_THAT(one.unknown, IsEmpty());
  const char* guide = "Configuration guide: https://foo.example/guide\n";
  EXPECT_EQ(placed(guide, {"saml", "scim"}).unknown.size(), 1u);
  const Submission awaited = placed(guide, {"saml", "scim"}, {"scim.guide_url"});
  EXPECT_TRUE(awaited.fields.contains("scim.guide_url"));
  EXPECT_FALSE(awaited.fields.contains("saml.guide_url"));
  EXPECT_THAT(placed("JIT: -\n", {"saml"}).cleared, ElementsAre("saml.jit"));
}

TEST(AnAccountWithoutASection, IsTheTestAccount) {
  const Submission read = read_labelled_text("App name: Foo\nUsername: ada\nPassword: hunter2\n", "1");
  EXPECT_EQ(shown(read.fields.at("test_account.username")), "ada");
  EXPECT_TRUE(read.fields.contains("test_account.password"));
}

TEST(ATablesHeading, IsNoAnswer) {
  const Submission read = read_labelled_text("Our details:\n\nField: Value\nApp name: Foo\n", "1");
  EXPECT_EQ(shown(read.fields.at("app_name")), "Foo");
  EXPECT_THAT(read.unknown, IsEmpty());
}

TEST_P(Layout, IsRead) { EXPECT_EQ(fields(read_labelled_text(GetParam().text, "1")), GetParam().fields); }

INSTANTIATE_TEST_SUITE_P(
    Lines, Layout,
    testing::Values(
        LayoutCase{"Bold",
                   "- **App name:** Foo\n* **Website**: https://foo.example\n*Logo*: foo.png\n",
                   {{"app_name", "Foo"}, {"app_website", "https://foo.example"}, {"app_icon", "foo.png"}}},
        LayoutCase{"DashTabArrowEquals",
                   "App name - Foo\nWebsite\thttps://foo.example\nOkta domain -> "
                   "https://dev-1.okta.com\nCompany = Foo Inc\n",
                   {{"app_name", "Foo"},
                    {"app_website", "https://foo.example"},
                    {"dev_org_url", "https://dev-1.okta.com"},
                    {"company_name", "Foo Inc"}}},
        LayoutCase{
            "NumbersAndQuestions",
            "1. Application Name: Foo\n2) Is SSO mandatory? No\nQ3. Does your app exist in the OIN? Yes\n",
            {{"app_name", "Foo"}, {"saml.big_bang", "false"}, {"submission_type", "update"}}},
        LayoutCase{"TableRows",
                   "| App name | Foo |\n| --- | --- |\n| ACS URL | https://foo.example/acs |\n",
                   {{"app_name", "Foo"}, {"saml.acs_url", "https://foo.example/acs"}}},
        LayoutCase{
            "ValueBelowItsLabel",
            "App name\nFoo\n\nApp website:\nhttps://foo.example\n\nAudience URI (SP Entity ID)\nurn:foo\n",
            {{"app_name", "Foo"}, {"app_website", "https://foo.example"}, {"saml.audience_uri", "urn:foo"}}},
        LayoutCase{"FullWidthColonAndAccents",
                   "App náme： Foo\nＡＣＳ ＵＲＬ: https://foo.example/acs\n",
                   {{"app_name", "Foo"}, {"saml.acs_url", "https://foo.example/acs"}}},
        LayoutCase{"RequiredMarks",
                   "App name (required): Foo\nWebsite*: https://foo.example\nCategory (optional): CRM\n",
                   {{"app_name", "Foo"}, {"app_website", "https://foo.example"}, {"app_category", "CRM"}}},
        LayoutCase{
            "OneLetterWrong",
            "Escalaton contact: ops@foo.example\nRedirct URI: https://foo.example/cb\n",
            {{"escalation_contact", "ops@foo.example"}, {"oidc.redirect_uri", "https://foo.example/cb"}}},
        LayoutCase{"ListsInEveryForm",
                   "Redirect URIs:\n * https://a.example/1\n * https://a.example/2\nSupport contacts: "
                   "a@b.example and https://b.example\nCategories: CRM; Sales\n",
                   {{"oidc.redirect_uri", "https://a.example/1|https://a.example/2"},
                    {"support_contact", "a@b.example|https://b.example"},
                    {"app_category", "CRM|Sales"}}},
        LayoutCase{"RepeatedLabelsOfAList",
                   "Redirect URI: https://a.example/1\nRedirect URI: https://a.example/2\n",
                   {{"oidc.redirect_uri", "https://a.example/1|https://a.example/2"}}},
        LayoutCase{"WrappedProse",
                   "App description: Foo keeps all the notes of a team in one place so that\nnobody has to "
                   "look for them.\nApp name: Foo\n",
                   {{"app_description",
                     "Foo keeps all the notes of a team in one place so that\nnobody has to look for them."},
                    {"app_name", "Foo"}}},
        LayoutCase{"AnExpressionIsNoUrl",
                   "ACS URL: 'https://' + app.name + '.foo.example/acs'\n",
                   {{"saml.acs_url", "'https://' + app.name + '.foo.example/acs'"}}},
        LayoutCase{"YesAndNo",
                   "[SAML]\nJIT: ✓\nBig bang: not supported\nForce authentication: N/A\nMulti-tenant: yes, "
                   "both regions\n",
                   {{"saml.jit", "true"},
                    {"saml.big_bang", "false"},
                    {"saml.force_authn", "N/A"},
                    {"saml.multi_tenant", "true"}}},
        LayoutCase{"YesAndNoInOtherLanguages",
                   "[SAML]\nJIT: Ja\nBig bang: nein\nForce authentication: non\nMulti-tenant: sí, todos\n",
                   {{"saml.jit", "true"},
                    {"saml.big_bang", "false"},
                    {"saml.force_authn", "false"},
                    {"saml.multi_tenant", "true"}}},
        LayoutCase{
            "AValueThatIsALabelOfItsField",
            "[SAML]\nName ID\nNameID\n\nSet up by\nself-service\n\nBig bang\nno\n",
            {{"saml.name_id", "NameID"}, {"saml.setup_by", "self-service"}, {"saml.big_bang", "false"}}},
        LayoutCase{"WordsBeforeALabel",
                   "Typo, sorry: ACS URL: https://foo.example/acs\nQuestion: is it right: yes\n",
                   {{"saml.acs_url", "https://foo.example/acs"}}},
        LayoutCase{"Pairs",
                   "[SAML]\nAttributes:\n  email: user.email\n  firstName -> user.firstName\n",
                   {{"saml.attributes", "email=user.email|firstName=user.firstName"}}},
        LayoutCase{"PairsOfOneLineAPart",
                   "[SAML]\nAttributes:\n  - name: email\n    value: user.email\n  - name: id\n    value: "
                   "user.id\n",
                   {{"saml.attributes", "email=user.email|id=user.id"}}},
        LayoutCase{
            "VariablesOfOneLineAPart",
            "Variables:\n  Label: Subdomain\n  Name: subdomain\n  Type: String\n\nApp name: Foo\n",
            {{"variables", "label=Subdomain; name=subdomain; type=String; help="}, {"app_name", "Foo"}}},
        LayoutCase{
            "SeveralVariablesOfOneLineAPart",
            "Variables:\n  Label: Subdomain\n  Name: subdomain\n  Label: Region\n  Name: region\n",
            {{"variables",
              "label=Subdomain; name=subdomain; type=; help=|label=Region; name=region; type=; help="}}},
        LayoutCase{
            "BoxesBehindALabel",
            "[SAML]\nJIT: ☐ No ☑ Yes\nForce authentication: ☑ No ☐ Yes\nBig bang: [ ] yes [x] no\nSLO: "
            "[ ] yes [ ] no\n",
            {{"saml.jit", "true"},
             {"saml.force_authn", "false"},
             {"saml.big_bang", "false"},
             {"saml.slo", "[ ] yes [ ] no"}}},
        LayoutCase{"ATelephoneIsNoNumberOfAList",
                   "Support: (415) 555-0100, (2) help@foo.example\n",
                   {{"support_contact", "(415) 555-0100|help@foo.example"}}},
        LayoutCase{"AVersionIsNoNumberOfAList",
                   "[SCIM]\nVersion: 2.0 with bulk\nApp name: 2.0 Foo\n",
                   {{"scim.version", "2.0"}, {"app_name", "2.0 Foo"}}},
        LayoutCase{"ASentenceGoesOnInSmallLetters",
                   "Description: Foo keeps notes,\ntasks and\nlinks.\nThanks,\nAda\n",
                   {{"app_description", "Foo keeps notes,\ntasks and\nlinks."}}},
        LayoutCase{"QuotesAroundAValue",
                   "App name: \"Foo\"\n\"ACS URL\": \"https://foo.example/acs\",\n",
                   {{"app_name", "Foo"}, {"saml.acs_url", "https://foo.example/acs"}}},
        LayoutCase{"AForwardedForm",
                   "> App name: Foo\n> ACS URL: https://foo.example/acs\n",
                   {{"app_name", "Foo"}, {"saml.acs_url", "https://foo.example/acs"}}},
        LayoutCase{"ProseIsNoForm",
                   "Hi team,\n\nwe meet at 10:30, see https://foo.example for more - thanks.\n",
                   {}},
        LayoutCase{"Empty", "", {}}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Sections, Layout, testing::ValuesIn([] {
      std::vector<LayoutCase> cases;
      const std::vector<std::pair<std::string, std::string>> titles = {{"Brackets", "[SCIM 2.0]"},
                                                                       {"Equals", "== SCIM 2.0 =="},
                                                                       {"Markdown", "## SCIM 2.0"},
                                                                       {"Underlined", "SCIM 2.0\n--------"},
                                                                       {"Colon", "SCIM 2.0 settings:"},
                                                                       {"Bold", "**SCIM 2.0**"},
                                                                       {"Bare", "SCIM 2.0"},
                                                                       {"Numbered", "3. SCIM 2.0"}};
      for (const auto& [name, title] : titles)
        cases.push_back(
            {name,
             "App name: Foo\n\n" + title +
                 "\nVersion: 2.0\nAuthentication: OAuth 2.0\nInstance URL: https://a-admin.okta.com/x\n",
             {{"app_name", "Foo"},
              {"scim.version", "2.0"},
              {"scim.auth_mode", "oauth 2.0"},
              {"scim.instance_url", "https://a-admin.okta.com/x"}}});
      return cases;
    }()),
    [](const auto& test) { return test.param.name; });

TEST(Submission, KeepsEveryOtherScope) {
  const Submission read = read_labelled_text(
      "[Test credentials]\nURL: https://t.example\nUser name: u\nPassword: p\nNotes: none\n\n"
      "[OpenID Connect]\nApplication type: single page app\nSetup guide: https://g.example\nIdP initiated: "
      "yes\nSP-initiated: no\n\n"
      "[SWA]\nLogin URL: https://l.example\nUsername field: #u\n\n"
      "[WS-Fed]\nRealm: urn:r\nReply URL: https://w.example\n\n"
      "[API service]\nScopes: okta.users.read, okta.groups.manage\nAuth method: client secret\n\n"
      "[Workflows connector]\nName: Foo\nVersion: 1.2\nTest flows: foo.flopack\n\n"
      "[Private integration]\nReason: custom header expression\nOrgs: https://a.okta.com, "
      "https://b.okta.com\nHeader expression: 'Token ' + app.token\n",
      "1");
  EXPECT_EQ(fields(read), (Fields{{"test_account.url", "https://t.example"},
                                  {"test_account.username", "u"},
                                  {"test_account.password", "p"},
                                  {"test_account.instructions", "none"},
                                  {"oidc.mode", "spa"},
                                  {"oidc.guide_url", "https://g.example"},
                                  {"oidc.flows", "idp"},
                                  {"swa.login_url", "https://l.example"},
                                  {"swa.username_field", "#u"},
                                  {"wsfed.realm", "urn:r"},
                                  {"wsfed.reply_to_url", "https://w.example"},
                                  {"api.scopes", "okta.users.read|okta.groups.manage"},
                                  {"api.auth_method", "client secret"},
                                  {"connector.name", "Foo"},
                                  {"connector.version", "1.2"},
                                  {"connector.test_flows", "foo.flopack"},
                                  {"private.reason", "header-expression"},
                                  {"private.orgs", "https://a.okta.com|https://b.okta.com"},
                                  {"private.header_expression", "'Token ' + app.token"}}));
  EXPECT_THAT(read.protocols, ElementsAre("api_service", "header", "oidc", "swa", "workflows", "wsfed"));
}

TEST(AnAmbiguousLabel, IsTheOnlyClaimedProtocols) {
  EXPECT_EQ(fields(read_labelled_text("Protocols: OIDC\nInstance URL: https://i.example\n", "1"))
                .at("oidc.instance_url"),
            "https://i.example");
  const Submission both =
      read_labelled_text("Protocols: SAML and SCIM\nInstance URL: https://i.example\n", "1");
  EXPECT_THAT(both.ambiguous, ElementsAre("Instance URL"));
  EXPECT_EQ(both.unknown.size(), 1u);
  EXPECT_THAT(both.protocols, ElementsAre("saml", "scim"));
  EXPECT_EQ(fields(read_labelled_text("Protocols: SAML, SCIM\nInstance URL (SCIM): https://i.example\n", "1"))
                .at("scim.instance_url"),
            "https://i.example");
}

TEST(ALabelNobodyKnows, IsKept) {
  const Submission read = read_labelled_text("App name: Foo\nFavourite colour: blue\n", "1");
  ASSERT_EQ(read.unknown.size(), 1u);
  EXPECT_EQ(read.unknown[0].label, "Favourite colour");
  EXPECT_EQ(read.unknown[0].value, "blue");
  EXPECT_EQ(read.labelled, 1);
}

TEST(TwoValuesOfOneField, ThatSayTheSameAreNoConflict) {
  const Submission read =
      read_labelled_text("Website: https://acme.example\nWebsite: https://acme.example/\n", "1");
  EXPECT_THAT(read.conflicting, IsEmpty());
}

TEST(TwoValuesOfOneField, AreAConflictAndTheLastIsKept) {
  const Submission read = read_labelled_text("App name: Foo\nApp name: Bar\nApp name: Bar\n", "1");
  EXPECT_EQ(fields(read), (Fields{{"app_name", "Bar"}}));
  EXPECT_THAT(read.conflicting, ElementsAre("app_name"));
  EXPECT_EQ(read.provenance.at("app_name").line, 2);
}

TEST(ASecret, IsNeverShown) {
  const Submission read =
      read_labelled_text("[SCIM]\nClient secret: s3cret\nToken: abc\nTest account password: p\n", "1");
  for (const char* name : {"scim.oauth_client_secret", "scim.test_credentials", "test_account.password"}) {
    ASSERT_TRUE(read.fields.contains(name)) << name;
    EXPECT_EQ(read.fields.at(name).kind, Kind::secret) << name;
    EXPECT_EQ(shown(read.fields.at(name)), "(sealed)");
  }
}

TEST(SubmissionByMail, LeavesOutQuoteAndSignatureAndKnowsTheLine) {
  const Submission read =
      read_submission(mail_of("Updated:\n\n> App name: Old\nApp name: New\n\n-- \nCompany: Foo Inc\n"));
  EXPECT_EQ(fields(read), (Fields{{"app_name", "New"}}));
  EXPECT_EQ(read.provenance.at("app_name").line, 4);
}

TEST(AFormQuotedBack, IsAnsweredBeneathItsLabels) {
  const Submission read = read_submission(mail_of(
      "Hi, see below.\n\nOn Mon, 23 Nov 2026, OIN review wrote:\n> Please answer:\n> [App information]\n"
      "> App name:\nAcme\n> App website: ______\n>\n\nhttps://acme.example\n> App icon:\n> [SCIM 2.0]\n"
      "> Instance URL:\nhttps://a-admin.okta.com/x\n> Regards\n"));
  EXPECT_EQ(fields(read), (Fields{{"app_name", "Acme"},
                                  {"app_website", "https://acme.example"},
                                  {"scim.instance_url", "https://a-admin.okta.com/x"},
                                  {"scim.version", "2.0"}}));
  EXPECT_EQ(read.provenance.at("app_name").line, 6);
}

TEST(AFormQuotedBack, GivesNoAnswerWhenItWasLeftEmpty) {
  EXPECT_TRUE(
      read_submission(mail_of("> App name:\n> App website:\n> App icon:\n\nThanks, we will answer soon.\n"))
          .empty());
  EXPECT_EQ(fields(read_submission(mail_of("> Which logo?\n> App icon:\nacme.png\n"))),
            (Fields{{"app_icon", "acme.png"}}));
}

TEST(AFormQuotedBack, IsAnsweredWithinWhereTheSenderSaysSo) {
  const std::string quoted =
      "\n> Please complete:\n> App name: Acme\n> ACS URL: >> https://acme.example/acs\n> App icon:\n";
  EXPECT_EQ(fields(read_submission(mail_of("My answers are in red below.\n" + quoted))),
            (Fields{{"app_name", "Acme"}, {"saml.acs_url", "https://acme.example/acs"}}));
  EXPECT_TRUE(read_submission(mail_of("Thanks, we look into it.\n" + quoted)).empty());
}

TEST(AFormQuotedBack, IsHeldAgainstTheLetterWhereThatIsKnown) {
  const std::string letter = "Please complete:\nApp name: Acme\nApp website:\nACS URL:\n";
  const Submission read = read_submission(
      mail_of("On Mon, 23 Nov 2026, OIN review wrote:\n> Please complete:\n> App name: Acme\n> App website: "
              "https://acme.example\n> ACS URL:\n> https://acme.example/acs\n"),
      letter);
  EXPECT_EQ(fields(read),
            (Fields{{"app_website", "https://acme.example"}, {"saml.acs_url", "https://acme.example/acs"}}));
}

struct ChangeCase {
  std::string name, text;
  Fields fields;
};
class AChange : public testing::TestWithParam<ChangeCase> {};
TEST_P(AChange, NamesOnlyWhatIsNew) {
  EXPECT_EQ(fields(read_labelled_text(GetParam().text, "1")), GetParam().fields);
}
INSTANTIATE_TEST_SUITE_P(
    Phrases, AChange,
    testing::Values(
        ChangeCase{
            "New", "New ACS URL: https://b.example/acs\n", {{"saml.acs_url", "https://b.example/acs"}}},
        ChangeCase{"HasChanged",
                   "The ACS URL has changed to https://b.example/acs\n",
                   {{"saml.acs_url", "https://b.example/acs"}}},
        ChangeCase{"PleaseChange",
                   "Please change our website to https://b.example\n",
                   {{"app_website", "https://b.example"}}},
        ChangeCase{"IsNow",
                   "Our SCIM base URL is now: https://b.example/scim\n",
                   {{"scim.base_url", "https://b.example/scim"}}},
        ChangeCase{
            "InASentence",
            "Hi,\n\nFor ticket OIN-12, please change the ACS URL to https://b.example/acs.\nAlso update "
            "the website from https://a.example to https://b.example.\n",
            {{"saml.acs_url", "https://b.example/acs"}, {"app_website", "https://b.example"}}},
        ChangeCase{
            "SeveralInALine",
            "Our ACS URL has changed to https://b.example/acs and the entity ID is now b2.\nThe new support "
            "email is help@b.example.\n",
            {{"saml.acs_url", "https://b.example/acs"},
             {"saml.audience_uri", "b2"},
             {"support_contact", "help@b.example"}}},
        ChangeCase{"OverTwoLines",
                   "Hi, could you please change the ACS URL to\nhttps://b.example/acs? Thanks!\n",
                   {{"saml.acs_url", "https://b.example/acs"}}},
        ChangeCase{
            "InAListBelowAColon",
            "We need these changes:\n\n- ACS URL should be https://b.example (instead of "
            "https://a.example)\n- Replace the logo with the attached b.png\n- Please set the Audience URI "
            "to b\n",
            {{"saml.acs_url", "https://b.example"}, {"app_icon", "b.png"}, {"saml.audience_uri", "b"}}},
        ChangeCase{
            "OldAndNewInAValue",
            "ACS URL: https://a.example -> https://b.example\nWebsite: changed from https://a.example to "
            "https://b.example\nEscalation contact: was a@a.example, now b@b.example\nApp name: Foo (was "
            "Bar)\n",
            {{"saml.acs_url", "https://b.example"},
             {"app_website", "https://b.example"},
             {"escalation_contact", "b@b.example"},
             {"app_name", "Foo"}}},
        ChangeCase{"OldAndNewBelowALabel",
                   "App name\nOld: Foo\nNew: Bar\n\nACS URL:\nOld value: https://a.example\nNew value: "
                   "https://b.example\n",
                   {{"app_name", "Bar"}, {"saml.acs_url", "https://b.example"}}},
        ChangeCase{"OldAndNewInColumns",
                   "| Field | Current value | New value |\n|---|---|---|\n| ACS URL | https://a.example | "
                   "https://b.example |\n| Website | https://a.example | https://c.example |\n",
                   {{"saml.acs_url", "https://b.example"}, {"app_website", "https://c.example"}}},
        ChangeCase{"OldInParentheses",
                   "Redirect URI (old): https://a.example\nRedirect URI (new): https://b.example\n",
                   {{"oidc.redirect_uri", "https://b.example"}}},
        ChangeCase{
            "AQuestion",
            "Should we change the ACS URL to https://b.example?\nWhat happens if we set the Audience URI to "
            "b?\nWhen we change the website to https://b.example, do you review again?\n",
            {}},
        ChangeCase{
            "Prose",
            "The ACS URL must be a valid one.\nThe app name should be clear by now.\nWe will remove the "
            "test account soon.\n",
            {}},
        ChangeCase{"NoChange", "Our app is https://b.example\nOur website is https://b.example\n", {}}),
    [](const auto& test) { return test.param.name; });

TEST(AnUpdate, ClearsWhatASentenceRemoves) {
  const Submission read = read_labelled_text("Please remove the demo video.\nDelete the logo\n", "1");
  EXPECT_THAT(read.cleared, ElementsAre("demo_video_url", "app_icon"));
  EXPECT_TRUE(read.fields.empty());
}

TEST(AnUpdate, KeepsTheOldValueBesideTheNew) {
  const Submission read = read_labelled_text("App name\nOld: Foo\nNew: Bar\n", "1");
  ASSERT_EQ(read.unknown.size(), 1u);
  EXPECT_EQ(read.unknown[0].label, "App name, Old");
  EXPECT_EQ(read.unknown[0].value, "Foo");
}

TEST(AHeaderBlock, IsNoForm) {
  const Submission read = read_labelled_text(
      "From: OIN <oin@example.com>\nSent: Monday, November 23, 2026 9:00 AM\nTo: Ada <a@b.example>\nSubject: "
      "Your app\n\nACS URL: https://a.example\n",
      "1");
  EXPECT_EQ(fields(read), (Fields{{"saml.acs_url", "https://a.example"}}));
  EXPECT_THAT(read.unknown, IsEmpty());
}

TEST(AnUpdate, KeepsAFileThatItOnlySpeaksOf) {
  Submission before = read_labelled_text("App icon: foo.png\n", "1");
  before.details["app_icon:width"] = {"420"};
  for (const char* again : {"App icon: foo.png\n", "App icon: attached\n"}) {
    const Submission after = patched(before, read_labelled_text(again, "1"));
    EXPECT_EQ(shown(after.fields.at("app_icon")), "foo.png");
    EXPECT_TRUE(after.details.contains("app_icon:width")) << again;
  }
  const Submission other = patched(before, read_labelled_text("App icon: bar.png\n", "1"));
  EXPECT_EQ(shown(other.fields.at("app_icon")), "bar.png");
  EXPECT_FALSE(other.details.contains("app_icon:width"));
}

TEST(AnUpdate, PatchesWhatItNamesAndClearsWhatItStrikes) {
  const Submission before = read_labelled_text(
      "App name: Foo\nWebsite: https://foo.example\nRedirect URI: https://foo.example/1\nLogo: foo.png\n",
      "1");
  const Submission update = read_labelled_text(
      "Website: https://new.example\nRedirect URI: https://foo.example/2\nLogo: -\nFavourite colour: blue\n",
      "1");
  EXPECT_THAT(update.cleared, ElementsAre("app_icon"));
  const Submission after = patched(before, update);
  EXPECT_EQ(fields(after), (Fields{{"app_name", "Foo"},
                                   {"app_website", "https://new.example"},
                                   {"oidc.redirect_uri", "https://foo.example/2"}}));
  EXPECT_EQ(after.unknown.size(), 1u);
  EXPECT_EQ(after.labelled, 3);
  EXPECT_EQ(patched(after, update).unknown.size(), 1u) << "the same label again is the same field";
}

TEST(SubmissionByMail, NamesTheBodyPartAndTheLineInIt) {
  const Mail mail = parse_mail(
      "From: a@b.example\nContent-Type: multipart/mixed; boundary=m\n\n"
      "--m\nContent-Type: multipart/alternative; boundary=a\n\n"
      "--a\nContent-Type: text/plain\n\n\n--a\nContent-Type: text/html\n\n<p>Hi,</p><p>App name: Foo</p>\n"
      "--a--\n--m\nContent-Type: text/plain\n\nPlease add\nWebsite: https://foo.example\n--m--\n");
  const Submission read = read_submission(mail);
  EXPECT_EQ(read.provenance.at("app_name").part, "1.2");
  EXPECT_EQ(read.provenance.at("app_name").line, 3);
  EXPECT_EQ(read.provenance.at("app_website").part, "2");
  EXPECT_EQ(read.provenance.at("app_website").line, 2);
}

TEST(SubmissionByMail, KeepsWhatWasWrittenWhereTheBodyLaysItOutDifferently) {
  Mail mail;
  mail.text = "| App name: Foo | Website: https://foo.example |\n";
  mail.reply_text = "App name: Foo\nWebsite: https://foo.example";
  EXPECT_EQ(fields(read_submission(mail)),
            (Fields{{"app_name", "Foo"}, {"app_website", "https://foo.example"}}));
}

TEST(SubmissionByMail, ReadsAForwardedForm) {
  EXPECT_EQ(fields(read_submission(mail_of("FYI\n\n---------- Forwarded message ---------\nFrom: Ada "
                                           "<a@b.example>\nSubject: x\n\nApp name: Foo\n")))
                .at("app_name"),
            "Foo");
}

TEST(SubmissionByMail, NamesTheOnlyImageThatIsAttached) {
  Mail mail = mail_of("App name: Foo\nApp icon: attached\n", "OIDC app Foo");
  mail.attachments.push_back({"foo.png", "application/octet-stream", "GIF89a", "", "", "attachment", "2"});
  const Submission read = read_submission(mail);
  EXPECT_EQ(fields(read).at("app_icon"), "foo.png");
  EXPECT_THAT(read.protocols, ElementsAre("oidc")) << "the subject's word, for lack of a better one";
}

TEST(SubmissionByMail, TakesWhatTheBodyLacksFromAnAttachedText) {
  Mail mail = mail_of("App name: Foo\n");
  mail.attachments.push_back({"form.txt", "text/plain", "App name: Bar\nACS URL: https://foo.example/acs\n",
                              "", "", "attachment", "2"});
  const Submission read = read_submission(mail);
  EXPECT_EQ(fields(read), (Fields{{"app_name", "Foo"}, {"saml.acs_url", "https://foo.example/acs"}}));
  EXPECT_EQ(read.provenance.at("saml.acs_url").part, "form.txt");
  EXPECT_THAT(read.protocols, ElementsAre("saml"));
}

TEST(APromise, IsNoValue) {
  for (const char* value : {"TBD", "sent separately", "see attached", "will follow next week"})
    EXPECT_TRUE(promised(value)) << value;
  for (const char* value : {"https://foo.example", "yes", "Foo"}) EXPECT_FALSE(promised(value)) << value;
}

}  // namespace
}  // namespace oin
