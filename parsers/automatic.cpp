#include "parsers/automatic.hpp"

#include <algorithm>
#include <array>

#include "parsers/ascii.hpp"
#include "parsers/automatic_phrases.hpp"
#include "parsers/charset.hpp"
#include "parsers/delivery_report_notice.hpp"
#include "parsers/fold.hpp"
#include "parsers/mail.hpp"
#include "parsers/mail_system.hpp"
#include "parsers/phrase_table.hpp"
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

Reason null_reverse_path(const Mail& mail) {
  if (!has_null_reverse_path(mail)) return std::nullopt;
  return evidence("Return-Path", *mail.field("Return-Path"));
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

std::optional<Automatic> made(std::string kind, std::string why) {
  return Automatic{std::move(kind), {std::move(why)}};
}

/// A report of a mail system, however it was written (delivery_report.hpp).
std::optional<Automatic> by_report(const Mail& mail) {
  if (!mail.delivery_report || mail.delivery_report->recipients.empty()) return std::nullopt;
  const RecipientReport& first = mail.delivery_report->recipients.front();
  Automatic found{"bounce", {}};
  if (const auto failed = first_present(mail, {"X-Failed-Recipients"}))
    found.evidence.push_back(*failed);
  else if (const auto null = null_reverse_path(mail))
    found.evidence.push_back(*null);
  else if (is_from_mail_system(mail))
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
      Report{"disposition-notification", "message/global-disposition-notification", "receipt"},
      Report{"feedback-report", "message/feedback-report", "feedback"},
      Report{"delivery-status", "message/delivery-status", "bounce"},
      Report{"delivery-status", "message/global-delivery-status", "bounce"}};
  for (const Report& known : reports)
    if (report && contains(type, known.type))
      return made(std::string(known.kind),
                  "Content-Type: multipart/report; report-type=" + std::string(known.type));
  if (report || has_null_reverse_path(mail) || media_type == "multipart/mixed" ||
      media_type.starts_with("message/"))
    for (const Attachment& part : mail.attachments)
      for (const Report& known : reports)
        // A person may enclose a bounce to ask about it: delivery_report.hpp has told them apart.
        if (part.content_type == known.part && (known.kind != "bounce" || mail.delivery_report))
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

/// A complaint that came without RFC 5965's structure: as a notice, or with the message complained of.
std::optional<Automatic> by_complaint(const Mail& mail) {
  if (const auto notice = delivery_notice(mail); notice && notice->type == "Complaint")
    return made("feedback", "notificationType: Complaint");
  const bool returned = std::ranges::any_of(
      mail.attachments, [](const Attachment& part) { return part.content_type == "message/rfc822"; });
  if (!returned || phrase_in(folded(mail.subject), complaint_subjects()) == nullptr) return std::nullopt;
  return Automatic{"feedback", {evidence("Subject", mail.subject), "part: message/rfc822"}};
}

/// "Automatic reply: our form", "[Auto-Reply] our form", Notes' "AUTO: Ada is out of the office".
bool has_auto_reply_prefix(std::string_view subject) {
  if (subject.starts_with("AUTO: ")) return true;
  std::string_view prefix;
  if (subject.starts_with('[')) {
    prefix = subject.substr(1, subject.find(']') == std::string_view::npos ? 0 : subject.find(']') - 1);
  } else {
    constexpr std::string_view wide_colon = "\xEF\xBC\x9A";
    const auto end = std::min(subject.find(':'), subject.find(wide_colon));
    if (end != std::string_view::npos) prefix = subject.substr(0, end);
  }
  return !prefix.empty() &&
         std::ranges::find(auto_reply_prefixes(), folded(prefix)) != auto_reply_prefixes().end();
}

/// What the words say that kind of machine it is.
struct Wording {
  std::string kind, why;
};

constexpr std::size_t longest_opening = 2000;

std::string opening_of(const std::string& text) {
  return folded(scrubbed(std::string_view(text).substr(0, longest_opening)));
}

std::string text_evidence(const std::string& phrase) { return "text: \"" + phrase + "\""; }

std::optional<Wording> wording_of_subject(const Mail& mail) {
  const std::string words = folded(mail.subject);
  const std::string shown = evidence("Subject", mail.subject);
  if (phrase_in(words, challenge_words())) return Wording{"challenge", shown};
  if (is_from_mail_system(mail) && phrase_in(words, bounce_subjects())) return Wording{"bounce", shown};
  if (has_auto_reply_prefix(mail.subject) || phrase_in(words, absence_words()))
    return Wording{"auto-reply", shown};
  const std::string subject = lower(mail.subject);
  if (phrase_in(words, ticket_system_words()) ||
      std::ranges::any_of(ticket_tags(), [&](auto tag) { return contains(subject, tag); }))
    return Wording{"ticket-system", shown};
  return std::nullopt;
}

/// Of an automatic mail: what kind, by its words, which are evidence too.
Automatic told_by_words(const Mail& mail, std::string otherwise, std::string why) {
  std::optional<Wording> told = wording_of_subject(mail);
  const std::string opening = opening_of(mail.text);
  if (!told || told->kind == "ticket-system")
    if (const std::string* phrase = phrase_in(opening, challenge_words()))
      told = Wording{"challenge", text_evidence(*phrase)};
  if (!told)
    if (const std::string* phrase = phrase_in(opening, ticket_system_words()))
      told = Wording{"ticket-system", text_evidence(*phrase)};
  if (!told) return {std::move(otherwise), {std::move(why)}};
  return {std::move(told->kind), {std::move(why), std::move(told->why)}};
}

/// A sign that alone proves nothing.  Exchange puts the names of some automatic answers into people's mails
/// too ("DR, OOF"), but "All" only into its own.
Reason weak_sign(const Mail& mail) {
  for (const auto body : mail.fields("X-Auto-Response-Suppress"))
    if (same_word(bare(body), "all")) return evidence("X-Auto-Response-Suppress", body);
  if (auto loop = first_present(mail, {"X-Loop"})) return loop;
  if (auto sender = unread_sender(mail)) return sender;
  if (const std::string* phrase = phrase_in(opening_of(mail.reply_text), self_declarations()))
    return text_evidence(*phrase);
  return std::nullopt;
}

std::optional<Automatic> by_wording(const Mail& mail) {
  if (has_auto_reply_prefix(bare(mail.subject))) return made("auto-reply", evidence("Subject", mail.subject));
  const std::optional<Wording> told = wording_of_subject(mail);
  if (!told) return std::nullopt;
  if (told->kind == "bounce") return made(told->kind, told->why);
  if (starts_with_words(mail.subject, "re:")) return std::nullopt;  // somebody answered to such a subject
  if (const Reason other = weak_sign(mail)) return Automatic{told->kind, {told->why, *other}};
  return std::nullopt;
}

/// Of a generated mail that no reply caused: a notice, unless it belongs to a thread.
std::string kind_of_generated(const Mail& mail) { return mail.in_reply_to.empty() ? "bulk" : "auto-reply"; }

}  // namespace

std::optional<Automatic> automatic(const Mail& mail) {
  if (auto found = by_structure(mail)) return found;
  if (auto found = by_report(mail)) return found;
  if (auto found = by_complaint(mail)) return found;
  const Reason list = first_present(mail, {"List-Id", "Mailing-List", "X-Mailing-List", "X-Mailman-Version"});
  const bool person = says_a_person_wrote_it(mail);
  if (!person) {
    std::string shown;
    const TellingField* field = telling_field(mail, shown);
    if (field && field->kind == "auto-reply") return told_by_words(mail, "auto-reply", shown);
    if (field && field->kind != "bulk") return made(std::string(field->kind), shown);
    if (const Reason submitted = auto_submitted(mail)) {
      const bool replied = contains(lower(*submitted), "auto-replied");
      if (!replied && list) return Automatic{"list", {*list, *submitted}};
      return told_by_words(mail, replied ? "auto-reply" : kind_of_generated(mail), *submitted);
    }
    if (const Reason null = null_reverse_path(mail)) {
      const bool bounce =
          is_from_mail_system(mail) || phrase_in(folded(mail.subject), bounce_subjects()) != nullptr;
      if (bounce) return made("bounce", *null);
      return told_by_words(mail, "auto-reply", *null);
    }
    if (field) return made(std::string(field->kind), shown);
  }
  if (list) return made("list", *list);
  if (person) return std::nullopt;
  if (const Reason said = precedence(mail, {"list"})) return made("list", *said);
  if (auto found = by_wording(mail)) return found;
  if (const Reason said = precedence(mail, {"bulk", "junk"})) return told_by_words(mail, "bulk", *said);
  if (const Reason unsubscribe = first_present(mail, {"List-Unsubscribe"})) return made("bulk", *unsubscribe);
  return std::nullopt;
}

std::optional<std::string> answer_forbidden(const Mail& mail) {
  if (auto null = null_reverse_path(mail)) return null;
  if (auto said = auto_submitted(mail)) return said;
  if (auto said = precedence(mail, {"bulk", "junk", "list", "auto_reply"})) return said;
  for (const auto body : mail.fields("X-Auto-Response-Suppress"))
    for (const auto word : pieces(body, ','))
      if (const std::string value = lower(word); value == "all" || value == "autoreply" || value == "oof")
        return evidence("X-Auto-Response-Suppress", body);
  if (auto list = first_present(mail, {"List-Id", "List-Post", "List-Unsubscribe", "Mailing-List", "X-Loop"}))
    return list;
  if (auto sender = unread_sender(mail)) return sender;
  if (mail.automatic)
    return mail.automatic->evidence.empty() ? mail.automatic->kind : mail.automatic->evidence.front();
  return std::nullopt;
}

}  // namespace oin
