#include "parsers/mail_system.hpp"

#include <algorithm>
#include <string>

#include "parsers/ascii.hpp"
#include "parsers/mail.hpp"
#include "parsers/text_lines.hpp"

namespace oin {

bool has_null_reverse_path(const Mail& mail) {
  const auto field = mail.field("Return-Path");
  if (!field) return false;
  const std::string path = lower(bare(*field));
  return path == "<>" || path.empty() || path == "<#@[]>" || path.starts_with("<mailer-daemon");
}

bool is_from_mail_system(const Mail& mail) {
  // The whole field: old systems write "MAILER-DAEMON" without a domain, or as the name of nobody's address.
  const std::string from = lower(mail.field("From").value_or(""));
  for (const std::string_view name :
       {"mailer-daemon", "mailer_daemon", "mailerdaemon", "mail-daemon", "mdaemon", "postmaster",
        "post_master", "mail delivery s", "mail administrator", "mail system", "delivery subsystem"})
    if (contains(from, name)) return true;
  return std::ranges::any_of(mail.from, [](const Address& address) {
    return starts_with_words(address.addr_spec, "bounce") ||
           starts_with_words(address.addr_spec, "maildelivery@");
  });
}

}  // namespace oin
