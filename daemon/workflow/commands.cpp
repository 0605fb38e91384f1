#include "daemon/workflow/commands.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "daemon/workflow/draft.hpp"
#include "daemon/workflow/letter_variables.hpp"

namespace oin {
namespace {

using Words = std::span<const std::string>;

struct Command {
  std::string_view name;
  std::vector<std::string> roles;  ///< any of them may
  /// Adds events; or says why not.
  std::string (*carry_out)(const Desk& desk, Draft& draft, Words arguments);
};

std::vector<std::string> sealed_fields(const Ticket& ticket) {
  std::vector<std::string> out;
  if (ticket.submission)
    for (const auto& [name, value] : ticket.submission->fields)
      if (value.kind == FieldValue::Kind::secret) out.push_back(name);
  return out;
}

/// `unseal FIELD` or `unseal mail K`: that it was asked for is on the record, what it shows is not.
std::string unseal(const Desk&, Draft& draft, Words arguments) {
  if (arguments.size() == 2 && arguments[0] == "mail") {
    draft.add(SecretShown{"mail " + arguments[1]});
    return {};
  }
  const std::vector<std::string> sealed = sealed_fields(draft.ticket());
  if (arguments.size() == 1 && std::ranges::find(sealed, arguments[0]) != sealed.end()) {
    draft.add(SecretShown{arguments[0]});
    return {};
  }
  if (sealed.empty()) return fmt::format("{} has no sealed field", reference(draft.ticket().id));
  return fmt::format("unseal takes \"mail K\" or a sealed field; {} has {}", reference(draft.ticket().id),
                     fmt::join(sealed, ", "));
}

/// Ends the case and tells everybody on its record.  Mails may hold secrets that no field does, so they are
/// forgotten wherever there was a submission.
std::string close(const Desk& desk, Draft& draft, const std::string& outcome, Words reason) {
  const Ticket& ticket = draft.ticket();
  if (ticket.state == TicketState::closed) return fmt::format("{} is closed", reference(ticket.id));
  const std::string why = fmt::format("{}", fmt::join(reason, " "));
  const Instant forget = draft.now() + std::chrono::days(desk.workflow.forget_secrets_days);
  draft.add(TicketClosed{outcome, why, ticket.submission ? std::optional(forget) : std::nullopt});
  std::vector<Address> everybody;
  for (const Participant& one : ticket.participants) everybody.push_back({"", one.address});
  if (everybody.empty()) return {};
  const bool secrets = !sealed_fields(ticket).empty();
  draft.send(
      {outcome, everybody, closed_variables(desk, ticket, everybody.front(), why, secrets), false, {}});
  return {};
}

/// `withdraw [REASON …]`: its vendor does not want it any more.
std::string withdraw(const Desk& desk, Draft& draft, Words arguments) {
  return close(desk, draft, "withdrawn", arguments);
}

/// `reject REASON …`: the desk will not publish it.
std::string reject(const Desk& desk, Draft& draft, Words arguments) {
  if (arguments.empty() && draft.ticket().state != TicketState::closed)
    return "reject takes the reason, which its vendor is told";
  return close(desk, draft, "rejected", arguments);
}

const std::array commands{Command{"unseal", {"reviewer", "qa", "lead"}, unseal},
                          Command{"withdraw", {"reviewer", "qa", "support", "lead"}, withdraw},
                          Command{"reject", {"reviewer", "qa", "lead"}, reject}};

Decision refused(std::string why) { return {{}, {}, std::move(why)}; }

}  // namespace

Decision on_command(const Desk& desk, const Ticket& ticket, const CommandGiven& given, Instant now) {
  if (!ticket.opened()) return refused(fmt::format("there is no {}", reference(ticket.id)));
  if (given.words.empty()) return refused("no command is given");
  const auto command = std::ranges::find(commands, given.words.front(), &Command::name);
  if (command == commands.end())
    return refused(fmt::format("there is no command \"{}\"", given.words.front()));
  const bool may = std::ranges::any_of(command->roles, [&](const std::string& role) {
    return std::ranges::find(given.by.roles, role) != given.by.roles.end();
  });
  if (!may)
    return refused(fmt::format("{} may not {}: it takes one of the roles {}", given.by.address, command->name,
                               fmt::join(command->roles, ", ")));
  Draft draft(ticket, given.by.address, 0, now);
  std::string why = command->carry_out(desk, draft, Words(given.words).subspan(1));
  return why.empty() ? std::move(draft).take() : refused(std::move(why));
}

}  // namespace oin
