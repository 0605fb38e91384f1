#include "daemon/workflow/confirmation.hpp"

#include <algorithm>
#include <ranges>

#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/case_letters.hpp"
#include "daemon/workflow/closing.hpp"
#include "daemon/workflow/participants.hpp"
#include "daemon/workflow/review_letters.hpp"
#include "daemon/workflow/staff_notices.hpp"

namespace oin {
namespace {

/// How a removal is linked to the review of what it removes; that one is not touched, whoever asks.
constexpr auto removes = "removes what was published by";

/// The role of those on a removal's record who stand on that of the app.
constexpr auto owner = "owner";

/// Whoever speaks for the app: its record, and its contacts for emergencies.
std::vector<Address> people_of(const Ticket& ticket) {
  std::vector<Address> out = addressees(ticket);
  for (const Address& contact : escalation_contacts(ticket)) out.push_back(contact);
  return out;
}

LetterDraft confirmation_letter(const std::string& event, const Desk& desk, const Ticket& ticket,
                                std::vector<Address> to) {
  LetterDraft letter{event, std::move(to), {}};
  letter.variables = review_variables(desk, ticket, letter.to.empty() ? Address{} : letter.to.front());
  letter.variables["days"] = desk.workflow.limits.confirmation_days;
  letter.asks_confirmation = true;
  return letter;
}

void withdraw(Draft& draft, const Desk& desk) {
  end_case(draft, desk, "withdrawn", "its vendor asked for it and confirmed it");
  LetterDraft letter = ended("withdrawn", desk, draft.ticket());
  letter.variables["why"] = "";  // they know
  draft.send(std::move(letter));
}

/// Nothing is reviewed in a removal that the app's own people want; any other is looked at from the first
/// phase on.
void go_on_with_removal(Draft& draft, const Desk& desk, Instant from) {
  const PhaseSettings* phase = desk.phase_after("precheck");
  if (std::ranges::find(draft.ticket().links, removes, &Link::how) != draft.ticket().links.end())
    while (const PhaseSettings* next = phase ? desk.phase_after(phase->name) : nullptr) phase = next;
  if (!phase) return;
  enter_phase(draft, desk, *phase, from);
  draft.send(to_participants("removal-confirmed", desk, draft.ticket(), review_variables));
  tell_new(draft, desk);
}

}  // namespace

const Ticket* published(const MailArrived& in) {
  const Ticket* out = nullptr;
  for (const Ticket& ticket : in.app) {
    if (ticket.state != TicketState::closed || ticket.outcome != "published") continue;
    if (ticket.knows(in.sender.address)) return &ticket;
    if (!out) out = &ticket;
  }
  return out;
}

void ask_to_withdraw(Draft& draft, const Desk& desk, const Address& to) {
  draft.add(ConfirmationAsked{"withdrawal"});
  draft.send(confirmation_letter("withdrawal-confirm", desk, draft.ticket(), {to}));
}

std::vector<Address> asked_to_confirm(const Ticket& ticket) {
  std::vector<Address> out;
  bool owned = false;
  for (const Participant& one : ticket.participants) {
    if (one.role != owner) continue;
    owned = true;
    if (!one.unreachable) out.push_back({"", one.address});
  }
  return owned ? out : addressees(ticket);
}

void on_confirmation(Draft& draft, const Desk& desk, const MailArrived& in) {
  if (draft.ticket().to_confirm != in.confirms || draft.ticket().state == TicketState::closed) return;
  draft.add(Confirmed{in.confirms});
  if (in.confirms == "withdrawal")
    withdraw(draft, desk);
  else
    go_on_with_removal(draft, desk, in.arrived_at);
}

void begin_removal(Draft& draft, const Desk& desk, const MailArrived& in) {
  const Ticket* app = published(in);
  const Address requester{"", draft.ticket().requester};
  const bool by_other = app && !app->knows(requester.addr_spec);
  const std::vector<Address> owners = by_other ? people_of(*app) : std::vector<Address>();
  if (in.submission.says_something()) draft.add(SubmissionRead{draft.ticket().revision + 1, in.submission});
  if (app)
    draft.add(TicketLinked{app->id, removes});
  else
    draft.add(Noted{"no review of an app of this name was published by this desk: look who asks"});
  for (const Address& each : owners) draft.add(ParticipantAdded{each.addr_spec, owner});
  if (by_other && owners.empty()) {
    draft.add(Noted{"nobody on the app's record can be reached to confirm it: look who asks"});
    if (const PhaseSettings* first = desk.phase_after("precheck"))
      enter_phase(draft, desk, *first, in.arrived_at);
    tell_new(draft, desk);
  } else {
    pass_turn(draft, Turn::vendor, "the removal awaits its confirmation");
    draft.add(ConfirmationAsked{"removal"});
  }
  if (!in.answer.allowed) return;
  if (!draft.ticket().to_confirm.empty())
    draft.send(
        confirmation_letter("removal-confirm", desk, draft.ticket(), asked_to_confirm(draft.ticket())));
  if (by_other) {
    LetterDraft letter{"removal-received", {requester}, review_variables(desk, draft.ticket(), requester)};
    letter.variables["owners_asked"] = !owners.empty();
    draft.send(std::move(letter));
  }
}

}  // namespace oin
