#include "config/read_workflow.hpp"
#include "config/read_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "config/read_settings.hpp"

namespace oin {
namespace {

using namespace std::string_view_literals;

constexpr std::array intents{"submission"sv,       "submission-update"sv,
                             "issue-answer"sv,     "status-request"sv,
                             "build-question"sv,   "publication-question"sv,
                             "profile-sourcing"sv, "private-integration"sv,
                             "withdrawal"sv,       "removal"sv,
                             "app-problem"sv,      "security-report"sv,
                             "commands"sv,         "delivery-report"sv,
                             "automatic"sv,        "unwanted"sv,
                             "unclear"sv};
constexpr std::array roles{"reviewer"sv, "qa"sv, "publisher"sv, "support"sv, "security"sv, "lead"sv};
constexpr std::array mailboxes{"oin"sv, "developers"sv};
constexpr std::array phase_letters{"entered"sv, "issues"sv, "passed"sv};
/// Words that stand for something else where a phase's name could stand.
constexpr std::array reserved_phases{"precheck"sv, "done"sv};

template <class List>
std::string names_of(const List& list) {
  std::vector<std::string_view> names;
  for (const auto& item : list) names.push_back(item.name);
  return quoted_list(names);
}

template <class List>
bool has_name(const List& list, std::string_view name) {
  return std::ranges::any_of(list, [&](const auto& item) { return item.name == name; });
}

bool is_kebab(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

/// A name that tickets and commands will carry: lower case with hyphens, told once.
template <class List>
std::string read_name(TomlTable& table, const List& others) {
  std::string name = table.required_text("name");
  if (!name.empty() && !is_kebab(name))
    table.found_but_allowed("name", in_quotes(name), "lower-case letters, digits and -");
  if (!name.empty() && has_name(others, name))
    table.problem("name", fmt::format("{} is there twice", in_quotes(name)));
  return name;
}

/// Another calendar says all of itself: what is not there would be another place's hours and holidays.
void read_named_calendars(std::vector<TomlTable> tables, std::vector<CalendarSettings>& calendars) {
  if (tables.empty()) return;
  calendars.clear();
  for (TomlTable& table : tables) {
    CalendarSettings calendar;
    calendar.name = read_name(table, calendars);
    if (!table.has("time_zone")) table.problem("time_zone", "missing; it must be set");
    read_calendar(std::move(table), calendar);
    calendars.push_back(std::move(calendar));
  }
}

std::string read_calendar_name(TomlTable& table, const std::vector<CalendarSettings>& calendars) {
  std::string name = table.text("calendar");
  if (table.has("calendar") && !has_name(calendars, name))
    table.found_but_allowed(
        "calendar", in_quotes(name),
        calendars.empty() ? "none, as there is no [[named_calendar]]" : names_of(calendars));
  return name;
}

/// `titles = { de = "…" }`
Titles read_titles(TomlTable table) {
  Titles titles;
  for (const std::string& locale : table.keys()) titles[locale] = table.text(locale);
  return titles;
}

void read_queues(std::vector<TomlTable> tables, const std::vector<CalendarSettings>& calendars,
                 std::vector<QueueSettings>& queues) {
  if (tables.empty()) return;
  queues.clear();
  for (TomlTable& table : tables) {
    QueueSettings queue;
    queue.name = read_name(table, queues);
    queue.title = table.text("title", queue.name);
    queue.titles = read_titles(table.table("titles"));
    queue.answer_business_days = static_cast<int>(table.integer("answer_business_days", 0, 0, 250));
    queue.calendar = read_calendar_name(table, calendars);
    queue.role = table.text("role", queue.role);
    queue.restricted = table.boolean("restricted", queue.restricted);
    queue.mailbox = table.text("mailbox", queue.mailbox);
    if (!queue.mailbox.empty() && std::ranges::find(mailboxes, queue.mailbox) == mailboxes.end())
      table.found_but_allowed("mailbox", in_quotes(queue.mailbox), quoted_list(mailboxes));
    if (std::ranges::find(roles, queue.role) == roles.end())
      table.found_but_allowed("role", in_quotes(queue.role), quoted_list(roles));
    table.refuse_unknown_keys();
    queues.push_back(std::move(queue));
  }
}

void read_queue_name(TomlTable& table, const std::vector<QueueSettings>& queues, std::string& queue) {
  queue = table.required_text("queue");
  if (!queue.empty() && !has_name(queues, queue))
    table.found_but_allowed("queue", in_quotes(queue), names_of(queues));
}

void read_phases(std::vector<TomlTable> tables, const std::vector<QueueSettings>& queues,
                 const std::vector<CalendarSettings>& calendars, std::vector<PhaseSettings>& phases) {
  if (tables.empty()) return;
  phases.clear();
  for (TomlTable& table : tables) {
    PhaseSettings phase;
    phase.name = read_name(table, phases);
    if (std::ranges::find(reserved_phases, phase.name) != reserved_phases.end())
      table.problem("name", fmt::format("{} is the desk's own word", in_quotes(phase.name)));
    phase.title = table.text("title", phase.name);
    phase.titles = read_titles(table.table("titles"));
    phase.private_title = table.text("private_title");
    phase.private_titles = read_titles(table.table("private_titles"));
    if (!table.has("business_days")) table.problem("business_days", "missing; it must be set");
    phase.business_days = static_cast<int>(table.integer("business_days", 5, 1, 250));
    read_queue_name(table, queues, phase.queue);
    phase.role = table.required_text("role");
    if (!phase.role.empty() && std::ranges::find(roles, phase.role) == roles.end())
      table.found_but_allowed("role", in_quotes(phase.role), quoted_list(roles));
    phase.enabled = table.boolean("enabled", phase.enabled);
    const auto letters = table.some_of("letters", phase_letters);
    if (table.has("letters")) phase.letters = letters;
    phase.calendar = read_calendar_name(table, calendars);
    table.refuse_unknown_keys();
    phases.push_back(std::move(phase));
  }
  if (std::ranges::none_of(phases, &PhaseSettings::enabled))
    tables.front().problem("enabled", "every phase is switched off; a review needs one");
}

/// Routes of the file replace those of the same intent; the others stay.
void read_routes(std::vector<TomlTable> tables, const std::vector<QueueSettings>& queues,
                 std::vector<RouteSettings>& routes) {
  std::vector<std::string> seen;
  for (TomlTable& table : tables) {
    RouteSettings route;
    route.intent = table.required_text("intent");
    if (!route.intent.empty() && std::ranges::find(intents, route.intent) == intents.end())
      table.found_but_allowed("intent", in_quotes(route.intent), quoted_list(intents));
    if (std::ranges::find(seen, route.intent) != seen.end())
      table.problem("intent", fmt::format("{} is routed twice", in_quotes(route.intent)));
    read_queue_name(table, queues, route.queue);
    table.refuse_unknown_keys();
    seen.push_back(route.intent);
    std::erase_if(routes, [&](const RouteSettings& old) { return old.intent == route.intent; });
    routes.push_back(std::move(route));
  }
}

/// A queue that a route or phase needs and an operator's own [[queue]] list has not.
void check_queues(TomlTable& root, const WorkflowSettings& workflow) {
  for (const RouteSettings& route : workflow.routes)
    if (!root.has("route") && !has_name(workflow.queues, route.queue))
      root.problem("queue",
                   fmt::format("the shipped route of {} goes to {}; add that queue or a [[route]] for it",
                               in_quotes(route.intent), in_quotes(route.queue)));
  for (const PhaseSettings& phase : workflow.phases)
    if (!root.has("phase") && !has_name(workflow.queues, phase.queue))
      root.problem("queue",
                   fmt::format("the shipped phase {} waits in {}; add that queue or your own [[phase]] list",
                               in_quotes(phase.name), in_quotes(phase.queue)));
}

void take(TomlTable& table, std::string_view key, int& value, int least, int most) {
  value = static_cast<int>(table.integer(key, value, least, most));
}

void read_limits(TomlTable table, LimitSettings& limits) {
  take(table, "answers_per_address_per_hour", limits.answers_per_address_per_hour, 0, 1'000'000);
  take(table, "answers_per_address_per_day", limits.answers_per_address_per_day, 0, 1'000'000);
  take(table, "acknowledgements_per_address_and_ticket_per_hour",
       limits.acknowledgements_per_address_and_ticket_per_hour, 0, 1'000'000);
  take(table, "answers_per_ticket_per_hour", limits.answers_per_ticket_per_hour, 1, 10'000);
  take(table, "answers_per_domain_per_hour", limits.answers_per_domain_per_hour, 1, 1'000'000);
  take(table, "letters_per_domain_per_minute", limits.letters_per_domain_per_minute, 1, 1'000'000);
  take(table, "letters_per_minute", limits.letters_per_minute, 1, 1'000'000);
  take(table, "breaker_closes_after_minutes", limits.breaker_closes_after_minutes, 0, 100'000);
  take(table, "flood_mails_per_address_per_hour", limits.flood_mails_per_address_per_hour, 1, 1'000'000);
  take(table, "notices_per_person_per_hour", limits.notices_per_person_per_hour, 0, 1'000'000);
  take(table, "staff_address_days", limits.staff_address_days, 1, 3650);
  take(table, "confirmation_days", limits.confirmation_days, 1, 3650);
  table.refuse_unknown_keys();
}

void read_senders(TomlTable table, SenderSettings& senders) {
  const auto take_list = [&](std::string_view key, std::vector<std::string>& list) {
    list = table.texts(key);
    for (const std::string& each : list)
      if (!looks_like_address(each.starts_with('@') ? "any" + each : each))
        table.found_but_allowed(key, in_quotes(each),
                                "addresses, and \"@vendor.example\" for all of a domain");
  };
  take_list("ignored", senders.ignored);
  take_list("submitters", senders.submitters);
  table.refuse_unknown_keys();
}

void read_reminders(TomlTable table, ReminderSettings& reminders) {
  take(table, "first_business_days", reminders.first_business_days, 0, 1000);
  take(table, "second_business_days", reminders.second_business_days, 0, 1000);
  take(table, "last_business_days", reminders.last_business_days, 0, 1000);
  take(table, "close_business_days", reminders.close_business_days, 0, 1000);
  take(table, "reopen_days", reminders.reopen_days, 0, 3650);
  take(table, "profile_sourcing_days", reminders.profile_sourcing_days, 1, 365);
  take(table, "answered_business_days", reminders.answered_business_days, 0, 1000);
  reminders.last_to_escalation_contact =
      table.boolean("last_to_escalation_contact", reminders.last_to_escalation_contact);
  int before = 0;
  for (const auto& [key, days] : {std::pair{"first_business_days"sv, reminders.first_business_days},
                                  std::pair{"second_business_days"sv, reminders.second_business_days},
                                  std::pair{"last_business_days"sv, reminders.last_business_days},
                                  std::pair{"close_business_days"sv, reminders.close_business_days}}) {
    if (days == 0) continue;
    if (days <= before)
      table.problem(key, fmt::format("found {}; it must come after the {} days before it", days, before));
    before = days;
  }
  table.refuse_unknown_keys();
}

}  // namespace

std::span<const std::string_view> known_intents() { return intents; }
std::span<const std::string_view> known_roles() { return roles; }

void read_workflow_over(WorkflowSettings& workflow, const toml::table& file, std::string_view name,
                        Problems& problems) {
  TomlTable root(&file, std::string(name), "", problems);
  read_calendar(root.table("calendar"), workflow.calendar);
  read_named_calendars(root.tables("named_calendar"), workflow.named_calendars);
  read_queues(root.tables("queue"), workflow.named_calendars, workflow.queues);
  read_phases(root.tables("phase"), workflow.queues, workflow.named_calendars, workflow.phases);
  read_routes(root.tables("route"), workflow.queues, workflow.routes);
  check_queues(root, workflow);
  read_limits(root.table("limits"), workflow.limits);
  read_reminders(root.table("reminders"), workflow.reminders);
  read_clock(root.table("clock"), workflow.clock);
  read_warnings(root.tables("warning"), workflow.warnings);
  read_notices(root.table("notices"), workflow.notices);
  TomlTable letters = root.table("letters");
  workflow.letters_locale = letters.text("locale", workflow.letters_locale);
  workflow.explain_clock = letters.boolean("explain_clock", workflow.explain_clock);
  letters.refuse_unknown_keys();
  TomlTable answers = root.table("answers");
  take(answers, "per_question", workflow.answers_per_question, 0, 10);
  answers.refuse_unknown_keys();
  TomlTable classification = root.table("classification");
  workflow.triage_below = classification.number("triage_below", workflow.triage_below, 0, 1);
  workflow.escalated_from = classification.number("escalated_from", workflow.escalated_from, 0, 100);
  classification.refuse_unknown_keys();
  TomlTable participants = root.table("participants");
  const auto never = participants.texts("never");
  if (participants.has("never")) workflow.never_participants = never;
  participants.refuse_unknown_keys();
  read_senders(root.table("senders"), workflow.senders);
  TomlTable secrets = root.table("secrets");
  take(secrets, "forget_days", workflow.forget_secrets_days, 0, 3650);
  secrets.refuse_unknown_keys();
  TomlTable checks = root.table("checks");
  workflow.rule_profile = checks.one_of("profile", {"oin-2021", "oin-wizard"}, workflow.rule_profile);
  checks.refuse_unknown_keys();
  root.refuse_unknown_keys();
}

}  // namespace oin
