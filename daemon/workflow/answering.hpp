/// answering.hpp: may this mail be answered automatically?
///
/// A question of its own beside "is it automatic" and "may it change anything" (RFC 3834 2): the mail's own
/// wish, no address to answer to, our own mail come back, and the limits per address come together here.
#pragma once

#include <string>

#include "config/workflow_settings.hpp"
#include "parsers/mail.hpp"

namespace oin {

/// What already went to the address that an answer would go to.
struct Correspondence {
  int letters_last_hour = 0, letters_last_day = 0;
  int acknowledgements_last_hour = 0;   ///< about this ticket
  int letters_on_ticket_last_hour = 0;  ///< to whatever address, but for those to the team
  bool answers_us = false;              ///< the mail that would be answered answers a letter of the desk
  int letters_to_domain_last_hour = 0;  ///< to all of the address's domain
};

struct Permission {
  bool allowed = false;
  bool acknowledgement_allowed = false;  ///< a letter that says only that a mail came
  std::string why;
};

/// The address an answer to this mail goes to: Reply-To, else From; null when neither can be answered.
const Address* answer_address(const Mail& mail);

Permission may_answer(const Mail& mail, const Correspondence& correspondence, const LimitSettings& limits);

}  // namespace oin
