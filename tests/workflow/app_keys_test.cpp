#include "daemon/workflow/app_keys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Submission of(const std::map<std::string, std::string>& fields) {
  Submission submission;
  for (const auto& [name, value] : fields) submission.fields[name] = {FieldValue::Kind::text, {value}};
  return submission;
}

const Submission notes = of({{"app_name", "Ácme Notes"},
                             {"app_website", "https://www.notes.acme.co.uk/x"},
                             {"dev_org_url", "https://dev-123456-admin.okta.com"},
                             {"saml.audience_uri", "https://acme.example/sp"}});

TEST(AppKeys, AreWhatAnAppIsKnownAgainBy) {
  EXPECT_THAT(app_keys(notes),
              ElementsAre(AppKey{"domain", "acme.co.uk"}, AppKey{"entity", "https://acme.example/sp"},
                          AppKey{"name", "acme notes"}, AppKey{"org", "dev-123456.okta.com"}));
  EXPECT_THAT(app_keys(of({{"existing_app_name", "Acme Notes"}})), ElementsAre(AppKey{"name", "acme notes"}));
  EXPECT_THAT(app_keys({}), IsEmpty());
}

TEST(AppKeys, ANameAloneIsNoProofThatItIsTheSameApp) {
  EXPECT_FALSE(same_app(app_keys(notes), app_keys(of({{"app_name", "acme notes"}}))));
  EXPECT_TRUE(
      same_app(app_keys(notes), app_keys(of({{"app_name", "ACME NOTES"}, {"app_website", "acme.co.uk"}}))));
  EXPECT_TRUE(same_app(app_keys(notes), app_keys(of({{"saml.audience_uri", "https://acme.example/sp"}}))));
  EXPECT_FALSE(same_app(app_keys(notes), app_keys(of({{"app_website", "https://acme.co.uk"}}))))
      << "a vendor has several apps";
}

TEST(AppKeys, ANameMayBeAnyFewWordsOfAText) {
  EXPECT_THAT(possible_names("Ácme Notes: no"),
              ElementsAre("acme notes no", "acme notes", "notes no", "acme", "notes"))
      << "shorter ones stand in any text";
  EXPECT_THAT(possible_names(""), IsEmpty());
  std::string much = "acme";
  for (int i = 0; i < 5'000; ++i) much += " word";
  EXPECT_LT(possible_names(much).size(), 700u);
}

TEST(AppKeys, ADomainsPeopleStandBesideItsApps) {
  EXPECT_EQ(domain_key("ada@mail.acme.co.uk"), (AppKey{"domain", "acme.co.uk"}));
  EXPECT_EQ(domain_key(""), (AppKey{"domain", ""}));
}

}  // namespace
}  // namespace oin
