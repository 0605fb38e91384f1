#include "daemon/workflow/blank_form.hpp"

#include <gmock/gmock.h>

#include "parsers/mail.hpp"
#include "parsers/submission_label_table.hpp"

namespace oin {
namespace {

using Kind = FieldValue::Kind;

/// A value of the field's kind that its reader gives back as it is.
FieldValue value_for(const FieldRow& row) {
  const std::string name = row.dotted();
  switch (row.shape) {
    case Shape::yes_no:
      return {Kind::boolean, {"true"}};
    case Shape::url:
      return {Kind::text, {"https://acme.example/" + std::string(row.name)}};
    case Shape::file:
      return {Kind::text, {std::string(row.name) + ".png"}};
    case Shape::prose:
      return {Kind::text, {"The first line of it.\nAnd the second: with a colon."}};
    case Shape::contacts:
      return {Kind::list, {std::string(row.name) + "@acme.example", "https://help.acme.example/"}};
    case Shape::list:
      return {Kind::list, {"https://one.acme.example/cb", "https://two.acme.example/cb"}};
    case Shape::pairs:
      return {Kind::pairs, {"email=user.email", "name=user.firstName"}};
    case Shape::variables:
      return {Kind::variables, {"label=Subdomain; name=subdomain; type=String; help=The first part"}};
    default:
      return {Kind::text, {"some words"}};
  }
}

/// Every field whose values are free, filled in.
Submission filled() {
  Submission out;
  for (const FieldRow& row : field_rows()) {
    const bool free = row.shape != Shape::choice && row.shape != Shape::choices && row.shape != Shape::secret;
    if (free && row.scope != "swa") out.fields.emplace(row.dotted(), value_for(row));
  }
  out.fields["saml.flows"] = {Kind::list, {"idp", "sp"}};
  out.fields["scim.version"] = {Kind::text, {"2.0"}};
  out.fields["test_account.password"] = {Kind::secret, {"hunter2"}};
  return out;
}

std::map<std::string, std::vector<std::string>> items(const Submission& submission) {
  std::map<std::string, std::vector<std::string>> out;
  for (const auto& [name, value] : submission.fields)
    if (value.kind != Kind::secret) out[name] = value.items;
  return out;
}

void expect_same(const Submission& read, const Submission& known) {
  const auto is = items(read), should = items(known);
  for (const auto& [name, values] : should)
    EXPECT_EQ(is.contains(name) ? is.at(name) : std::vector<std::string>(), values) << name;
  for (const auto& [name, values] : is) EXPECT_TRUE(should.contains(name)) << name;
}

Submission read_back(const std::string& type, const std::string& name, const std::string& content) {
  Mail mail;
  mail.attachments.push_back({name, type, content, "", "", "attachment", "2"});
  return read_submission(mail);
}

TEST(BlankForm, IsReadBackAsItWasFilledIn) {
  const Submission known = filled();
  expect_same(read_labelled_text(form_as_text(known), "1"), known);
  expect_same(read_back("application/json", "oin-form.json", form_as_json(known)), known);
  expect_same(read_back("application/yaml", "oin-form.yaml", form_as_yaml(known)), known);
}

TEST(BlankForm, SaysNothingWhereNothingIsFilledIn) {
  const Submission nothing;
  expect_same(read_labelled_text(form_as_text(nothing), "1"), nothing);
  EXPECT_TRUE(read_back("application/json", "oin-form.json", form_as_json(nothing)).empty());
  EXPECT_TRUE(read_back("application/yaml", "oin-form.yaml", form_as_yaml(nothing)).empty());
}

TEST(BlankForm, HoldsNoSecret) {
  for (const LetterAttachment& file : form_files(filled()))
    EXPECT_EQ(file.content.find("hunter2"), std::string::npos) << file.filename;
}

TEST(BlankForm, OffersTheProtocolsThatAreMeant) {
  Submission scim;
  scim.protocols = {"scim"};
  EXPECT_NE(form_as_text(scim).find("[SCIM]"), std::string::npos);
  EXPECT_EQ(form_as_text(scim).find("[SAML 2.0]"), std::string::npos);
}

}  // namespace
}  // namespace oin
