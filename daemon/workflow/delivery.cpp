#include "daemon/workflow/delivery.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "daemon/workflow/draft.hpp"
#include "daemon/workflow/filing.hpp"
#include "daemon/workflow/staff_notices.hpp"

namespace oin {

Decision on_suppression(const Desk& desk, const Ticket& ticket, const SuppressionChanged& in, Instant now) {
  Draft draft(ticket, in.by, 0, now);
  if (in.why.empty()) {
    draft.add(SuppressionLifted{in.address});
    return std::move(draft).take();
  }
  draft.add(AddressSuppressed{in.address, in.why});
  if (in.by == "desk" && ticket.knows(in.address) && ticket.state != TicketState::closed)
    tell_trouble(
        draft, desk,
        fmt::format("No letter goes to {} any more: {}. Whoever has mended the address ends that with "
                    "oinctl suppressed lift {}",
                    in.address, in.why, in.address));
  return std::move(draft).take();
}

Decision on_letter_waits(const Desk& desk, const Ticket& ticket, const LetterWaits& in, Instant now) {
  Draft draft(ticket, "desk", 0, now);
  draft.add(LetterDelayed{in.letter, in.to, in.answer, in.given_up});
  if (in.to_team || ticket.state == TicketState::closed) return std::move(draft).take();
  const std::string to = fmt::format("{}", fmt::join(in.to, ", "));
  tell_trouble(
      draft, desk,
      in.given_up
          ? fmt::format("The letter {} to {} was given up: {}. oinctl outbox shows it and can retry it.",
                        in.letter, to, in.answer)
          : fmt::format("The letter {} to {} waits since {} and is tried again: {}", in.letter, to,
                        to_rfc3339(in.since), in.answer));
  return std::move(draft).take();
}

Decision on_flood(const Desk& desk, const Ticket& ticket, const FloodBegan& in, Instant now) {
  const std::string from = in.mail.from.empty() ? "unknown" : in.mail.from.front().addr_spec;
  Draft draft(ticket, from, in.id, now);
  draft.add(TicketOpened{TicketKind::support, "triage", cut_title("Flood of mails from " + from), in.mailbox,
                         "unclear", from});
  draft.add(MailFiled{"unclear", from, cut_title(in.mail.subject), false,
                      in.mail.automatic ? in.mail.automatic->kind : std::string()});
  draft.add(
      Noted{fmt::format("flood: more than {} mails from {} within an hour. This one and what follows stand "
                        "on this ticket and are answered by nobody; /split N makes a case of one",
                        in.limit, from)});
  tell_new(draft, desk);
  return std::move(draft).take();
}

}  // namespace oin
