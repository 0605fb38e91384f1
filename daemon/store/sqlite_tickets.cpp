/// sqlite_tickets.cpp: tickets as the fold of their events, and the listing that finds them.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "daemon/store/sqlite_transaction.hpp"
#include "daemon/workflow/apply.hpp"
#include "daemon/workflow/event_json.hpp"
#include "parsers/address.hpp"

namespace oin::store {
namespace {

using nlohmann::json;

/// A LIKE pattern (ESCAPE '\') that finds the word as it stands.
std::string anywhere(std::string_view word) {
  std::string out = "%";
  for (const char c : word) {
    if (c == '%' || c == '_' || c == '\\') out += '\\';
    out += c;
  }
  return out += '%';
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; (at = text.find_first_not_of(" \t\n", at)) != text.npos;) {
    const std::size_t end = std::min(text.find_first_of(" \t\n", at), text.size());
    out.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

constexpr std::string_view forgotten_mail = "(This mail was deleted with the secrets it held.)\r\n";

/// Puts a word in place of each sealed text.
void forget_in(json& value) {
  if (value.is_string() && value.get_ref<const std::string&>().starts_with("sealed:")) value = "(deleted)";
  if (value.is_structured())
    for (json& inner : value) forget_in(inner);
}

}  // namespace

Result<TicketId> SqliteTransaction::next_ticket_id() {
  Query last(db_, "SELECT coalesce(max(id), 0) + 1 FROM ticket");
  OIN_TRYV(last.next());
  return last.integer(0);
}

Result<std::vector<TimelineEntry>> SqliteTransaction::timeline(TicketId ticket) {
  std::vector<TimelineEntry> out;
  Query all(db_, "SELECT seq, at, actor, mail, type, body FROM event WHERE ticket = $1 ORDER BY seq", ticket);
  for (;;) {
    OIN_TRY(const bool found, all.next());
    if (!found) return out;
    const json body = json::parse(all.view(5), nullptr, false);
    Result<EventBody> what = event_from_json(all.view(4), body);
    if (body.is_discarded()) what = permanent("is not JSON");
    if (!what)
      return std::move(what).error().in(
          fmt::format("{}: event {} of {}", db_.name(), all.number(0), reference(ticket)));
    out.push_back(
        {all.number(0), Event{all.instant(1), all.text(2), all.integer(3), std::move(what).value()}});
  }
}

Result<Ticket> SqliteTransaction::ticket(TicketId id) {
  Ticket ticket;
  ticket.id = id;
  OIN_TRY(const auto entries, timeline(id));
  for (const TimelineEntry& entry : entries) ticket = apply(std::move(ticket), entry.event);
  return ticket;
}

Result<void> SqliteTransaction::append(const Ticket& after, std::span<const Event> events) {
  if (after.id <= 0 || events.size() > static_cast<std::size_t>(after.events))
    return permanent(fmt::format("{}: {} cannot have {} events appended to give {}", db_.name(),
                                 reference(after.id), events.size(), after.events));
  if (events.empty()) return success();
  int seq = after.events - static_cast<int>(events.size());
  {
    Query kept(db_, "SELECT events FROM ticket WHERE id = $1", after.id);
    OIN_TRY(const bool found, kept.next());
    if (const int stands = found ? kept.number(0) : 0; stands != seq)
      return db_.refuse(permanent(fmt::format("{}: {} has {} events, and these begin behind the {}th",
                                              db_.name(), reference(after.id), stands, seq)));
  }
  OIN_TRYV(list(after));
  if (std::ranges::any_of(
          events, [](const Event& event) { return std::holds_alternative<SubmissionRead>(event.what); })) {
    OIN_TRYV(list_app(after));
  }
  for (const Event& event : events) {
    std::optional<MailId> mail;
    if (event.mail != 0) mail = event.mail;
    // Bad UTF-8 would make dump() throw; a replaced octet does not lose the event.
    const std::string body = to_json(event.what).dump(-1, ' ', false, json::error_handler_t::replace);
    OIN_TRYV(run(
        db_,
        "INSERT INTO event (ticket, seq, at, actor, mail, type, body) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        after.id, ++seq, event.at, event.by, mail, type_name(event.what), body));
    if (std::holds_alternative<SecretsForgotten>(event.what)) {
      OIN_TRYV(forget_secrets(after.id));
    }
  }
  return success();
}

/// The one change of what was once written: a secret in it has had its time.
Result<void> SqliteTransaction::forget_secrets(TicketId ticket) {
  std::vector<std::pair<std::int64_t, std::string>> bodies;
  {
    Query all(db_, "SELECT seq, body FROM event WHERE ticket = $1 AND instr(body, '\"sealed:') > 0", ticket);
    for (;;) {
      OIN_TRY(const bool found, all.next());
      if (!found) break;
      json body = json::parse(all.view(1), nullptr, false);
      forget_in(body);
      bodies.emplace_back(all.integer(0), body.dump(-1, ' ', false, json::error_handler_t::replace));
    }
  }
  for (const auto& [seq, body] : bodies) {
    OIN_TRYV(run(db_, "UPDATE event SET body = $1 WHERE ticket = $2 AND seq = $3", body, ticket, seq));
  }
  return run(db_,
             "UPDATE mail_raw SET codec = $1, bytes = $2 WHERE codec & $3 AND mail IN"
             " (SELECT mail FROM filed WHERE ticket = $4)",
             static_cast<int>(codec_deleted), Blob{forgotten_mail}, static_cast<int>(codec_sealed), ticket);
}

/// Brings listing and participants up to the ticket.
Result<void> SqliteTransaction::list(const Ticket& after) {
  OIN_TRYV(run(
      db_,
      "INSERT INTO ticket (id, events, kind, state, queue, phase, assignee, title, requester, opened_at,"
      " changed_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
      " ON CONFLICT (id) DO UPDATE SET events = excluded.events, kind = excluded.kind, state = "
      "excluded.state,"
      " queue = excluded.queue, phase = excluded.phase, assignee = excluded.assignee, title = excluded.title,"
      " requester = excluded.requester, opened_at = excluded.opened_at, changed_at = excluded.changed_at,"
      " due_at = excluded.due_at",
      after.id, after.events, name(after.kind), name(after.state), after.queue, after.phase, after.assignee,
      after.title, after.requester, after.opened_at, after.changed_at, after.due_at));
  // A record only grows: no event takes an address off it.
  const auto stands = [&](std::string_view address) {
    return run(db_, "INSERT INTO participant (address, ticket) VALUES ($1, $2) ON CONFLICT DO NOTHING",
               comparable(address), after.id);
  };
  if (!after.requester.empty()) {
    OIN_TRYV(stands(after.requester));
  }
  for (const Participant& participant : after.participants) {
    if (participant.address == after.requester) continue;
    OIN_TRYV(stands(participant.address));
  }
  return success();
}

/// Only the newest revision's keys find the ticket.
Result<void> SqliteTransaction::list_app(const Ticket& after) {
  OIN_TRYV(run(db_, "DELETE FROM app WHERE ticket = $1", after.id));
  if (!after.submission) return success();
  for (const AppKey& key : app_keys(*after.submission)) {
    OIN_TRYV(
        run(db_, "INSERT INTO app (kind, value, ticket) VALUES ($1, $2, $3)", key.kind, key.value, after.id));
  }
  return success();
}

Result<std::vector<Ticket>> SqliteTransaction::tickets(const TicketFilter& filter) {
  std::vector<TicketId> hits;
  {
    Query all(
        db_,
        "SELECT id FROM ticket WHERE ($1 = '' OR queue = $1) AND ($2 = '' OR phase = $2)"
        " AND ($3 = '' OR state = $3) AND ($4 = '' OR assignee = $4) AND (NOT $5 OR due_at < $6) AND id > $7"
        " ORDER BY id LIMIT $8",
        filter.queue, filter.phase, filter.state, filter.assignee, filter.overdue, filter.now, filter.after,
        filter.words.empty() ? filter.limit : -1);
    for (;;) {
      OIN_TRY(const bool found, all.next());
      if (!found) break;
      hits.push_back(all.integer(0));
    }
  }
  std::vector<std::string> patterns;
  for (const std::string& word : words_of(filter.words)) patterns.push_back(anywhere(word));
  std::vector<Ticket> out;
  for (const TicketId id : hits) {
    bool wanted = true;
    for (const std::string& pattern : patterns) {
      Query stands(db_,
                   R"(SELECT 1 FROM ticket t WHERE t.id = $1 AND (t.title LIKE $2 ESCAPE '\')"
                   R"( OR t.requester LIKE $2 ESCAPE '\' OR 'OIN-' || t.id LIKE $2 ESCAPE '\')"
                   R"( OR EXISTS (SELECT 1 FROM filed f JOIN mail m ON m.id = f.mail)"
                   R"( WHERE f.ticket = t.id AND m.subject LIKE $2 ESCAPE '\')))",
                   id, pattern);
      OIN_TRY(wanted, stands.next());
      if (!wanted) break;
    }
    if (!wanted) continue;
    if (filter.limit >= 0 && out.size() == static_cast<std::size_t>(filter.limit)) break;
    OIN_TRY(Ticket hit, ticket(id));
    out.push_back(std::move(hit));
  }
  return out;
}

Result<std::vector<TicketId>> SqliteTransaction::tickets_of(std::string_view comparable_address) {
  std::vector<TicketId> out;
  Query all(db_, "SELECT ticket FROM participant WHERE address = $1 ORDER BY ticket DESC",
            comparable_address);
  for (;;) {
    OIN_TRY(const bool found, all.next());
    if (!found) return out;
    out.push_back(all.integer(0));
  }
}

Result<std::vector<TicketId>> SqliteTransaction::tickets_of_app(const AppKey& key, int limit) {
  std::vector<TicketId> out;
  Query all(db_,
            "SELECT t.id FROM app a JOIN ticket t ON t.id = a.ticket WHERE a.kind = $1 AND a.value = $2"
            " ORDER BY t.phase = 'done' DESC, t.id DESC LIMIT $3",
            key.kind, key.value, limit);
  for (;;) {
    OIN_TRY(const bool found, all.next());
    if (!found) return out;
    out.push_back(all.integer(0));
  }
}

Result<std::string> SqliteTransaction::app_named(std::span<const std::string> names) {
  Query longest(
      db_,
      "SELECT a.value FROM json_each($1) n JOIN app a ON a.kind = 'name' AND a.value = n.value"
      " JOIN ticket t ON t.id = a.ticket WHERE t.phase = 'done' ORDER BY length(a.value) DESC LIMIT 1",
      json(names).dump(-1, ' ', false, json::error_handler_t::replace));
  OIN_TRY(const bool found, longest.next());
  return found ? longest.text(0) : std::string();
}

Result<std::vector<QueueSize>> SqliteTransaction::queues(Instant now) {
  std::vector<QueueSize> out;
  Query all(db_,
            "SELECT queue, count(*), count(*) FILTER (WHERE due_at < $1), min(opened_at),"
            " min(due_at) FILTER (WHERE due_at >= $1) FROM ticket WHERE state <> 'closed' GROUP BY queue "
            "ORDER BY queue",
            now);
  for (;;) {
    OIN_TRY(const bool found, all.next());
    if (!found) return out;
    out.push_back(
        {all.text(0), all.number(1), all.number(2), all.optional_instant(3), all.optional_instant(4)});
  }
}

}  // namespace oin::store
