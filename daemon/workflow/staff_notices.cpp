#include "daemon/workflow/staff_notices.hpp"

#include <algorithm>

#include "daemon/workflow/case_letters.hpp"
#include "daemon/workflow/review_letters.hpp"
#include "daemon/workflow/team.hpp"
#include "parsers/charset.hpp"
#include "parsers/secrets.hpp"

namespace oin {
namespace {

using nlohmann::json;

constexpr std::size_t quoted_bytes = 20'000;  ///< of a vendor's mail in a notice; the whole is on the ticket

LetterDraft to_person(const std::string& event, const PersonSettings& person, json variables) {
  const Address to{person.name, person.address};
  LetterDraft letter{event, {to}, std::move(variables)};
  letter.to_staff = true;
  return letter;
}

LetterDraft to_person(const std::string& event, const Desk& desk, const Ticket& ticket,
                      const PersonSettings& person) {
  return to_person(event, person, staff_variables(desk, ticket, {person.name, person.address}));
}

void tell(Draft& draft, const Desk& desk, const std::string& event,
          const std::vector<const PersonSettings*>& people, const json& more = json::object()) {
  if (people.empty()) return;
  json variables = staff_variables(desk, draft.ticket(), {});
  variables.update(more);
  for (const PersonSettings* person : people) {
    variables["contact_name"] = person->name;
    draft.notify(to_person(event, *person, variables));
  }
}

std::string shown_text(const Mail& mail) {
  return masked(std::string(utf8_prefix(mail.reply_text, quoted_bytes)));
}

json names_of(const std::vector<Attachment>& attachments) {
  json out = json::array();
  for (const Attachment& each : attachments) out.push_back({{"name", each.filename}});
  return out;
}

}  // namespace

void tell_new(Draft& draft, const Desk& desk, const PersonSettings* by) {
  if (!desk.workflow.notices.new_ticket || draft.ticket().assignee) return;
  auto people = workers_of(desk, draft.ticket());
  std::erase(people, by);
  tell(draft, desk, "staff-new", people);
}

void tell_vendor_wrote(Draft& draft, const Desk& desk, const Mail& mail) {
  if (!desk.workflow.notices.vendor_wrote) return;
  tell(draft, desk, "staff-vendor-replied", workers_of(desk, draft.ticket()),
       {{"from", mail.from.empty() ? "" : mail.from.front().addr_spec},
        {"text", shown_text(mail)},
        {"attachments", names_of(mail.attachments)},
        {"has_attachments", !mail.attachments.empty()}});
}

void tell_assigned(Draft& draft, const Desk& desk, const PersonSettings& to, const PersonSettings& by) {
  if (!desk.workflow.notices.assigned) return;
  tell(draft, desk, "staff-assigned", {&to}, {{"by", by.name.empty() ? by.address : by.name}});
}

void tell_due(Draft& draft, const Desk& desk, const std::string& event,
              const std::vector<std::string>& whom) {
  if (!desk.workflow.notices.due) return;
  std::vector<const PersonSettings*> people;
  const auto join = [&](const std::vector<const PersonSettings*>& more) {
    for (const PersonSettings* person : more)
      if (std::ranges::find(people, person) == people.end()) people.push_back(person);
  };
  if (std::ranges::find(whom, "assignee") != whom.end()) join(workers_of(desk, draft.ticket()));
  if (std::ranges::find(whom, "lead") != whom.end()) join(leads_of(desk));
  tell(draft, desk, event, people);
}

void tell_escalation(Draft& draft, const Desk& desk, const std::string& why) {
  auto people = leads_of(desk);
  for (const PersonSettings* person : workers_of(desk, draft.ticket()))
    if (std::ranges::find(people, person) == people.end()) people.push_back(person);
  std::erase_if(people, [&](const PersonSettings* person) { return !may_see(desk, person, draft.ticket()); });
  tell(draft, desk, "staff-escalation", people, {{"why", why}});
}

void tell_trouble(Draft& draft, const Desk& desk, const std::string& what) {
  if (!desk.workflow.notices.trouble) return;
  auto people = workers_of(desk, draft.ticket());
  if (people.empty()) people = leads_of(desk);  // nobody has the role, and somebody has to know
  tell(draft, desk, "staff-trouble", people, {{"what", what}});
}

LetterDraft command_letter(const std::string& event, const Desk& desk, const Ticket& ticket,
                           const PersonSettings& to, const std::vector<CommandResult>& results,
                           bool text_above) {
  LetterDraft letter = to_person(event, desk, ticket, to);
  json list = json::array();
  for (const CommandResult& result : results)
    list.push_back({{"command", result.command}, {"done", result.done}, {"text", result.text}});
  letter.variables["results"] = std::move(list);
  letter.variables["text_above"] = text_above;
  return letter;
}

LetterDraft command_unverified(const Desk& desk, const Ticket& ticket, const PersonSettings& to,
                               const Mail& mail) {
  LetterDraft letter = to_person("command-unverified", desk, ticket, to);
  letter.variables["mail_subject"] = mail.subject;
  letter.variables["text"] = shown_text(mail);
  return letter;
}

}  // namespace oin
