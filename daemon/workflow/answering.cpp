#include "daemon/workflow/answering.hpp"

#include <fmt/format.h>

#include "parsers/automatic.hpp"

namespace oin {

const Address* answer_address(const Mail& mail) {
  for (const auto* list : {&mail.reply_to, &mail.from})
    for (const Address& address : *list)
      if (!address.domain().empty() && !address.local_part().empty()) return &address;
  return nullptr;
}

Permission may_answer(const Mail& mail, const Correspondence& correspondence, const LimitSettings& limits) {
  if (mail.automatic)
    return {false, false,
            fmt::format("written by a machine ({}{})", mail.automatic->kind,
                        mail.automatic->evidence.empty() ? "" : "; " + mail.automatic->evidence.front())};
  if (mail.delivery_report) return {false, false, "a delivery report"};
  if (const auto wish = answer_forbidden(mail)) return {false, false, *wish};
  if (!answer_address(mail)) return {false, false, "no address to answer to"};
  if (correspondence.letters_last_hour >= limits.answers_per_address_per_hour)
    return {false, false,
            fmt::format("{} of {} letters to this address in the last hour", correspondence.letters_last_hour,
                        limits.answers_per_address_per_hour)};
  if (correspondence.letters_last_day >= limits.answers_per_address_per_day)
    return {false, false,
            fmt::format("{} of {} letters to this address in the last day", correspondence.letters_last_day,
                        limits.answers_per_address_per_day)};
  // A ticket system may write under a new address each time; its ticket or its domain is then the same.
  if (correspondence.letters_on_ticket_last_hour >= limits.answers_per_ticket_per_hour)
    return {false, false,
            fmt::format("{} of {} letters about this ticket in the last hour",
                        correspondence.letters_on_ticket_last_hour, limits.answers_per_ticket_per_hour)};
  if (correspondence.answers_us &&
      correspondence.letters_to_domain_last_hour >= limits.answers_per_domain_per_hour)
    return {false, false,
            fmt::format("{} of {} letters to this domain in the last hour",
                        correspondence.letters_to_domain_last_hour, limits.answers_per_domain_per_hour)};
  return {true,
          correspondence.acknowledgements_last_hour < limits.acknowledgements_per_address_and_ticket_per_hour,
          fmt::format("written by a person; {} of {} letters to this address in the last hour",
                      correspondence.letters_last_hour, limits.answers_per_address_per_hour)};
}

}  // namespace oin
