/// case_commands.cpp: commands that any case can have: who has it, when it goes on, what is said.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "daemon/workflow/case_clock.hpp"
#include "daemon/workflow/case_letters.hpp"
#include "daemon/workflow/closing.hpp"
#include "daemon/workflow/command_context.hpp"
#include "daemon/workflow/command_words.hpp"
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
std::optional<Instant> take_time(const CommandContext& context, std::string_view& text) {
  constexpr int most = 1000;
  std::string_view rest = text;
  const std::string word = next_word(rest);
  const BusinessCalendar& calendar = context.desk.calendar_of(context.ticket());
  std::optional<Instant> at;
  if (const auto day = parse_full_date(word)) {
    at = calendar.opening_on(*day);
  } else if (const auto amount = amount_of(word); amount && amount->number <= most) {
    if (amount->unit == "d") at = calendar.add_business_days(context.draft.now(), amount->number);
    if (amount->unit == "h") at = context.draft.now() + std::chrono::hours(amount->number);
  }
  if (at) text = rest;
  return at;
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
  std::string_view reason = context.given.text;
  if (reason.starts_with("until ")) reason.remove_prefix(6);
  const auto until = take_time(context, reason);
  if (reason.empty()) return "hold takes the reason, which the vendor is told";
  if (until && *until <= context.draft.now()) return "that time is past";
  context.draft.add(Held{std::string(reason), until});
  if (reviewed(context.ticket().kind)) context.write("on-hold", held_variables);
  return {};
}

std::string resume_case(CommandContext& context) {
  const Ticket& ticket = context.ticket();
  if (ticket.state != TicketState::held) return fmt::format("{} is not held", reference(ticket.id));
  resume(context.draft, context.desk,
         context.given.text.empty() ? "a person of the team ended the hold" : context.given.text);
  if (tells_of_resumption(context.ticket())) context.write("reopened", review_variables);
  return {};
}

std::string change_queue(CommandContext& context) {
  const auto& arguments = context.given.arguments;
  const std::string name = arguments.empty() ? "" : arguments.front();
  if (!context.desk.queue(name)) {
    std::vector<std::string> names;
    for (const QueueSettings& queue : context.desk.workflow.queues) names.push_back(queue.name);
    return fmt::format("queue takes one of {}", fmt::join(names, ", "));
  }
  if (name == context.ticket().queue)
    return fmt::format("{} is there already", reference(context.ticket().id));
  std::string_view reason = context.given.text;
  next_word(reason);
  context.draft.add(QueueChanged{name, std::string(reason)});
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
  std::string_view text = context.given.text;
  const auto at = take_time(context, text);
  if (!at || *at <= context.draft.now())
    return "remind takes a time to come: 3d (business days), 4h, 2026-12-05";
  context.draft.add(
      RemindersMoved{*at, text.empty() ? "asked for by " + context.by.address : std::string(text)});
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
  const std::vector<std::string> sealed = context.ticket().sealed_fields();
  if (arguments.size() == 1 && std::ranges::find(sealed, arguments[0]) != sealed.end()) {
    context.draft.add(SecretShown{arguments[0]});
    return {};
  }
  if (sealed.empty()) return fmt::format("{} has no sealed field", reference(context.ticket().id));
  return fmt::format("unseal takes \"mail K\" or a sealed field; {} has {}", reference(context.ticket().id),
                     fmt::join(sealed, ", "));
}

}  // namespace oin
