/// commands.hpp: a command of workflow/commands.hpp carried out on the store, for the person who gave it.
#pragma once

#include <string>
#include <vector>

#include "daemon/mail_json.hpp"
#include "daemon/office.hpp"
#include "daemon/store/store.hpp"
#include "daemon/workflow/decide.hpp"
#include "parsers/command.hpp"

namespace oin {

/// Whose command it is: an address of the team, or the person whose `unix_user` gave it.
struct Actor {
  std::string address, unix_user;
};

Result<const PersonSettings*> person(const Desk& desk, const Actor& actor);

/// The tickets that commands name, as CommandsGiven needs them.
Result<std::vector<Ticket>> tickets_named(store::Transaction& tx, const std::vector<Command>& commands);

/// The mail that they split off, likewise.
Result<SplitSource> split_source(store::Transaction& tx, TicketId ticket,
                                 const std::vector<Command>& commands);

/// What the command answers; an Error says why nothing was done.
Result<Json> carry_out(store::Transaction& tx, const Office& office, const Actor& actor, TicketId ticket,
                       const std::vector<std::string>& words, Instant now);

}  // namespace oin
