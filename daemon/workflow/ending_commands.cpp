/// ending_commands.cpp: commands that end a case, join it to another, or open it again.
#include <fmt/format.h>

#include <algorithm>

#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/case_letters.hpp"
#include "daemon/workflow/closing.hpp"
#include "daemon/workflow/command_context.hpp"
#include "daemon/workflow/filing.hpp"
#include "daemon/workflow/review_letters.hpp"
#include "parsers/ticket_reference.hpp"

namespace oin {
namespace {

std::string end(CommandContext& context, const std::string& outcome) {
  end_case(context.draft, context.desk, outcome, context.given.text);
  context.write(outcome, closed_variables);
  return {};
}

/// The ticket that the command names; null, and `why` says why, when there is none to name.
const Ticket* other_of(const CommandContext& context, std::string& why) {
  const auto& arguments = context.given.arguments;
  const auto id = arguments.empty() ? std::nullopt : ticket_number(arguments.front());
  if (!id) {
    why = fmt::format("{} takes the number of another ticket", context.given.name);
    return nullptr;
  }
  if (const Ticket* changed = context.draft.elsewhere(*id)) return changed;
  const auto it = std::ranges::find(context.all.others, *id, &Ticket::id);
  if (*id == context.ticket().id)
    why = fmt::format("{} is this ticket", reference(*id));
  else if (it == context.all.others.end() || !it->opened())
    why = fmt::format("there is no {}", reference(*id));
  return why.empty() ? &*it : nullptr;
}

/// The same decision's work on another ticket.
Draft elsewhere(const CommandContext& context, const Ticket& other) {
  return {other, context.by.address, context.all.mail_id, context.draft.now()};
}

}  // namespace

std::string reject(CommandContext& context) {
  if (context.given.text.empty()) return "reject takes the reason, which its vendor is told";
  return end(context, "rejected");
}

std::string withdraw(CommandContext& context) { return end(context, "withdrawn"); }

std::string merge(CommandContext& context) {
  std::string why;
  const Ticket* other = other_of(context, why);
  if (!other) return why;
  if (other->state == TicketState::closed) return fmt::format("{} is closed", reference(other->id));
  const Ticket& ticket = context.ticket();
  Draft there = elsewhere(context, *other);
  there.add(TicketLinked{ticket.id, "taken over"});
  for (const Participant& one : ticket.participants)
    if (!there.ticket().knows(one.address)) there.add(ParticipantAdded{one.address, one.role});
  context.draft.change_elsewhere(std::move(there));
  context.draft.add(TicketLinked{other->id, "goes on in"});
  end_case(context.draft, context.desk, "duplicate", fmt::format("goes on in {}", reference(other->id)));
  context.letters.push_back({"merged", [&desk = context.desk, other = *other](const Ticket& after) {
                               return merged(desk, after, other);
                             }});
  return {};
}

std::string link_tickets(CommandContext& context) {
  std::string why;
  const Ticket* other = other_of(context, why);
  if (!other) return why;
  if (std::ranges::find(context.ticket().links, other->id, &Link::ticket) != context.ticket().links.end())
    return fmt::format("{} is linked already", reference(other->id));
  context.draft.link(*other, "related", "related");
  return {};
}

std::string split(CommandContext& context) {
  const auto& source = context.all.split;
  const auto& arguments = context.given.arguments;
  if (arguments.size() != 1) return "split takes the number of one of the ticket's mails";
  if (source.ticket == 0)
    return fmt::format("{} has no mail {} that came in", reference(context.ticket().id), arguments[0]);
  const bool to_developers = context.ticket().mailbox == "developers";
  const std::string intent = to_developers ? "build-question" : "publication-question";
  if (context.draft.elsewhere(source.ticket)) return "one mail at a time is split off";
  Ticket fresh;
  fresh.id = source.ticket;
  Draft there = elsewhere(context, fresh);
  there.add(TicketOpened{TicketKind::support, std::string(context.desk.queue_of(intent)),
                         cut_title(source.subject), context.ticket().mailbox, intent, source.from,
                         context.ticket().locale});
  there.add(ParticipantAdded{source.from, "requester"});
  there.add(TicketLinked{context.ticket().id, "split from"});
  promise_answer(there, context.desk, context.draft.now());
  const Ticket opened = there.ticket();
  context.draft.change_elsewhere(std::move(there), {source.mail});
  context.draft.add(TicketLinked{source.ticket, "split off"});
  context.letters.push_back({"split", [&desk = context.desk, other = opened](const Ticket& after) {
                               return split_off(desk, after, other);
                             }});
  return {};
}

std::string reopen_case(CommandContext& context) {
  const Ticket& ticket = context.ticket();
  if (ticket.state != TicketState::closed) return fmt::format("{} is not closed", reference(ticket.id));
  if (const TicketId other = ticket.goes_on_in())
    return fmt::format("{} goes on in {}", reference(ticket.id), reference(other));
  reopen(context.draft, context.desk, context.draft.now(),
         context.given.text.empty() ? "a person of the team opened it" : context.given.text);
  context.write("reopened", review_variables);
  return {};
}

}  // namespace oin
