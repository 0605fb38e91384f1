#include "daemon/workflow/sla_report.hpp"

#include <gmock/gmock.h>

#include "daemon/workflow/apply.hpp"
#include "tests/workflow/sample_desk.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Instant at(const std::string& text) { return *parse_rfc3339(text); }
const Instant later = at("2026-12-31T10:00:00Z");

/// A case told by its events; times are of 2026.
class Case {
 public:
  explicit Case(TicketId id) {
    ticket_.id = id;
    on("11-23T09:00",
       TicketOpened{TicketKind::submission, "review", "Acme Notes", "oin", "submission", "a@b.c"});
  }
  Case& on(const std::string& when, EventBody what) {
    ticket_ = oin::apply(std::move(ticket_), Event{at("2026-" + when + ":00Z"), "desk", 0, std::move(what)});
    return *this;
  }
  Case& enters(const std::string& when, const std::string& phase, const std::string& due) {
    return on(when, PhaseEntered{phase, at("2026-" + due + ":00Z"), 2400, std::nullopt});
  }
  operator Ticket() const { return ticket_; }

 private:
  Ticket ticket_;
};

/// Two rounds of a day and of two, and a day of QA too late.
Ticket whole() {
  return Case(1)
      .enters("11-23T09:00", "initial-review", "11-30T09:00")
      .on("11-24T09:00", TurnPassed{Turn::vendor, "asked about issue 1"})
      .enters("11-26T09:00", "initial-review", "12-03T09:00")
      .on("11-28T09:00", PhasePassed{"initial-review"})
      .enters("11-30T09:00", "qa", "11-30T12:00")
      .on("12-01T09:00", TicketClosed{"withdrawn", "", std::nullopt});
}

TEST(SlaReport, CountsRoundsAndTicketsOfEachPhaseInBusinessTime) {
  const std::vector<Ticket> tickets{whole()};
  const auto report = sla_report(sample_desk(), tickets, std::nullopt, std::nullopt, later);
  ASSERT_EQ(report.size(), 2u);
  EXPECT_EQ(report[0].phase, "initial-review");
  EXPECT_EQ(report[0].rounds, 2);
  EXPECT_EQ(report[0].tickets, 1);
  EXPECT_EQ(report[0].breaches, 0);
  EXPECT_EQ(report[0].round_half, 480) << "the day until issues were sent";
  EXPECT_EQ(report[0].round_most, 960) << "Thursday and Friday; the weekend does not count";
  EXPECT_EQ(report[0].ticket_half, 1440);
  EXPECT_EQ(report[1].phase, "qa");
  EXPECT_EQ(report[1].breaches, 1);
}

TEST(SlaReport, TakesARoundOnTheDayOnWhichItEnded) {
  const std::vector<Ticket> tickets{whole()};
  const auto rounds = [&](const std::string& from, const std::string& to) {
    int all = 0;
    for (const PhaseTimes& one : sla_report(sample_desk(), tickets, at(from), at(to), later))
      all += one.rounds;
    return all;
  };
  EXPECT_EQ(rounds("2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z"), 1);
  EXPECT_EQ(rounds("2026-11-25T00:00:00Z", "2026-11-30T09:00:00Z"), 0);
  EXPECT_EQ(rounds("2026-11-25T00:00:00Z", "2026-12-31T00:00:00Z"), 2);
}

TEST(SlaReport, LetsAHoldNeitherCountNorEndARound) {
  Case held(1);
  held.enters("11-23T09:00", "qa", "11-30T09:00").on("11-24T09:00", Held{"a partner", std::nullopt});
  std::vector<Ticket> tickets{held};
  const auto now = sla_report(sample_desk(), tickets, std::nullopt, std::nullopt, later);
  ASSERT_EQ(now.size(), 1u);
  EXPECT_EQ(now[0].running, 1);
  EXPECT_EQ(now[0].rounds, 0);
  held.on("12-01T09:00", Resumed{"it goes on"})
      .on("12-01T09:00", ClockResumed{at("2026-12-07T09:00:00Z"), 1920, "it goes on", std::nullopt})
      .on("12-02T09:00", TicketClosed{"withdrawn", "", std::nullopt});
  tickets = {held};
  const auto after = sla_report(sample_desk(), tickets, std::nullopt, std::nullopt, later);
  ASSERT_EQ(after.size(), 1u);
  EXPECT_EQ(after[0].rounds, 1);
  EXPECT_EQ(after[0].round_half, 960);
  EXPECT_EQ(after[0].breaches, 0);
}

TEST(SlaReport, TellsWhatRunsAndWhatIsLate) {
  const std::vector<Ticket> tickets{Case(1).enters("11-23T09:00", "qa", "11-30T09:00"),
                                    Case(2).enters("11-23T09:00", "qa", "12-30T09:00")};
  const auto report =
      sla_report(sample_desk(), tickets, std::nullopt, std::nullopt, at("2026-12-01T10:00:00Z"));
  ASSERT_EQ(report.size(), 1u);
  EXPECT_EQ(report[0].running, 2);
  EXPECT_EQ(report[0].overdue, 1);
}

TEST(SlaReport, KeepsAnswersApart) {
  const std::vector<Ticket> tickets{
      Case(1)
          .on("11-23T09:00", AnswerPromised{at("2026-11-25T09:00:00Z"), 960, std::nullopt})
          .on("11-23T10:00", TurnPassed{Turn::vendor, "answered"})};
  const auto report = sla_report(sample_desk(), tickets, std::nullopt, std::nullopt, later);
  ASSERT_EQ(report.size(), 1u);
  EXPECT_EQ(report[0].phase, "answer");
  EXPECT_EQ(report[0].round_half, 60);
}

TEST(SlaReport, IsEmptyOfAnEmptyDesk) {
  EXPECT_THAT(sla_report(sample_desk(), {}, std::nullopt, std::nullopt, later), IsEmpty());
}

TEST(Percentile, IsAValueThatOccurs) {
  EXPECT_EQ(percentile({}, 50), 0);
  EXPECT_EQ(percentile({7}, 90), 7);
  EXPECT_EQ(percentile({10, 30, 20, 40}, 50), 20);
  EXPECT_EQ(percentile({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 90), 9);
  EXPECT_EQ(percentile({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 100), 10);
}

}  // namespace
}  // namespace oin
