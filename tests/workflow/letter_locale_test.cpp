#include "daemon/workflow/letter_locale.hpp"

#include <gmock/gmock.h>

#include "daemon/workflow/date_words.hpp"
#include "tests/workflow/sample_desk.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Mail with(std::vector<HeaderField> header) {
  Mail mail;
  mail.header = std::move(header);
  return mail;
}

Desk desk_in(std::vector<std::string> locales, const std::string& setting = "auto") {
  Desk desk = sample_desk();
  desk.locales = std::move(locales);
  desk.workflow.letters_locale = setting;
  return desk;
}

TEST(LanguagesOf, AreInTheOrderOfTheirWeights) {
  EXPECT_THAT(languages_of("de-DE, en;q=0.5"), ElementsAre("de-DE", "en"));
  EXPECT_THAT(languages_of("en;q=0.3,de; Q=0.9 , fr"), ElementsAre("fr", "de", "en"));
  EXPECT_THAT(languages_of("de;q=0, en"), ElementsAre("en"));
  EXPECT_THAT(languages_of("de;q=nonsense"), ElementsAre("de"));
}

TEST(LanguagesOf, AreNoneInWhatIsNoLanguage) {
  EXPECT_THAT(languages_of(""), IsEmpty());
  EXPECT_THAT(languages_of(",,;;q=1,*, <script>, d\xc3\xa9"), IsEmpty());
  EXPECT_THAT(languages_of(std::string(100'000, ',') + "de"), ElementsAre("de"));
}

struct LocaleCase {
  std::string name;
  std::vector<HeaderField> header;
  std::string locale;
};
class LetterLocale : public testing::TestWithParam<LocaleCase> {};
TEST_P(LetterLocale, IsTheFirstLanguageThatThereIs) {
  EXPECT_EQ(letter_locale(desk_in({"de", "en", "pt-BR"}), with(GetParam().header)), GetParam().locale);
}
INSTANTIATE_TEST_SUITE_P(
    Fields, LetterLocale,
    testing::Values(
        LocaleCase{"NoField", {}, "en"}, LocaleCase{"German", {{"Content-Language", "de-DE"}}, "de"},
        LocaleCase{"AnyCase", {{"content-language", "DE-at"}}, "de"},
        LocaleCase{"Outlook", {{"Accept-Language", "de-DE, en-US"}, {"Content-Language", "de-DE"}}, "de"},
        LocaleCase{"ContentFirst", {{"Accept-Language", "de"}, {"Content-Language", "en-US"}}, "en"},
        LocaleCase{"AcceptWhereContentIsUnknown",
                   {{"Content-Language", "fr"}, {"Accept-Language", "fr, de;q=0.5"}},
                   "de"},
        LocaleCase{"Region", {{"Content-Language", "pt-BR"}}, "pt-BR"},
        LocaleCase{"OtherRegion", {{"Content-Language", "pt-PT"}}, "en"},
        LocaleCase{"None", {{"Content-Language", "ja"}}, "en"},
        LocaleCase{"Hostile", {{"Content-Language", "../../etc, de"}}, "de"}),
    [](const auto& test) { return test.param.name; });

TEST(LetterLocale, IsTheSettingsWhereThatNamesOne) {
  const Mail german = with({{"Content-Language", "de"}}), english = with({{"Content-Language", "en"}});
  EXPECT_EQ(letter_locale(desk_in({"de", "en"}, "en"), german), "en");
  EXPECT_EQ(letter_locale(desk_in({"de", "en"}, "de"), english), "de");
}

TEST(DateInWords, IsWrittenAsInEachLanguage) {
  using namespace std::chrono;
  const year_month_day day = 2026y / November / 30;
  EXPECT_EQ(date_in_words(day, "en"), "Monday 30 November 2026");
  EXPECT_EQ(date_in_words(day, "de"), "Montag, 30. November 2026");
  EXPECT_EQ(date_in_words(2027y / March / 1, "de"), "Montag, 1. März 2027");
  EXPECT_EQ(date_in_words(day, "fr"), "lundi 30 novembre 2026");
  EXPECT_EQ(brief_date_in_words(day), "Mon 30 Nov");
}

TEST(BusinessCalendar, ShowsATimeInTheWordsOfALanguage) {
  const BusinessCalendar& calendar = sample_desk().calendar;
  const Instant at = *parse_rfc3339("2026-11-30T10:00:00Z");
  EXPECT_EQ(calendar.shown(at), "Monday 30 November 2026, 10:00 UTC");
  EXPECT_EQ(calendar.shown(at, "de"), "Montag, 30. November 2026, 10:00 UTC");
}

}  // namespace
}  // namespace oin
