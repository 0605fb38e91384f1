#include "daemon/erasure.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "daemon/address_key.hpp"
#include "daemon/bookkeeping.hpp"
#include "daemon/erased_words.hpp"
#include "daemon/log.hpp"
#include "daemon/reading.hpp"
#include "daemon/sealed_mail.hpp"
#include "daemon/workflow/apply.hpp"
#include "daemon/workflow/team.hpp"
#include "parsers/mail.hpp"

namespace oin {
namespace {

constexpr int mails_at_once = 500;

Result<void> require_lead(const Office& office, const Actor& actor, std::string& name) {
  OIN_TRY(const PersonSettings* by, person(office.desk, actor));
  if (!has_role(*by, "lead"))
    return permanent(fmt::format("{} may not erase anybody: that takes the role lead", by->address));
  name = by->address;
  return success();
}

/// Those whom the settings name would only come back with the next letter.
Result<void> refuse_ours(const Office& office, const ErasedWords& words) {
  for (const PersonSettings& person : office.desk.people)
    if (words.is_theirs(person.address))
      return permanent(
          fmt::format("{} is a [[person]] of this desk; take them out of oind.toml first", person.address));
  for (const MailboxSettings& mailbox : office.settings.mailboxes)
    if (words.is_theirs(mailbox.address))
      return permanent(fmt::format("{} is the desk's own mailbox", mailbox.address));
  return success();
}

/// Nothing where a parser throws: that may be why a mail is in quarantine.
std::optional<Mail> parsed(std::string_view raw, const Office& office) {
  try {
    return parse_mail(raw, mail_limits(office.settings));
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

/// Tickets that are not closed and whose answers go to them.
Result<std::vector<std::string>> open_tickets(store::Transaction& tx, const ErasedWords& words) {
  std::vector<std::string> out;
  for (const char* state : {"open", "held"}) {
    OIN_TRY(const auto tickets, tx.tickets({.state = state}));
    for (const Ticket& ticket : tickets)
      if (words.is_theirs(ticket.requester)) out.push_back(reference(ticket.id));
  }
  return out;
}

/// Their own mails say how they are called.
Result<void> learn_names(store::Transaction& tx, const Office& office, ErasedWords& words) {
  for (MailId last = 0;;) {
    OIN_TRY(const auto rows, tx.mails_after(last, mails_at_once));
    if (rows.empty()) return success();
    last = rows.back().id;
    for (const store::MailRow& row : rows) {
      if (!words.is_theirs(row.from)) continue;
      OIN_TRY(const store::Packed packed, tx.raw_mail(row.id));
      const auto raw = opened(packed, office.sealer);
      if (!raw) continue;  // sealed with a key that is gone: deleted all the same
      const auto mail = parsed(raw.value(), office);
      if (!mail) continue;
      for (const Address& from : mail->from)
        if (words.is_theirs(from.addr_spec)) words.name(from.addr_spec, from.display_name);
    }
  }
}

/// What a person reads in a message.
std::string readable(const Mail& mail) {
  std::string out = mail.subject + "\n" + mail.text + "\n" + mail.html.value_or("");
  for (const auto* list : {&mail.from, &mail.reply_to, &mail.to, &mail.cc})
    for (const Address& address : *list)
      out += fmt::format("\n{} {}", address.display_name, address.addr_spec);
  return out;
}

/// New bytes of a message that names them; nothing for one that does not.  One of their tickets that still
/// names them once it is decoded goes as a whole.
Result<std::optional<store::Packed>> without(const store::Packed& packed, const Office& office,
                                             ErasedWords& words, bool names) {
  const auto raw = opened(packed, office.sealer);
  if (!raw) return std::optional<store::Packed>();
  const std::string plain = words.without(raw.value(), names);
  if (plain == raw.value() && !names) return std::optional<store::Packed>();
  const auto mail = parsed(plain, office);
  const std::string read = mail ? readable(*mail) : std::string();
  if (!mail || words.without(read, names) != read)
    return std::optional(store::Packed{store::codec_deleted, std::string(store::erased_bytes)});
  if (plain == raw.value()) return std::optional<store::Packed>();
  store::Packed fresh = store::pack(plain);
  if (packed.codec & store::codec_sealed)
    fresh = {fresh.codec | store::codec_sealed, office.sealer.seal(fresh.bytes)};
  return std::optional(std::move(fresh));
}

Result<store::Erased> erase_and_note(store::Transaction& tx, const Office& office, ErasedWords& words,
                                     int first_mark, const std::string& by, Instant now) {
  const store::Erasure erasure{
      [&](std::string_view address) { return words.is_theirs(address); },
      [&](std::string_view text, bool names) { return words.without(text, names); },
      [&](const store::Packed& packed, bool names) { return without(packed, office, words, names); }};
  OIN_TRY(store::Erased done, tx.erase(erasure));
  if (done.rows == 0) return permanent("nothing is kept of them");
  for (const TicketId id : done.tickets) {
    OIN_TRY(Ticket ticket, tx.ticket(id));
    const Event event{now, by, 0, PersonErased{words.first_mark(), words.marks()}};
    OIN_TRYV(record(tx, office, apply(std::move(ticket), event), {&event, 1}));
  }
  OIN_TRYV(tx.suppress({std::string(erased_domain), "stands for people who were erased", now, "desk"}));
  OIN_TRYV(tx.add_erasure({now, by, first_mark, words.marks(), done}));
  return done;
}

}  // namespace

Result<Json> erase_person(store::Transaction& tx, const Office& office, const Actor& actor,
                          const ErasureAsked& asked, Instant now) {
  std::string by;
  OIN_TRYV(require_lead(office, actor, by));
  const std::string key = address_key(asked.address);
  if (key.empty())
    return permanent(
        fmt::format("\"{}\" is no address; allowed: ada@vendor.example, @vendor.example", asked.address));
  OIN_TRY(const int first_mark, tx.next_erased_mark());
  ErasedWords words(key, first_mark);
  OIN_TRYV(refuse_ours(office, words));
  OIN_TRY(const auto open, open_tickets(tx, words));
  if (!open.empty() && !asked.force && !asked.dry_run)
    return permanent(
        fmt::format("{} is the requester of {}, which is not closed: nobody could be answered any more; "
                    "close it first, or use --force",
                    asked.address, fmt::join(open, ", ")));
  OIN_TRYV(learn_names(tx, office, words));

  OIN_TRYV(tx.savepoint());
  auto done = erase_and_note(tx, office, words, first_mark, by, now);
  if (!done || asked.dry_run) {
    OIN_TRYV(tx.rollback_to_savepoint());
  } else {
    OIN_TRYV(tx.release());
  }
  OIN_TRY(const store::Erased erased, std::move(done));
  Json tickets = Json::array();
  for (const TicketId id : erased.tickets) tickets.push_back(reference(id));
  if (!asked.dry_run)
    log::info("person.erased mark={} marks={} by={} tickets={} mails={} letters={} rows={}",
              words.first_mark(), words.marks(), by, erased.tickets.size(), erased.mails, erased.letters,
              erased.rows);
  return Json{{"dry_run", asked.dry_run},
              {"mark", words.first_mark()},
              {"marks", words.marks()},
              {"by", by},
              {"at", to_rfc3339(now)},
              {"tickets", tickets},
              {"open", open},
              {"mails", erased.mails},
              {"letters", erased.letters},
              {"withdrawn", erased.withdrawn},
              {"quarantined", erased.quarantined},
              {"rows", erased.rows}};
}

}  // namespace oin
