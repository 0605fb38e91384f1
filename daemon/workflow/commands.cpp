#include "daemon/workflow/commands.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "daemon/workflow/draft.hpp"

namespace oin {
namespace {

using Words = std::span<const std::string>;

struct Command {
  std::string_view name;
  std::vector<std::string> roles;  ///< any of them may
  /// Adds events; or says why not.
  std::string (*carry_out)(Draft& draft, Words arguments);
};

/// `unseal FIELD` or `unseal mail K`: that it was asked for is on the record, what it shows is not.
std::string unseal(Draft& draft, Words arguments) {
  if (arguments.size() == 2 && arguments[0] == "mail") {
    draft.add(SecretShown{"mail " + arguments[1]});
    return {};
  }
  const auto& submission = draft.ticket().submission;
  std::vector<std::string> sealed;
  if (submission)
    for (const auto& [name, value] : submission->fields)
      if (value.kind == FieldValue::Kind::secret) sealed.push_back(name);
  if (arguments.size() == 1 && std::ranges::find(sealed, arguments[0]) != sealed.end()) {
    draft.add(SecretShown{arguments[0]});
    return {};
  }
  if (sealed.empty()) return fmt::format("{} has no sealed field", reference(draft.ticket().id));
  return fmt::format("unseal takes \"mail K\" or a sealed field; {} has {}", reference(draft.ticket().id),
                     fmt::join(sealed, ", "));
}

const std::array commands{Command{"unseal", {"reviewer", "qa", "lead"}, unseal}};

Decision refused(std::string why) { return {{}, {}, std::move(why)}; }

}  // namespace

Decision on_command(const Ticket& ticket, const CommandGiven& given, Instant now) {
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
  std::string why = command->carry_out(draft, Words(given.words).subspan(1));
  return why.empty() ? std::move(draft).take() : refused(std::move(why));
}

}  // namespace oin
