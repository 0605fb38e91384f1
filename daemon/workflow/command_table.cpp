#include "daemon/workflow/command_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "daemon/workflow/team.hpp"

namespace oin {
namespace {

using namespace std::string_view_literals;
using When = CommandEntry::When;

constexpr unsigned judges = CommandEntry::judges, of_reviews = CommandEntry::of_reviews;

constexpr std::array anybody{"reviewer"sv, "qa"sv, "publisher"sv, "support"sv, "lead"sv};
constexpr std::array its_people{"phase"sv, "lead"sv};
constexpr std::array its_people_or_support{"phase"sv, "support"sv, "lead"sv};
constexpr std::array reviewers{"reviewer"sv, "qa"sv, "lead"sv};
constexpr std::array those_who_talk{"reviewer"sv, "qa"sv, "support"sv, "lead"sv};
constexpr std::array support{"support"sv, "lead"sv};

std::string help(CommandContext& context);

// clang-format off
constexpr auto entries = std::to_array<CommandEntry>({
    {"assign", "me | nobody | ADDRESS", "who works on it",
     anybody, When::open, 0, assign},
    {"issue", "[CODE] [blocker | must | advice] TEXT", "drafts an issue; /send mails it",
     its_people, When::open, of_reviews, draft_issue},
    {"send", "", "mails the drafted issues as one letter",
     its_people, When::going, judges | of_reviews, send_issues},
    {"fixed", "NUMBER … | all", "the issues are settled; a draft is dropped",
     its_people, When::open, judges | of_reviews, mark_fixed},
    {"waive", "NUMBER … REASON", "the issues need not be mended",
     its_people, When::open, judges | of_reviews, waive},
    {"approve", "", "the phase is passed, the next begins",
     its_people, When::going, judges | of_reviews, approve},
    {"publish", "URL", "it is published there: the end of the last phase",
     its_people, When::going, judges | of_reviews, publish},
    {"restart", "[REASON]", "the phase has its whole time again",
     its_people, When::going, judges | of_reviews, restart},
    {"hold", "[DURATION | DATE] REASON", "nobody works on it, the clock stands still",
     its_people, When::going, 0, hold},
    {"resume", "[REASON]", "ends a hold",
     its_people, When::open, 0, resume_case},
    {"reject", "REASON", "ends it: it will not be published",
     reviewers, When::open, judges | of_reviews, reject},
    {"withdraw", "[REASON]", "ends it: its vendor does not want it any more",
     those_who_talk, When::open, judges, withdraw},
    {"queue", "NAME [REASON]", "moves it to another queue",
     those_who_talk, When::open, 0, change_queue},
    {"note", "TEXT", "a note for the team, never mailed out",
     anybody, When::any, 0, note},
    {"reply", "TEXT", "mails the text to the vendor, in the desk's name",
     anybody, When::any, 0, reply_to_vendor},
    {"remind", "DURATION | DATE", "moves the next reminder: whoever's turn it is gets it then",
     anybody, When::going, 0, remind},
    {"merge", "NUMBER", "joins this ticket to another, which goes on",
     its_people_or_support, When::open, judges, merge},
    {"link", "NUMBER", "notes on both tickets that they belong together",
     anybody, When::any, 0, link_tickets},
    {"split", "MAIL", "makes a ticket of its own of one of its mails",
     those_who_talk, When::open, 0, split},
    {"grant", "[DURATION]", "Profile Sourcing is on for their org, for so long",
     support, When::open, judges, grant},
    {"extend", "[DURATION]", "… for longer",
     support, When::open, judges, extend},
    {"decline", "REASON", "Profile Sourcing stays off",
     support, When::open, judges, decline},
    {"reopen", "[REASON]", "opens a closed ticket again",
     its_people, When::any, judges, reopen_case},
    {"unseal", "FIELD | mail NUMBER", "shows what is sealed (only at oinctl)",
     reviewers, When::any, 0, unseal},
    {"help", "", "this list",
     anybody, When::any, 0, help},
});
// clang-format on

std::string help(CommandContext& context) {
  context.shown = "Each command stands on a line of its own:";
  for (const CommandEntry& entry : entries)
    context.shown +=
        fmt::format("\n/{}{}{}: {}", entry.name, entry.usage.empty() ? "" : " ", entry.usage, entry.does);
  return {};
}

}  // namespace

const CommandEntry* command_entry(std::string_view name) {
  const auto it = std::ranges::find(entries, name, &CommandEntry::name);
  return it == entries.end() ? nullptr : &*it;
}

std::string may_not(const Desk& desk, const Ticket& ticket, const PersonSettings& by,
                    const Command& command) {
  const CommandEntry* entry = command_entry(command.name);
  if (!entry) return fmt::format("there is no command \"{}\"; /help lists them", command.name);
  if (!ticket.opened() || !may_see(desk, &by, ticket))
    return fmt::format("there is no {}", reference(ticket.id));
  if (entry->when != When::any && ticket.state == TicketState::closed)
    return fmt::format("{} is closed ({})", reference(ticket.id), ticket.outcome.value_or(""));
  std::vector<std::string> roles;
  for (const std::string_view role : entry->roles)
    roles.push_back(role == "phase" ? role_of(desk, ticket) : std::string(role));
  if (std::ranges::none_of(roles, [&](const std::string& role) { return has_role(by, role); })) {
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
    return fmt::format("{} may not {} {} now: it takes the role {}", by.address, command.name,
                       reference(ticket.id), fmt::join(roles, " or "));
  }
  if ((entry->flags & of_reviews) != 0 && !reviewed(ticket.kind))
    return fmt::format("{} is no review but a {} ticket", reference(ticket.id), name(ticket.kind));
  if (entry->when == When::going && ticket.state == TicketState::held)
    return fmt::format("{} is held ({}); /resume ends that", reference(ticket.id), ticket.held_why);
  return {};
}

}  // namespace oin
