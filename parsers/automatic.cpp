#include "parsers/automatic.hpp"

#include <algorithm>
#include <array>

#include "parsers/ascii.hpp"
#include "parsers/automatic_phrases.hpp"
#include "parsers/charset.hpp"
#include "parsers/mail.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

using Reason = std::optional<std::string>;

constexpr std::size_t longest_evidence = 160;

std::string evidence(std::string_view name, std::string_view body) {
  return std::string(name) + ": " + scrubbed(bare(body).substr(0, longest_evidence));
}

/// The field's body before any parameter or comment, lower case: "auto-replied (vacation)" → "auto-replied".
std::string keyword(std::string_view body) { return lower(bare(body.substr(0, body.find_first_of(";(")))); }

bool starts_with_any(std::string_view text, std::span<const std::string_view> phrases) {
  return std::ranges::any_of(phrases, [&](auto phrase) { return starts_with_words(text, phrase); });
}

bool contains_any(const std::string& text, std::span<const std::string_view> phrases) {
  return std::ranges::any_of(phrases, [&](auto phrase) { return contains(text, phrase); });
}

bool null_return_path(const Mail& mail) {
  const auto path = mail.field("Return-Path");
  return path && bare(*path) == "<>";
}

/// Auto-Submitted with a value other than "no" (RFC 3834 5).
Reason auto_submitted(const Mail& mail) {
  for (const auto body : mail.fields("Auto-Submitted"))
    if (keyword(body) != "no") return evidence("Auto-Submitted", body);
  return std::nullopt;
}

bool says_a_person_wrote_it(const Mail& mail) {
  const auto body = mail.field("Auto-Submitted");
  return body && keyword(*body) == "no";
}

Reason precedence(const Mail& mail, std::initializer_list<std::string_view> values) {
  for (const std::string_view name : {"Precedence", "X-Precedence"})
    for (const auto body : mail.fields(name))
      if (std::ranges::find(values, keyword(body)) != values.end()) return evidence(name, body);
  return std::nullopt;
}

Reason first_present(const Mail& mail, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (const auto body = mail.field(name)) return evidence(name, *body);
  return std::nullopt;
}

const TellingField* telling_field(const Mail& mail, std::string& shown) {
  for (const TellingField& field : telling_fields())
    for (const auto body : mail.fields(field.name)) {
      const std::string value = lower(bare(body));
      if (value == "no" || value == "false" || !contains(value, field.value)) continue;
      shown = evidence(field.name, body);
      return &field;
    }
  return nullptr;
}

/// The local part without its punctuation and anything behind a "+": "do-not-reply+7" → "donotreply".
std::string letters_of_local_part(const Address& address) {
  std::string letters;
  for (const char c : address.local_part()) {
    if (c == '+') break;
    if (c != '.' && c != '-' && c != '_') letters += lower(c);
  }
  return letters;
}

Reason unread_sender(const Mail& mail) {
  std::vector<Address> senders = mail.reply_to.empty() ? mail.from : mail.reply_to;
  for (const Address& sender : senders) {
    const std::string local = letters_of_local_part(sender);
    for (const auto unread : unread_local_parts())
      if (local == unread || (unread.size() >= 7 && contains(local, unread)) || local.starts_with("bounce"))
        return "From: " + sender.addr_spec;
  }
  return std::nullopt;
}

bool from_mail_system(const Mail& mail) {
  return std::ranges::any_of(mail.from, [](const Address& from) {
    const std::string local = letters_of_local_part(from);
    return local == "mailerdaemon" || local == "postmaster" || local == "mdaemon" ||
           local == "maildelivery" || local.starts_with("bounce") ||
           starts_with_words(from.display_name, "mail delivery s");
  });
}

std::optional<Automatic> made(std::string kind, std::string why) {
  return Automatic{std::move(kind), {std::move(why)}};
}

/// A report of a mail system, however it was written (delivery_report.hpp).
std::optional<Automatic> by_report(const Mail& mail) {
  if (!mail.delivery_report) return std::nullopt;
  const RecipientReport& first = mail.delivery_report->recipients.front();
  Automatic found{"bounce", {}};
  if (const auto failed = first_present(mail, {"X-Failed-Recipients"}))
    found.evidence.push_back(*failed);
  else if (null_return_path(mail))
    found.evidence.emplace_back("Return-Path: <>");
  else if (from_mail_system(mail))
    found.evidence.push_back(evidence("From", *mail.field("From")));
  found.evidence.push_back("report: " + first.address + " " + first.action);
  return found;
}

/// Reports and invitations, told by their structure.
std::optional<Automatic> by_structure(const Mail& mail) {
  const std::string type = lower(mail.field("Content-Type").value_or(""));
  const std::string media_type(bare(type.substr(0, type.find(';'))));
  const bool report = media_type == "multipart/report";
  struct Report {
    std::string_view type, part, kind;
  };
  constexpr std::array reports = {
      Report{"disposition-notification", "message/disposition-notification", "receipt"},
      Report{"feedback-report", "message/feedback-report", "feedback"},
      Report{"delivery-status", "message/delivery-status", "bounce"},
      Report{"delivery-status", "message/global-delivery-status", "bounce"}};
  for (const Report& known : reports)
    if (report && contains(type, known.type))
      return made(std::string(known.kind),
                  "Content-Type: multipart/report; report-type=" + std::string(known.type));
  if (report || null_return_path(mail) || media_type == "multipart/mixed" ||
      media_type.starts_with("message/"))
    for (const Attachment& part : mail.attachments)
      for (const Report& known : reports)
        if (part.content_type == known.part)
          return made(std::string(known.kind), "part: " + part.content_type);
  if (media_type == "text/calendar")
    return made("calendar", evidence("Content-Type", *mail.field("Content-Type")));
  for (const Attachment& part : mail.attachments) {
    // An .ics file that a person attached is a file; an invitation stands beside the text (RFC 6047 2.4).
    if (part.content_type != "text/calendar" || part.disposition == "attachment") continue;
    if (contains(part.content.substr(0, 4000), "METHOD:")) return made("calendar", "part: text/calendar");
  }
  return std::nullopt;
}

/// Of an automatic mail: what kind, by its words.
std::string kind_by_words(const Mail& mail, std::string otherwise) {
  const std::string subject = lower(mail.subject);
  const std::string opening = lower(std::string_view(mail.text).substr(0, 2000));
  if (contains_any(subject, challenge_words()) || contains_any(opening, challenge_words()))
    return "challenge";
  if (from_mail_system(mail) && contains_any(subject, bounce_subjects())) return "bounce";
  if (starts_with_any(mail.subject, auto_reply_subjects()) || contains_any(subject, absence_words()))
    return "auto-reply";
  if (contains_any(subject, ticket_system_words()) || contains_any(opening, ticket_system_words()))
    return "ticket-system";
  return otherwise;
}

std::optional<Automatic> by_wording(const Mail& mail) {
  const std::string subject = lower(mail.subject);
  if (starts_with_any(bare(mail.subject), auto_reply_subjects()))
    return made("auto-reply", evidence("Subject", mail.subject));
  if (from_mail_system(mail) && contains_any(subject, bounce_subjects()))
    return made("bounce", evidence("Subject", mail.subject));
  // Weak words beside another sign: a field that forbids answers, or a sender nobody reads.
  Reason other = first_present(mail, {"X-Auto-Response-Suppress", "X-Loop"});
  if (!other) other = unread_sender(mail);
  if (!other) return std::nullopt;
  const std::string kind = kind_by_words(mail, "");
  if (kind.empty() || kind == "bounce") return std::nullopt;
  // A person's mail from Exchange carries the field too, so there the subject has to say it.
  const bool subject_says_it = contains_any(subject, absence_words()) ||
                               contains_any(subject, challenge_words()) ||
                               contains_any(subject, ticket_system_words());
  if (!subject_says_it || starts_with_words(subject, "re:")) return std::nullopt;
  return Automatic{kind, {evidence("Subject", mail.subject), *other}};
}

/// Of a generated mail that no reply caused: a notice, unless it belongs to a thread.
std::string kind_of_generated(const Mail& mail) { return mail.in_reply_to.empty() ? "bulk" : "auto-reply"; }

}  // namespace

std::optional<Automatic> automatic(const Mail& mail) {
  if (auto found = by_structure(mail)) return found;
  if (auto found = by_report(mail)) return found;
  const Reason list = first_present(mail, {"List-Id", "Mailing-List"});
  const bool person = says_a_person_wrote_it(mail);
  if (!person) {
    std::string shown;
    const TellingField* field = telling_field(mail, shown);
    if (field && field->kind != "bulk")
      return made(field->kind == "auto-reply" ? kind_by_words(mail, "auto-reply") : std::string(field->kind),
                  shown);
    if (const Reason submitted = auto_submitted(mail)) {
      const bool replied = contains(lower(*submitted), "auto-replied");
      if (!replied && list) return Automatic{"list", {*list, *submitted}};
      return made(kind_by_words(mail, replied ? "auto-reply" : kind_of_generated(mail)), *submitted);
    }
    if (null_return_path(mail)) {
      const bool bounce = contains_any(lower(mail.subject), bounce_subjects()) || from_mail_system(mail);
      return made(bounce ? "bounce" : kind_by_words(mail, "auto-reply"), "Return-Path: <>");
    }
    if (field) return made(std::string(field->kind), shown);
  }
  if (list) return made("list", *list);
  if (person) return std::nullopt;
  if (const Reason said = precedence(mail, {"list"})) return made("list", *said);
  if (auto found = by_wording(mail)) return found;
  if (const Reason said = precedence(mail, {"bulk", "junk"})) return made(kind_by_words(mail, "bulk"), *said);
  if (const Reason unsubscribe = first_present(mail, {"List-Unsubscribe"})) return made("bulk", *unsubscribe);
  return std::nullopt;
}

std::optional<std::string> answer_forbidden(const Mail& mail) {
  if (null_return_path(mail)) return "Return-Path: <>";
  if (auto said = auto_submitted(mail)) return said;
  if (auto said = precedence(mail, {"bulk", "junk", "list", "auto_reply"})) return said;
  for (const auto body : mail.fields("X-Auto-Response-Suppress"))
    for (const auto word : pieces(body, ','))
      if (const std::string value = lower(word); value == "all" || value == "autoreply" || value == "oof")
        return evidence("X-Auto-Response-Suppress", body);
  if (auto list = first_present(mail, {"List-Id", "List-Post", "List-Unsubscribe", "Mailing-List", "X-Loop"}))
    return list;
  if (auto sender = unread_sender(mail)) return sender;
  if (const auto made_by = automatic(mail)) return made_by->evidence.front();
  return std::nullopt;
}

}  // namespace oin
