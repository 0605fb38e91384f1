#include "daemon/workflow/event_json.hpp"

#include <fmt/format.h>

#include "daemon/workflow/ticket.hpp"
#include "parsers/base/overloaded.hpp"

namespace oin {
namespace {

using nlohmann::json;

/// An object of these members: json's own list of pairs copies each of them twice.
template <class... Members>
json object(Members&&... members) {
  json made = json::object();
  const auto put = [&](auto& put_next, const char* key, auto&& value, auto&&... more) -> void {
    made.emplace(key, std::forward<decltype(value)>(value));
    if constexpr (sizeof...(more) > 0) put_next(put_next, std::forward<decltype(more)>(more)...);
  };
  put(put, std::forward<Members>(members)...);
  return made;
}

json instant(std::optional<Instant> at) { return at ? json(to_rfc3339(*at)) : json(); }

std::string text(const json& from, const char* key) {
  const auto it = from.find(key);
  return it != from.end() && it->is_string() ? it->get<std::string>() : std::string();
}
std::optional<Instant> when(const json& from, const char* key) { return parse_rfc3339(text(from, key)); }
std::int64_t whole(const json& from, const char* key) {
  const auto it = from.find(key);
  return it != from.end() && it->is_number_integer() ? it->get<std::int64_t>() : 0;
}
int number(const json& from, const char* key) { return static_cast<int>(whole(from, key)); }
bool yes(const json& from, const char* key) {
  const auto it = from.find(key);
  return it != from.end() && it->is_boolean() && it->get<bool>();
}
std::vector<std::string> texts(const json& from, const char* key) {
  std::vector<std::string> out;
  if (const auto it = from.find(key); it != from.end() && it->is_array())
    for (const json& item : *it)
      if (item.is_string()) out.push_back(item.get<std::string>());
  return out;
}
json child(const json& from, const char* key) {
  const auto it = from.find(key);
  return it != from.end() && it->is_object() ? *it : json::object();
}

constexpr std::pair<FieldValue::Kind, std::string_view> kinds[] = {
    {FieldValue::Kind::text, "text"},           {FieldValue::Kind::list, "list"},
    {FieldValue::Kind::boolean, "boolean"},     {FieldValue::Kind::pairs, "pairs"},
    {FieldValue::Kind::variables, "variables"}, {FieldValue::Kind::secret, "secret"}};

std::string_view kind_name(FieldValue::Kind kind) {
  for (const auto& [k, name] : kinds)
    if (k == kind) return name;
  return "text";
}
FieldValue::Kind kind_named(std::string_view name) {
  for (const auto& [k, n] : kinds)
    if (n == name) return k;
  return FieldValue::Kind::text;
}

Turn turn_named(std::string_view wanted) {
  for (const Turn turn : {Turn::team, Turn::vendor})
    if (name(turn) == wanted) return turn;
  return Turn::none;
}

json finding_json(int number, const Finding& finding) {
  return object("number", number, "code", finding.code, "phase", finding.phase, "severity", finding.severity,
                "field", finding.field, "text", finding.text, "need", finding.need, "why", finding.why,
                "source", finding.source);
}

Finding finding_from(const json& body) {
  return {text(body, "code"), text(body, "phase"), text(body, "severity"), text(body, "field"),
          text(body, "text"), text(body, "need"),  text(body, "why"),      text(body, "source")};
}

std::map<std::string, std::vector<std::string>> details_from_json(const json& from) {
  std::map<std::string, std::vector<std::string>> out;
  const json details = child(from, "details");
  for (const auto& [name, found] : details.items()) out[name] = texts(details, name.c_str());
  return out;
}

}  // namespace

json to_json(const Submission& submission) {
  json fields = json::object(), provenance = json::object(), unknown = json::array();
  for (const auto& [name, value] : submission.fields)
    fields[name] = {{"kind", kind_name(value.kind)}, {"items", value.items}};
  for (const auto& [name, at] : submission.provenance)
    provenance[name] = {{"part", at.part}, {"line", at.line}};
  for (const auto& field : submission.unknown)
    unknown.push_back({{"label", field.label}, {"value", field.value}});
  return {{"protocols", submission.protocols}, {"fields", fields},
          {"provenance", provenance},          {"unknown", unknown},
          {"ambiguous", submission.ambiguous}, {"conflicting", submission.conflicting},
          {"cleared", submission.cleared},     {"labelled", submission.labelled},
          {"details", submission.details}};
}

Submission submission_from_json(const json& value) {
  Submission out;
  out.protocols = texts(value, "protocols");
  const json fields = child(value, "fields"), provenance = child(value, "provenance");
  for (const auto& [name, field] : fields.items())
    out.fields[name] = {kind_named(text(field, "kind")), texts(field, "items")};
  for (const auto& [name, at] : provenance.items())
    out.provenance[name] = {text(at, "part"), number(at, "line")};
  if (const auto it = value.find("unknown"); it != value.end() && it->is_array())
    for (const json& field : *it) out.unknown.push_back({text(field, "label"), text(field, "value")});
  out.ambiguous = texts(value, "ambiguous");
  out.conflicting = texts(value, "conflicting");
  out.cleared = texts(value, "cleared");
  out.labelled = number(value, "labelled");
  out.details = details_from_json(value);
  return out;
}

json to_json(const EventBody& what) {
  return std::visit(
      overloaded{
          [](const TicketOpened& e) -> json {
            json out = object("kind", name(e.kind), "queue", e.queue, "title", e.title, "mailbox", e.mailbox,
                              "intent", e.intent, "requester", e.requester);
            if (e.locale != "en") out["locale"] = e.locale;
            return out;
          },
          [](const KindChanged& e) -> json {
            return object("kind", name(e.kind), "queue", e.queue, "title", e.title);
          },
          [](const ParticipantAdded& e) -> json { return object("address", e.address, "role", e.role); },
          [](const MailFiled& e) -> json {
            return object("intent", e.intent, "from", e.from, "subject", e.subject, "verified", e.verified,
                          "automatic", e.automatic);
          },
          [](const SubmissionRead& e) -> json {
            return object("revision", e.revision, "submission", to_json(e.submission));
          },
          [](const IssueDrafted& e) -> json { return finding_json(e.number, e.finding); },
          [](const LinksLooked& e) -> json {
            return object("revision", e.revision, "details", e.details, "notes", e.notes);
          },
          [](const IssueRaised& e) -> json {
            json out = finding_json(e.number, e.finding);
            out["by_rule"] = e.by_rule;
            return out;
          },
          [](const IssueAnswered& e) -> json {
            return object("number", e.number, "said", e.said, "text", e.text);
          },
          [](const IssueClosed& e) -> json { return object("number", e.number, "how", e.how, "why", e.why); },
          [](const TurnPassed& e) -> json { return object("turn", name(e.turn), "why", e.why); },
          [](const PhaseEntered& e) -> json {
            return object("phase", e.phase, "due", instant(e.due), "budget", e.budget, "from",
                          instant(e.from));
          },
          [](const PhasePassed& e) -> json { return object("phase", e.phase); },
          [](const ClockResumed& e) -> json {
            return object("due", to_rfc3339(e.due), "budget", e.budget, "why", e.why, "from",
                          instant(e.from));
          },
          [](const AnswerPromised& e) -> json {
            return object("due", to_rfc3339(e.due), "budget", e.budget, "from", instant(e.from));
          },
          [](const DueMoved& e) -> json { return object("due", to_rfc3339(e.due), "why", e.why); },
          [](const Held& e) -> json { return object("why", e.why, "until", instant(e.until)); },
          [](const Resumed& e) -> json { return object("why", e.why); },
          [](const DuePassed& e) -> json { return object("due", to_rfc3339(e.due)); },
          [](const TeamWarned& e) -> json { return object("percent", e.percent); },
          [](const Reminded& e) -> json { return object("step", e.step); },
          [](const RemindersMoved& e) -> json { return object("until", to_rfc3339(e.until), "why", e.why); },
          [](const Assigned& e) -> json { return object("address", e.address); },
          [](const QueueChanged& e) -> json { return object("queue", e.queue, "why", e.why); },
          [](const TicketLinked& e) -> json { return object("ticket", e.ticket, "how", e.how); },
          [](const AccessGranted& e) -> json { return object("until", to_rfc3339(e.until)); },
          [](const ExpiryTold&) -> json { return json::object(); },
          [](const ConfirmationAsked& e) -> json { return object("act", e.act); },
          [](const Confirmed& e) -> json { return object("act", e.act); },
          [](const ArticlesSent& e) -> json { return object("names", e.names); },
          [](const Escalated& e) -> json { return object("why", e.why); },
          [](const AccessEnded&) -> json { return json::object(); },
          [](const Reopened& e) -> json { return object("why", e.why); },
          [](const LetterWritten& e) -> json {
            return object("letter", e.letter, "to", e.to, "due", instant(e.due));
          },
          [](const LetterAccepted& e) -> json {
            return object("letter", e.letter, "recipient", e.recipient, "answer", e.answer);
          },
          [](const LetterRefused& e) -> json {
            return object("letter", e.letter, "recipient", e.recipient, "answer", e.answer);
          },
          [](const LetterWithdrawn& e) -> json {
            return object("letter", e.letter, "to", e.to, "why", e.why);
          },
          [](const LetterDelayed& e) -> json {
            return object("letter", e.letter, "to", e.to, "answer", e.answer, "given_up", e.given_up);
          },
          [](const DeliveryReported& e) -> json {
            return object("recipient", e.recipient, "action", e.action, "status", e.status, "reason",
                          e.reason, "diagnostic", e.diagnostic);
          },
          [](const AddressSuppressed& e) -> json { return object("address", e.address, "why", e.why); },
          [](const SuppressionLifted& e) -> json { return object("address", e.address); },
          [](const TicketClosed& e) -> json {
            return object("outcome", e.outcome, "why", e.why, "forget_secrets_at",
                          instant(e.forget_secrets_at));
          },
          [](const SecretsForgotten&) -> json { return json::object(); },
          [](const PersonErased& e) { return object("mark", e.mark, "marks", e.marks); },
          [](const SecretShown& e) -> json { return object("what", e.what); },
          [](const Noted& e) -> json { return object("text", e.text); },
      },
      what);
}

Result<EventBody> event_from_json(std::string_view type, const json& body) {
  if (type == "ticket-opened")
    return TicketOpened{ticket_kind(text(body, "kind")).value_or(TicketKind::support),
                        text(body, "queue"),
                        text(body, "title"),
                        text(body, "mailbox"),
                        text(body, "intent"),
                        text(body, "requester"),
                        body.value("locale", "en")};
  if (type == "kind-changed")
    return KindChanged{ticket_kind(text(body, "kind")).value_or(TicketKind::submission), text(body, "queue"),
                       text(body, "title")};
  if (type == "participant-added") return ParticipantAdded{text(body, "address"), text(body, "role")};
  if (type == "mail-filed")
    return MailFiled{text(body, "intent"), text(body, "from"), text(body, "subject"), yes(body, "verified"),
                     text(body, "automatic")};
  if (type == "submission-read")
    return SubmissionRead{number(body, "revision"), submission_from_json(child(body, "submission"))};
  if (type == "issue-drafted") return IssueDrafted{number(body, "number"), finding_from(body)};
  if (type == "links-looked")
    return LinksLooked{number(body, "revision"), details_from_json(body), texts(body, "notes")};
  if (type == "issue-raised")
    return IssueRaised{number(body, "number"), finding_from(body), yes(body, "by_rule")};
  if (type == "issue-answered")
    return IssueAnswered{number(body, "number"), text(body, "said"), text(body, "text")};
  if (type == "issue-closed")
    return IssueClosed{number(body, "number"), text(body, "how"), text(body, "why")};
  if (type == "turn-passed") return TurnPassed{turn_named(text(body, "turn")), text(body, "why")};
  if (type == "phase-entered")
    return PhaseEntered{text(body, "phase"), when(body, "due"), whole(body, "budget"), when(body, "from")};
  if (type == "phase-passed") return PhasePassed{text(body, "phase")};
  if (type == "clock-resumed")
    return ClockResumed{when(body, "due").value_or(Instant{}), whole(body, "budget"), text(body, "why"),
                        when(body, "from")};
  if (type == "answer-promised")
    return AnswerPromised{when(body, "due").value_or(Instant{}), whole(body, "budget"), when(body, "from")};
  if (type == "due-moved") return DueMoved{when(body, "due").value_or(Instant{}), text(body, "why")};
  if (type == "held") return Held{text(body, "why"), when(body, "until")};
  if (type == "resumed") return Resumed{text(body, "why")};
  if (type == "due-passed") return DuePassed{when(body, "due").value_or(Instant{})};
  if (type == "team-warned") return TeamWarned{number(body, "percent")};
  if (type == "reminded") return Reminded{number(body, "step")};
  if (type == "reminders-moved")
    return RemindersMoved{when(body, "until").value_or(Instant{}), text(body, "why")};
  if (type == "assigned") return Assigned{text(body, "address")};
  if (type == "queue-changed") return QueueChanged{text(body, "queue"), text(body, "why")};
  if (type == "ticket-linked") return TicketLinked{whole(body, "ticket"), text(body, "how")};
  if (type == "access-granted") return AccessGranted{when(body, "until").value_or(Instant{})};
  if (type == "expiry-told") return ExpiryTold{};
  if (type == "confirmation-asked") return ConfirmationAsked{text(body, "act")};
  if (type == "confirmed") return Confirmed{text(body, "act")};
  if (type == "articles-sent") return ArticlesSent{texts(body, "names")};
  if (type == "escalated") return Escalated{text(body, "why")};
  if (type == "access-ended") return AccessEnded{};
  if (type == "reopened") return Reopened{text(body, "why")};
  if (type == "letter-written")
    return LetterWritten{text(body, "letter"), texts(body, "to"), when(body, "due")};
  if (type == "letter-accepted")
    return LetterAccepted{text(body, "letter"), text(body, "recipient"), text(body, "answer")};
  if (type == "letter-refused")
    return LetterRefused{text(body, "letter"), text(body, "recipient"), text(body, "answer")};
  if (type == "letter-withdrawn")
    return LetterWithdrawn{text(body, "letter"), texts(body, "to"), text(body, "why")};
  if (type == "letter-delayed")
    return LetterDelayed{text(body, "letter"), texts(body, "to"), text(body, "answer"),
                         yes(body, "given_up")};
  if (type == "delivery-reported")
    return DeliveryReported{text(body, "recipient"), text(body, "action"), text(body, "status"),
                            text(body, "reason"), text(body, "diagnostic")};
  if (type == "address-suppressed") return AddressSuppressed{text(body, "address"), text(body, "why")};
  if (type == "suppression-lifted") return SuppressionLifted{text(body, "address")};
  if (type == "ticket-closed")
    return TicketClosed{text(body, "outcome"), text(body, "why"), when(body, "forget_secrets_at")};
  if (type == "secrets-forgotten") return SecretsForgotten{};
  if (type == "person-erased") return PersonErased{text(body, "mark"), number(body, "marks")};
  if (type == "secret-shown") return SecretShown{text(body, "what")};
  if (type == "noted") return Noted{text(body, "text")};
  return permanent(fmt::format("event of unknown type \"{}\": was it written by a newer version?", type));
}

}  // namespace oin
