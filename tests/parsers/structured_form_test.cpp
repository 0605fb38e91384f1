#include "parsers/structured_form.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parsers/mail.hpp"
#include "parsers/structured_form_tree.hpp"
#include "parsers/submission.hpp"

namespace oin {
namespace {

using testing::ElementsAre;

/// "name@line" of each field with its items, of a mail that has only this attached.
std::map<std::string, std::string> fields_of(const std::string& content, const std::string& type,
                                             const std::string& name = "form") {
  Mail mail;
  mail.attachments.push_back({name, type, content, "", "", "attachment", "2"});
  const Submission read = read_submission(mail);
  std::map<std::string, std::string> all;
  for (const auto& [field, value] : read.fields) {
    std::string joined;
    for (const std::string& item : value.items) joined += (joined.empty() ? "" : "|") + item;
    EXPECT_EQ(read.provenance.at(field).part, name);
    all[field + "@" + std::to_string(read.provenance.at(field).line)] = joined;
  }
  for (const UnknownField& field : read.unknown) all["?" + field.label] = field.value;
  return all;
}

using Fields = std::map<std::string, std::string>;

struct FormCase {
  std::string name, type, content;
  Fields fields;
};
class StructuredFormOf : public testing::TestWithParam<FormCase> {};
TEST_P(StructuredFormOf, IsReadWithItsLines) {
  EXPECT_EQ(fields_of(GetParam().content, GetParam().type), GetParam().fields);
}

const Fields tree_fields = {{"app_name@1", "Acme \U0001F600"},
                            {"app_category@2", "CRM|Sales"},
                            {"test_account.url@4", "https://a.example"},
                            {"test_account.password@5", "p;q"},
                            {"saml.acs_url@7", "https://a.example/acs"},
                            {"saml.flows@8", "idp|sp"},
                            {"saml.jit@9", "true"},
                            {"variables@11", "label=Sub; name=sub; type=String; help=First, part"},
                            {"saml.attributes@12", "email=user.email"},
                            {"scim.version@14", "2.0"},
                            {"scim.features@15", "create users|deactivate users"},
                            {"scim.group_patch_size@16", "100"},
                            {"?favourite.colour", "blue"}};

INSTANTIATE_TEST_SUITE_P(
    Trees, StructuredFormOf,
    testing::Values(
        FormCase{"Json", "application/json",
                 R"({"oin_submission": 1, "appName": "Acme \uD83D\uDE00",
  "app_category": ["CRM", "Sales"],
  "test-account": {
    "url": "https://a.example",
    "password": "p;q"},
  "saml": {
    "ACSUrl": "https://a.example/acs",
    "flows": {"idp": true, "sp": true},
    "jit": true,

    "variables": [{"label": "Sub", "name": "sub", "type": "String", "help": "First; part"}],
    "attributes": [{"name": "email", "value": "user.email"}]},
  "SCIM 2.0": {
    "version": 2.0,
    "features": ["create-users", "Deactivate Users"],
    "group_patch_size": 100, "oauth_scopes": null},
  "favourite": {"colour": "blue"}})",
                 tree_fields},
        FormCase{"Yaml",
                 "application/x-yaml",
                 R"(appName: "Acme \U0001F600"
app_category: [CRM, Sales]
test-account:
  url: https://a.example
  password: p;q
saml:
  ACSUrl: https://a.example/acs
  flows: {idp: yes, sp: yes}
  jit: on

  #
  x: ~
)",
                 {{"app_name@1", "Acme \U0001F600"},
                  {"app_category@2", "CRM|Sales"},
                  {"test_account.url@4", "https://a.example"},
                  {"test_account.password@5", "p;q"},
                  {"saml.acs_url@7", "https://a.example/acs"},
                  {"saml.flows@8", "idp|sp"},
                  {"saml.jit@9", "true"}}},
        FormCase{
            "YamlBlocks",
            "text/yaml",
            "App name: Foo\nDescription: |\n  Two\n  lines\nOIDC:\n  redirectURIs:\n  - https://a.example/1\n"
            "  - https://a.example/2\n",
            {{"app_name@1", "Foo"},
             {"app_description@2", "Two\nlines"},
             {"oidc.redirect_uri@6", "https://a.example/1|https://a.example/2"}}},
        FormCase{"JsonWithCommentsAndLastCommas",
                 "application/json",
                 "// our form\n{\n  \"app_name\": \"Foo, }\", // the name\n  \"saml\": {\"acs_url\": "
                 "\"https://a.example\",},\n}\n",
                 {{"app_name@3", "Foo, }"}, {"saml.acs_url@4", "https://a.example"}}},
        FormCase{"JsonOfAnsweredQuestions",
                 "application/json",
                 "{\"answers\": [\n{\"question\": \"App name\", \"answer\": \"Foo\"},\n{\"question\": \"ACS "
                 "URL\", \"answer\": \"https://a.example\"},\n{\"question\": \"Colour\", \"answer\": "
                 "\"blue\"}]}",
                 {{"app_name@2", "Foo"}, {"saml.acs_url@3", "https://a.example"}, {"?Colour", "blue"}}},
        FormCase{
            "JsonChoicesAsProgramsSpellThem",
            "application/json",
            "{\"appName\": \"Foo\", \"scim\": {\"features\": {\"createUsers\": true, \"groupPush\": false}},"
            "\n\"saml\": {\"flows\": [\"IdP\", \"spInitiated\"]}}",
            {{"app_name@1", "Foo"}, {"scim.features@1", "create users"}, {"saml.flows@2", "idp|sp"}}},
        FormCase{"JsonThatIsCutOff",
                 "application/json",
                 "{\"app_name\":\"Foo\",\"website\":\"https://a.example\",\n\"saml\":{\"acs_url\":"
                 "\"https://a.example/acs\",\n",
                 {{"app_name@1", "Foo"},
                  {"app_website@1", "https://a.example"},
                  {"saml.acs_url@2", "https://a.example/acs"},
                  {"?Form (form)", "is no valid file of its kind: read line by line"}}},
        FormCase{"YamlOfOneKeyAnEntry",
                 "application/x-yaml",
                 "- App name: Foo\n- Website: https://a.example\n",
                 {{"app_name@1", "Foo"}, {"app_website@2", "https://a.example"}}},
        FormCase{"YamlOfSeveralDocuments",
                 "application/x-yaml",
                 "App name: Foo\nWebsite: https://a.example\n---\nApp name: Bar\n",
                 {{"app_name@1", "Foo"},
                  {"app_website@2", "https://a.example"},
                  {"?Another submission", "App name: Bar"}}},
        FormCase{"YamlThatIsBroken",
                 "application/x-yaml",
                 "app_name: Foo\nsaml:\n  acs_url: https://a.example\n audience_uri: foo\n\tcolour: blue\n",
                 {{"app_name@1", "Foo"},
                  {"saml.acs_url@3", "https://a.example"},
                  {"saml.audience_uri@4", "foo"},
                  {"?colour", "blue"},
                  {"?Form (form)", "is no valid file of its kind: read line by line"}}},
        FormCase{"JsonInAWrapper",
                 "text/plain",
                 "{\"submission\": {\"App name\": \"Foo\", \"support\": {\"email\": \"a@b.example\"}}}",
                 {{"app_name@1", "Foo"}, {"support_contact@1", "a@b.example"}}}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Csv, StructuredFormOf,
    testing::Values(
        FormCase{"LabelAndValue",
                 "text/csv",
                 "Field,Value\r\nApp name,\"Acme, the \"\"CRM\"\"\"\r\nDescription,\"Two\nlines\"\r\n"
                 "Website,https://a.example\r\nFavourite colour,blue\r\n",
                 {{"app_name@2", "Acme, the \"CRM\""},
                  {"app_description@3", "Two\nlines"},
                  {"app_website@5", "https://a.example"},
                  {"?Favourite colour", "blue"}}},
        FormCase{"SectionsAndSemicolons",
                 "application/octet-stream",
                 "sep=;\nsection;field;value\n;app_name;Acme\nSAML;ACS URL;https://a.example/acs\n"
                 ";JIT;yes\nSCIM;base url;https://a.example/scim\n",
                 {{"app_name@3", "Acme"},
                  {"saml.acs_url@4", "https://a.example/acs"},
                  {"saml.jit@5", "true"},
                  {"scim.base_url@6", "https://a.example/scim"}}},
        FormCase{"HeaderRow",
                 "text/csv",
                 "Timestamp\tApp name\tACS URL\tDoes your app exist in the OIN?\n2026-11-23\tAcme\t"
                 "https://a.example/acs\tNo\n2026-11-24\tBeta\thttps://b.example/acs\tNo\n",
                 {{"app_name@2", "Acme"},
                  {"saml.acs_url@2", "https://a.example/acs"},
                  {"submission_type@2", "new"},
                  {"?Timestamp", "2026-11-23"},
                  {"?Another submission",
                   "Timestamp: 2026-11-24; App name: Beta; ACS URL: https://b.example/acs; Does your app "
                   "exist in the OIN?: No"}}},
        FormCase{"NumbersRemarksAndComments",
                 "text/csv",
                 "#;Question;Required;Your answer;Comments\n1;What is your app name?;yes;Foo;\n2;ACS "
                 "URL;yes;https://a.example;production\n3;Colour;no;blue;\n",
                 {{"app_name@2", "Foo"},
                  {"saml.acs_url@3", "https://a.example"},
                  {"?ACS URL, Comments", "production"},
                  {"?Colour", "blue"}}},
        FormCase{"AColumnAProtocol",
                 "text/csv",
                 "Field,SAML,SCIM\nInstance "
                 "URL,https://a.example/1,https://a.example/2\nGuide,,https://g.example\n",
                 {{"saml.instance_url@2", "https://a.example/1"},
                  {"scim.instance_url@2", "https://a.example/2"},
                  {"scim.guide_url@3", "https://g.example"}}},
        FormCase{"BarsBelowATitleWithAComma",
                 "text/csv",
                 "Foo, Inc.\nApp name|Foo\nWebsite|https://a.example\n",
                 {{"app_name@2", "Foo"}, {"app_website@3", "https://a.example"}}},
        FormCase{"AQuoteThatIsNeverClosed",
                 "text/csv",
                 "App name,\"Foo\nWebsite,https://a.example\nLogo,\"a.png\" attached\n",
                 {{"app_name@1", "\"Foo"}, {"app_website@2", "https://a.example"}, {"app_icon@3", "a.png"}}},
        FormCase{"SectionRows",
                 "text/csv",
                 "App name,Acme\n[SAML 2.0],\nEntity ID,urn:acme\nJIT,no\n",
                 {{"app_name@1", "Acme"}, {"saml.audience_uri@3", "urn:acme"}, {"saml.jit@4", "false"}}},
        FormCase{"ByteOrderMark",
                 "text/csv",
                 "\xEF\xBB\xBF\"App name\",Größe\nWebsite,https://a.example\n",
                 {{"app_name@1", "Größe"}, {"app_website@2", "https://a.example"}}},
        FormCase{
            "Utf16",
            "text/csv",
            std::string("\xFF\xFE"
                        "A\0p\0p\0 \0n\0a\0m\0e\0\t\0\xC4\0c\0m\0e\0\n\0W\0e\0b\0s\0i\0t\0e\0\t\0h\0t\0t\0p"
                        "\0s\0:\0/\0/\0a\0.\0e\0x\0\n\0",
                        2 + 2 * 35),
            {{"app_name@1", "Äcme"}, {"app_website@2", "https://a.ex"}}}),
    [](const auto& test) { return test.param.name; });

TEST(AStructuredForm, ThatIsLeftEmptySaysNothing) {
  EXPECT_EQ(fields_of("{\n\"app_name\": \"\",\n\"website\": \"\",\n\"logo\": \"\"\n}\n", "application/json"),
            Fields());
  EXPECT_EQ(fields_of("app_name: \"\"\nwebsite: \"\"\nlogo: ''\n", "application/x-yaml"), Fields());
}

TEST(AStructuredForm, OverridesTheBodyAndSaysSo) {
  Mail mail;
  mail.text = mail.reply_text = "App name: Foo\nWebsite: https://foo.example\n";
  mail.attachments.push_back({"form.json", "application/json",
                              "{\"app_name\": \"Bar\",\n\"company\": \"Foo Inc\"}", "", "", "", "2"});
  const Submission read = read_submission(mail);
  EXPECT_EQ(read.fields.at("app_name").items, std::vector<std::string>{"Bar"});
  EXPECT_EQ(read.provenance.at("app_name").part, "form.json");
  EXPECT_EQ(read.provenance.at("company_name").line, 2);
  EXPECT_EQ(read.provenance.at("app_website").part, "1");
  EXPECT_THAT(read.conflicting, ElementsAre("app_name"));
  EXPECT_EQ(read.labelled, 3);
}

class NoForm : public testing::TestWithParam<const char*> {};
TEST_P(NoForm, IsMadeOfOtherDocuments) { EXPECT_FALSE(structured_form(GetParam())); }
INSTANTIATE_TEST_SUITE_P(Documents, NoForm,
                         testing::Values("", "{}", "[]", "{\"a\": 1}", "{\"app_name\": \"Foo\"}",
                                         "{\"app_name\": \"Foo\", \"website\": ", "a,b\n1,2\n",
                                         "Dear all,\n\nour app name is Foo.\n", "- a\n- b\n", "<a/>",
                                         "\t\n"));

TEST(AYamlDocument, IsRefusedWithAliasesAnchorsAndTags) {
  for (const char* text : {"a: &x 1\nb: *x\n", "a: &x [1]\n", "a: !!python/object:os 1\n", "!t {a: 1}\n",
                           "? [a, b]\n: c\n", "a: [\n"})
    EXPECT_FALSE(yaml_tree(text)) << text;
}

TEST(ATree, IsBounded) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + "1" + std::string(depth, ']');
  };
  for (const auto tree : {json_tree, yaml_tree}) {
    EXPECT_TRUE(tree(nested(form_limits.depth)));
    EXPECT_FALSE(tree(nested(form_limits.depth + 1)));
    EXPECT_FALSE(tree(std::string(200'000, '[')));
    std::string many = "[";
    for (std::size_t i = 0; i < form_limits.nodes; ++i) many += "1,";
    EXPECT_FALSE(tree(many + "1]"));
    EXPECT_FALSE(tree("\"" + std::string(form_limits.bytes, 'x') + "\""));
  }
}

}  // namespace
}  // namespace oin
