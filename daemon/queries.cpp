#include "daemon/queries.hpp"

#include <fmt/format.h>

#include <charconv>
#include <set>

#include "daemon/answers_json.hpp"
#include "daemon/arguments.hpp"
#include "daemon/breaker.hpp"
#include "daemon/clock_json.hpp"
#include "daemon/log.hpp"
#include "daemon/retention.hpp"
#include "daemon/sealed_mail.hpp"
#include "daemon/sla_json.hpp"
#include "daemon/suppressed_query.hpp"
#include "daemon/workflow/event_json.hpp"
#include "daemon/workflow/letter_preview.hpp"
#include "daemon/workflow/team.hpp"

namespace oin {
namespace {

Json or_null(std::optional<Instant> at) { return at ? Json(to_rfc3339(*at)) : Json(); }
Json or_null(const std::optional<std::string>& value) { return value ? Json(*value) : Json(); }

Json timeline(const std::vector<store::TimelineEntry>& entries) {
  Json out = Json::array();
  for (const auto& [seq, event] : entries)
    out.push_back({{"seq", seq},
                   {"at", to_rfc3339(event.at)},
                   {"type", type_name(event.what)},
                   {"actor", event.by},
                   {"text", summary(event.what)},
                   {"mail", event.mail ? Json(event.mail) : Json()}});
  return out;
}

Result<Json> mails(store::Transaction& tx, TicketId id) {
  Json out = Json::array();
  OIN_TRY(const auto list, tx.mails_of(id));
  for (const store::TicketMail& mail : list)
    out.push_back({{"number", mail.number},
                   {"direction", mail.outgoing ? "out" : "in"},
                   {"message_id", mail.message_id},
                   {"from", mail.from},
                   {"to", mail.to},
                   {"subject", mail.subject},
                   {"at", to_rfc3339(mail.at)},
                   {"size", mail.size}});
  return out;
}

/// The raw bytes of mail K of a ticket, in either direction.
Result<Json> raw_mail(store::Transaction& tx, TicketId id, std::int64_t k) {
  OIN_TRY(const auto list, tx.mails_of(id));
  for (const store::TicketMail& mail : list) {
    if (mail.number != k) continue;
    if (!mail.outgoing) {
      OIN_TRY(const store::Packed raw, tx.raw_mail(mail.id));
      if (raw.codec & store::codec_sealed)
        return permanent(
            fmt::format("mail {} of {} holds secrets and is sealed; `oinctl ticket {} unseal mail {}` shows "
                        "it to whoever may see it",
                        k, reference(id), id, k));
      OIN_TRY(std::string bytes, store::unpack(raw.codec, raw.bytes));
      return Json{{"raw", std::move(bytes)}};
    }
    OIN_TRY(auto letter, tx.letter(mail.id));
    if (letter) return Json{{"raw", std::move(letter->bytes)}};
  }
  return permanent(fmt::format("{} has no mail {}; it has {}", reference(id), k, list.size()));
}

Json quarantine_line(const store::QuarantineRow& row) {
  return {
      {"id", row.id},     {"mailbox", row.mailbox}, {"reason", row.reason},    {"message_id", row.message_id},
      {"from", row.from}, {"subject", row.subject}, {"at", to_rfc3339(row.at)}};
}

Json issues_of(const Ticket& ticket) {
  Json out = Json::array();
  for (const Issue& issue : ticket.issues)
    out.push_back({{"number", issue.number},
                   {"code", issue.finding.code},
                   {"phase", issue.finding.phase},
                   {"severity", issue.finding.severity},
                   {"state", name(issue.state)},
                   {"field", issue.finding.field.empty() ? Json() : Json(issue.finding.field)},
                   {"text", issue.finding.text},
                   {"need", issue.finding.need},
                   {"answer", issue.answer.empty() ? Json() : Json(issue.answer)}});
  return out;
}

/// The person who asks, as oinctl names them; null for anybody else.
const PersonSettings* reader(const Office& office, const Json& arguments) {
  const auto found = person(office.desk, actor_of(arguments));
  return found ? found.value() : nullptr;
}

/// A ticket that this reader must not see is one that there is not.
Result<Ticket> ticket_for(store::Transaction& tx, const Office& office, const Json& arguments, TicketId id) {
  OIN_TRY(Ticket ticket, tx.ticket(id));
  if (!ticket.opened() || !may_see(office.desk, reader(office, arguments), ticket))
    return permanent(fmt::format("there is no {}", reference(id)));
  return ticket;
}

/// The tickets that this reader must not see.  Few are restricted, so these are read, and not all.
Result<std::set<TicketId>> hidden_tickets(store::Transaction& tx, const Office& office,
                                          const Json& arguments) {
  std::set<TicketId> out;
  const PersonSettings* who = reader(office, arguments);
  for (const QueueSettings& queue : office.desk.workflow.queues) {
    if (!queue.restricted || (who && has_role(*who, queue.role))) continue;
    OIN_TRY(const auto tickets, tx.tickets({.queue = queue.name}));
    for (const Ticket& ticket : tickets) out.insert(ticket.id);
  }
  return out;
}

}  // namespace

Json ticket_line(const Ticket& ticket, Instant now) {
  return {{"id", ticket.id},
          {"reference", reference(ticket.id)},
          {"kind", name(ticket.kind)},
          {"queue", ticket.queue},
          {"phase", or_null(ticket.phase)},
          {"state", name(ticket.state)},
          {"turn", name(ticket.turn)},
          {"outcome", or_null(ticket.outcome)},
          {"assignee", or_null(ticket.assignee)},
          {"title", ticket.title},
          {"requester", ticket.requester},
          {"opened_at", to_rfc3339(ticket.opened_at)},
          {"due_at", or_null(ticket.due_at)},
          {"overdue", ticket.overdue(now)},
          {"escalated_at", or_null(ticket.escalated_at)},
          {"issues_open", ticket.issues_standing()},
          {"revision", ticket.revision}};
}

Json letter_line(const store::Letter& letter) {
  Json to = Json::array();
  for (const store::LetterRecipient& recipient : letter.recipients) to.push_back(recipient.address);
  return {{"id", letter.id},
          {"ticket", letter.ticket ? Json(letter.ticket) : Json()},
          {"event", letter.event},
          {"to", to},
          {"subject", letter.subject},
          {"message_id", letter.message_id},
          {"state", store::name(letter.state)},
          {"attempts", letter.attempts},
          {"next_attempt_at", or_null(letter.next_attempt_at)},
          {"last_answer", letter.last_answer.empty() ? Json() : Json(letter.last_answer)}};
}

Result<Json> tickets_query(store::Transaction& tx, const Office& office, const Json& arguments, Instant now) {
  store::TicketFilter filter;
  filter.queue = text(arguments, "queue");
  filter.phase = text(arguments, "phase");
  filter.state = text(arguments, "state");
  filter.assignee = text(arguments, "assignee");
  filter.words = text(arguments, "search");
  filter.overdue = arguments.value("overdue", false);
  filter.now = now;
  OIN_TRY(const auto list, tx.tickets(filter));
  Json out = Json::array();
  const PersonSettings* person = reader(office, arguments);
  for (const Ticket& ticket : list)
    if (may_see(office.desk, person, ticket)) out.push_back(ticket_line(ticket, now));
  return out;
}

Result<Json> ticket_query(store::Transaction& tx, const Office& office, const Json& arguments, Instant now) {
  const TicketId id = number(arguments, "number");
  OIN_TRY(const Ticket ticket, ticket_for(tx, office, arguments, id));
  if (const std::int64_t k = number(arguments, "mail")) return raw_mail(tx, id, k);
  Json out = ticket_line(ticket, now);
  out["locale"] = ticket.locale;
  out["participants"] = Json::array();
  for (const Participant& p : ticket.participants)
    out["participants"].push_back({{"address", p.address}, {"role", p.role}});
  out["submission"] = ticket.submission ? submission_json(*ticket.submission) : Json();
  out["issues"] = issues_of(ticket);
  OIN_TRY(const auto entries, tx.timeline(id));
  out["timeline"] = timeline(entries);
  OIN_TRY(out["mails"], mails(tx, id));
  out["clock"] = clock_json(office.desk, ticket, now);
  out["calendar"] = calendar_json(office.desk, ticket);
  out["timers"] = timers_json(office.desk, ticket);
  return out;
}

Result<Json> queues_query(store::Transaction& tx, const Office& office, const Json& arguments, Instant now) {
  OIN_TRY(const auto sizes, tx.queues(now));
  const PersonSettings* person = reader(office, arguments);
  Json out = Json::array();
  for (const QueueSettings& queue : office.desk.workflow.queues) {
    if (queue.restricted && !(person && has_role(*person, queue.role))) continue;
    store::QueueSize size{queue.name, 0, 0, std::nullopt, std::nullopt};
    for (const store::QueueSize& one : sizes)
      if (one.queue == queue.name) size = one;
    out.push_back({{"name", size.queue},
                   {"open", size.open},
                   {"overdue", size.overdue},
                   {"oldest", or_null(size.oldest)},
                   {"due_next", or_null(size.due_next)}});
  }
  return out;
}

Result<Json> outbox_query(store::Transaction& tx, const Office& office, const Json& arguments, Instant now) {
  OIN_TRY(const auto hidden, hidden_tickets(tx, office, arguments));
  const std::string act = arguments.value("act", "list");
  if (act == "list") {
    OIN_TRY(const auto list, tx.letters(arguments.value("all", false)));
    Json out = Json::array();
    for (const store::Letter& letter : list)
      if (!hidden.contains(letter.ticket)) out.push_back(letter_line(letter));
    return out;
  }
  if (act == "resume") {
    OIN_TRY(const PersonSettings* by, person(office.desk, actor_of(arguments)));
    OIN_TRYV(release_mail(tx, by->address, now));
    return Json{{"resumed", true}, {"by", by->address}};
  }
  const std::int64_t id = number(arguments, "id");
  OIN_TRY(auto letter, tx.letter(id));
  if (!letter || hidden.contains(letter->ticket)) return permanent(fmt::format("there is no letter {}", id));
  if (act == "show") {
    Json out = letter_line(*letter);
    out["recipients"] = Json::array();
    for (const store::LetterRecipient& r : letter->recipients)
      out["recipients"].push_back(
          {{"address", r.address}, {"state", store::name(r.state)}, {"answer", r.answer}});
    out["reverse_path"] = letter->reverse_path;
    out["raw"] = letter->bytes;
    return out;
  }
  if (letter->state == store::LetterState::sent || letter->state == store::LetterState::sending)
    return permanent(fmt::format("letter {} is {}; only a waiting, uncertain, failed or dead one can be {}",
                                 id, store::name(letter->state), act == "retry" ? "retried" : "dropped"));
  if (act == "retry" && letter->deleted)
    return permanent(fmt::format("the text of letter {} is deleted; there is nothing left to send", id));
  if (act == "retry") {
    letter->state = store::LetterState::queued;
    letter->dot_started = false;
    letter->next_attempt_at = Instant{};
    for (store::LetterRecipient& r : letter->recipients)
      if (r.state != store::RecipientState::accepted) r.state = store::RecipientState::queued;
  } else {
    letter->state = store::LetterState::withdrawn;
    letter->next_attempt_at.reset();
  }
  OIN_TRYV(tx.settle(*letter));
  return letter_line(*letter);
}

Result<Json> quarantine_query(store::Transaction& tx, const Office& office, const Json& arguments) {
  OIN_TRY(const auto list, tx.quarantined());
  const std::string act = arguments.value("act", "list");
  if (act == "list") {
    Json out = Json::array();
    for (const store::QuarantineRow& row : list) out.push_back(quarantine_line(row));
    return out;
  }
  const std::int64_t id = number(arguments, "id");
  for (const store::QuarantineRow& row : list) {
    if (row.id != id) continue;
    Json out = quarantine_line(row);
    if (act == "show") {
      OIN_TRY(const store::Packed raw, tx.quarantined_raw(id));
      if (raw.codec & store::codec_sealed) {
        OIN_TRY(const PersonSettings* by, person(office.desk, actor_of(arguments)));
        log::info("quarantine.shown quarantine={} by={}", id, by->address);
      }
      OIN_TRY(out["raw"], opened(raw, office.sealer));
    } else {
      OIN_TRYV(tx.leave_quarantine(id));
    }
    return out;
  }
  return permanent(fmt::format("there is no mail {} in quarantine", id));
}

Result<Json> what_happened_query(store::Transaction& tx, const Office& office, const Json& arguments) {
  OIN_TRY(const auto hidden, hidden_tickets(tx, office, arguments));
  const std::string message_id = text(arguments, "message_id");
  Json out = {{"message_id", message_id},
              {"in", Json::array()},
              {"out", Json::array()},
              {"quarantine", Json::array()}};
  OIN_TRY(const auto rows, tx.mails_by_message_id(message_id));
  for (const store::MailRow& row : rows) {
    Json ledger = Json::array(), tickets = Json::array();
    OIN_TRY(const auto entries, tx.ledger_of_mail(row.id));
    for (const store::LedgerEntry& e : entries)
      ledger.push_back({{"mailbox", e.mailbox},
                        {"uidvalidity", e.uid_validity},
                        {"uid", e.uid},
                        {"fate", e.fate},
                        {"at", to_rfc3339(e.at)}});
    OIN_TRY(const auto ids, tx.tickets_of_mail(row.id));
    bool secret = false;
    for (const TicketId id : ids) {
      secret = secret || hidden.contains(id);
      tickets.push_back(reference(id));
    }
    if (secret) continue;
    out["in"].push_back({{"mail", row.id},
                         {"from", row.from},
                         {"to", row.to},
                         {"subject", row.subject},
                         {"arrived_at", to_rfc3339(row.arrived_at)},
                         {"size", row.size},
                         {"ledger", ledger},
                         {"tickets", tickets}});
  }
  OIN_TRY(const auto letters, tx.letters_by_message_id(message_id));
  for (const store::Letter& letter : letters)
    if (!hidden.contains(letter.ticket)) out["out"].push_back(letter_line(letter));
  OIN_TRY(const auto aside, tx.quarantined());
  for (const store::QuarantineRow& row : aside)
    if (row.message_id == message_id) out["quarantine"].push_back(quarantine_line(row));
  if (out["in"].empty() && out["out"].empty() && out["quarantine"].empty())
    return permanent(fmt::format("no mail or letter with Message-ID {} is known", message_id));
  return out;
}

Result<Json> template_query(store::Transaction& tx, const Office& office, const Json& arguments,
                            Instant now) {
  const TicketId id = number(arguments, "number");
  const std::string event = text(arguments, "event");
  OIN_TRY(const Json sample, office.letters.sample(event));
  OIN_TRY(Ticket ticket, ticket_for(tx, office, arguments, id));
  if (const std::string locale = text(arguments, "locale"); !locale.empty()) ticket.locale = locale;
  Json variables = preview_variables(office.desk, ticket, event, now).value_or(Json::object());
  Json from_sample = Json::array();
  for (const auto& [name, value] : sample.items()) {
    if (variables.contains(name)) continue;
    variables[name] = value;
    from_sample.push_back(name);
  }
  return Json{{"event", event},
              {"ticket", reference(id)},
              {"locale", is_to_team(event) ? "en" : ticket.locale},
              {"variables", std::move(variables)},
              {"from_sample", std::move(from_sample)}};
}

Result<Json> status_query(store::Transaction& tx, const Office& office, const Json& arguments, Instant now) {
  Json out = {{"ready", false}, {"mailboxes", Json::array()}};
  OIN_TRY(out["queues"], queues_query(tx, office, arguments, now));
  OIN_TRY(const store::OutboxSize outbox, tx.outbox_size());
  out["outbox"] = {{"queued", outbox.queued},       {"sending", outbox.sending}, {"sent", outbox.sent},
                   {"uncertain", outbox.uncertain}, {"failed", outbox.failed},   {"dead", outbox.dead},
                   {"withdrawn", outbox.withdrawn}};
  OIN_TRY(const store::Breaker breaker, tx.breaker());
  out["outbox"]["held_since"] = or_null(breaker.open_since);
  out["outbox"]["held_why"] = Json();
  if (breaker.open_since)
    out["outbox"]["held_why"] =
        fmt::format("{} letters were written within a minute; [limits] letters_per_minute is {}",
                    breaker.letters, office.desk.workflow.limits.letters_per_minute);
  OIN_TRY(const auto quarantined, tx.quarantined());
  out["quarantine"] = quarantined.size();
  OIN_TRY(const auto timer, tx.next_timer_at());
  out["next_timer_at"] = or_null(timer);
  OIN_TRY(const auto retention, tx.timer_at(0, retention_timer));
  out["retention"] = {{"next_at", or_null(retention)}};
  out["store"] = {{"url", office.settings.store.url}};
  out["version"] = OIND_VERSION;
  return out;
}

Result<Json> answer_query(store::Transaction& tx, const Office& office, std::string_view verb,
                          const Json& arguments, Instant now) {
  if (verb == "status") return status_query(tx, office, arguments, now);
  if (verb == "tickets") return tickets_query(tx, office, arguments, now);
  if (verb == "ticket") return ticket_query(tx, office, arguments, now);
  if (verb == "queues") return queues_query(tx, office, arguments, now);
  if (verb == "outbox") return outbox_query(tx, office, arguments, now);
  if (verb == "retention") return retention_query(tx, office, now);
  if (verb == "suppressed") return suppressed_query(tx, office, arguments, now);
  if (verb == "quarantine") return quarantine_query(tx, office, arguments);
  if (verb == "template") return template_query(tx, office, arguments, now);
  if (verb == "report-answers") return answers_query(tx, office);
  if (verb == "report") return sla_query(tx, office, arguments, now);
  if (verb == "what-happened") return what_happened_query(tx, office, arguments);
  return permanent(fmt::format("there is no verb \"{}\"", verb));
}

}  // namespace oin
