/// case_commands.cpp: commands that any case can have: who has it, when it goes on, what is said.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/case_letters.hpp"
#include "daemon/workflow/closing.hpp"
#include "daemon/workflow/command_context.hpp"
#include "daemon/workflow/field_label.hpp"
#include "daemon/workflow/participants.hpp"
#include "daemon/workflow/review_letters.hpp"
#include "daemon/workflow/staff_notices.hpp"
#include "parsers/address.hpp"
#include "parsers/secrets.hpp"

namespace oin {
namespace {

/// A person by address, or by what stands before the "@" of it.
const PersonSettings* person_named(const Desk& desk, const std::string& word) {
  if (const PersonSettings* person = desk.person(word)) return person;
  const std::string wanted = comparable(word);
  const auto it = std::ranges::find_if(desk.people, [&](const PersonSettings& each) {
    const std::string address = comparable(each.address);
    return address.substr(0, address.rfind('@')) == wanted;
  });
  return it == desk.people.end() ? nullptr : &*it;
}

/// "3d" (business days), "2026-12-05" (the opening of that day) or "4h" at the head of `text`, which is cut
/// off it; nothing when there is none.
std::optional<Instant> take_time(const CommandContext& context, std::string& text) {
  const std::size_t end = std::min(text.find_first_of(" \t\n"), text.size());
  const std::string word = text.substr(0, end);
  const BusinessCalendar& calendar = context.desk.calendar_of(context.ticket());
  std::optional<Instant> at;
  int number = 0;
  const auto [stop, failed] = std::from_chars(word.data(), word.data() + word.size(), number);
  const std::string unit(stop, word.data() + word.size());
  if (failed == std::errc() && number > 0 && number <= 1000 && unit == "d")
    at = calendar.add_business_days(context.draft.now(), number);
  else if (failed == std::errc() && number > 0 && number <= 1000 && unit == "h")
    at = context.draft.now() + std::chrono::hours(number);
  else if (word.size() == 10)
    if (const auto day = parse_rfc3339(word + "T00:00:00Z"))
      at = calendar.opening_on(std::chrono::floor<std::chrono::days>(*day));
  if (!at) return std::nullopt;
  text.erase(0, std::min(text.find_first_not_of(" \t\n", end), text.size()));
  return at;
}

std::vector<std::string> sealed_fields(const Ticket& ticket) {
  std::vector<std::string> out;
  if (ticket.submission)
    for (const auto& [name, value] : ticket.submission->fields)
      if (value.kind == FieldValue::Kind::secret) out.push_back(name);
  return out;
}

}  // namespace

std::string assign(CommandContext& context) {
  if (context.given.arguments.size() != 1) return "assign takes \"me\", \"nobody\" or one person's address";
  const std::string& word = context.given.arguments.front();
  if (word == "nobody") {
    context.draft.add(Assigned{""});
    return {};
  }
  const PersonSettings* person = word == "me" ? &context.by : person_named(context.desk, word);
  if (!person) return fmt::format("\"{}\" is nobody of this desk", word);
  context.draft.add(Assigned{person->address});
  if (comparable(person->address) != comparable(context.by.address))
    tell_assigned(context.draft, context.desk, *person, context.by);
  return {};
}

std::string hold(CommandContext& context) {
  std::string reason = context.given.text;
  if (reason.starts_with("until ")) reason.erase(0, 6);
  const auto until = take_time(context, reason);
  if (reason.empty()) return "hold takes the reason, which the vendor is told";
  if (until && *until <= context.draft.now()) return "that time is past";
  context.draft.add(Held{reason, until});
  if (reviewed(context.ticket().kind))
    context.letters.push_back({"on-hold", [&desk = context.desk](const Ticket& after) {
                                 return to_participants("on-hold", desk, after, held_variables);
                               }});
  return {};
}

std::string resume_case(CommandContext& context) {
  const Ticket& ticket = context.ticket();
  if (ticket.state != TicketState::held) return fmt::format("{} is not held", reference(ticket.id));
  resume(context.draft, context.desk,
         context.given.text.empty() ? "a person of the team ended the hold" : context.given.text);
  if (tells_of_resumption(context.ticket()))
    context.letters.push_back({"reopened", [&desk = context.desk](const Ticket& after) {
                                 return to_participants("reopened", desk, after, review_variables);
                               }});
  return {};
}

std::string change_queue(CommandContext& context) {
  const auto& arguments = context.given.arguments;
  if (arguments.empty() || !context.desk.queue(arguments.front())) {
    std::vector<std::string> names;
    for (const QueueSettings& queue : context.desk.workflow.queues) names.push_back(queue.name);
    return fmt::format("queue takes one of {}", fmt::join(names, ", "));
  }
  if (arguments.front() == context.ticket().queue)
    return fmt::format("{} is there already", reference(context.ticket().id));
  std::string reason = context.given.text.substr(arguments.front().size());
  reason.erase(0, std::min(reason.find_first_not_of(" \t\n"), reason.size()));
  context.draft.add(QueueChanged{arguments.front(), reason});
  promise_answer(context.draft, context.desk, context.draft.now());
  return {};
}

std::string note(CommandContext& context) {
  if (context.given.text.empty()) return "note takes a text";
  context.draft.add(Noted{masked(context.given.text)});
  return {};
}

std::string reply_to_vendor(CommandContext& context) {
  const std::string text = context.given.text;
  if (text.empty()) return "there is nothing to mail: no text stands above what is quoted";
  if (addressees(context.ticket()).empty())
    return fmt::format("nobody is on the record of {}", reference(context.ticket().id));
  const Ticket& ticket = context.ticket();
  const bool was_asked = ticket.state == TicketState::open && ticket.turn == Turn::team &&
                         (!reviewed(ticket.kind) || ticket.awaits_vendor());
  if (was_asked) pass_turn(context.draft, Turn::vendor, "answered");
  std::vector<LetterAttachment> files;
  if (context.all.mail)
    for (const Attachment& file : context.all.mail->attachments)
      if (file.disposition == "attachment") files.push_back({file.filename, file.content_type, file.content});
  context.letters.push_back({"question-answer", [&desk = context.desk, text, files](const Ticket& after) {
                               LetterDraft letter = question_answer(desk, after, text);
                               letter.attachments = files;
                               return letter;
                             }});
  return {};
}

std::string remind(CommandContext& context) {
  std::string text = context.given.text;
  const auto at = take_time(context, text);
  if (!at || *at <= context.draft.now())
    return "remind takes a time to come: 3d (business days), 4h, 2026-12-05";
  context.draft.add(RemindersMoved{*at, text.empty() ? "asked for by " + context.by.address : text});
  return {};
}

/// `unseal FIELD` or `unseal mail K`: that it was asked for is on the record, what it shows is not.
std::string unseal(CommandContext& context) {
  if (context.all.mail) return "secrets are not mailed: `oinctl ticket N unseal` shows them";
  const auto& arguments = context.given.arguments;
  if (arguments.size() == 2 && arguments[0] == "mail") {
    context.draft.add(SecretShown{"mail " + arguments[1]});
    return {};
  }
  const std::vector<std::string> sealed = sealed_fields(context.ticket());
  if (arguments.size() == 1 && std::ranges::find(sealed, arguments[0]) != sealed.end()) {
    context.draft.add(SecretShown{arguments[0]});
    return {};
  }
  if (sealed.empty()) return fmt::format("{} has no sealed field", reference(context.ticket().id));
  return fmt::format("unseal takes \"mail K\" or a sealed field; {} has {}", reference(context.ticket().id),
                     fmt::join(sealed, ", "));
}

}  // namespace oin
