/// ending_commands.cpp: commands that end a case, join it to another, or open it again.
#include <fmt/format.h>

#include <algorithm>

#include "daemon/workflow/apply.hpp"
#include "daemon/workflow/case_letters.hpp"
#include "daemon/workflow/closing.hpp"
#include "daemon/workflow/command_context.hpp"
#include "daemon/workflow/participants.hpp"
#include "daemon/workflow/review_letters.hpp"
#include "parsers/ticket_reference.hpp"

namespace oin {
namespace {

std::string end(CommandContext& context, const std::string& outcome) {
  end_case(context.draft, context.desk, outcome, context.given.text);
  context.letters.push_back({outcome, [&desk = context.desk, outcome](const Ticket& after) {
                               return ended(outcome, desk, after);
                             }});
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
  const auto it = std::ranges::find(context.all.others, *id, &Ticket::id);
  if (*id == context.ticket().id)
    why = fmt::format("{} is this ticket", reference(*id));
  else if (it == context.all.others.end() || !it->opened())
    why = fmt::format("there is no {}", reference(*id));
  return why.empty() ? &*it : nullptr;
}

class Elsewhere {
 public:
  Elsewhere(const CommandContext& context, const Ticket& other) : context_(context), other_(other) {}
  void add(EventBody what) {
    events_.push_back({context_.draft.now(), context_.by.address, context_.all.mail_id, std::move(what)});
    other_ = oin::apply(std::move(other_), events_.back());
  }
  const Ticket& ticket() const { return other_; }
  void done() { context_.draft.change_elsewhere(std::move(other_), std::move(events_)); }

 private:
  const CommandContext& context_;
  Ticket other_;
  std::vector<Event> events_;
};

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
  Elsewhere elsewhere(context, *other);
  elsewhere.add(TicketLinked{ticket.id, "taken over"});
  for (const Participant& one : ticket.participants)
    if (!elsewhere.ticket().knows(one.address)) elsewhere.add(ParticipantAdded{one.address, one.role});
  elsewhere.done();
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
  Elsewhere elsewhere(context, *other);
  elsewhere.add(TicketLinked{context.ticket().id, "related"});
  elsewhere.done();
  context.draft.add(TicketLinked{other->id, "related"});
  return {};
}

std::string reopen_case(CommandContext& context) {
  const Ticket& ticket = context.ticket();
  if (ticket.state != TicketState::closed) return fmt::format("{} is not closed", reference(ticket.id));
  if (const TicketId other = ticket.goes_on_in())
    return fmt::format("{} goes on in {}", reference(ticket.id), reference(other));
  reopen(context.draft, context.desk, context.draft.now(),
         context.given.text.empty() ? "a person of the team opened it" : context.given.text);
  context.letters.push_back({"reopened", [&desk = context.desk](const Ticket& after) {
                               return to_participants("reopened", desk, after, review_variables);
                             }});
  return {};
}

}  // namespace oin
