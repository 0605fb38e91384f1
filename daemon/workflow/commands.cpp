#include "daemon/workflow/commands.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "daemon/workflow/command_table.hpp"
#include "daemon/workflow/filing.hpp"
#include "daemon/workflow/staff_notices.hpp"
#include "parsers/secrets.hpp"
#include "parsers/text_lines.hpp"
#include "parsers/ticket_reference.hpp"

namespace oin {
namespace {

std::string line_of(const Command& command) {
  const std::string first = command.text.substr(0, command.text.find('\n'));
  return masked(fmt::format("/{}{}{}", command.name, first.empty() ? "" : " ", first));
}

/// Why a command that was written for an older state is void; empty when it is not.
std::string stale(const Ticket& ticket, const CommandsGiven& given) {
  if (!given.written_for || *given.written_for >= ticket.changed_course_at) return {};
  return fmt::format(
      "it was written for {} as it stood at {}, and since then ({}): {}.  Look again and repeat it in an "
      "answer to a newer mail",
      reference(ticket.id), to_rfc3339(*given.written_for), to_rfc3339(ticket.changed_course_at),
      ticket.changed_course_by);
}

/// What the events from the `from`th on did, for the transcript.
std::string what_happened(const Draft& draft, std::size_t from) {
  std::vector<std::string> lines;
  for (std::size_t i = from; i < draft.events().size(); ++i)
    if (!std::holds_alternative<LetterWritten>(draft.events()[i].what))
      lines.push_back(summary(draft.events()[i].what));
  return fmt::format("{}", fmt::join(lines, "; "));
}

/// Letters that only say that something moved are left out where a letter with more to say goes as well.
bool said_by_another(const std::string& event, const PendingLetters& all) {
  constexpr std::array minor{"issues-settled", "issues-remain", "on-hold", "reopened"};
  constexpr std::array major{"phase-passed",      "phase-issues", "published",
                             "private-delivered", "rejected",     "withdrawn"};
  const auto among = [](const auto& list, const std::string& name) {
    return std::ranges::find(list, name) != list.end();
  };
  const auto goes = [&](const auto& list) {
    return std::ranges::any_of(all, [&](const auto& each) { return among(list, each.first); });
  };
  // Issues that stand are listed where the next phase begins.
  if (event == "phase-issues") return goes(std::array{"phase-passed"});
  return among(minor, event) && goes(major);
}

/// All are made of what the ticket is in the end, so of one kind the last says all; but each reply is its
/// own.
bool said_again(PendingLetters::const_iterator letter, const PendingLetters& all) {
  return letter->first != "question-answer" &&
         std::any_of(std::next(letter), all.end(),
                     [&](const auto& later) { return later.first == letter->first; });
}

std::string carry_out(CommandContext& context, const std::string& stale) {
  if (std::string why = may_not(context.desk, context.ticket(), context.by, context.given); !why.empty())
    return why;
  const CommandEntry& entry = *command_entry(context.given.name);
  if ((entry.flags & CommandEntry::judges) != 0 && !stale.empty()) return stale;
  return entry.carry_out(context);
}

struct Outcome {
  std::vector<CommandResult> results;
  std::string refused;
};

/// Works on `draft`, which is spoilt when one is refused.
Outcome carry_out_all(Draft& draft, const Desk& desk, const CommandsGiven& given) {
  Outcome out;
  PendingLetters letters;
  const std::string stale_why = stale(draft.ticket(), given);  // what the mail itself changes is no surprise
  for (const Command& command : given.commands) {
    if (!out.refused.empty()) {
      out.results.push_back({line_of(command), false, "not tried"});
      continue;
    }
    const std::size_t before = draft.events().size();
    std::string shown;
    CommandContext context{desk, draft, given.by, command, given, letters, shown};
    out.refused = carry_out(context, stale_why);
    const std::string done = shown.empty() ? what_happened(draft, before) : shown;
    out.results.push_back({line_of(command), out.refused.empty(), out.refused.empty() ? done : out.refused});
  }
  if (!out.refused.empty()) {
    for (CommandResult& result : out.results)
      if (result.done) result = {result.command, false, "not done, because of the others"};
    return out;
  }
  for (auto it = letters.cbegin(); it != letters.cend(); ++it) {
    if (said_by_another(it->first, letters) || said_again(it, letters)) continue;
    LetterDraft made = it->second(draft.ticket());
    if (made.to.empty())
      out.results.back().text +=
          fmt::format("; no letter {}: none of the vendor's addresses can be reached", it->first);
    draft.send(std::move(made));
  }
  return out;
}

/// Does anything stand above the first command?
bool has_text_above(std::string_view own_text, const std::vector<Command>& commands) {
  for (const TextLine& line : text_lines(own_text)) {
    if (line.number >= commands.front().line) return false;
    if (line.text.find_first_not_of(" \t\r") != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

std::vector<TicketId> named_tickets(const std::vector<Command>& commands) {
  std::vector<TicketId> out;
  for (const Command& command : commands)
    if ((command.name == "merge" || command.name == "link") && !command.arguments.empty())
      if (const auto id = ticket_number(command.arguments.front())) out.push_back(*id);
  return out;
}

std::optional<int> mail_to_split(const std::vector<Command>& commands) {
  for (const Command& command : commands)
    if (command.name == "split" && command.arguments.size() == 1)
      if (const auto number = ticket_number(command.arguments.front())) return static_cast<int>(*number);
  return std::nullopt;
}

Decision on_commands(const Desk& desk, const Ticket& ticket, const CommandsGiven& given, Instant now) {
  Draft draft(ticket, given.by.address, given.mail_id, now);
  Outcome outcome = carry_out_all(draft, desk, given);
  Decision decision;
  if (outcome.refused.empty()) decision = std::move(draft).take();
  decision.results = std::move(outcome.results);
  decision.refused = std::move(outcome.refused);
  return decision;
}

Decision on_stray_commands(const Desk& desk, const MailArrived& in) {
  Decision decision;
  const PersonSettings& by = *desk.person(in.sender.address);
  nlohmann::json list = nlohmann::json::array();
  for (const Command& command : commands(in.mail.own_text())) {
    list.push_back({{"command", line_of(command)}});
    decision.results.push_back({line_of(command), false, "the mail belongs to no ticket"});
  }
  if (!in.answer.allowed) return decision;
  const DeskMailbox* mailbox = desk.mailbox(in.mailbox);
  decision.letters.push_back({"command-without-ticket",
                              {{by.name, by.address}},
                              {{"desk_name", desk.name},
                               {"contact_name", by.name},
                               {"mailbox_address", mailbox ? mailbox->address : ""},
                               {"commands", std::move(list)}}});
  decision.letters.back().to_staff = true;
  return decision;
}

Decision on_staff_mail(const Desk& desk, const Ticket& ticket, const MailArrived& in, Instant now) {
  const PersonSettings& by = *desk.person(in.sender.address);
  const std::string_view own = in.mail.own_text();
  CommandsGiven given{by, commands(own), in.answers_letter_of, &in.mail, in.id, in.named, in.split};
  const bool commanded = !given.commands.empty();
  if (!commanded) given.commands = {{"reply", true, {}, std::string(own), 1}};

  Draft draft(ticket, by.address, in.id, now);
  file_mail(draft, in);
  Draft attempt = draft;
  const Outcome outcome = carry_out_all(attempt, desk, given);
  if (!outcome.refused.empty()) {
    draft.send(command_letter("command-refused", desk, ticket, by, outcome.results, false));
  } else {
    draft = std::move(attempt);
    // An answer to the vendor is seen by its author when it is seen at all: only commands get a transcript.
    if (commanded)
      draft.send(command_letter("command-result", desk, draft.ticket(), by, outcome.results,
                                has_text_above(own, given.commands)));
  }
  Decision decision = std::move(draft).take();
  decision.results = outcome.results;
  return decision;
}

}  // namespace oin
