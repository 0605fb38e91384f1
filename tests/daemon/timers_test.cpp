/// Timers on a real SQLite file: what fires after a sleep, and what then stands.
#include "daemon/timers.hpp"

#include <gmock/gmock.h>

#include "daemon/bookkeeping.hpp"
#include "daemon/temporary_folder.hpp"
#include "daemon/workflow/apply.hpp"
#include "daemon/workflow/due_things.hpp"

namespace oin {
namespace {

using testing::ElementsAre;

Instant at(const char* text) { return *parse_rfc3339(text); }
const Instant monday = at("2026-11-23T10:00:00Z");

class TimersTest : public testing::Test {
 protected:
  TimersTest() : office_(open_office(shipped_configuration()).value()) {
    auto tx = store_->begin().value();
    Ticket ticket;
    ticket.id = 1;
    const std::vector<Event> events{
        {monday, "ada@acme.example", 0,
         TicketOpened{TicketKind::submission, "review", "Acme Notes", "oin", "submission",
                      "ada@acme.example"}},
        {monday, "ada@acme.example", 0, ParticipantAdded{"ada@acme.example", "requester"}},
        {monday, "ada@acme.example", 0, TurnPassed{Turn::vendor, "the form is awaited"}}};
    record(*tx, office_, oin::apply(ticket, events), events).value();
    tx->commit().value();
  }

  FiredTimers fire(Instant now) {
    auto tx = store_->begin().value();
    const FiredTimers fired = fire_timers(*tx, office_, now).value();
    tx->commit().value();
    return fired;
  }
  Ticket ticket() { return store_->begin_read().value()->ticket(1).value(); }
  std::optional<Instant> timer(const char* name) {
    return store_->begin_read().value()->timer_at(1, name).value();
  }
  std::vector<std::string> letters() {
    std::vector<std::string> out;
    const auto all = store_->begin_read().value()->letters(true).value();
    for (const store::Letter& letter : all) out.push_back(letter.event);
    return out;
  }

  Office office_;
  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_ =
      store::open_sqlite(folder_.path() / "oind.db", store::Access::daemon).value();
};

TEST_F(TimersTest, OfADeskThatSleptPastAllRemindersSendOneAndStillCloseLater) {
  const Instant late = at("2027-03-01T10:00:00Z");
  EXPECT_EQ(fire(late).letters, 1);
  EXPECT_THAT(letters(), ElementsAre("reminder-final"));
  EXPECT_EQ(ticket().state, TicketState::open);
  const auto close = timer("close");
  ASSERT_TRUE(close) << "the close that was due moved when the reminder went, and must stand";
  EXPECT_GT(*close, late);
  EXPECT_EQ(fire(*close).letters, 1);
  EXPECT_EQ(ticket().outcome, "inactive");
}

TEST_F(TimersTest, OfYesterdaysSettingsWaitForTodays) {
  office_.desk.workflow.reminders.first_business_days = 8;
  const auto planned = timer("remind");
  ASSERT_TRUE(planned);
  EXPECT_EQ(fire(*planned).letters, 0);
  EXPECT_EQ(timer("remind"), reminder_at(office_.desk, ticket(), 1));
  EXPECT_GT(*timer("remind"), *planned);
}

}  // namespace
}  // namespace oin
