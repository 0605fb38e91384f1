/// The letters of `oinctl template render --ticket N`, on a ticket that the intake made.
#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "daemon/intake.hpp"
#include "daemon/queries.hpp"
#include "daemon/temporary_folder.hpp"
#include "tests/support/wait_for.hpp"

namespace oin {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const Instant noon = *parse_rfc3339("2026-11-23T12:00:00Z");

constexpr std::string_view german_question =
    "From: Ada <ada@acme.example>\r\nTo: developers@example.com\r\nSubject: SCIM PATCH <b>error</b>\r\n"
    "Message-ID: <q@acme.example>\r\nContent-Language: de-DE\r\n\r\n"
    "How do I test group push in our dev org? It answers 401.\r\n";

Task<Recorded> read_and_record(Intake& intake, std::vector<Arrival> window) {
  auto read = co_await intake.read(std::move(window));
  co_return co_await intake.record("developers", {7, 0, 1}, std::move(read));
}

class TemplateQuery : public testing::Test {
 protected:
  TemplateQuery() {
    clock_.set(noon);
    std::vector<Arrival> window{{1, noon, std::string(german_question), 0}};
    EXPECT_TRUE(wait_for_(read_and_record(intake_, std::move(window))));
  }

  Result<Json> ask(Json arguments) {
    std::function<Result<Json>(store::Transaction&)> job = [this, arguments](store::Transaction& tx) {
      return answer_query(tx, *office_.get(), "template", arguments, noon);
    };
    return wait_for_(store_.run(std::move(job)));
  }
  Words words(const Json& letter) {
    return office_.get()
        ->letters
        .render(letter["event"].get<std::string>(), letter["variables"], letter["locale"].get<std::string>())
        .value();
  }
  std::string sent_bytes() {
    std::function<Result<std::string>(store::Transaction&)> job =
        [](store::Transaction& tx) -> Result<std::string> {
      OIN_TRY(const auto letters, tx.letters(true));
      OIN_TRY(const auto letter, tx.letter(letters.front().id));
      return letter->bytes;
    };
    return wait_for_(store_.run(std::move(job))).value();
  }

  TemporaryFolder folder_;
  CurrentOffice office_{open_office(shipped_configuration()).value()};
  Clock clock_;
  test::WaitFor wait_for_;  // before the threads, which post to it until they are joined
  asio::thread_pool parsers_{2};
  StoreWorker store_{store::open_sqlite(folder_.path() / "oind.db", store::Access::daemon).value()};
  Intake intake_{office_, store_, parsers_, clock_, [] {}};
};

TEST_F(TemplateQuery, HasTheTicketsOwnFactsInItsLanguage) {
  const Json letter = ask({{"event", "question-received"}, {"number", 1}}).value();
  EXPECT_EQ(letter["locale"], "de");
  EXPECT_EQ(letter["ticket"], "OIN-1");
  EXPECT_THAT(letter["from_sample"], testing::IsEmpty());
  const Words shown = words(letter);
  EXPECT_EQ(shown.subject, "[OIN-1] Ihre Frage ist da: SCIM PATCH <b>error</b>");
  EXPECT_THAT(shown.text, HasSubstr("bis Mittwoch, 25. November 2026, 12:00 UTC"));
  EXPECT_THAT(shown.html, Not(HasSubstr("<b>error")));
}

TEST_F(TemplateQuery, SaysTheWordsOfTheLetterThatWasSent) {
  const std::string bytes = sent_bytes();
  EXPECT_THAT(bytes, HasSubstr("Content-Language: de\r\n"));
  const Mail sent = parse_mail(bytes);
  EXPECT_EQ(sent.subject, words(ask({{"event", "question-received"}, {"number", 1}}).value()).subject);
  EXPECT_THAT(sent.text, HasSubstr("Guten Tag Ada,"));
}

TEST_F(TemplateQuery, TakesFromTheSampleWhatOnlyTheMomentHasAndSaysSo) {
  const Json letter = ask({{"event", "question-answer"}, {"number", 1}}).value();
  EXPECT_THAT(letter["from_sample"], Contains("text"));
  EXPECT_THAT(words(letter).text, HasSubstr("Thank you for asking."));
}

TEST_F(TemplateQuery, ShowsAnotherLanguageOnRequestAndTheTeamsInEnglish) {
  const Json english = ask({{"event", "question-received"}, {"number", 1}, {"locale", "en"}}).value();
  EXPECT_THAT(words(english).text, HasSubstr("by Wednesday 25 November 2026"));
  const Json team = ask({{"event", "staff-new"}, {"number", 1}}).value();
  EXPECT_EQ(team["locale"], "en");
  EXPECT_THAT(words(team).text, HasSubstr("Due: Wednesday 25 November 2026"));
}

TEST_F(TemplateQuery, SaysWhatIsNotThere) {
  EXPECT_THAT(ask({{"event", "status"}, {"number", 7}}).error().what, HasSubstr("there is no OIN-7"));
  EXPECT_THAT(ask({{"event", "no-such"}, {"number", 1}}).error().what, HasSubstr("no letter \"no-such\""));
}

}  // namespace
}  // namespace oin
