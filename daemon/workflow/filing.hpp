/// filing.hpp: a mail becomes part of a ticket.
#pragma once

#include "daemon/workflow/draft.hpp"

namespace oin {

/// Titles and subjects are no longer than this on a record.
std::string cut_title(std::string_view text);

void file_mail(Draft& draft, const MailArrived& in);

}  // namespace oin
