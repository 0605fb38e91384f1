#include "daemon/workflow/participants.hpp"

#include <algorithm>

#include "parsers/address.hpp"

namespace oin {
namespace {

/// So many of a mail's Cc come on a record, which letters go to: a forged From with ten thousand addresses
/// of its domain in Cc must not make the desk write to them all.
constexpr std::size_t most_in_copy = 50;

std::vector<std::string> addresses_in(const Submission& submission, const char* field) {
  std::vector<std::string> out;
  if (const auto it = submission.fields.find(field); it != submission.fields.end())
    for (const std::string& item : it->second.items)
      if (item.find('@') != std::string::npos) out.push_back(comparable(item));
  return out;
}

bool among(const std::vector<std::string>& addresses, const Address& address) {
  return std::ranges::find(addresses, comparable(address.addr_spec)) != addresses.end();
}

bool same_domain(const Address& one, const Address& other) {
  const Address a{"", comparable(one.addr_spec)}, b{"", comparable(other.addr_spec)};
  return !a.domain().empty() && a.domain() == b.domain();
}

}  // namespace

void add_participants(Draft& draft, const Desk& desk, const Address* writer, const MailArrived& in) {
  std::vector<std::string> never = addresses_in(in.submission, "escalation_contact");
  std::ranges::move(addresses_in(in.submission, "test_account.username"), std::back_inserter(never));
  for (const std::string& address : desk.workflow.never_participants) never.push_back(comparable(address));
  const auto join = [&](const Address& address, const char* role) {
    if (address.domain().empty() || desk.mailbox_of(address.addr_spec) || desk.person(address.addr_spec))
      return;
    if (!draft.ticket().knows(address.addr_spec)) draft.add(ParticipantAdded{address.addr_spec, role});
  };
  if (writer) join(*writer, draft.ticket().participants.empty() ? "requester" : "writer");
  const auto room = [&] {
    return std::ranges::count(draft.ticket().participants, "cc", &Participant::role) <
           static_cast<std::ptrdiff_t>(most_in_copy);
  };
  for (const Address& address : in.mail.cc)
    if (room() && !among(never, address)) join(address, "cc");
  if (!writer) return;
  for (const std::string& contact : addresses_in(in.submission, "submission_contact"))
    if (const Address address{"", contact}; same_domain(address, *writer) && !among(never, address))
      join(address, "contact");
}

std::vector<Address> addressees(const Ticket& ticket) {
  const Address requester{"", ticket.requester};
  std::vector<Address> out;
  for (const Participant& one : ticket.participants) {
    const Address address{"", one.address};
    if (!one.unreachable && (one.role != "cc" || same_domain(address, requester))) out.push_back(address);
  }
  return out;
}

std::vector<Address> escalation_contacts(const Ticket& ticket) {
  std::vector<Address> out;
  if (!ticket.submission) return out;
  const Address requester{"", ticket.requester};
  for (const std::string& contact : addresses_in(*ticket.submission, "escalation_contact"))
    if (const Address address{"", contact}; same_domain(address, requester) && !ticket.knows(contact))
      out.push_back(address);
  return out;
}

std::vector<Address> requester_and_colleagues(const Ticket& ticket, const Address& requester,
                                              const Mail& mail) {
  std::vector<Address> out{requester};
  for (const Address& address : mail.cc)
    if (ticket.knows(address.addr_spec) && same_domain(address, requester) &&
        comparable(address.addr_spec) != comparable(requester.addr_spec))
      out.push_back(address);
  return out;
}

}  // namespace oin
