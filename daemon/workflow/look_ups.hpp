/// look_ups.hpp: when the links of a submission are opened, and what follows from what was seen.
///
/// What was seen becomes details of the submission, beside what its attached files show: "app_website:seen"
/// is "gone", "app_website:seen_why" says it in words, a guide has its sections.  Only findings that come or
/// go by these details are acted upon; everything else about the submission was checked when it arrived.
#pragma once

#include <optional>

#include "daemon/workflow/decide.hpp"

namespace oin {

/// When the ticket's links are to be opened; nothing where look-ups are off, there is nothing to open, or
/// this revision's were seen.
std::optional<Instant> look_up_at(const Desk& desk, const Ticket& ticket);

Decision on_links_seen(const Desk& desk, const Ticket& ticket, const LinksSeen& in, Instant now);

}  // namespace oin
