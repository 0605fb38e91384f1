/// on_mail.hpp: what a mail does: to the ticket that it belongs to, or in opening one.
#pragma once

#include "daemon/workflow/decide.hpp"

namespace oin {

Decision on_mail(const Desk& desk, const Ticket& ticket, const MailArrived& in, Instant now);

}  // namespace oin
