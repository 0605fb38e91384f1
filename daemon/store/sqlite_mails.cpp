/// sqlite_mails.cpp: incoming mails, and the mails of a ticket in both directions.
#include <fmt/format.h>

#include "daemon/store/sqlite_transaction.hpp"
#include "daemon/store/stored_digest.hpp"
#include "parsers/address.hpp"

namespace oin::store {
namespace {

std::optional<std::string_view> unless_empty(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return text;
}

#define MAIL_COLUMNS "id, digest, message_id, mailbox, from_address, to_addresses, subject, arrived_at, size"

Result<std::vector<MailRow>> mail_rows(Query query) {
  std::vector<MailRow> out;
  for (;;) {
    OIN_TRY(const bool found, query.next());
    if (!found) return out;
    out.push_back({.id = query.integer(0),
                   .digest = digest_hex(query.view(1)),
                   .message_id = query.text(2),
                   .mailbox = query.text(3),
                   .from = query.text(4),
                   .to = query.text(5),
                   .subject = query.text(6),
                   .arrived_at = query.instant(7),
                   .size = query.integer(8)});
  }
}

}  // namespace

Result<std::optional<MailId>> SqliteTransaction::mail_by_digest(std::string_view digest) {
  const std::optional<std::string> octets = digest_octets(digest);
  if (!octets) return std::optional<MailId>();
  Query find(db_, "SELECT id FROM mail WHERE digest = $1", Blob{*octets});
  OIN_TRY(const bool found, find.next());
  return found ? std::optional<MailId>(find.integer(0)) : std::nullopt;
}

Result<MailId> SqliteTransaction::add_mail(const MailRow& row, const Packed& raw) {
  const std::optional<std::string> digest = digest_octets(row.digest);
  if (!digest) return permanent(fmt::format("{}: \"{}\" is no digest", db_.name(), row.digest));
  OIN_TRYV(run(db_,
               "INSERT INTO mail (digest, message_id, mailbox, from_address, from_key, to_addresses, subject,"
               " arrived_at, size) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
               Blob{*digest}, unless_empty(row.message_id), row.mailbox, row.from, comparable(row.from),
               row.to, row.subject, row.arrived_at, row.size));
  const MailId id = db_.last_id();
  OIN_TRYV(run(db_, "INSERT INTO mail_raw (mail, codec, bytes) VALUES ($1, $2, $3)", id, raw.codec,
               Blob{raw.bytes}));
  return id;
}

Result<Packed> SqliteTransaction::raw_mail(MailId mail) {
  Query find(db_, "SELECT codec, bytes FROM mail_raw WHERE mail = $1", mail);
  OIN_TRY(const bool found, find.next());
  if (!found) return missing("raw mail", mail);
  return Packed{find.number(0), std::string(find.view(1))};
}

Result<std::optional<MailRow>> SqliteTransaction::mail(MailId mail) {
  OIN_TRY(auto rows, mail_rows(Query(db_, "SELECT " MAIL_COLUMNS " FROM mail WHERE id = $1", mail)));
  return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

Result<std::vector<MailRow>> SqliteTransaction::mails_after(MailId mail, int limit) {
  return mail_rows(
      Query(db_, "SELECT " MAIL_COLUMNS " FROM mail WHERE id > $1 ORDER BY id LIMIT $2", mail, limit));
}

Result<std::vector<MailRow>> SqliteTransaction::mails_by_message_id(std::string_view message_id) {
  return mail_rows(
      Query(db_, "SELECT " MAIL_COLUMNS " FROM mail WHERE message_id = $1 ORDER BY id", message_id));
}

Result<int> SqliteTransaction::next_mail_number(TicketId ticket) {
  Query last(db_, "SELECT coalesce(max(number), 0) + 1 FROM filed WHERE ticket = $1", ticket);
  OIN_TRYV(last.next());
  return last.number(0);
}

Result<void> SqliteTransaction::file_mail(TicketId ticket, MailId mail) {
  OIN_TRY(const int number, next_mail_number(ticket));
  return run(db_,
             "INSERT INTO filed (ticket, number, mail) VALUES ($1, $2, $3)"
             " ON CONFLICT (mail, ticket) WHERE mail IS NOT NULL DO NOTHING",
             ticket, number, mail);
}

Result<std::vector<TicketId>> SqliteTransaction::tickets_of_mail(MailId mail) {
  std::vector<TicketId> out;
  Query all(db_, "SELECT ticket FROM filed WHERE mail = $1 ORDER BY ticket", mail);
  for (;;) {
    OIN_TRY(const bool found, all.next());
    if (!found) return out;
    out.push_back(all.integer(0));
  }
}

Result<int> SqliteTransaction::mails_from(std::string_view comparable_address, Instant since, int at_most) {
  Query count(db_,
              "SELECT count(*) FROM (SELECT 1 FROM mail WHERE from_key = $1 AND arrived_at >= $2 LIMIT $3)",
              comparable_address, since, at_most);
  OIN_TRYV(count.next());
  return count.number(0);
}

Result<std::optional<TicketId>> SqliteTransaction::flood_ticket(std::string_view comparable_address,
                                                                Instant since) {
  Query one(db_, "SELECT ticket FROM flood WHERE key = $1 AND at >= $2", comparable_address, since);
  OIN_TRY(const bool found, one.next());
  return found ? std::optional(one.integer(0)) : std::nullopt;
}

Result<void> SqliteTransaction::set_flood(std::string_view comparable_address, TicketId ticket, Instant at) {
  return run(db_,
             "INSERT INTO flood (key, ticket, at) VALUES ($1, $2, $3)"
             " ON CONFLICT (key) DO UPDATE SET ticket = excluded.ticket, at = excluded.at",
             comparable_address, ticket, at);
}

Result<std::optional<TicketId>> SqliteTransaction::ticket_of_message(std::string_view message_id) {
  if (message_id.empty()) return std::optional<TicketId>();
  // Most answers refer to a letter of ours.
  Query letter(db_, "SELECT max(ticket) FROM letter WHERE message_id = $1", message_id);
  OIN_TRYV(letter.next());
  if (!letter.null(0)) return std::optional<TicketId>(letter.integer(0));
  Query mail(db_, "SELECT max(f.ticket) FROM mail m JOIN filed f ON f.mail = m.id WHERE m.message_id = $1",
             message_id);
  OIN_TRYV(mail.next());
  return mail.null(0) ? std::nullopt : std::optional<TicketId>(mail.integer(0));
}

Result<std::vector<TicketMail>> SqliteTransaction::mails_of(TicketId ticket) {
  std::vector<TicketMail> out;
  Query all(db_,
            "SELECT f.number, 0, m.id, m.message_id, m.from_address, m.to_addresses, m.subject, "
            "m.arrived_at, m.size"
            " FROM filed f JOIN mail m ON m.id = f.mail WHERE f.ticket = $1"
            " UNION ALL SELECT f.number, 1, l.id, l.message_id, l.from_address,"
            " (SELECT group_concat(r.address, ', ') FROM letter_recipient r WHERE r.letter = l.id),"
            " l.subject, l.written_at, l.size"
            " FROM filed f JOIN letter l ON l.id = f.letter WHERE f.ticket = $1 ORDER BY 1",
            ticket);
  for (;;) {
    OIN_TRY(const bool found, all.next());
    if (!found) return out;
    out.push_back({.number = all.number(0),
                   .outgoing = all.yes(1),
                   .id = all.integer(2),
                   .message_id = all.text(3),
                   .from = all.text(4),
                   .to = all.text(5),
                   .subject = all.text(6),
                   .at = all.instant(7),
                   .size = all.integer(8)});
  }
}

}  // namespace oin::store
