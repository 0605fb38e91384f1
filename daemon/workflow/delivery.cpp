#include "daemon/workflow/delivery.hpp"

#include <fmt/format.h>

#include "daemon/workflow/draft.hpp"
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

}  // namespace oin
