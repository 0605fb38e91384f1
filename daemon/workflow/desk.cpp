#include "daemon/workflow/desk.hpp"

#include <algorithm>

#include "daemon/workflow/ticket.hpp"
#include "parsers/address.hpp"

namespace oin {
namespace {

template <class Range>
auto* named(Range& range, std::string_view name) {
  const auto it =
      std::ranges::find(range, name, [](const auto& item) { return std::string_view(item.name); });
  return it == std::ranges::end(range) ? nullptr : &*it;
}

/// Is this the mailbox's own address, or one with something behind the separator: "oin+token@example.com"?
bool belongs(std::string_view addr_spec, std::string_view mailbox, std::string_view separator) {
  const auto at = mailbox.rfind('@'), end = addr_spec.rfind('@');
  if (addr_spec == mailbox) return true;
  if (at == std::string_view::npos || end == std::string_view::npos ||
      addr_spec.substr(end) != mailbox.substr(at))
    return false;
  const std::string_view local_part = addr_spec.substr(0, end), name = mailbox.substr(0, at);
  return !separator.empty() && local_part.starts_with(name) &&
         local_part.substr(name.size()).starts_with(separator);
}

}  // namespace

const DeskMailbox* Desk::mailbox(std::string_view wanted) const { return named(mailboxes, wanted); }

const DeskMailbox* Desk::mailbox_of(std::string_view addr_spec) const {
  const std::string plain = comparable(addr_spec);
  const auto it = std::ranges::find_if(mailboxes, [&](const DeskMailbox& m) {
    return belongs(plain, comparable(m.address), subaddress_separator);
  });
  return it == mailboxes.end() ? nullptr : &*it;
}

const PersonSettings* Desk::person(std::string_view addr_spec) const {
  const std::string wanted = comparable(addr_spec);
  const auto it =
      std::ranges::find(people, wanted, [](const PersonSettings& p) { return comparable(p.address); });
  return it == people.end() ? nullptr : &*it;
}

const QueueSettings* Desk::queue(std::string_view wanted) const { return named(workflow.queues, wanted); }

std::string_view Desk::queue_of(std::string_view intent) const {
  const auto it = std::ranges::find(workflow.routes, intent,
                                    [](const RouteSettings& r) { return std::string_view(r.intent); });
  return it == workflow.routes.end() ? std::string_view("triage") : std::string_view(it->queue);
}

const PhaseSettings* Desk::phase_after(std::string_view wanted) const {
  auto it = workflow.phases.begin();
  if (wanted != "precheck") {
    it = std::ranges::find(workflow.phases, wanted, &PhaseSettings::name);
    if (it == workflow.phases.end()) return nullptr;
    ++it;
  }
  it = std::find_if(it, workflow.phases.end(), [](const PhaseSettings& p) { return p.enabled; });
  return it == workflow.phases.end() ? nullptr : &*it;
}

const PhaseSettings* Desk::phase(std::string_view wanted) const { return named(workflow.phases, wanted); }

const BusinessCalendar& Desk::calendar_of(std::string_view in_phase, std::string_view in_queue) const {
  const PhaseSettings* own = phase(in_phase);
  const QueueSettings* shared = queue(in_queue);
  for (const std::string* wanted : {own ? &own->calendar : nullptr, shared ? &shared->calendar : nullptr}) {
    if (!wanted || wanted->empty()) continue;
    if (const auto found = named_calendars.find(*wanted); found != named_calendars.end())
      return found->second;
  }
  return calendar;
}

const BusinessCalendar& Desk::calendar_of(const Ticket& ticket) const {
  return calendar_of(ticket.phase.value_or(""), ticket.queue);
}

Desk open_desk(const Settings& settings, const WorkflowSettings& workflow) {
  Desk desk;
  desk.name = settings.desk.name;
  desk.subaddress_separator = settings.desk.subaddress_separator;
  desk.message_bytes = settings.intake.message_bytes;
  desk.look_ups = settings.look_ups.enabled;
  desk.links_per_submission = settings.look_ups.links_per_submission;
  for (const MailboxSettings& mailbox : settings.mailboxes)
    desk.mailboxes.push_back({mailbox.name, mailbox.address});
  desk.people = settings.people;
  desk.workflow = workflow;
  desk.calendar = BusinessCalendar(workflow.calendar);
  for (const CalendarSettings& calendar : workflow.named_calendars)
    desk.named_calendars.emplace(calendar.name, calendar);
  desk.cues = CueIndex(workflow.cues);
  desk.vocabulary = Vocabulary(workflow.vocabulary);
  desk.rules = Rules(workflow.rules, workflow.rule_profile);
  return desk;
}

}  // namespace oin
