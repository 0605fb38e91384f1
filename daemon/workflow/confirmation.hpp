/// confirmation.hpp: what cannot be taken back is done only when a mail to a signed address asks for it.
///
/// Words in a mail may be misunderstood or forged.  The letter that asks holds an address of its own
/// (trust/signed_address.hpp), made for one ticket, act and day; whatever mail a person sends there confirms.
#pragma once

#include <array>
#include <string_view>

#include "daemon/workflow/draft.hpp"

namespace oin {

constexpr std::array<std::string_view, 2> acts_to_confirm{"withdrawal", "removal"};

/// Its vendor's mail says that they do not want it any more: asks them whether that is so.
void ask_to_withdraw(Draft& draft, const Desk& desk, const Address& to);

/// Who may confirm what the ticket has to be confirmed: a removal those on the app's record, where it has
/// one.
std::vector<Address> asked_to_confirm(const Ticket& ticket);

/// A mail has come to the address of an act.  Where the act is not awaited any more, the mail is only filed.
void on_confirmation(Draft& draft, const Desk& desk, const MailArrived& in);

/// Of the tickets of an app that a mail is about the review that published it, the sender's own before
/// others'; null where this desk published none.
const Ticket* published(const MailArrived& in);

/// A mail asks for a published app to be taken out of the catalog.  Those on the app's record are asked to
/// confirm it, else whoever has asked.
void begin_removal(Draft& draft, const Desk& desk, const MailArrived& in);

}  // namespace oin
