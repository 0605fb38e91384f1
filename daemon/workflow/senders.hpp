/// senders.hpp: whose mail is taken how, by [senders] in workflow.toml.  Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "daemon/workflow/classify.hpp"

namespace oin {

/// Does the list have this address, or all of its domain ("@vendor.example")?
bool is_listed(std::span<const std::string> list, std::string_view addr_spec);

/// What the mail comes to by its sender: of one who is ignored it is unwanted (on a ticket: only filed), and
/// a submission of one who may not submit is left to a person.  The evidence says so.  `ticket` may be null.
Intent as_sender_may(const Desk& desk, Intent intent, std::string_view addr_spec, const Ticket* ticket);

}  // namespace oin
