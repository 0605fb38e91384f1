/// explain.hpp: what the daemon would do with a mail if it came now, with nothing stored and nothing sent.
#pragma once

#include "daemon/mail_json.hpp"
#include "daemon/reception.hpp"

namespace oin {

/// One line of `oinctl explain --json`; `reception` as receive() gave it.
Json explain_json(const std::string& file, const Office& office, const ReadMail& read,
                  const std::string& mailbox, const Reception& reception);

/// The mailbox a mail came to, by the first known address in Delivered-To, X-Original-To, To, Cc; else "oin".
std::string mailbox_of(const Desk& desk, const Mail& mail);

}  // namespace oin
