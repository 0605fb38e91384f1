/// Links of a submission: which are opened, what counts against a vendor, and what follows.
#include "daemon/workflow/look_ups.hpp"

#include <gmock/gmock.h>

#include "daemon/workflow/apply.hpp"
#include "templates/render.hpp"
#include "tests/workflow/sample_desk.hpp"
#include "tests/workflow/sample_submissions.hpp"

namespace oin {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using End = LinkSeen::End;
using Kind = WebLink::Kind;

const Instant now = *parse_rfc3339("2026-11-23T11:00:00Z");

const Desk& looking_desk() {
  static const Desk desk = [] {
    Desk made = sample_desk();
    made.look_ups = true;
    made.links_per_submission = 12;
    return made;
  }();
  return desk;
}

Submission with_fields(std::initializer_list<std::pair<const char*, const char*>> fields) {
  Submission out;
  for (const auto& [name, value] : fields) out.fields[name] = {FieldValue::Kind::text, {value}};
  out.protocols = {"saml", "scim"};
  return out;
}

const char website[] = "https://www.acme.example/", guide_page[] = "https://help.acme.example/okta-scim",
           metadata_page[] = "https://app.acme.example/saml/metadata";

Submission acme() {
  return with_fields({{"app_name", "Acme CRM"},
                      {"app_website", website},
                      {"scim.guide_url", guide_page},
                      {"saml.metadata_url", metadata_page},
                      {"saml.acs_url", "https://app.acme.example/saml/acs"},
                      {"saml.audience_uri", "urn:acme"}});
}

/// In its first phase, its issues settled.
Ticket in_review(Submission submission = acme()) {
  Ticket ticket;
  ticket.id = 7;
  const auto event = [](EventBody what) {
    return Event{now - std::chrono::hours(1), "ada@acme.example", 1, what};
  };
  return oin::apply(ticket,
                    std::vector<Event>{event(TicketOpened{TicketKind::submission, "review", "Acme CRM", "oin",
                                                          "submission", "ada@acme.example"}),
                                       event(ParticipantAdded{"ada@acme.example", "requester"}),
                                       event(SubmissionRead{1, std::move(submission)}),
                                       event(PhaseEntered{"initial-review", now + std::chrono::days(5)})});
}

LinkSeen answered(const char* field, const char* url, int status, Kind kind = Kind::page) {
  return {{field, url, kind}, End::answered, status, url, "", nullptr};
}
LinkSeen opened_guide(const std::string& html) {
  LinkSeen seen = answered("scim.guide_url", guide_page, 200, Kind::guide);
  seen.guide = std::make_shared<const Guide>(guide(html));
  return seen;
}
LinkSeen opened_metadata(const std::string& acs_url) {
  LinkSeen seen = answered("saml.metadata_url", metadata_page, 200, Kind::metadata);
  seen.metadata = saml_metadata(
      "<EntityDescriptor xmlns='urn:oasis:names:tc:SAML:2.0:metadata' entityID='urn:acme'><SPSSODescriptor "
      "protocolSupportEnumeration='urn:oasis:names:tc:SAML:2.0:protocol'><AssertionConsumerService index='0' "
      "Binding='urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST' Location='" +
      acs_url + "'/></SPSSODescriptor></EntityDescriptor>");
  return seen;
}

Decision saw(const Ticket& ticket, std::vector<LinkSeen> links, int revision = 1) {
  return decide(looking_desk(), ticket, LinksSeen{revision, std::move(links)}, now);
}

std::vector<std::string> codes(const Decision& decision) {
  std::vector<std::string> out;
  for (const Event& event : decision.events)
    if (const auto* raised = std::get_if<IssueRaised>(&event.what)) out.push_back(raised->finding.code);
  return out;
}
std::vector<std::string> letters(const Decision& decision) {
  std::vector<std::string> out;
  for (const LetterDraft& letter : decision.letters) out.push_back(letter.event);
  return out;
}

// ---- which ----

TEST(Links, AreTheWholeAddressesOfTheWebInOrder) {
  EXPECT_THAT(links_of(acme(), 12), ElementsAre(WebLink{"app_website", website, Kind::page},
                                                WebLink{"scim.guide_url", guide_page, Kind::guide},
                                                WebLink{"saml.metadata_url", metadata_page, Kind::metadata}));
  EXPECT_THAT(links_of(acme(), 2), SizeIs(2));
}

TEST(Links, AreNeitherFilesNorPatternsNorOfAPrivateNetwork) {
  for (const char* no :
       {"attached (acme.pdf)", "TBD", "www.acme.example", "ftp://acme.example/", "https://",
        "https://${app.subdomain}.acme.example/", "https://acme.example/ and more", "http://localhost/",
        "http://10.0.0.1/", "http://127.0.0.1/", "file:///etc/passwd", "https://\xc3\xa4.example/"})
    EXPECT_THAT(links_of(with_fields({{"app_website", no}}), 12), IsEmpty()) << no;
}

// ---- what counts ----

struct VerdictCase {
  std::string name;
  LinkSeen seen;
  std::string verdict;  ///< empty: undecided
};
class AVerdict : public testing::TestWithParam<VerdictCase> {};
TEST_P(AVerdict, CountsOnlyWhatNobodyWouldSeeOtherwise) {
  const LinkVerdict found = verdict(GetParam().seen);
  EXPECT_EQ(found.seen.value_or(""), GetParam().verdict);
  EXPECT_EQ(found.why.empty(), GetParam().verdict == "opened");
}
LinkSeen ended(End end, int status = 0, std::string at = guide_page) {
  return {{"scim.guide_url", guide_page, Kind::guide}, end,    status, std::move(at),
          end == End::answered ? "" : "why",           nullptr};
}
INSTANTIATE_TEST_SUITE_P(
    Links, AVerdict,
    testing::Values(
        VerdictCase{"Ok", ended(End::answered, 200), "opened"},
        VerdictCase{"Partial", ended(End::answered, 203), "opened"},
        VerdictCase{"NotFound", ended(End::answered, 404), "gone"},
        VerdictCase{"Gone", ended(End::answered, 410), "gone"},
        VerdictCase{"Unauthorized", ended(End::answered, 401), "sign-in"},
        VerdictCase{"Forbidden", ended(End::answered, 403), ""},
        VerdictCase{"TooMany", ended(End::answered, 429), ""},
        VerdictCase{"ServerError", ended(End::answered, 503), ""},
        VerdictCase{"NotModified", ended(End::answered, 304), ""},
        VerdictCase{"NoHost", ended(End::unknown_host), "unknown-host"},
        VerdictCase{"Certificate", ended(End::bad_certificate), "bad-certificate"},
        VerdictCase{"Silence", ended(End::undecided), ""},
        VerdictCase{"Login", ended(End::answered, 200, "https://app.acme.example/login?next=/guide"),
                    "sign-in"},
        VerdictCase{"Google", ended(End::undecided, 0, "https://accounts.google.com/ServiceLogin"),
                    "sign-in"},
        VerdictCase{"AspLogin", ended(End::answered, 200, "https://acme.example/Account/Login.aspx"),
                    "sign-in"},
        VerdictCase{"MovedToTitle", ended(End::answered, 200, "https://help.acme.example/okta-login-setup"),
                    "opened"}),
    [](const auto& test) { return test.param.name; });

TEST(AVerdict, NamesThePageWithoutWhatMayBeAKey) {
  const LinkSeen seen = ended(End::answered, 200, "https://app.acme.example/login?token=abc#x");
  EXPECT_EQ(verdict(seen).why, "it leads to a page that asks to sign in, https://app.acme.example/login");
  EXPECT_EQ(shown_address({"app_website", "https://acme.example/?key=1", Kind::page}),
            "https://acme.example/");
}

TEST(AVerdict, DoesNotBlameAPageAboutSignIn) {
  LinkSeen seen = ended(End::answered, 200, "https://help.acme.example/login/okta");
  seen.link.url = "https://help.acme.example/login/okta";
  EXPECT_EQ(verdict(seen).seen, "opened");
}

// ---- when ----

TEST(LookUps, AreDueOnceARevision) {
  Ticket ticket = in_review();
  EXPECT_EQ(look_up_at(looking_desk(), ticket), ticket.changed_at);
  EXPECT_FALSE(look_up_at(sample_desk(), ticket));  // off unless switched on
  ticket = oin::apply(ticket, saw(ticket, {answered("app_website", website, 200)}).events);
  EXPECT_FALSE(look_up_at(looking_desk(), ticket));
  ticket = oin::apply(ticket, Event{now, "ada@acme.example", 2,
                                    SubmissionRead{2, with_fields({{"app_website", "https://a.example/"}})}});
  EXPECT_TRUE(look_up_at(looking_desk(), ticket));
  ticket.state = TicketState::closed;
  EXPECT_FALSE(look_up_at(looking_desk(), ticket));
}

TEST(LookUps, AreNotDueWithoutALink) {
  EXPECT_FALSE(look_up_at(looking_desk(), in_review(with_fields({{"app_name", "Acme"}}))));
}

// ---- what follows ----

TEST(LookUps, RaiseAnIssueForAPageThatIsGoneAndWriteOneLetter) {
  const Ticket before = in_review();
  const Decision decision = saw(before, {answered("app_website", website, 404),
                                         answered("scim.guide_url", guide_page, 401, Kind::guide)});
  EXPECT_THAT(codes(decision), ElementsAre("app.website-unreachable", "guide.unreachable"));
  EXPECT_THAT(letters(decision), ElementsAre("links-checked"));
  EXPECT_EQ(decision.letters[0].to[0].addr_spec, "ada@acme.example");
  const Ticket after = oin::apply(before, decision.events);
  ASSERT_THAT(after.issues, SizeIs(2));
  EXPECT_EQ(after.issues[0].finding.text,
            "We cannot open the website https://www.acme.example/: its server answers that there is no such "
            "page (404).");
  EXPECT_EQ(after.turn, Turn::team);  // nothing of it blocks
  EXPECT_EQ(after.due_at, before.due_at);
  const auto words = Letters::open().value().render("links-checked", decision.letters[0].variables);
  ASSERT_TRUE(words) << words.error().what;
  EXPECT_THAT(words.value().text, HasSubstr("1. App website: We cannot open the website"));
  EXPECT_THAT(words.value().text, HasSubstr("its server asks to sign in (401)"));
}

TEST(LookUps, HoldNothingAgainstASilentServer) {
  LinkSeen silent = answered("app_website", website, 0);
  silent.end = End::undecided;
  silent.why = "no whole answer within 10 s";
  const Decision decision =
      saw(in_review(), {silent, answered("scim.guide_url", guide_page, 503, Kind::guide)});
  EXPECT_THAT(codes(decision), IsEmpty());
  EXPECT_THAT(decision.letters, IsEmpty());
  ASSERT_THAT(decision.events, SizeIs(1));
  EXPECT_EQ(summary(decision.events[0].what),
            "links of revision 1: app_website: undecided (no whole answer within 10 s); "
            "scim.guide_url: undecided (its server answers 503)");
}

TEST(LookUps, AreForgottenWhereTheFieldHasChangedMeanwhile) {
  Ticket ticket = in_review();
  ticket = oin::apply(ticket,
                      Event{now, "ada@acme.example", 2,
                            SubmissionRead{2, with_fields({{"app_website", "https://new.acme.example/"}})}});
  const Decision decision = saw(ticket, {answered("app_website", website, 404),
                                         answered("scim.guide_url", guide_page, 404, Kind::guide)});
  EXPECT_THAT(codes(decision), ElementsAre("guide.unreachable"));
  EXPECT_TRUE(
      look_up_at(looking_desk(), oin::apply(ticket, decision.events)));  // the new address waits for its turn
}

TEST(LookUps, ChangeNothingWhenTheyAreToldTwiceOrOfAClosedTicket) {
  const Ticket before = in_review();
  Ticket after = oin::apply(before, saw(before, {answered("app_website", website, 404)}).events);
  EXPECT_THAT(saw(after, {answered("app_website", website, 404)}).events, IsEmpty());
  Ticket closed = before;
  closed.state = TicketState::closed;
  EXPECT_THAT(saw(closed, {answered("app_website", website, 404)}).events, IsEmpty());
}

TEST(LookUps, LeaveIssuesOfOtherKindsAlone) {
  Ticket ticket = in_review();
  Finding taken{"identity.duplicate-submission", "initial-review", "must", "app_name", "t", "n", "w", "s"};
  ticket = oin::apply(ticket, Event{now, "desk", 1, IssueRaised{1, taken, true}});
  const Ticket after = oin::apply(ticket, saw(ticket, {answered("app_website", website, 200)}).events);
  EXPECT_TRUE(after.issue(1)->stands());
}

TEST(LookUps, ReadAGuideLikeAnAttachedOne) {
  std::string incomplete = sample::guide();
  const auto begin = incomplete.find("<h2>Attributes"), end = incomplete.find("<h2>Known");
  incomplete.erase(begin, end - begin);
  const Decision decision = saw(in_review(), {opened_guide(incomplete)});
  EXPECT_THAT(codes(decision), Contains("guide.no-attributes"));
  EXPECT_THAT(codes(saw(in_review(), {opened_guide(sample::guide())})), Not(Contains("guide.no-attributes")));
}

TEST(LookUps, HoldNothingAgainstAGuideThatScriptsWrite) {
  const std::string frame = "<html><body><div id=root></div><p>Please enable JavaScript.</p></body></html>";
  std::string menu = "<html><body>";
  for (int i = 0; i < 200; ++i) menu += "<a>Products</a> ";
  for (const std::string& html : {frame, menu}) {
    const Decision decision = saw(in_review(), {opened_guide(html)});
    EXPECT_THAT(codes(decision), IsEmpty());
    EXPECT_THAT(summary(decision.events[0].what), HasSubstr("for a person to read"));
  }
}

TEST(LookUps, CompareMetadataWithTheForm) {
  EXPECT_THAT(codes(saw(in_review(), {opened_metadata("https://app.acme.example/saml/acs")})), IsEmpty());
  EXPECT_THAT(codes(saw(in_review(), {opened_metadata("https://app.acme.example/other")})),
              ElementsAre("saml.metadata.disagrees"));
  LinkSeen page = answered("saml.metadata_url", metadata_page, 200, Kind::metadata);
  page.metadata = saml_metadata("<html>sign in</html>");
  EXPECT_THAT(codes(saw(in_review(), {page})), ElementsAre("saml.metadata.unparsable"));
}

TEST(LookUps, LetAttachedMetadataSpeak) {
  Submission submission = acme();
  submission.details["saml.metadata:readable"] = {"yes"};
  submission.details["saml.metadata:provider"] = {"sp"};
  submission.details["saml.metadata:acs_url"] = {"https://app.acme.example/saml/acs"};
  EXPECT_THAT(codes(saw(in_review(submission), {opened_metadata("https://app.acme.example/other")})),
              IsEmpty());
}

TEST(LookUps, TurnToTheVendorWhatBlocks) {
  LinkSeen seen = opened_metadata("https://app.acme.example/saml/acs");
  seen.metadata->metadata->signature_algorithm = "rsa-sha1";
  const Ticket before = in_review(), after = oin::apply(before, saw(before, {seen}).events);
  EXPECT_EQ(after.turn, Turn::vendor);
  EXPECT_FALSE(after.due_at);
}

TEST(LookUps, AreDoneAgainOnceTheVendorHasMendedThePage) {
  Ticket ticket = in_review();
  ticket = oin::apply(ticket, saw(ticket, {answered("app_website", website, 404)}).events);
  ticket = oin::apply(ticket, Event{now, "ada@acme.example", 2, IssueAnswered{1, "done", "It is up again."}});
  ASSERT_TRUE(look_up_at(looking_desk(), ticket));

  const Decision still = saw(ticket, {answered("app_website", website, 404)});
  EXPECT_THAT(codes(still), ElementsAre("app.website-unreachable"));
  EXPECT_THAT(letters(still), ElementsAre("links-checked"));
  EXPECT_EQ(oin::apply(ticket, still.events).issue(1)->state, IssueState::open);

  const Ticket mended = oin::apply(ticket, saw(ticket, {answered("app_website", website, 200)}).events);
  EXPECT_EQ(mended.issue(1)->state, IssueState::fixed);
  EXPECT_FALSE(look_up_at(looking_desk(), mended));
}

TEST(LookUps, SettleAnIssueWhenTheAddressChanges) {
  Ticket ticket = in_review();
  ticket = oin::apply(ticket, saw(ticket, {answered("app_website", website, 404)}).events);
  ticket = oin::apply(ticket,
                      Event{now, "ada@acme.example", 2,
                            SubmissionRead{2, with_fields({{"app_website", "https://new.acme.example/"}})}});
  EXPECT_FALSE(was_looked_up(*ticket.submission, "app_website"));  // what was seen was seen elsewhere
}

}  // namespace
}  // namespace oin
