/// profile_sourcing.cpp: Profile Sourcing is switched on for an org by a person, and for a time only.
#include <fmt/format.h>

#include <algorithm>

#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/case_letters.hpp"
#include "daemon/workflow/closing.hpp"
#include "daemon/workflow/command_context.hpp"
#include "daemon/workflow/command_words.hpp"
#include "daemon/workflow/letter_variables.hpp"
#include "daemon/workflow/sourcing.hpp"

namespace oin {
namespace {

constexpr int longest_days = 365;

std::string not_a_request(const CommandContext& context) {
  if (context.ticket().kind == TicketKind::profile_sourcing) return {};
  return fmt::format("{} is no request for Profile Sourcing", reference(context.ticket().id));
}

/// "14d" or "2w": calendar days, as the access itself is counted.
std::optional<int> days_of(std::string_view word) {
  const auto amount = amount_of(word);
  if (!amount || amount->number > longest_days || (amount->unit != "d" && amount->unit != "w"))
    return std::nullopt;
  const int days = amount->unit == "w" ? amount->number * 7 : amount->number;
  return days <= longest_days ? std::optional(days) : std::nullopt;
}

/// "30 days" → "for 30 days"
std::string as_wished(const std::string& wish) { return wish.starts_with("until") ? wish : "for " + wish; }

nlohmann::json declined_variables(const Desk& desk, const Ticket& ticket, const Address& to,
                                  const std::string& why) {
  nlohmann::json variables = closed_variables(desk, ticket, to);
  variables["why"] = why;
  variables["until"] = ticket.state == TicketState::closed ? "" : shown(desk, ticket, ticket.granted_until);
  return variables;
}

std::string switch_on(CommandContext& context, Instant from, const std::string& letter) {
  const auto& arguments = context.given.arguments;
  const int usual = context.desk.workflow.reminders.profile_sourcing_days;
  const auto days = arguments.empty() ? std::optional(usual) : days_of(arguments.front());
  if (!days || arguments.size() > 1)
    return fmt::format("{} takes a duration of at most {} days: 14d, 2w", context.given.name, longest_days);
  const Instant until = from + std::chrono::days(*days);
  const std::string wish = wished_time(context.ticket());
  const auto missing = missing_facts(context.ticket());
  context.draft.add(AccessGranted{until});
  pass_turn(context.draft, Turn::vendor, "Profile Sourcing is switched on");
  context.write(letter, granted_variables);
  context.shown = summary(AccessGranted{until});
  if (!wish.empty()) context.shown += "; they wished for it " + as_wished(wish);
  if (std::ranges::find(missing, "org_id") != missing.end())
    context.shown += "; they have not said for which org: the org id is missing";
  return {};
}

}  // namespace

std::string grant(CommandContext& context) {
  if (std::string why = not_a_request(context); !why.empty()) return why;
  return switch_on(context, context.draft.now(), "profile-sourcing-enabled");
}

std::string extend(CommandContext& context) {
  if (std::string why = not_a_request(context); !why.empty()) return why;
  const auto until = context.ticket().granted_until;
  if (!until) return fmt::format("{} is not switched on now: /grant", reference(context.ticket().id));
  return switch_on(context, std::max(*until, context.draft.now()), "profile-sourcing-extended");
}

std::string decline(CommandContext& context) {
  if (std::string why = not_a_request(context); !why.empty()) return why;
  if (context.given.text.empty()) return "decline takes the reason, which whoever asked is told";
  const std::string why = context.given.text;
  // Who has it and asked for longer keeps it until its end.
  if (context.ticket().granted_until && context.ticket().turn == Turn::team)
    pass_turn(context.draft, Turn::vendor, "a longer time is declined: " + why);
  else
    end_case(context.draft, context.desk, "declined", why);
  context.write("profile-sourcing-declined",
                [why](const Desk& desk, const Ticket& ticket, const Address& to) {
                  return declined_variables(desk, ticket, to, why);
                });
  return {};
}

}  // namespace oin
