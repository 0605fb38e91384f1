/// command_table.hpp: every command: who may give it, in which state, and what carries it out.
///
/// A new command is a row here and a function that command_context.hpp declares.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "daemon/workflow/command_context.hpp"

namespace oin {

struct CommandEntry {
  enum class When { open, going, any };  ///< not closed; neither closed nor held; in any state
  /// What more holds of it, as bits.
  enum : unsigned {
    judges = 1,      ///< decides on the case as the person saw it: void when it has changed since
    of_reviews = 2,  ///< means nothing to a question
  };

  std::string_view name, usage, does;
  std::span<const std::string_view> roles;  ///< any of them may; "phase": the ticket's own (team.hpp)
  When when = When::open;
  unsigned flags = 0;
  CarryOut carry_out = nullptr;
};

/// Null when there is none of that name.
const CommandEntry* command_entry(std::string_view name);

/// May this person give this command now?  Empty, or why not.
std::string may_not(const Desk& desk, const Ticket& ticket, const PersonSettings& by, const Command& command);

}  // namespace oin
