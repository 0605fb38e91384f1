/// participants.hpp: who stands on a ticket's record, and may so follow it, answer and be told.
#pragma once

#include <vector>

#include "daemon/workflow/draft.hpp"

namespace oin {

/// The writer (who opened the ticket or proved to be its holder; null for another), those in Cc, and the
/// contacts of the same domain whom the submission names; fifty of those in Cc at most.  Never the desk and
/// its people, a test account, or the contact for emergencies: nobody is mailed because a form mentions them.
/// A Reply-To in a later mail puts nobody on the record.
void add_participants(Draft& draft, const Desk& desk, const Address* writer, const MailArrived& in);

/// Whom letters about the ticket go to: its requester, everybody of the requester's domain on its record, and
/// whoever wrote to it themselves; nobody whose letters came back.  Others in Cc are on the record and not
/// written to.
std::vector<Address> addressees(const Ticket& ticket);

/// The contacts for emergencies that the submission names, of the requester's domain: a form cannot make the
/// desk write to strangers.  They stand on no record until they answer.
std::vector<Address> escalation_contacts(const Ticket& ticket);

/// A letter to all addressees; to nobody when there are none.
template <class Variables>
LetterDraft to_participants(const std::string& event, const Desk& desk, const Ticket& ticket,
                            Variables variables) {
  LetterDraft letter{event, addressees(ticket), {}};
  letter.variables = variables(desk, ticket, letter.to.empty() ? Address{} : letter.to.front());
  return letter;
}

/// Whom the first letter goes to: the requester, and the colleagues of the same domain who were in Cc. Others
/// in Cc are on the record and not written to, so that a forged From mails nobody's list.
std::vector<Address> requester_and_colleagues(const Ticket& ticket, const Address& requester,
                                              const Mail& mail);

}  // namespace oin
