/// command_context.hpp: what a command works on, and every command.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "daemon/workflow/draft.hpp"
#include "daemon/workflow/participants.hpp"

namespace oin {

/// Letters by their events.  They are made when all of a mail's commands are done, of what the ticket then
/// is.
using PendingLetters = std::vector<std::pair<std::string, std::function<LetterDraft(const Ticket&)>>>;

struct CommandContext {
  const Desk& desk;
  Draft& draft;
  const PersonSettings& by;
  const Command& given;
  const CommandsGiven& all;
  PendingLetters& letters;
  std::string& shown;  ///< what the person is answered beside the events

  const Ticket& ticket() const { return draft.ticket(); }
  /// A letter to everybody who is written to about the ticket.
  template <class Variables>
  void write(const std::string& event, Variables variables) {
    letters.push_back({event, [&desk = desk, event, variables](const Ticket& after) {
                         return to_participants(event, desk, after, variables);
                       }});
  }
};

/// Adds events; or says why not.
using CarryOut = std::string (*)(CommandContext& context);

// review_commands.cpp: what moves a review
std::string draft_issue(CommandContext& context);
std::string send_issues(CommandContext& context);
std::string mark_fixed(CommandContext& context);
std::string waive(CommandContext& context);
std::string approve(CommandContext& context);
std::string publish(CommandContext& context);
std::string restart(CommandContext& context);

// case_commands.cpp: what any case can have
std::string assign(CommandContext& context);
std::string hold(CommandContext& context);
std::string resume_case(CommandContext& context);
std::string change_queue(CommandContext& context);
std::string note(CommandContext& context);
std::string reply_to_vendor(CommandContext& context);
std::string remind(CommandContext& context);
std::string unseal(CommandContext& context);

// ending_commands.cpp: what ends a case, joins it to another, or opens it again
std::string reject(CommandContext& context);
std::string withdraw(CommandContext& context);
std::string merge(CommandContext& context);
std::string link_tickets(CommandContext& context);
std::string split(CommandContext& context);
std::string reopen_case(CommandContext& context);

// profile_sourcing.cpp: what only a request for Profile Sourcing can have
std::string grant(CommandContext& context);
std::string extend(CommandContext& context);
std::string decline(CommandContext& context);

}  // namespace oin
