/// The shipped rules: they hold what the catalogue of issues lists, find each fault, and find none in a form
/// that is right, however it is written.
#include <gmock/gmock.h>

#include <fstream>
#include <set>

#include "daemon/workflow/submission_facts.hpp"
#include "parsers/mail.hpp"
#include "parsers/submission_files.hpp"
#include "tests/workflow/sample_desk.hpp"
#include "tests/workflow/sample_submissions.hpp"

namespace oin {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::UnorderedElementsAreArray;
using Texts = std::vector<std::string>;
using Set = std::set<std::string>;

// ---- the catalogue ----

struct Listed {
  std::string phase, severity, by;
};

std::map<std::string, Listed> catalogue() {
  std::map<std::string, Listed> out;
  std::ifstream file(OIND_SOURCE_DIR "/tests/workflow/issue-codes.tsv");
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    Texts cells;
    for (std::size_t begin = 0; begin <= line.size();) {
      const auto end = std::min(line.find('\t', begin), line.size());
      cells.push_back(line.substr(begin, end - begin));
      begin = end + 1;
    }
    out[cells.at(0)] = {cells.at(2), cells.at(3), cells.at(4)};
  }
  return out;
}

Set phases_of(const Listed& listed) {
  if (listed.phase == "Q") return {"qa"};
  if (listed.phase == "P") return {"publication"};
  if (listed.phase == "I, Q" || listed.phase == "I/Q") return {"initial-review", "qa"};
  return {"initial-review"};  // of "any" and "update" too: the first phase in which somebody looks
}

/// Where the list names several severities, or none, or the profiles differ.
const std::map<std::string, Set>& severities() {
  static const std::map<std::string, Set> all{
      {"saml.audience.missing", {"blocker"}},
      {"saml.audience.too-long", {"must"}},
      {"scim.header-format-missing", {"must"}},
      {"scim.header-expression", {"blocker"}},
      {"scim.basic", {"must", "blocker"}},              // oin-2021 asks, oin-wizard refuses
      {"form.conflicting-value", {"must", "blocker"}},  // two apps in one mail cannot be reviewed
      {"swa.selectors-missing", {"must"}},
      {"swa.login-fails", {"blocker"}},
      {"api.scope-missing", {"blocker"}},
      {"api.scope-unknown", {"must"}},
      {"api.scope-redundant", {"advice"}},
      {"api.scope-excessive", {"must"}},
      {"connector.authping-missing", {"blocker"}},
      {"connector.card-fails", {"blocker"}},
      {"connector.rate-limits", {"must"}},
      {"connector.performance", {"must"}},
      {"pub.embargo", {"advice"}}};
  return all;
}

Set severities_of(const std::string& code, const Listed& listed) {
  if (const auto it = severities().find(code); it != severities().end()) return it->second;
  if (listed.severity == "B") return {"blocker"};
  if (listed.severity == "M") return {"must"};
  if (listed.severity == "A") return {"advice"};
  return {"must", "advice"};
}

/// Codes that the list calls automatic and that no form and no attachment can decide.
const Set for_the_desk_or_a_person{"identity.too-many-submissions",       // all tickets of an org
                                   "app.name-taken",                      // the catalog
                                   "contact.bounced",                     // a delivery report
                                   "pub.contact-bounces",                 // the same
                                   "test.mfa-or-captcha",                 // prose: "MFA" may be on or off
                                   "route.profile-sourcing-not-enabled",  // known to Okta alone
                                   "guide.unreachable",                   // the network
                                   "connector.docs-no-version",           // documentation behind a link
                                   "connector.docs-card-missing"};

/// What can only be seen by opening a link: ruled for desks that may, and on the menu for the others.
const Set for_look_ups{"app.website-unreachable", "guide.unreachable", "scim.runscope-private"};

/// Rows of the list that hold several codes, of which these are a person's.
const Set for_a_person_of_their_row{"swa.login-fails", "api.scope-excessive"};

const RuleBook& shipped() { return sample_desk().workflow.rules; }

TEST(ShippedRules, AreTheCodesOfTheCatalogueAndNoOthers) {
  Texts listed;
  for (const auto& [code, unused] : catalogue()) listed.push_back(code);
  EXPECT_GT(listed.size(), 300u);
  EXPECT_THAT(sample_desk().rules.codes(), UnorderedElementsAreArray(listed));
}

TEST(ShippedRules, CheckWhatAMachineCanAndOfferTheRest) {
  Set ruled, offered;
  for (const RuleSettings& rule : shipped().rules) ruled.insert(rule.code);
  for (const IssueSettings& issue : shipped().menu) offered.insert(issue.code);
  for (const auto& [code, listed] : catalogue()) {
    const bool automatic = for_look_ups.contains(code) ||
                           (listed.by.starts_with("auto") && !for_the_desk_or_a_person.contains(code) &&
                            !for_a_person_of_their_row.contains(code));
    EXPECT_EQ(automatic, ruled.contains(code)) << code;
    if (listed.by == "human" || listed.by == "net/human") {
      EXPECT_TRUE(offered.contains(code)) << code;
    }
  }
  for (const Set& codes : {for_the_desk_or_a_person, for_a_person_of_their_row, for_look_ups})
    for (const std::string& code : codes) EXPECT_TRUE(offered.contains(code)) << code;
}

TEST(ShippedRules, HaveThePhaseAndTheSeverityOfTheCatalogue) {
  const auto all = catalogue();
  const auto check = [&](const auto& entry) {
    ASSERT_TRUE(all.contains(entry.code)) << entry.code;
    EXPECT_THAT(phases_of(all.at(entry.code)), Contains(entry.phase)) << entry.code;
    EXPECT_THAT(severities_of(entry.code, all.at(entry.code)), Contains(entry.severity)) << entry.code;
  };
  for (const RuleSettings& rule : shipped().rules) check(rule);
  for (const IssueSettings& issue : shipped().menu) check(issue);
}

TEST(ShippedRules, SayWhatIsNeededAndWhy) {
  const auto sentences = [](const std::string& text) { return text.size() > 10 && text.ends_with('.'); };
  for (const RuleSettings& rule : shipped().rules) {
    EXPECT_TRUE(sentences(rule.need)) << rule.place << ": " << rule.need;
    EXPECT_TRUE(sentences(rule.why)) << rule.place << ": " << rule.why;
    EXPECT_FALSE(rule.source.empty()) << rule.place;
  }
  for (const IssueSettings& issue : shipped().menu) {
    EXPECT_TRUE(sentences(issue.need)) << issue.place << ": " << issue.need;
    EXPECT_TRUE(sentences(issue.why)) << issue.place << ": " << issue.why;
  }
}

// ---- forms ----

const Rules& rules_of(const std::string& profile) {
  static const std::map<std::string, Rules> all{{"oin-2021", Rules(shipped(), "oin-2021")},
                                                {"oin-wizard", Rules(shipped(), "oin-wizard")}};
  return all.at(profile);
}

struct Case {
  std::string form;
  sample::Files files{{"acme.png", sample::png(420, 120)}, {"acme-scim.html", sample::guide()}};
  TicketKind kind = TicketKind::submission;
  std::string profile = "oin-2021";
  std::string subject = "New integration: Acme CRM";
};

Submission submission_of(const std::string& bytes) {
  const Mail mail = parse_mail(bytes);
  Submission submission = read_submission(mail);
  read_files(submission, mail, [](std::string_view file) { return guide(file); });
  return submission;
}

Circumstances circumstances(TicketKind kind = TicketKind::submission) {
  Circumstances around;
  around.kind = kind;
  around.sender = "ada@acme.example";
  around.now = *parse_rfc3339("2026-11-23T10:00:00Z");
  return around;
}

std::vector<Finding> findings(const Case& it) {
  return rules_of(it.profile)
      .check(submission_facts(submission_of(sample::mail(it.form, it.files, it.subject)),
                              circumstances(it.kind)));
}

Texts codes(const std::vector<Finding>& found) {
  Texts out;
  for (const Finding& finding : found) out.push_back(finding.code);
  return out;
}

std::string described(const std::vector<Finding>& found) {
  std::string out;
  for (const Finding& finding : found)
    out += "\n  " + finding.code + " [" + finding.field + "] " + finding.text + " — " + finding.need;
  return out;
}

const std::string api_section =
    "[API service]\n"
    "Scopes: okta.users.read, okta.logs.read\n"
    "Reason: We list users and sign-ins to find accounts that nobody uses.\n"
    "Auth method: client secret\n"
    "Grant type: client credentials\n"
    "Configuration guide: https://help.acme.example/okta-api\n";
const std::string connector_section =
    "[Workflows connector]\n"
    "Connector name: Acme\n"
    "Connector version: 1.0.2\n"
    "Test flows: attached (acme.flopack)\n"
    "Test document: https://help.acme.example/workflows-tests\n"
    "User documentation: https://help.acme.example/workflows\n"
    "API documentation: https://developers.acme.example\n"
    "Connector support email: workflows@acme.example\n"
    "Connector test org: https://sandbox.acme.example\n";
const std::string private_section =
    "[Private integration]\n"
    "Visibility: private\n"
    "Reason for private: header expression\n"
    "Header expression: \"Basic \" + Base64.encode(app.user + \":\" + app.key)\n"
    "Allowed orgs: https://customer.okta.com, globex.okta.com\n"
    "Customer consent: yes\n";
const std::string swa_update =
    "Submission type: update\n"
    "Existing app name: Acme CRM\n"
    "App name: Acme CRM\n"
    "Change summary: The sign-in page has moved to a new address.\n"
    "Developer org: https://dev-123456.okta.com\n"
    "Test account URL: https://app.acme.example/login\n"
    "Test account username: isvtest@okta.com\n"
    "Test account password: sent separately\n"
    "\n[SWA]\n"
    "Login URL: https://app.acme.example/login\n"
    "Username field: #username\n"
    "Password field: #password\n";
const std::string wsfed_section =
    "[WS-Fed]\n"
    "Realm: urn:acme:crm\n"
    "Reply-to URL: https://app.acme.example/wsfed\n"
    "Name ID format: emailAddress\n"
    "Screenshot: attached (template.png)\n";

std::map<std::string, Case> right_forms() {
  using namespace sample;
  const Files logo{{"acme.png", png(420, 120)}};
  Files with_flows = logo, with_template = logo;
  with_flows["acme.flopack"] = "{}";
  with_template["template.png"] = png(800, 600);
  const auto kind = [](Case it, TicketKind k) {
    it.kind = k;
    return it;
  };
  std::map<std::string, Case> forms;
  forms["Saml"] = {general() + saml()};
  forms["Oidc"] = {general() + oidc()};
  forms["Scim"] = {general() + scim() + variable()};
  forms["SamlAndScim"] = {general() + saml() + scim()};
  forms["ApiService"] = {general() + api_section};
  forms["Connector"] = {general() + connector_section, with_flows};
  forms["Private"] =
      kind({general("private") + scim() + variable() + private_section}, TicketKind::private_integration);
  forms["SwaUpdate"] = kind({swa_update, {}}, TicketKind::update);
  forms["WsFed"] = {general() + wsfed_section, with_template};
  return forms;
}

class ARightForm : public testing::TestWithParam<std::string> {};
TEST_P(ARightForm, HasNothingMissing) {
  for (const char* profile : {"oin-2021", "oin-wizard"}) {
    Case it = right_forms().at(GetParam());
    it.profile = profile;
    if (it.profile == "oin-wizard" && it.files.contains("acme.png"))
      it.files["acme.png"] = sample::png(200, 200);
    const auto found = findings(it);
    const Texts due = GetParam() == "SwaUpdate" ? Texts{"swa.update-ok"} : Texts{};
    EXPECT_THAT(codes(found), UnorderedElementsAreArray(due)) << profile << described(found);
  }
}
INSTANTIATE_TEST_SUITE_P(Forms, ARightForm,
                         testing::Values("Saml", "Oidc", "Scim", "SamlAndScim", "ApiService", "Connector",
                                         "Private", "SwaUpdate", "WsFed"));

// ---- one fault, one finding ----

struct Change {
  const char* form;
  std::string from, to;  ///< in the form's text; an empty `from` adds a line at its end
  Texts codes{};         ///< all that is then found, advice included
  const char* profile = "oin-2021";
};

Case changed(const Change& change) {
  Case it = right_forms().at(change.form);
  it.profile = change.profile;
  if (it.profile == "oin-wizard") it.files["acme.png"] = sample::png(200, 200);
  const auto at = it.form.find(change.from);
  EXPECT_NE(at, std::string::npos) << change.from;
  if (change.from.empty())
    it.form += change.to;
  else if (at != std::string::npos)
    it.form.replace(at, change.from.size(), change.to);
  return it;
}

void expect_codes(const Change& change) {
  const auto found = findings(changed(change));
  EXPECT_THAT(codes(found), UnorderedElementsAreArray(change.codes))
      << change.form << " (" << change.profile << "): \"" << change.from << "\" → \"" << change.to << "\""
      << described(found);
}

const std::string spec_run = "https://www.runscope.com/radar/aaa/bbb/history/ccc";

TEST(AFault, OfTheFormIsFoundAndNothingElse) {
  for (const Change& change : std::vector<Change>{
           {"Saml", "App name: Acme CRM\n", "", {"form.missing-field"}},
           {"Saml", "Developer org: https://dev-123456.okta.com\n", "", {"form.missing-field"}},
           {"Saml", "App name: Acme CRM\n", "App name: N/A\n", {"form.missing-field"}},
           {"Saml", "App name: Acme CRM\n", "App name: My App\n", {"form.placeholder-value"}},
           {"Saml", "https://www.acme.example", "TBD", {"form.placeholder-value"}},
           {"Saml", "App category: CRM; Sales", "App category: to be confirmed", {"form.placeholder-value"}},
           {"Saml",
            "App name: Acme CRM\n",
            "App name: Acme CRM\nApp name: Acme Sales\n",
            {"form.conflicting-value"}},
           {"Saml", "Big Bang: no\n", "Big Bang: no\nFavourite colour: blue\n", {"form.unknown-label"}},
           {"Saml", "Big Bang: no\n", "", {"form.missing-field"}},
           {"Oidc", "Mode: Web\n", "", {"form.missing-field"}},
           {"Scim", "PATCH: yes\n", "", {"form.missing-field"}},
           {"Connector", "Connector test org: https://sandbox.acme.example\n", "", {"form.missing-field"}},
           {"Private",
            "Reason for private: header expression\n",
            "Reason for private: header expression\n",
            {}},
           {"Private",
            "Allowed orgs: https://customer.okta.com, globex.okta.com\n",
            "",
            {"route.private-orgs-missing"}},
           {"Private",
            "Allowed orgs: https://customer.okta.com, globex.okta.com\n",
            "Allowed orgs: Globex Ltd\n",
            {"route.private-orgs-missing"}},
           {"SamlAndScim", "[SCIM 2.0]", "[SCIM 1.1]", {"route.private-needed", "scim.version-1-1"}},
           {"SamlAndScim",
            "Group Push\n",
            "Import Users, Profile Sourcing\n",
            {"route.private-needed", "scim.features-differ-from-guide"}},
           {"SwaUpdate",
            "Change summary: The sign-in page has moved to a new address.\n",
            "",
            {"update.no-change-summary", "swa.update-ok"}},
           {"SwaUpdate",
            "Change summary: The sign-in page has moved to a new address.\n",
            "Change summary: small fixes\n",
            {"update.no-change-summary", "swa.update-ok"}},
           {"SwaUpdate", "Existing app name: Acme CRM\n", "", {"update.no-existing-name", "swa.update-ok"}},
           {"Saml",
            "",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            {"saml.cert.private-key-sent"}}})
    expect_codes(change);
}

TEST(AFault, OfTheCatalogDataIsFoundAndNothingElse) {
  const std::string long_text = std::string(1100, 'x') + " and seven more words make it long enough";
  for (const Change& change : std::vector<Change>{
           {"Saml", "App name: Acme CRM\n", "App name: Acme CRM™ for Okta\n", {"app.name-decorated"}},
           {"Saml",
            "App name: Acme CRM\n",
            "App name: Acme " + std::string(70, 'x') + "\n",
            {"app.name-too-long"},
            "oin-wizard"},
           {"Saml", "App name: Acme CRM\n", "App name: Acme " + std::string(70, 'x') + "\n", {}},
           {"Saml", "App website: https://www.acme.example\n", "", {"app.website-missing"}},
           {"Saml", "https://www.acme.example\n", "our home page\n", {"app.website-invalid"}},
           {"Saml", "https://www.acme.example\n", "http://localhost/\n", {"app.website-invalid"}},
           {"Saml", "App category: CRM; Sales\n", "", {"app.category-missing"}},
           {"Saml", "App category: CRM; Sales\n", "", {}, "oin-wizard"},
           {"Saml",
            "App category: CRM; Sales\n",
            "App category: CRM, Sales, Finance, HR\n",
            {"app.category-too-many"}},
           {"Saml",
            "App category: CRM; Sales\n",
            "App use case: SSO, Selling\n",
            {"app.use-case-too-unknown"}},
           {"Saml",
            "App category: CRM; Sales\n",
            "App use case: SSO, Apps for Good\n",
            {"app.use-case-needs-approval"}},
           {"Saml",
            "keeps a sales team's customers in one place.\n  The integration signs users in with SAML and "
            "provisions them with SCIM.\n",
            "\n",
            {"app.description-thin"}},
           {"Saml", "Acme CRM keeps", "<b>Acme</b> CRM keeps", {"app.description-markup"}},
           {"Saml", "Acme CRM keeps", long_text, {"app.description-too-long"}, "oin-wizard"},
           {"Saml", "App icon: attached (acme.png)\n", "App icon: none\n", {"icon.missing"}},
           {"Saml", "App icon: attached (acme.png)\n", "App icon: attached (other.png)\n", {"icon.missing"}},
           {"Saml",
            "App icon: attached (acme.png)\n",
            "App icon: https://www.acme.example/brand\n",
            {"icon.format"}},
           {"Saml",
            "Support contacts: support@acme.example, https://help.acme.example, +1 415 555 0100\n",
            "",
            {"contact.support-missing"}},
           {"Saml",
            "support@acme.example, https://help.acme.example, +1 415 555 0100",
            "the support team",
            {"contact.support-invalid"}},
           {"Saml",
            "support@acme.example, https://help.acme.example, +1 415 555 0100",
            "support@example.com",
            {"contact.support-invalid"}},
           {"Saml", "Escalation contact: okta-oncall@acme.example\n", "", {"contact.escalation-missing"}},
           {"Saml", "okta-oncall@acme.example", "help@acme.example", {"contact.escalation-generic"}},
           {"Saml", "okta-oncall@acme.example", "+1-800-555-0123", {"contact.escalation-generic"}},
           {"Saml",
            "okta-oncall@acme.example",
            "ada.lovelace@acme.example",
            {"contact.escalation-single-person"}},
           {"Saml", "okta-oncall@acme.example", "+1 415 555 0100", {"contact.escalation-equals-public"}}})
    expect_codes(change);
}

TEST(AFault, OfTheTestAccountIsFoundAndNothingElse) {
  for (const Change& change :
       std::vector<Change>{{"Saml", "Test account password: sent separately\n", "", {"test.missing"}},
                           {"Saml",
                            "Test account URL: https://app.acme.example/login\nTest account username: "
                            "isvtest@okta.com\nTest account password: sent separately\n",
                            "",
                            {"test.missing"}},
                           {"Saml",
                            "Test account URL: https://app.acme.example/login",
                            "Test account URL: https://${app.subdomain}.acme.example/login",
                            {"test.url-not-static"}},
                           {"Saml", "isvtest@okta.com", "okta-review", {"test.username-not-preferred"}},
                           {"Saml",
                            "Additional instructions: SSO settings are under Admin > Security. A token for "
                            "SCIM is made there too.\n",
                            "",
                            {"test.instructions-missing"}},
                           {"Scim",
                            "Additional instructions: SSO settings are under Admin > Security. A token for "
                            "SCIM is made there too.\n",
                            "Additional instructions: SSO settings are under Admin.\n",
                            {"test.scim-credentials-missing"},
                            "oin-wizard"},
                           {"Saml", "sent separately", "Tr0ub4dor & 3", {"test.secret-in-clear"}}})
    expect_codes(change);
}

TEST(AFault, OfAUrlOrAVariableIsFoundAndNothingElse) {
  const std::string acs = "ACS URL: https://${app.subdomain}.acme.example/saml/acs";
  const std::string saml_instance = "https://dev-123456-admin.okta.com/admin/app/acme_1/instance/0oa1b2c3/";
  for (const Change& change : std::vector<Change>{
           {"Saml", "Okta instance URL: " + saml_instance + "\n", "", {"instance-url.missing"}},
           {"Saml", saml_instance, "https://app.acme.example/admin", {"instance-url.not-okta"}},
           {"Saml",
            saml_instance,
            "https://dev-123456.okta.com/home/acme_1/0oa1b2c3/aln1",
            {"instance-url.embed-link"}},
           {"Saml",
            saml_instance,
            "https://dev-654321-admin.okta.com/admin/app/acme_1/instance/0oa1b2c3/",
            {"instance-url.other-org"}},
           {"Saml",
            "Variable: label=Subdomain; name=subdomain; type=String; help=The first part of your Acme "
            "address\n",
            "",
            {"variable.undeclared"}},
           {"Saml",
            "",
            "Variable: label=Region; name=region; type=String; help=Your region\n",
            {"variable.unused"}},
           {"Saml", acs, "ACS URL: https://${app.subdomain.acme.example/saml/acs", {"variable.unbalanced"}},
           {"Saml",
            "name=subdomain; type=String; help=The first part of your Acme address",
            "name=subdomain; type=String",
            {"variable.no-help"}},
           {"Oidc", "Redirect URI varies: no", "Redirect URI varies: yes", {"variable.varies-but-none"}},
           {"Saml", "ACS varies: yes", "ACS varies: no", {"variable.fixed-but-used"}},
           {"Saml", "SP initiate URL: https", "SP initiate URL: http", {"url.not-https"}},
           {"Saml",
            "SP initiate URL: https://app.acme.example/sso",
            "SP initiate URL: /sso",
            {"url.relative"}},
           {"Saml",
            "SP initiate URL: https://app.acme.example/sso",
            "SP initiate URL: https:///sso",
            {"url.malformed"}},
           {"Saml", "https://dev-123456.okta.com", "https://www.acme.example", {"url.malformed"}},
           {"Saml", acs, "ACS URL: https://10.1.2.3/${app.subdomain}/acs", {"url.localhost-or-private"}},
           {"Oidc",
            "https://eu.acme.example/callback",
            "https://localhost:3000/callback",
            {"url.localhost-or-private"}},
           {"Scim",
            "https://${app.subdomain}.acme.example/scim/v2",
            "https://1a2b.ngrok.io/${app.subdomain}",
            {"url.tunnel"}},
           {"Saml", acs, "ACS URL: https://staging.acme.example/${app.subdomain}/acs", {"url.staging-host"}},
           {"Saml", acs, acs + "/" + std::string(1000, 'x'), {"url.too-long"}},
           {"Saml", acs, "ACS URL: https://dev-123456.okta.com/${app.subdomain}/acs", {"url.okta-host"}},
           {"Saml", "https://help.acme.example/okta-saml", "https://bit.ly/3acme", {"url.link-shortener"}}})
    expect_codes(change);
}

TEST(AFault, OfSamlIsFoundAndNothingElse) {
  const std::string acs = "ACS URL: https://${app.subdomain}.acme.example/saml/acs";
  for (const Change& change : std::vector<Change>{
           {"Saml", acs + "\n", "", {"saml.acs-url.missing"}},
           {"Saml",
            acs,
            "ACS URL: http://${app.subdomain}.acme.example/saml/acs",
            {"saml.acs-url.not-https"}},
           {"Saml", "", "Other ACS URLs: https://app.acme.example/acs2, 70000\n", {"saml.acs-index.invalid"}},
           {"Saml",
            "",
            "Other ACS URLs: https://app.acme.example/acs2, 1; https://app.acme.example/acs3, 1\n",
            {"saml.acs-index.duplicate"}},
           {"Saml",
            "Audience URI: https://${app.subdomain}.acme.example/saml\n",
            "",
            {"saml.audience.missing"}},
           {"Saml", "", "Signature algorithm: SHA-1\n", {"saml.sha1"}},
           {"Saml", "Multi-tenant: yes", "Multi-tenant: no", {"saml.no-multi-tenancy"}},
           {"Saml", "Sign-in flows: IdP, SP\n", "", {"saml.flow-missing"}},
           {"Saml", "SP initiate URL: https://app.acme.example/sso\n", "", {"saml.sp-url-missing"}},
           {"Saml",
            "SP flow description: Click \"Sign in with SSO\", type your company name.\n",
            "",
            {"saml.sp-description-missing"}},
           {"Saml", "JIT: yes", "JIT: no", {"saml.no-jit-no-scim"}},
           {"Saml", "Attribute: email = user.email", "Attribute: email", {"saml.attributes-undeclared"}},
           {"Saml",
            "Attribute: email = user.email",
            "Attribute: email = mail",
            {"saml.attribute-value-invalid"}},
           {"Saml",
            "Force authentication: no",
            "Force authentication: yes",
            {"saml.force-authn-undocumented"}},
           {"Saml",
            "Encrypted assertions: no",
            "Encrypted assertions: yes",
            {"saml.encryption-details-missing"}},
           {"Saml", "Single logout: no", "Single logout: yes", {"saml.slo-details-missing"}},
           {"Saml", "Single logout: no", "Single logout: yes", {"saml.slo-unsupported"}, "oin-wizard"},
           {"Saml", "Big Bang: no", "Big Bang: yes", {"saml.big-bang-no-backdoor"}},
           {"Saml", "all tenants", "certain SKUs", {"saml.sku-limits-undocumented"}},
           {"Saml", "Configuration guide: https://help.acme.example/okta-saml\n", "", {"guide.missing"}},
           {"Saml",
            "Configuration guide: https://help.acme.example/okta-saml\n",
            "Configuration guide: attached (acme.pdf)\n",
            {"guide.missing"}}})
    expect_codes(change);
}

TEST(AFault, OfOidcIsFoundAndNothingElse) {
  const std::string uris = "https://app.acme.example/callback, https://eu.acme.example/callback";
  for (const Change& change : std::vector<Change>{
           {"Oidc", "Redirect URI: " + uris + "\n", "", {"oidc.redirect-uri.missing"}},
           {"Oidc", "https://eu", "http://eu", {"oidc.redirect-uri.not-https"}},
           {"Oidc", "https://eu.acme.example/", "https://eu.acme.example/#/", {"oidc.redirect-uri.fragment"}},
           {"Oidc", "https://eu.acme.example", "https://*.acme.example", {"oidc.redirect-uri.wildcard"}},
           {"Oidc",
            "Initiate login URI: https://app.acme.example/login/okta\nInitiate login URI varies: no\n",
            "",
            {"oidc.idp-flow-no-initiate-uri"}},
           {"Oidc", "Mode: Web", "Mode: Native", {"oidc.mode-native"}},
           {"Oidc", "Mode: Web", "Mode: SPA", {"oidc.mode-spa"}, "oin-wizard"},
           {"Oidc", "Mode: Web", "Mode: SPA", {}},
           {"Oidc", "", "Issuer: https://dev-123456.okta.com/oauth2/default\n", {"oidc.custom-auth-server"}},
           {"Oidc", "Multi-tenant: yes", "Multi-tenant: no", {"oidc.no-multi-tenancy"}},
           {"Oidc", "Authorization Code", "Authorization Code, Refresh Token", {"oidc.refresh-token"}},
           {"Oidc", "Authorization Code", "Implicit", {"oidc.implicit-only"}},
           {"Oidc", "profile, email", "profile, offline_access", {"oidc.offline-access"}},
           {"Oidc", "profile, email", "profile, groups", {"oidc.groups-scope"}},
           {"Oidc", "profile, email", "profile, acme.read", {"oidc.custom-scope"}},
           {"Oidc", "Configuration guide: https://help.acme.example/okta-oidc\n", "", {"guide.missing"}}})
    expect_codes(change);
}

TEST(AFault, OfScimIsFoundAndNothingElse) {
  const std::string base = "Base URL: https://${app.subdomain}.acme.example/scim/v2";
  for (const Change& change : std::vector<Change>{
           {"SamlAndScim", base + "\n", "", {"scim.base-url.missing"}},
           {"Scim",
            base,
            "Base URL: http://${app.subdomain}.acme.example/scim/v2",
            {"scim.base-url.not-https"}},
           {"Scim", base, base + "_1", {"scim.base-url.underscore"}},
           {"Scim", base, base + "/Users", {"scim.base-url.is-resource"}},
           {"Scim",
            "Features: Create Users, Update User Attributes, Deactivate Users, Group Push\n",
            "",
            {"scim.features-missing"}},
           {"Scim", "Group Push", "Group Push, Sync Password", {"scim.features-differ-from-guide"}},
           {"Scim", "Auth mode: Bearer token\n", "", {"scim.auth-missing"}},
           {"Scim", "Auth mode: Bearer token", "Auth mode: Basic", {"scim.basic"}},
           {"Scim",
            "Auth mode: Bearer token",
            "Auth mode: OAuth 2.0 client credentials",
            {"scim.oauth-grant"}},
           {"Scim", "Auth mode: Bearer token", "Auth mode: OAuth 2.0", {"scim.oauth-endpoints-missing"}},
           {"Scim", "Auth mode: Bearer token", "Auth mode: Header", {"scim.header-format-missing"}},
           {"Scim",
            "Auth mode: Bearer token",
            "Auth mode: Header\nHeader format: \"Basic \" + base64(app.key)",
            {"scim.header-expression"}},
           {"Scim",
            "Unused attributes deleted: yes",
            "Unused attributes deleted: no",
            {"scim.unused-attributes"}},
           {"Scim", "Unused attributes deleted: yes\n", "", {"scim.unused-attributes"}},
           {"Scim",
            "",
            "SCIM attributes: userName = user.login, title = user.title\n",
            {"scim.base-attributes-missing"}},
           {"Scim", "Group changes per PATCH: 100", "Group changes per PATCH: 50", {"scim.group-patch-size"}},
           {"Scim", "PATCH: yes", "PATCH: no", {"scim.patch-needed-for-groups"}},
           {"Scim", "Runscope SPEC results: " + spec_run + "\n", "", {"scim.runscope-spec-missing"}},
           {"Scim",
            "Runscope CRUD results: https://www.runscope.com/radar/aaa/ddd/history/eee\n",
            "",
            {"scim.runscope-crud-missing"}},
           {"Scim", spec_run, "https://www.runscope.com/radar/aaa/bbb", {"scim.runscope-not-a-run"}},
           {"Scim",
            "Configuration guide: attached (acme-scim.html)\n",
            "Configuration guide: none\n",
            {"guide.missing"}}})
    expect_codes(change);
}

TEST(AFault, OfTheOtherProtocolsIsFoundAndNothingElse) {
  for (const Change& change : std::vector<Change>{
           {"SwaUpdate", "Password field: #password\n", "", {"swa.selectors-missing", "swa.update-ok"}},
           {"WsFed", "attached (template.png)", "attached (missing.jpg)", {"wsfed.screenshot-missing"}},
           {"WsFed", "App name: Acme CRM", "App name: Acme Sales", {"wsfed.name-not-in-subject"}},
           {"ApiService", "Scopes: okta.users.read, okta.logs.read\n", "", {"api.scope-missing"}},
           {"ApiService", "okta.logs.read", "logs.read", {"api.scope-unknown"}},
           {"ApiService", "okta.logs.read", "okta.users.manage", {"api.scope-redundant"}},
           {"ApiService",
            "Reason: We list users and sign-ins to find accounts that nobody uses.\n",
            "",
            {"api.scope-reason-missing"}},
           {"ApiService",
            "Auth method: client secret",
            "Auth method: private_key_jwt",
            {"api.auth-unsupported"}},
           {"ApiService", "Configuration guide: https://help.acme.example/okta-api\n", "", {"guide.missing"}},
           {"Connector", "Connector version: 1.0.2\n", "", {"connector.version-missing"}},
           {"Connector",
            "Test document: https://help.acme.example/workflows-tests\n",
            "",
            {"connector.test-document-missing"}},
           {"Connector",
            "User documentation: https://help.acme.example/workflows\n",
            "",
            {"connector.docs-missing"}},
           {"Connector",
            "API documentation: https://developers.acme.example\n",
            "",
            {"connector.api-docs-missing"}},
           {"Connector",
            "Connector support email: workflows@acme.example\n",
            "",
            {"connector.support-email"}},
           {"Connector",
            "workflows@acme.example",
            "acme.workflows@gmail.com",
            {"connector.support-email", "connector.not-owner"}}})
    expect_codes(change);
  Case new_app = right_forms().at("SwaUpdate");
  new_app.form.replace(0, std::string("Submission type: update").size(), "Submission type: new");
  new_app.kind = TicketKind::submission;
  EXPECT_THAT(codes(findings(new_app)), Contains("protocol.swa-closed"));
  Case mixed = right_forms().at("Saml");
  mixed.form += api_section;
  EXPECT_THAT(codes(findings(mixed)), UnorderedElementsAreArray({"api.mixed-capabilities"}));
  Case connector = right_forms().at("Connector");
  connector.files.erase("acme.flopack");
  EXPECT_THAT(codes(findings(connector)), IsEmpty());  // the form names it, a person looks for it
}

TEST(AFault, OfTheIconIsFoundAndNothingElse) {
  const auto with_icon = [](std::string bytes, const char* profile = "oin-2021") {
    Case it = right_forms().at("Saml");
    it.files["acme.png"] = std::move(bytes);
    it.profile = profile;
    return codes(findings(it));
  };
  using testing::ElementsAre;
  EXPECT_THAT(with_icon(sample::png(200, 60)), ElementsAre("icon.too-small"));
  EXPECT_THAT(with_icon(sample::png(420, 600)), ElementsAre("icon.portrait"));
  EXPECT_THAT(with_icon(sample::png(420, 120, false)), ElementsAre("icon.no-transparency"));
  EXPECT_THAT(with_icon(sample::png(420, 120), "oin-wizard"), ElementsAre("icon.wrong-dimensions"));
  EXPECT_THAT(with_icon("this is no picture"), ElementsAre("icon.not-an-image"));
  EXPECT_THAT(with_icon(sample::png(420, 120).substr(0, 200)), ElementsAre("icon.broken"));
  EXPECT_THAT(with_icon("<svg xmlns='http://www.w3.org/2000/svg' width='420' height='120'></svg>"),
              ElementsAre("icon.format"));
  EXPECT_THAT(with_icon(sample::png(420, 120) + std::string(1 << 20, ' ')), Contains("icon.too-large"));
}

TEST(AFault, OfAPictureWithinTheTextIsFoundUnlessTheFormNamesIt) {
  const auto with = [](const std::string& icon, const std::string& other = "") {
    Mail mail;
    mail.reply_text = mail.text = "App name: Acme CRM\nApp icon: " + icon + "\n";
    mail.html = "<p>…</p><p>Ada<br><img src=\"cid:1\"></p>";
    mail.attachments.push_back({"image001.png", "image/png", sample::png(420, 120), "", "1", "inline", "2"});
    if (!other.empty())
      mail.attachments.push_back({other, "image/png", sample::png(420, 120), "", "", "attachment", "3"});
    Submission submission = read_submission(mail);
    read_files(submission, mail, [](std::string_view file) { return guide(file); });
    Texts icons;
    for (const std::string& code :
         codes(rules_of("oin-2021").check(submission_facts(submission, circumstances()))))
      if (code.starts_with("icon.")) icons.push_back(code);
    return icons;
  };
  EXPECT_THAT(with("attached"), testing::ElementsAre("icon.only-inline-signature"));
  EXPECT_THAT(with("image001.png, see below"), IsEmpty());
  EXPECT_THAT(with("attached", "acme.png"), IsEmpty());
  EXPECT_THAT(with("attached", "logo.png"), IsEmpty());
  EXPECT_THAT(with("attached", "picture.png"), testing::ElementsAre("icon.missing"));  // which one?
}

TEST(AFault, OfTheGuideIsFoundAndNothingElse) {
  const auto with = [](const std::string& from, const std::string& to, const char* form = "Scim") {
    Case it = right_forms().at(form);
    std::string& guide = it.files["acme-scim.html"];
    const auto at = guide.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    guide.replace(at, from.size(), to);
    return codes(findings(it));
  };
  using testing::ElementsAre;
  EXPECT_THAT(with("Requirements", "Overview"), ElementsAre("guide.no-prerequisites"));
  EXPECT_THAT(with("Attributes and mapping", "Data"), ElementsAre("guide.no-attributes"));
  EXPECT_THAT(with("Known issues and troubleshooting", "More"), ElementsAre("guide.no-troubleshooting"));
  EXPECT_THAT(with("your Subdomain,", "your name,"), ElementsAre("guide.no-variable-help"));
  EXPECT_THAT(with("<p>There are no", "<p>TODO: there are no"), ElementsAre("guide.draft"));
  EXPECT_THAT(with("https://help.acme.example", "http://help.acme.example"), ElementsAre("guide.http-links"));
  EXPECT_THAT(with("https://help.acme.example", "file://help"), ElementsAre("guide.dead-internal-links"));
  EXPECT_THAT(with("<img src=\"provisioning.png\" alt=\"The tab Provisioning\">", ""),
              ElementsAre("guide.no-screenshots"));
  EXPECT_THAT(with("In Okta open the Acme CRM app from the catalog", "In Okta choose Create App Integration"),
              ElementsAre("guide.private-scim-steps"));
  EXPECT_THAT(with("Copy the token.", "Copy it: Bearer 1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d"),
              ElementsAre("guide.secrets"));
  Case empty = right_forms().at("Scim");
  empty.files["acme-scim.html"] = "<html><body><h1>Acme CRM</h1><p>To be written for Okta.</p></body></html>";
  EXPECT_THAT(codes(findings(empty)), UnorderedElementsAreArray({"guide.empty", "guide.draft"}));
  Case archive = right_forms().at("Scim");
  archive.files["acme-scim.html"] = std::string("PK\3\4\0\0", 6);
  EXPECT_THAT(codes(findings(archive)), ElementsAre("guide.wrong-type"));
}

// ---- what honest vendors write ----

TEST(ARightAnswer, IsNoFaultHoweverItIsWritten) {
  for (const Change& change : std::vector<Change>{
           // the org and the addresses
           {"Saml", "https://dev-123456.okta.com", "dev-123456.okta.com"},
           {"Saml", "https://dev-123456.okta.com", "https://dev-123456-admin.okta.com/admin/dashboard"},
           {"Saml", "https://www.acme.example\n", "<https://www.acme.example>\n"},
           {"Saml", "https://www.acme.example\n", "http://www.acme.example/product?ref=okta#top\n"},
           {"Saml", "ACS URL: https://${app.subdomain}.acme.example/saml/acs",
            "ACS URL: 'https://' + app.subdomain + '.acme.example/saml/acs'"},
           {"Saml", "Audience URI: https://${app.subdomain}.acme.example/saml", "Audience URI: urn:acme:crm"},
           {"Saml", "Audience URI: https://${app.subdomain}.acme.example/saml",
            "Audience URI: same as ACS URL"},
           {"Saml", "/instance/0oa1b2c3/", "/instance/0oa1b2c3/#tab-signon"},
           {"Saml", "SP initiate URL: https://app.acme.example/sso",
            "SP initiate URL: https://${app.subdomain}.acme.example/"},
           {"Saml", "", "Backdoor URL: N/A\nDefault relay state: none\nDemo video: N/A\n"},
           {"Saml", "isvtest@okta.com", "isvtest@okta.com (administrator)"},
           {"Saml", "", "Demo video: attached (demo.mp4)\n"},
           {"Scim", "Base URL: https://${app.subdomain}.acme.example/scim/v2", "Base URL: n/a"},
           {"Oidc", "https://app.acme.example/callback, https://eu.acme.example/callback",
            "\n  - https://app.acme.example/callback (US)\n  - https://eu.acme.example/callback (EU)"},
           {"Oidc",
            "Post-logout redirect URI: https://app.acme.example/goodbye\nPost-logout URI varies: no\n",
            "Post-logout redirect URI: not used\n"},
           // contacts
           {"Saml", "support@acme.example, https://help.acme.example, +1 415 555 0100",
            "https://help.acme.example/contact"},
           {"Saml", "support@acme.example, https://help.acme.example, +1 415 555 0100",
            "www.acme.example/support"},
           {"Saml", "support@acme.example, https://help.acme.example, +1 415 555 0100", "(415) 555-0100"},
           {"Saml", "support@acme.example, https://help.acme.example, +1 415 555 0100",
            "Acme Support <support@acme.example>"},
           {"Saml", "support@acme.example, https://help.acme.example, +1 415 555 0100",
            "Jane Doe, support@acme.example"},
           {"Saml", "okta-oncall@acme.example",
            "On-call engineers <oncall@acme.example> and +1 415 555 0199"},
           {"Saml", "okta-oncall@acme.example", "+49 30 1234567"},
           {"Saml", "okta-oncall@acme.example", "it.support@acme.example"},
           // names and descriptions
           {"Saml", "App category: CRM; Sales", "App category: Sales & Marketing"},
           {"Saml", "App category: CRM; Sales", "App use case: Single Sign-On, Lifecycle Management"},
           {"Saml",
            "  Acme CRM keeps a sales team's customers in one place.\n  The integration signs users in with "
            "SAML and provisions them with SCIM.\n",
            "  営業チームの顧客情報を一か所で管理します。\n"},
           {"Saml", "Acme CRM keeps", "Files attached to a deal are scanned. Acme CRM keeps"},
           {"Saml", "App name: Acme CRM\n", "App name: 株式会社アクメ\n"},
           {"Saml", "App name: Acme CRM\n", "App name: SAP CRM\n"},
           {"Saml", "", "Existing app name: N/A\nCompany name: Société Générale des Logiciels\n"},
           // yes, no and the rest
           {"Saml", "Big Bang: no", "Big Bang: N/A"},
           {"Saml", "Big Bang: no", "Big Bang: Not applicable, SSO is optional"},
           {"Saml", "Available to: all tenants", "Available to: all customers"},
           {"Saml", "Name ID: NameID", "Name ID: urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"},
           {"Saml", "Attribute: email = user.email", "Attribute: none"},
           {"Saml", "Attribute: email = user.email",
            "Attribute: name = user.firstName + \" \" + user.lastName"},
           {"Saml", "Attribute: email = user.email",
            "Attribute: role = appuser.role\nAttribute: login = ${user.login}\nAttribute: plan = \"gold\""},
           {"Saml", "", "Other ACS URLs: none\n"},
           {"Saml", "Multi-tenant: yes", "Multi-tenant: yes, each tenant has its own connection"},
           {"Oidc", "openid, profile, email", "openid profile email"},
           {"Oidc", "Authorization Code", "Authorization Code with PKCE"},
           {"Oidc", "", "Issuer: https://{yourOktaDomain}\n"},
           {"Oidc", "https://app.acme.example/login/okta",
            "https://app.acme.example/login/okta?iss={issuer}"},
           {"Saml", "sent separately", "N/A, will be sent by separate mail"},
           {"Oidc", "", "Issuer: we use the org authorization server, not /oauth2/default\n"},
           {"Scim", "Auth mode: Bearer token",
            "Auth mode: HTTP header\nHeader format: Authorization: Bearer {token}"},
           {"Scim", "Auth mode: Bearer token",
            "Auth mode: OAuth 2.0\nAuthorize URL: https://auth.acme.example/authorize\nToken URL: "
            "https://auth.acme.example/token\nClient ID: okta\nClient secret: sent separately"},
           {"Scim", "Features: Create Users, Update User Attributes, Deactivate Users, Group Push",
            "Features: push new users, push profile updates, deprovisioning and push groups"},
           {"Scim", "", "SCIM attributes: title = user.title, department = user.department\n"},
           {"ApiService", "okta.users.read, okta.logs.read", "okta.users.read okta.logs.read"},
           {"ApiService", "Reason: We list users and sign-ins to find accounts that nobody uses.\n",
            "Reason: to list users\n"},
           {"Saml", "sent separately", "will be sent by separate mail"},
           {"Saml", "App icon: attached (acme.png)", "Logo: attached"},
           {"Saml",
            "Sign-in flows: IdP, SP\nSP initiate URL: https://app.acme.example/sso\nSP flow description: "
            "Click \"Sign in with SSO\", type your company name.\n",
            "Sign-in flows: IdP-initiated\n"}})
    expect_codes(change);
}

/// The form as a table of a mail in HTML.
std::string as_html(const std::string& form) {
  std::string out = "<html><body><p>Hello, here is our form:</p><table>";
  std::size_t begin = 0;
  for (std::size_t end = form.find('\n'); end != std::string::npos; end = form.find('\n', begin)) {
    const std::string line = form.substr(begin, end - begin);
    begin = end + 1;
    const auto colon = line.find(": ");
    if (line.starts_with("["))
      out += "</table><h2>" + line.substr(1, line.size() - 2) + "</h2><table>";
    else if (line.starts_with("  "))
      out.insert(out.rfind("</td></tr>"), line);
    else if (!line.empty())
      out += "<tr><td>" + line.substr(0, std::min(colon, line.size() - 1)) + "</td><td>" +
             (colon == std::string::npos ? "" : line.substr(colon + 2)) + "</td></tr>";
  }
  return out + "</table><p>Regards, Ada</p></body></html>";
}

TEST(ARightFormAgain, IsRightInHtmlAndInAFileToo) {
  Case html = right_forms().at("SamlAndScim");
  const std::string in_text = sample::mail(html.form, html.files);
  std::string in_html = sample::mail(as_html(html.form), html.files);
  const std::string plain = "Content-Type: text/plain";
  in_html.replace(in_html.find(plain), plain.size(), "Content-Type: text/html");
  Case file = html;
  file.files["form.txt"] = file.form;
  file.form = "Hello,\nplease find our form and the logo attached.\nAda\n";
  std::string in_file = sample::mail(file.form, file.files);
  const std::string unnamed =
      "application/octet-stream\r\nContent-Transfer-Encoding: binary\r\nContent-Disposition: "
      "attachment; filename=\"form.txt\"";
  in_file.replace(in_file.find(unnamed), std::string("application/octet-stream").size(), "text/plain");
  for (const std::string& bytes : {in_text, in_html, in_file}) {
    const Submission read = submission_of(bytes);
    EXPECT_GT(read.fields.size(), 40u);
    const auto found = rules_of("oin-2021").check(submission_facts(read, circumstances()));
    EXPECT_THAT(codes(found), IsEmpty()) << described(found);
  }
}

TEST(ARightAnswer, IsFoundInMetadataToo) {
  const std::string metadata =
      R"(<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://app.acme.example/saml">
<md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<md:AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://app.acme.example/acs"/>
</md:SPSSODescriptor></md:EntityDescriptor>)";
  const auto with = [&](const std::string& varies, const std::string& acs, const std::string& audience) {
    Case it = right_forms().at("Saml");
    const auto replace = [&](const std::string& from, const std::string& to) {
      it.form.replace(it.form.find(from), from.size(), to);
    };
    replace("ACS varies: yes", "ACS varies: " + varies);
    replace("ACS URL: https://${app.subdomain}.acme.example/saml/acs", "ACS URL: " + acs);
    replace("Audience URI: https://${app.subdomain}.acme.example/saml", "Audience URI: " + audience);
    if (varies == "no")
      replace(
          "Variable: label=Subdomain; name=subdomain; type=String; help=The first part of your Acme "
          "address\n",
          "");
    it.files["acme-metadata.xml"] = metadata;
    return codes(findings(it));
  };
  EXPECT_THAT(with("no", "https://app.acme.example/acs", "https://app.acme.example/saml"), IsEmpty());
  EXPECT_THAT(with("no", "see attached metadata", "see metadata"), IsEmpty());
  EXPECT_THAT(
      with("yes", "https://${app.subdomain}.acme.example/acs", "https://${app.subdomain}.acme.example/saml"),
      IsEmpty());
  EXPECT_THAT(with("no", "https://app.acme.example/other", "https://app.acme.example/saml"),
              testing::ElementsAre("saml.metadata.disagrees"));
}

TEST(ASender, IsHeldAgainstTheApp) {
  const auto from = [](const std::string& sender, const std::string& website) {
    Circumstances around;
    around.sender = sender;
    Submission submission;
    submission.fields["app_website"] = {FieldValue::Kind::text, {website}};
    submission.fields["submission_type"] = {FieldValue::Kind::text, {"update"}};
    Texts found;
    for (const Finding& finding : rules_of("oin-2021").check(submission_facts(submission, around)))
      if (finding.code.starts_with("identity.")) found.push_back(finding.code);
    return found;
  };
  EXPECT_THAT(from("ada@mail.acme.co.uk", "https://www.acme.co.uk"), IsEmpty());
  EXPECT_THAT(from("ada@acme.example", "www.acme.example"), IsEmpty());
  EXPECT_THAT(from("ada@okta.com", "https://www.acme.example"), IsEmpty());
  EXPECT_THAT(from("ada@gmail.com", "https://www.acme.example"),
              testing::ElementsAre("identity.free-mail-sender"));
  EXPECT_THAT(from("ada@other.example", "https://www.acme.example"),
              testing::ElementsAre("identity.domain-mismatch"));
}

TEST(AnUpdate, IsHeldAgainstTheRevisionBefore) {
  Submission before, now;
  const auto put = [](Submission& in, const char* name, FieldValue::Kind kind, const char* value) {
    in.fields[name] = {kind, {value}};
  };
  put(before, "dev_org_url", FieldValue::Kind::text, "https://dev-1.okta.com");
  put(before, "variables", FieldValue::Kind::variables,
      "label=Subdomain; name=subdomain; type=String; help=x");
  now = before;
  const auto found = [&] {
    Circumstances around;
    around.kind = TicketKind::update;
    around.before = &before;
    Texts out;
    for (const Finding& finding : rules_of("oin-2021").check(submission_facts(now, around)))
      if (finding.severity == "blocker") out.push_back(finding.code);
    return out;
  };
  EXPECT_THAT(found(), IsEmpty());
  put(now, "dev_org_url", FieldValue::Kind::text, "https://dev-2.okta.com");
  EXPECT_THAT(found(), testing::ElementsAre("identity.other-org"));
  now = before;
  put(now, "variables", FieldValue::Kind::variables, "label=Subdomain; name=tenant; type=String; help=x");
  EXPECT_THAT(found(), testing::ElementsAre("update.breaks-variable"));
}

TEST(AGuideForSaml, IsOptionalSinceTheEndOf2021) {
  const auto severity = [](const char* date) {
    Submission submission;
    submission.protocols = {"saml"};
    Circumstances around;
    around.now = *parse_rfc3339(date);
    for (const Finding& finding : rules_of("oin-2021").check(submission_facts(submission, around)))
      if (finding.code == "guide.missing") return finding.severity;
    return std::string();
  };
  EXPECT_EQ(severity("2020-10-12T10:00:00Z"), "must");
  EXPECT_EQ(severity("2026-11-23T10:00:00Z"), "advice");
}

}  // namespace
}  // namespace oin
