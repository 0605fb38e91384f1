#include "daemon/commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "daemon/bookkeeping.hpp"
#include "daemon/sealed_mail.hpp"
#include "daemon/workflow/commands.hpp"

namespace oin {

Result<const PersonSettings*> person(const Desk& desk, const Actor& actor) {
  if (!actor.address.empty()) {
    if (const PersonSettings* found = desk.person(actor.address)) return found;
    return permanent(fmt::format("{} is no [[person]] of this desk", actor.address));
  }
  const auto it = std::ranges::find_if(desk.people, [&](const PersonSettings& each) {
    return !each.unix_user.empty() && each.unix_user == actor.unix_user;
  });
  if (it != desk.people.end()) return &*it;
  return permanent(fmt::format("who are you? No [[person]] has unix_user = \"{}\"; name one by --as ADDRESS",
                               actor.unix_user));
}

namespace {

Result<Json> sealed_mail(store::Transaction& tx, const Office& office, TicketId id,
                         const std::string& number) {
  std::int64_t k = 0;
  std::from_chars(number.data(), number.data() + number.size(), k);
  OIN_TRY(const auto mails, tx.mails_of(id));
  for (const store::TicketMail& mail : mails) {
    if (mail.number != k || mail.outgoing) continue;
    OIN_TRY(const store::Packed raw, tx.raw_mail(mail.id));
    OIN_TRY(std::string bytes, opened(raw, office.sealer));
    return Json{{"raw", std::move(bytes)}};
  }
  return permanent(fmt::format("{} has no mail \"{}\" that came in", reference(id), number));
}

/// The words of a command line as the command that the same line in a mail would be.
Command command_of(const std::vector<std::string>& words) {
  Command out;
  if (words.empty()) return out;
  out.name = words.front();
  out.arguments.assign(words.begin() + 1, words.end());
  for (const std::string& word : out.arguments) out.text.append(out.text.empty() ? "" : " ").append(word);
  return out;
}

/// What `unseal` shows, now that it is on the record.
Result<Json> unsealed(store::Transaction& tx, const Office& office, const Ticket& ticket,
                      const std::vector<std::string>& words) {
  if (words[1] == "mail") return sealed_mail(tx, office, ticket.id, words[2]);
  Json values = Json::array();
  for (const std::string& item : ticket.submission->fields.at(words[1]).items) {
    const auto plain = office.sealer.open_text(item);
    if (!plain && item.starts_with("sealed:"))
      return permanent("sealed with a key that is not among the sealing keys, or damaged");
    values.push_back(plain.value_or(item));
  }
  return Json{{"ticket", reference(ticket.id)},
              {"field", words[1]},
              {"value", values.size() == 1 ? values[0] : values}};
}

}  // namespace

Result<std::vector<Ticket>> tickets_named(store::Transaction& tx, const std::vector<Command>& commands) {
  std::vector<Ticket> out;
  for (const TicketId id : named_tickets(commands)) {
    OIN_TRY(Ticket ticket, tx.ticket(id));
    out.push_back(std::move(ticket));
  }
  return out;
}

Result<SplitSource> split_source(store::Transaction& tx, TicketId ticket,
                                 const std::vector<Command>& commands) {
  const auto number = mail_to_split(commands);
  if (!number) return SplitSource{};
  OIN_TRY(const auto mails, tx.mails_of(ticket));
  const auto mail = std::ranges::find(mails, *number, &store::TicketMail::number);
  if (mail == mails.end() || mail->outgoing) return SplitSource{};
  SplitSource source{0, mail->id, mail->from, mail->subject};
  OIN_TRY(source.ticket, tx.next_ticket_id());
  return source;
}

Result<Json> carry_out(store::Transaction& tx, const Office& office, const Actor& actor, TicketId id,
                       const std::vector<std::string>& words, Instant now) {
  OIN_TRY(const PersonSettings* by, person(office.desk, actor));
  CommandsGiven given{*by, {command_of(words)}, std::nullopt, nullptr, 0, {}};
  OIN_TRY(const auto others, tickets_named(tx, given.commands));
  given.others = others;
  OIN_TRY(given.split, split_source(tx, id, given.commands));
  OIN_TRY(const Decided made, decide_and_record(tx, office, id, given, now));
  if (!made.decision.refused.empty()) return permanent(made.decision.refused);
  if (words.front() == "unseal") return unsealed(tx, office, made.after, words);
  Json done = {{"ticket", reference(id)}, {"did", Json::array()}};
  if (made.decision.events.empty())
    for (const CommandResult& result : made.decision.results) done["did"].push_back(result.text);
  for (const Event& event : made.decision.events) done["did"].push_back(summary(event.what));
  return done;
}

}  // namespace oin
