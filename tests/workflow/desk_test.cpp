#include "daemon/workflow/desk.hpp"

#include <gtest/gtest.h>

#include "config/load.hpp"
#include "daemon/workflow/ticket.hpp"

namespace oin {
namespace {

/// The shipped phases, of which QA is done in India, and a queue in Berlin.
Desk desk() {
  Configuration configuration = shipped_configuration();
  WorkflowSettings& workflow = configuration.workflow;
  CalendarSettings berlin = workflow.calendar, india = workflow.calendar;
  berlin.name = "emea", berlin.time_zone = "Europe/Berlin";
  india.name = "india", india.time_zone = "Asia/Kolkata";
  workflow.named_calendars = {berlin, india};
  workflow.phases[1].calendar = "india";
  workflow.queues[0].calendar = "emea";
  return open_desk(configuration.settings, workflow);
}

TEST(Desk, CountsInThePhasesCalendarThenTheQueuesThenItsOwn) {
  const Desk oin = desk();
  ASSERT_EQ(oin.workflow.phases[1].name, "qa");
  ASSERT_EQ(oin.workflow.queues[0].name, "review");
  EXPECT_EQ(oin.calendar_of("qa", "review").time_zone(), "Asia/Kolkata");
  EXPECT_EQ(oin.calendar_of("qa", "dev-support").time_zone(), "Asia/Kolkata");
  EXPECT_EQ(oin.calendar_of("initial-review", "review").time_zone(), "Europe/Berlin");
  EXPECT_EQ(oin.calendar_of("precheck", "review").time_zone(), "Europe/Berlin");
  EXPECT_EQ(oin.calendar_of("", "dev-support").time_zone(), "UTC");
  EXPECT_EQ(oin.calendar_of("gone", "gone").time_zone(), "UTC");
}

TEST(Desk, CountsATicketWhereItIs) {
  const Desk oin = desk();
  Ticket ticket;
  ticket.queue = "review";
  EXPECT_EQ(oin.calendar_of(ticket).time_zone(), "Europe/Berlin");
  ticket.phase = "qa";
  EXPECT_EQ(oin.calendar_of(ticket).time_zone(), "Asia/Kolkata");
}

}  // namespace
}  // namespace oin
