/// Letters that wait while their case goes on.
#include "daemon/workflow/pointless.hpp"

#include <gtest/gtest.h>

namespace oin {
namespace {

const Instant written = *parse_rfc3339("2026-11-23T10:00:00Z"), later = written + std::chrono::hours(1);

Ticket ticket(Turn turn, TicketState state = TicketState::open) {
  Ticket out;
  out.turn = turn;
  out.state = state;
  return out;
}
std::string why(const Ticket& of, std::string_view event, bool followed = false) {
  return pointless(of, {event, "grace@example.com", written, followed}).value_or("");
}

TEST(Pointless, IsAReminderOfWhatWasAnsweredClosedOrHeld) {
  for (const std::string_view event : {"reminder", "reminder-final"}) {
    EXPECT_EQ(why(ticket(Turn::vendor), event), "");
    EXPECT_EQ(why(ticket(Turn::team), event), "it is not the vendor's turn any more");
    EXPECT_EQ(why(ticket(Turn::none, TicketState::closed), event), "the case is over");
    EXPECT_EQ(why(ticket(Turn::vendor, TicketState::held), event), "the case is on hold");
    EXPECT_EQ(why(ticket(Turn::vendor), event, true), "a newer reminder waits");
  }
  Ticket again = ticket(Turn::vendor);
  again.waiting_since = later;
  EXPECT_EQ(why(again, "reminder"), "its vendor has written since");
}

TEST(Pointless, IsADueDateAfterPublicationOrInAnotherPhase) {
  EXPECT_EQ(why(ticket(Turn::team), "delay-notice"), "");
  EXPECT_EQ(why(ticket(Turn::none, TicketState::closed), "delay-notice"), "the case is over");
  EXPECT_EQ(why(ticket(Turn::vendor), "delay-notice"), "no date of the team's stands any more");
  Ticket gone_on = ticket(Turn::team);
  gone_on.changed_course_at = later;
  EXPECT_EQ(why(gone_on, "delay-notice"), "the case has gone on since");
  EXPECT_EQ(why(gone_on, "staff-due-soon"), "the case has gone on since");
  EXPECT_EQ(why(ticket(Turn::team), "staff-overdue", true), "a newer notice waits");
}

TEST(Pointless, IsANoticeToSomebodyWhoseWorkItIsNot) {
  Ticket theirs = ticket(Turn::team);
  EXPECT_EQ(why(theirs, "staff-new"), "");
  theirs.assignee = "Grace@Example.com";
  EXPECT_EQ(why(theirs, "staff-new"), "somebody has it");
  EXPECT_EQ(why(theirs, "staff-assigned"), "");
  theirs.assignee = "alan@example.com";
  EXPECT_EQ(why(theirs, "staff-assigned"), "it is somebody else's now");
}

TEST(Pointless, IsNoLetterThatSaysWhatWasFoundOrDecided) {
  for (const std::string_view event : {"phase-issues", "published", "submission-received", "command-result",
                                       "staff-vendor-replied", "staff-trouble", ""}) {
    EXPECT_FALSE(may_become_pointless(event)) << event;
    EXPECT_EQ(why(ticket(Turn::none, TicketState::closed), event, true), "") << event;
  }
  EXPECT_TRUE(may_become_pointless("reminder"));
}

}  // namespace
}  // namespace oin
