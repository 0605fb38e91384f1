#include "parsers/sourcing_request.hpp"

#include <gtest/gtest.h>

#include <string>

#include "parsers/base/instant.hpp"

namespace oin {
namespace {

using namespace std::chrono;

constexpr year_month_day monday{2026y / 11 / 23};

struct RequestCase {
  std::string name, subject, text, app, org, org_id, time;
};

std::string time_of(const SourcingRequest& request) {
  if (request.days) return std::to_string(*request.days) + " days";
  return request.until ? to_rfc3339(sys_days(*request.until)).substr(0, 10) : "";
}

class SourcingRequestIn : public testing::TestWithParam<RequestCase> {};

TEST_P(SourcingRequestIn, IsReadFromWhatWasWritten) {
  const RequestCase& each = GetParam();
  Mail mail;
  mail.subject = each.subject;
  mail.reply_text = each.text;
  const SourcingRequest read = sourcing_request(mail, read_labelled_text(each.text, "1"), monday);
  EXPECT_EQ(read.app_name, each.app);
  EXPECT_EQ(read.org, each.org);
  EXPECT_EQ(read.org_id, each.org_id);
  EXPECT_EQ(time_of(read), each.time);
}

const std::string id = "00o1a2b3c4d5e6f7g8h9";

INSTANTIATE_TEST_SUITE_P(
    Mails, SourcingRequestIn,
    testing::Values(
        RequestCase{"Prose", "Enable Profile Sourcing",
                    "Please enable Profile Sourcing for our app Acme HR in our dev org, org id " + id + ".",
                    "Acme HR", "", id, ""},
        RequestCase{"Quoted", "x",
                    "The app is called \"people of acme\" and our org is dev-1-admin.okta.com.",
                    "people of acme", "dev-1.okta.com", "", ""},
        RequestCase{"Reversed", "x", "We need profile mastering for our Acme HR app (" + id + ").", "Acme HR",
                    "", id, ""},
        RequestCase{"Subject", "Profile Sourcing for Acme HR", "Org id " + id + "\nThanks, Ada", "Acme HR",
                    "", id, ""},
        RequestCase{"SubjectsColon", "Enable Profile Sourcing: Acme HR", "Please.", "Acme HR", "", "", ""},
        RequestCase{"Lines", "x",
                    "App name: acme hr\nOrg URL: https://dev-123456-admin.okta.com/admin\nOrg ID: " + id,
                    "acme hr", "dev-123456.okta.com", id, ""},
        RequestCase{"Preview", "x", "https://acme.oktapreview.com/ please", "", "acme.oktapreview.com", "",
                    ""},
        RequestCase{
            "German", "Profile Sourcing",
            "Bitte schalten Sie für unsere App Acme Personal Profile Sourcing ein, bis zum 31. Dezember.",
            "Acme Personal", "", "", "2026-12-31"},
        RequestCase{"NoName", "Enable Profile Sourcing", "Please enable it for our app. Thanks", "", "", "",
                    ""},
        RequestCase{"NoNameEither", "Profile Sourcing for our dev org", "Please enable it in our Okta org.",
                    "", "", "", ""},
        RequestCase{"Month", "x", "We need it for a month.", "", "", "", "30 days"},
        RequestCase{"Days", "x", "Could we have it for 21 days?", "", "", "", "21 days"},
        RequestCase{"More", "x", "We need two more weeks.", "", "", "", "14 days"},
        RequestCase{"Until", "x", "Please extend it until 20 December.", "", "", "", "2026-12-20"},
        RequestCase{"UntilIso", "x", "Could you extend it until 2027-01-15?", "", "", "", "2027-01-15"},
        RequestCase{"French", "x", "Pour notre application Acme RH, jusqu'au 20 décembre.", "Acme RH", "", "",
                    "2026-12-20"},
        RequestCase{"Within", "x", "We need it within 2 days, as we begin on 1 December.", "", "", "", ""}),
    [](const auto& test) { return test.param.name; });

TEST(SourcingRequest, NamesWhatIsNoOrgId) {
  Mail mail;
  mail.reply_text = "Our org id is 00o1a2b3.";
  EXPECT_EQ(sourcing_request(mail, {}, monday).unfit_org_id, "00o1a2b3");
  mail.reply_text = "It is 0oa1a2b3c4d5e6f7g8h9, sorry: " + id;
  EXPECT_EQ(sourcing_request(mail, {}, monday).unfit_org_id, "");
  EXPECT_EQ(sourcing_request(mail, {}, monday).org_id, id);
}

TEST(SourcingRequest, DoesNotReadOurOwnSubject) {
  Mail mail;
  mail.subject = "Re: [OIN-1] Profile Sourcing for Acme HR";
  EXPECT_EQ(sourcing_request(mail, {}, monday).app_name, "");
}

}  // namespace
}  // namespace oin
