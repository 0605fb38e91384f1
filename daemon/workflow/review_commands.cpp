/// review_commands.cpp: commands that move a review: its issues, its phases, its publication.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/case_letters.hpp"
#include "daemon/workflow/closing.hpp"
#include "daemon/workflow/command_context.hpp"
#include "daemon/workflow/command_words.hpp"
#include "daemon/workflow/review_letters.hpp"
#include "daemon/workflow/staff_notices.hpp"
#include "daemon/workflow/team.hpp"
#include "parsers/url.hpp"

namespace oin {
namespace {

constexpr std::array severities{"blocker", "must", "advice"};

std::optional<int> issue_number(std::string_view word) {
  if (word.starts_with('#')) word.remove_prefix(1);
  while (word.ends_with(',') || word.ends_with('.')) word.remove_suffix(1);
  const auto amount = amount_of(word);
  return amount && amount->unit.empty() ? std::optional(amount->number) : std::nullopt;
}

bool is_draft(const Issue& issue) { return issue.state == IssueState::draft; }
bool is_unsettled(const Issue& issue) { return issue.stands() || is_draft(issue); }

/// The numbers at the head of a command, or every issue that is not settled for "all"; `rest` is what
/// follows.
std::string take_numbers(const CommandContext& context, std::vector<int>& numbers, std::string& rest) {
  std::string_view text = context.given.text;
  const Ticket& ticket = context.ticket();
  while (!text.empty()) {
    std::string_view after = text;
    const std::string word = next_word(after);
    if (word == "all" && numbers.empty()) {
      numbers = ticket.issue_numbers(is_unsettled);
      text = after;
      break;
    }
    const auto number = issue_number(word);
    if (!number && word != "and") break;
    if (number) numbers.push_back(*number);
    text = after;
  }
  rest = std::string(text);
  const std::vector<int> unsettled = ticket.issue_numbers(is_unsettled);
  if (numbers.empty())
    return fmt::format("which issues?  {}",
                       unsettled.empty() ? "none is open" : "Open: " + listed(unsettled));
  for (const int number : numbers)
    if (std::ranges::find(unsettled, number) == unsettled.end())
      return fmt::format("there is no open issue {}; {}", number,
                         unsettled.empty() ? "none is open" : "open: " + listed(unsettled));
  return {};
}

const PhaseSettings* phase_of(const CommandContext& context) {
  return context.desk.phase(context.ticket().phase.value_or(""));
}

/// The next phase is other people's, unless whoever has the ticket may work on it as well.
void hand_on(CommandContext& context) {
  const auto& assignee = context.ticket().assignee;
  const PersonSettings* person = assignee ? context.desk.person(*assignee) : nullptr;
  const std::string role = role_of(context.desk, context.ticket());
  if (assignee && !(person && (has_role(*person, role) || has_role(*person, "lead"))))
    context.draft.add(Assigned{""});
  tell_new(context.draft, context.desk, &context.by);
}

/// What they disputed or asked about is settled: the rest is the vendor's again.
void return_to_vendor(CommandContext& context) {
  const Ticket& ticket = context.ticket();
  if (ticket.turn != Turn::team || std::ranges::any_of(ticket.issues, [](const Issue& issue) {
        return issue.stands() && issue.awaits_word;
      }))
    return;
  const auto waiting = ticket.issue_numbers([](const Issue& issue) { return issue.awaits_vendor(); });
  pass_turn(context.draft, Turn::vendor, waiting_for_vendor(ticket));
  context.letters.push_back({"issues-remain", [&desk = context.desk, waiting](const Ticket& after) {
                               return phase_issues(desk, after, waiting);
                             }});
}

/// Nothing keeps the turn with the vendor any more: the review goes on, or begins.
void go_on_if_settled(CommandContext& context, const std::string& why) {
  const Ticket& ticket = context.ticket();
  const bool runs = ticket.turn == Turn::team && !ticket.answer_promised && ticket.phase != "precheck";
  if (runs || ticket.state == TicketState::held) return;
  if (ticket.awaits_vendor()) return return_to_vendor(context);
  if (ticket.phase == "precheck") {
    if (const PhaseSettings* first = context.desk.phase_after("precheck"))
      enter_phase(context.draft, context.desk, *first, context.draft.now());
  } else {
    return_to_team(context.draft, context.desk, context.draft.now(), why);
  }
  context.write("issues-settled", review_variables);
}

std::string settle(CommandContext& context, const std::string& how, const std::vector<int>& numbers,
                   const std::string& why) {
  for (const int number : numbers) context.draft.add(IssueClosed{number, how, why});
  go_on_if_settled(context, fmt::format("{} {}", listed(numbers), how));
  return {};
}

}  // namespace

std::string draft_issue(CommandContext& context) {
  std::string_view text = context.given.text;
  const PhaseSettings* phase = phase_of(context);
  Finding finding;
  finding.phase = phase ? phase->name : "initial-review";
  finding.severity = "must";
  finding.code = "free-text";
  std::string_view after = text;
  const std::string code = next_word(after);
  if (const IssueSettings* entry = context.desk.rules.menu(code)) {
    finding.code = code;
    finding.severity = entry->severity;
    finding.text = entry->need;
    finding.why = entry->why;
    text = after;
  } else if (code.find('.') != std::string::npos &&
             code.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string::npos &&
             !code.ends_with('.')) {
    return fmt::format("there is no issue code \"{}\"; `oinctl rules` lists them", code);
  }
  after = text;
  if (const std::string severity = next_word(after);
      std::ranges::find(severities, severity) != severities.end()) {
    finding.severity = severity;
    text = after;
  }
  if (!text.empty()) {
    finding.need = std::exchange(finding.text, std::string(text));
  } else if (finding.text.empty()) {
    return "issue takes a code, a text, or both";
  }
  context.draft.add(IssueDrafted{context.ticket().next_issue_number(), std::move(finding)});
  return {};
}

std::string send_issues(CommandContext& context) {
  const std::vector<int> drafts = context.ticket().issue_numbers(is_draft);
  if (drafts.empty()) return "no issue is drafted; /issue does that";
  for (const int number : drafts)
    context.draft.add(IssueRaised{number, context.ticket().issue(number)->finding, false});
  if (context.ticket().awaits_vendor())
    pass_turn(context.draft, Turn::vendor, fmt::format("asked about {}", listed(drafts)));
  context.letters.push_back({"phase-issues", [&desk = context.desk, drafts](const Ticket& after) {
                               return phase_issues(desk, after, drafts);
                             }});
  return {};
}

std::string mark_fixed(CommandContext& context) {
  std::vector<int> numbers;
  std::string rest;
  if (std::string why = take_numbers(context, numbers, rest); !why.empty()) return why;
  return settle(context, "fixed", numbers, rest.empty() ? "a reviewer says so" : rest);
}

std::string waive(CommandContext& context) {
  std::vector<int> numbers;
  std::string reason;
  if (std::string why = take_numbers(context, numbers, reason); !why.empty()) return why;
  if (reason.empty()) return "waive takes the reason behind the numbers";
  return settle(context, "waived", numbers, reason);
}

std::string approve(CommandContext& context) {
  const Ticket& ticket = context.ticket();
  const PhaseSettings* phase = phase_of(context);
  const std::vector<int> drafts = ticket.issue_numbers(is_draft),
                         blockers = ticket.issue_numbers(
                             [](const Issue& issue) { return issue.stands() && issue.finding.blocks(); });
  if (!drafts.empty())
    return fmt::format("{} drafted and not sent: /send, or drop with /fixed",
                       listed(drafts) + (drafts.size() == 1 ? " is" : " are"));
  if (!blockers.empty())
    return fmt::format("{} still in the way: /fixed or /waive first",
                       listed(blockers) + (blockers.size() == 1 ? " is" : " are"));
  if (!phase)
    return fmt::format("{} is in no phase yet: the desk waits for the vendor", reference(ticket.id));
  const PhaseSettings* next = context.desk.phase_after(phase->name);
  if (!next) return fmt::format("{} is the last phase; /publish ends it", phase->name);
  if (!context.desk.phase_after(next->name)) {
    const std::vector<int> musts = ticket.issue_numbers(
        [](const Issue& issue) { return issue.stands() && issue.finding.severity == "must"; });
    if (!musts.empty())
      return fmt::format("before {}, what must be mended has to be: {} (/fixed or /waive)", next->title,
                         listed(musts));
  }
  const std::string passed = phase->name;
  context.draft.add(PhasePassed{passed});
  enter_phase(context.draft, context.desk, *next, context.draft.now());
  hand_on(context);
  const auto& wanted = phase->letters;
  if (std::ranges::find(wanted, "passed") != wanted.end())
    context.letters.push_back({"phase-passed", [&desk = context.desk, passed](const Ticket& after) {
                                 return phase_passed(desk, after, passed);
                               }});
  return {};
}

std::string publish(CommandContext& context) {
  const Ticket& ticket = context.ticket();
  const PhaseSettings* phase = phase_of(context);
  if (!phase || context.desk.phase_after(phase->name))
    return fmt::format("{} is in {}; it is published in the last phase", reference(ticket.id),
                       ticket.phase.value_or("no phase"));
  const std::vector<int> open = ticket.issue_numbers([](const Issue& issue) {
    return is_draft(issue) || (issue.stands() && issue.finding.severity != "advice");
  });
  if (!open.empty()) return fmt::format("{} not settled: /fixed or /waive first", listed(open));
  std::string_view rest = context.given.text;
  const std::string url = next_word(rest);
  const bool is_private = ticket.kind == TicketKind::private_integration;
  if (!is_private && ticket.kind != TicketKind::removal) {
    const Url parsed = oin::url(url);
    if ((parsed.scheme != "https" && parsed.scheme != "http") || parsed.host.empty())
      return "publish takes the address at which customers find it (https://…)";
  }
  context.draft.add(PhasePassed{phase->name});
  const std::string outcome = is_private                           ? "ready"
                              : ticket.kind == TicketKind::removal ? "removed"
                                                                   : "published";
  end_case(context.draft, context.desk, outcome, url);
  context.write(is_private ? "private-delivered" : outcome, closed_variables);
  return {};
}

std::string restart(CommandContext& context) {
  const PhaseSettings* phase = phase_of(context);
  if (!phase) return fmt::format("{} is in no phase yet", reference(context.ticket().id));
  const std::vector<int> blockers = context.ticket().issue_numbers(
      [](const Issue& issue) { return issue.awaits_vendor() && issue.finding.blocks(); });
  if (!blockers.empty())
    return fmt::format("its vendor has yet to mend {}: /fixed or /waive first", listed(blockers));
  if (!context.given.text.empty()) context.draft.add(Noted{context.given.text});
  enter_phase(context.draft, context.desk, *phase, context.draft.now());
  return {};
}

}  // namespace oin
