/// Other settings and the tickets that stand, on a real SQLite file.
#include "daemon/recount.hpp"

#include <gmock/gmock.h>

#include "daemon/bookkeeping.hpp"
#include "daemon/clock_json.hpp"
#include "daemon/temporary_folder.hpp"
#include "daemon/timers.hpp"
#include "daemon/workflow/apply.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Instant at(const char* text) { return *parse_rfc3339(text); }
const Instant monday = at("2026-11-23T10:00:00Z"), tuesday = at("2026-11-24T10:00:00Z"),
              due = at("2026-11-30T10:00:00Z");

class RecountTest : public testing::Test {
 protected:
  RecountTest() : office_(open_office(shipped_configuration()).value()) {
    for (TicketId id = 1; id <= 30; ++id) {
      Ticket ticket;
      ticket.id = id;
      const std::vector<Event> events{
          {monday, "ada@acme.example", 0,
           TicketOpened{TicketKind::removal, "review", "Acme Notes", "oin", "removal", "ada@acme.example"}},
          {monday, "ada@acme.example", 0, ParticipantAdded{"ada@acme.example", "requester"}},
          {monday, "desk", 0, PhaseEntered{"initial-review", due, 2400, std::nullopt}},
          {monday, "desk", 0, LetterWritten{"submission-received", {"ada@acme.example"}, due}}};
      auto tx = store_->begin().value();
      record(*tx, office_, oin::apply(ticket, events), events).value();
      tx->commit().value();
    }
  }

  Recounted recount_all_tickets() {
    Recounted all;
    TicketId after = 0;
    do {
      auto tx = store_->begin().value();
      const Recounted some = recount(*tx, office_, "open", after, tuesday).value();
      tx->commit().value();
      all.tickets += some.tickets;
      all.moved += some.moved;
      after = some.last;
    } while (after != 0);
    return all;
  }
  void set_holidays(std::vector<std::chrono::year_month_day> days) {
    office_.desk.workflow.calendar.holidays = std::move(days);
    office_.desk.calendar = BusinessCalendar(office_.desk.workflow.calendar);
  }
  Ticket ticket(TicketId id) { return store_->begin_read().value()->ticket(id).value(); }
  std::vector<std::string> letters() {
    std::vector<std::string> out;
    const auto all = store_->begin_read().value()->letters(true).value();
    for (const store::Letter& letter : all)
      if (letter.ticket == 1 && !letter.event.starts_with("staff-")) out.push_back(letter.event);
    return out;
  }
  FiredTimers fire(Instant now) {
    auto tx = store_->begin().value();
    const FiredTimers fired = fire_timers(*tx, office_, now).value();
    tx->commit().value();
    return fired;
  }

  Office office_;
  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_ =
      store::open_sqlite(folder_.path() / "oind.db", store::Access::daemon).value();
};

TEST_F(RecountTest, MovesNothingWhileTheCalendarIsTheSame) {
  const Recounted done = recount_all_tickets();
  EXPECT_EQ(done.tickets, 30);
  EXPECT_EQ(done.moved, 0);
  EXPECT_EQ(ticket(30).due_at, due);
}

TEST_F(RecountTest, MovesTheDueDatesOfEachOpenTicketOnceAndTellsOfALaterOne) {
  using namespace std::chrono;
  set_holidays({2026y / 11 / 26});
  EXPECT_EQ(recount_all_tickets().moved, 30);
  EXPECT_EQ(ticket(1).due_at, at("2026-12-01T10:00:00Z"));
  EXPECT_EQ(ticket(30).due_at, at("2026-12-01T10:00:00Z"));
  EXPECT_EQ(recount_all_tickets().moved, 0) << "it stands where it belongs";
  fire(tuesday);
  EXPECT_THAT(letters(), ElementsAre("delay-notice"));
  EXPECT_EQ(ticket(1).promised, at("2026-12-01T10:00:00Z"));
}

TEST_F(RecountTest, KeepsToItselfThatADateComesEarlier) {
  using namespace std::chrono;
  office_.desk.workflow.calendar.week[5] = {{9 * 60, 17 * 60}};
  set_holidays({});
  EXPECT_EQ(recount_all_tickets().moved, 30);
  EXPECT_EQ(ticket(1).due_at, at("2026-11-28T10:00:00Z"));
  fire(tuesday);
  EXPECT_THAT(letters(), ElementsAre());
}

TEST_F(RecountTest, SetsTheTimersByTheRemindersOfToday) {
  office_.desk.workflow.warnings = {{50, {"lead"}}};
  recount_all_tickets();
  const auto warn = store_->begin_read().value()->timer_at(30, "warn").value();
  EXPECT_EQ(warn, at("2026-11-25T14:00:00Z"));
}

TEST_F(RecountTest, IsExplainedLineByLine) {
  using namespace std::chrono;
  set_holidays({2026y / 11 / 26});
  recount_all_tickets();
  const Json clock = clock_json(office_.desk, ticket(1), tuesday),
             timers = timers_json(office_.desk, ticket(1));
  ASSERT_EQ(clock.size(), 1u);
  EXPECT_EQ(clock[0]["minutes"], 480);
  EXPECT_EQ(clock[0]["left"], 1920);
  EXPECT_EQ(clock[0]["due"], "2026-12-01T10:00:00Z");
  EXPECT_THAT(clock[0]["text"].get<std::string>(), HasSubstr("no work on a holiday (Thu 26 Nov)"));
  EXPECT_THAT(clock[0]["text"].get<std::string>(),
              HasSubstr("due Tue 1 Dec 10:00 = Mon 23 Nov 10:00 + 2,400"));
  EXPECT_EQ(calendar_json(office_.desk, ticket(1))["hours"], "Mon-Fri 09:00-17:00");
  ASSERT_EQ(timers.size(), 3u);
  EXPECT_EQ(timers[0]["name"], "delay");
  EXPECT_EQ(timers[1]["text"], "the team is warned: 80 % of the time is used");
  EXPECT_EQ(timers[2]["text"], "it is overdue: the team is told, and whoever was promised it");
}

}  // namespace
}  // namespace oin
