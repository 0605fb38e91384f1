#include "daemon/workflow/decide.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/commands.hpp"
#include "daemon/workflow/delivery.hpp"
#include "daemon/workflow/draft.hpp"
#include "daemon/workflow/look_ups.hpp"
#include "daemon/workflow/on_mail.hpp"
#include "daemon/workflow/on_timer.hpp"
#include "daemon/workflow/staff_notices.hpp"

namespace oin {
namespace {

Decision on(const Desk& desk, const Ticket& ticket, const MailArrived& in, Instant now) {
  return on_mail(desk, ticket, in, now);
}

Decision on(const Desk& desk, const Ticket& ticket, const ReportArrived& in, Instant now) {
  Draft draft(ticket, "desk", in.id, now);
  std::vector<std::string> lost;
  for (const RecipientReport& r : in.report.recipients) {
    draft.add(DeliveryReported{r.address, r.action, r.status, r.reason, r.diagnostic});
    if (r.action == "failed" && r.permanent)
      lost.push_back(fmt::format("{} ({} {})", r.address, r.status, r.reason));
  }
  if (!lost.empty() && ticket.state != TicketState::closed)
    tell_trouble(draft, desk, fmt::format("A letter came back from {}.", fmt::join(lost, ", ")));
  return std::move(draft).take();
}

Decision on(const Desk& desk, const Ticket& ticket, const TimerDue& in, Instant now) {
  return on_timer(desk, ticket, in, now);
}

Decision on(const Desk& desk, const Ticket& ticket, const LetterAnswered& in, Instant now) {
  Draft draft(ticket, "desk", 0, now);
  if (in.accepted) {
    draft.add(LetterAccepted{in.letter, in.recipient, in.answer});
  } else {
    draft.add(LetterRefused{in.letter, in.recipient, in.answer});
    if (ticket.knows(in.recipient) && ticket.state != TicketState::closed)
      tell_trouble(draft, desk,
                   fmt::format("The letter {} was refused for {}: {}", in.letter, in.recipient, in.answer));
  }
  return std::move(draft).take();
}

Decision on(const Desk& desk, const Ticket& ticket, const CommandsGiven& given, Instant now) {
  return on_commands(desk, ticket, given, now);
}

Decision on(const Desk& desk, const Ticket& ticket, const LinksSeen& in, Instant now) {
  return on_links_seen(desk, ticket, in, now);
}

Decision on(const Desk& desk, const Ticket& ticket, const SettingsChanged&, Instant now) {
  Draft draft(ticket, "desk", 0, now);
  if (const auto due = recomputed_due(desk, ticket))
    draft.add(DueMoved{*due, "the desk's calendar has changed"});
  return std::move(draft).take();
}

Decision on(const Desk& desk, const Ticket& ticket, const SuppressionChanged& in, Instant now) {
  return on_suppression(desk, ticket, in, now);
}

Decision on(const Desk& desk, const Ticket& ticket, const LetterWaits& in, Instant now) {
  return on_letter_waits(desk, ticket, in, now);
}

Decision on(const Desk& desk, const Ticket& ticket, const FloodBegan& in, Instant now) {
  return on_flood(desk, ticket, in, now);
}

}  // namespace

Decision decide(const Desk& desk, const Ticket& ticket, const Input& input, Instant now) {
  return std::visit([&](const auto& in) { return on(desk, ticket, in, now); }, input);
}

}  // namespace oin
