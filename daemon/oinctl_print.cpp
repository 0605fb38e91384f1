#include "daemon/oinctl_print.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <ostream>

namespace oin {
namespace {

std::string text(const Json& from, const char* key) {
  const auto it = from.find(key);
  if (it == from.end() || it->is_null()) return "-";
  return it->is_string() ? it->get<std::string>() : it->dump();
}

/// A value within a line: no mail's subject makes another one.
std::string plain(std::string value) {
  std::ranges::replace_if(
      value, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return value;
}

std::string joined(const Json& list) {
  std::string out;
  for (const Json& item : list)
    out += (out.empty() ? "" : ", ") + (item.is_string() ? item.get<std::string>() : item.dump());
  return out;
}

void tickets(std::ostream& out, const Json& list) {
  if (list.empty()) fmt::print(out, "no tickets\n");
  for (const Json& t : list)
    fmt::print(out, "{:<8} {:<15} {:<15} {:<6} {:<7} due {:<20} {}{}{}\n", text(t, "reference"),
               text(t, "queue"), text(t, "phase"), text(t, "state"), text(t, "turn"), text(t, "due_at"),
               t.value("overdue", false) ? "OVERDUE " : "", text(t, "escalated_at") == "-" ? "" : "PRESSES ",
               plain(text(t, "title")));
}

void ticket(std::ostream& out, const Json& t) {
  if (t.contains("raw")) {
    out << t["raw"].get<std::string>();
    return;
  }
  if (t.contains("did")) {
    for (const Json& line : t["did"])
      fmt::print(out, "{}: {}\n", text(t, "ticket"), plain(line.get<std::string>()));
    return;
  }
  if (t.contains("value")) {
    fmt::print(out, "{}\n", text(t, "value"));
    return;
  }
  fmt::print(out, "{}  {}\n", text(t, "reference"), plain(text(t, "title")));
  fmt::print(out, "  {} in queue {}, phase {}, {}, turn: {}, due {}\n", text(t, "kind"), text(t, "queue"),
             text(t, "phase"), text(t, "state"), text(t, "turn"), text(t, "due_at"));
  fmt::print(out, "  from {}, opened {}\n", plain(text(t, "requester")), text(t, "opened_at"));
  if (const Json& s = t["submission"]; s.is_object()) {
    fmt::print(out, "  revision {}: {}\n", text(t, "revision"), joined(s["protocols"]));
    for (const auto& [name, value] : s["fields"].items())
      fmt::print(out, "    {:<28} {}\n", name,
                 plain(value.is_string() ? value.get<std::string>() : value.dump()));
    for (const Json& u : s["unknown"])
      fmt::print(out, "    ? {}: {}\n", plain(text(u, "label")), plain(text(u, "value")));
  }
  for (const Json& issue : t["issues"])
    fmt::print(out, "  issue {} ({}, {}) {}: {}\n", text(issue, "number"), text(issue, "severity"),
               text(issue, "state"), text(issue, "code"), plain(text(issue, "text")));
  fmt::print(out, "  mails\n");
  for (const Json& m : t["mails"])
    fmt::print(out, "    {:>3} {:<3} {}  {}  {}\n", text(m, "number"), text(m, "direction"), text(m, "at"),
               plain(text(m, "from")), plain(text(m, "subject")));
  fmt::print(out, "  timeline\n");
  for (const Json& e : t["timeline"])
    fmt::print(out, "    {:>3} {}  {}\n", text(e, "seq"), text(e, "at"), plain(text(e, "text")));
}

/// Why it is due when it is, line by line.
void ticket_clock(std::ostream& out, const Json& t) {
  const Json &calendar = t["calendar"], &timers = t["timers"];
  fmt::print(out, "{}  {}\n  phase {}, {}, turn: {}, due {}\n", text(t, "reference"), plain(text(t, "title")),
             text(t, "phase"), text(t, "state"), text(t, "turn"), text(t, "due_at"));
  fmt::print(out, "  calendar {}: {}, {}; a business day is {} minutes\n",
             calendar["name"].is_null() ? "of the desk" : text(calendar, "name"), text(calendar, "time_zone"),
             text(calendar, "hours"), text(calendar, "day_minutes"));
  fmt::print(out, "  clock\n");
  for (const Json& line : t["clock"]) fmt::print(out, "    {}\n", plain(text(line, "text")));
  fmt::print(out, "  what happens next, if nothing else does\n");
  for (const Json& timer : timers) fmt::print(out, "    {}: {}\n", text(timer, "when"), text(timer, "text"));
  if (timers.empty()) fmt::print(out, "    nothing\n");
}

/// Business minutes as a person reads them: "4 h 05".
std::string hours(const Json& minutes) {
  const auto all = minutes.get<std::int64_t>();
  return fmt::format("{} h {:02}", all / 60, all % 60);
}

void report(std::ostream& out, const Json& phases) {
  if (phases.empty())
    fmt::print(out, "no phase was worked on in this time\n");
  else
    fmt::print(out, "{:<18} {:>7} {:>6} {:>8} {:>7} {:>7}  {:>10} {:>10} {:>10}\n", "phase", "tickets",
               "rounds", "breaches", "running", "overdue", "round 50%", "round 90%", "ticket 90%");
  for (const Json& one : phases)
    fmt::print(out, "{:<18} {:>7} {:>6} {:>8} {:>7} {:>7}  {:>10} {:>10} {:>10}\n", text(one, "phase"),
               text(one, "tickets"), text(one, "rounds"), text(one, "breaches"), text(one, "running"),
               text(one, "overdue"), hours(one["round_minutes_p50"]), hours(one["round_minutes_p90"]),
               hours(one["ticket_minutes_p90"]));
}

void report_answers(std::ostream& out, const Json& articles) {
  fmt::print(out, "{:<22} {:>6} {:>10} {:>14}\n", "article", "sent", "came back", "closed without");
  for (const Json& one : articles)
    fmt::print(out, "{:<22} {:>6} {:>10} {:>14}\n", text(one, "name"), text(one, "sent"),
               text(one, "came_back"), text(one, "closed_without"));
}

/// A phase is one word of the settings, so nothing needs quotes.
void report_csv(std::ostream& out, const Json& phases) {
  constexpr const char* columns[] = {"tickets",
                                     "rounds",
                                     "breaches",
                                     "running",
                                     "overdue",
                                     "round_minutes_p50",
                                     "round_minutes_p90",
                                     "round_minutes_longest",
                                     "ticket_minutes_p50",
                                     "ticket_minutes_p90"};
  std::string head = "phase";
  for (const char* column : columns) head += fmt::format(",{}", column);
  fmt::print(out, "{}\n", head);
  for (const Json& one : phases) {
    std::string line = text(one, "phase");
    for (const char* column : columns) line += fmt::format(",{}", text(one, column));
    fmt::print(out, "{}\n", line);
  }
}

void status(std::ostream& out, const Json& s) {
  fmt::print(out, "oind {} {}\n", text(s, "version"), s.value("ready", false) ? "ready" : "not ready");
  for (const Json& m : s["mailboxes"]) {
    fmt::print(out, "  mailbox {:<12} {:<11} since {}  uid {}  waiting {}\n", text(m, "name"),
               text(m, "state"), text(m, "since"), text(m, "last_uid"), text(m, "waiting"));
    if (text(m, "last_error") != "-") fmt::print(out, "    {}\n", plain(text(m, "last_error")));
  }
  for (const Json& one : s.value("scanners", Json::array())) {
    fmt::print(out, "  scanner {:<12} {:<11} since {}  {}\n", text(one, "name"), text(one, "state"),
               text(one, "since"), text(one, "address"));
    if (text(one, "last_error") != "-") fmt::print(out, "    {}\n", plain(text(one, "last_error")));
  }
  for (const Json& q : s["queues"])
    if (q.value("open", 0) > 0)
      fmt::print(out, "  queue   {:<16} {} open, {} overdue, oldest {}\n", text(q, "name"), text(q, "open"),
                 text(q, "overdue"), text(q, "oldest"));
  const Json& o = s["outbox"];
  fmt::print(out, "  outbox  {} queued, {} sending, {} uncertain, {} failed, {} dead, {} sent\n",
             text(o, "queued"), text(o, "sending"), text(o, "uncertain"), text(o, "failed"), text(o, "dead"),
             text(o, "sent"));
  if (text(o, "last_error") != "-") fmt::print(out, "    {}\n", plain(text(o, "last_error")));
  if (text(o, "held_since") != "-")
    fmt::print(out,
               "    HELD since {}: {}\n    look at `oinctl outbox`; `oinctl outbox resume` lets them go\n",
               text(o, "held_since"), plain(text(o, "held_why")));
  if (o.value("held_back", false))
    fmt::print(out,
               "    held back: more letters are due than may go in a minute ([limits] letters_per_minute)\n");
  fmt::print(out, "  quarantine {}\n", text(s, "quarantine"));
  if (s.contains("retention") && text(s["retention"], "next_at") != "-")
    fmt::print(out, "  retention runs {}\n", text(s["retention"], "next_at"));
}

void letters(std::ostream& out, const Json& answer) {
  if (answer.is_object()) {
    if (answer.contains("raw")) {
      out << answer["raw"].get<std::string>();
      return;
    }
    if (answer.contains("resumed"))
      fmt::print(out, "letters go again\n");
    else
      fmt::print(out, "letter {} is {}\n", text(answer, "id"), text(answer, "state"));
    return;
  }
  if (answer.empty()) fmt::print(out, "no letters wait\n");
  for (const Json& l : answer)
    fmt::print(out, "{:>5} {:<10} {:<20} to {}  attempts {}  next {}  {}\n", text(l, "id"), text(l, "state"),
               text(l, "event"), plain(joined(l["to"])), text(l, "attempts"), text(l, "next_attempt_at"),
               plain(text(l, "last_answer")));
}

void quarantine(std::ostream& out, const Json& answer) {
  if (answer.is_object()) {
    if (answer.contains("raw"))
      out << answer["raw"].get<std::string>();
    else
      out << print(answer, 2) << "\n";
    return;
  }
  if (answer.empty()) fmt::print(out, "quarantine is empty\n");
  for (const Json& q : answer)
    fmt::print(out, "{:>5} {} {} {}  {}\n      {}\n", text(q, "id"), text(q, "at"), text(q, "mailbox"),
               plain(text(q, "from")), plain(text(q, "subject")), plain(text(q, "reason")));
}

void erasure(std::ostream& out, const Json& e) {
  fmt::print(out, "{} {}: {} mails, {} letters ({} withdrawn), {} in quarantine, {} rows in all\n",
             e.value("dry_run", false) ? "would be" : "is now", text(e, "mark"), text(e, "mails"),
             text(e, "letters"), text(e, "withdrawn"), text(e, "quarantined"), text(e, "rows"));
  if (!e["tickets"].empty()) fmt::print(out, "  on the record of {}\n", joined(e["tickets"]));
  if (!e["open"].empty()) fmt::print(out, "  not closed, and theirs: {}\n", joined(e["open"]));
}

void retention(std::ostream& out, const Json& answer) {
  fmt::print(out, "next run {}\n", text(answer, "next_at"));
  for (const Json& kind : answer["kinds"])
    fmt::print(out, "  {:<13} {:<14} {} would go now\n", text(kind, "kind"),
               kind.value("days", 0) == 0 ? "kept for ever" : fmt::format("{} days", kind.value("days", 0)),
               text(kind, "due"));
}

void reconcile(std::ostream& out, const Json& list) {
  for (const Json& m : list) {
    fmt::print(out, "{}: {} of {} accounted for\n", text(m, "mailbox"), text(m, "accounted"),
               text(m, "in_folder"));
    if (!m["unexplained"].empty()) fmt::print(out, "  no record of UIDs {}\n", joined(m["unexplained"]));
  }
}

void explain(std::ostream& out, const Json& e) {
  fmt::print(out, "{} in {}: {} ({:.0f} % sure; else {}, {:.0f} %){}\n", plain(text(e, "file")),
             text(e, "mailbox"), text(e, "intent"), e.value("confidence", 0.0) * 100, text(e, "runner_up"),
             e.value("runner_up_confidence", 0.0) * 100, e.value("escalated", false) ? ", escalated" : "");
  for (const char* list : {"evidence", "escalation"})
    for (const Json& piece : e[list])
      fmt::print(out, "  {:>5.1f} for {:<22} {}\n", piece.value("weight", 0.0), text(piece, "for"),
                 plain(text(piece, "what")));
  if (e["topic"].is_string()) fmt::print(out, "  topic  {}\n", text(e, "topic"));
  const Json& sender = e["sender"];
  fmt::print(out, "  sender {} ({}, {}), {}: {}\n", plain(text(sender, "address")), text(sender, "role"),
             text(sender, "relation"), sender.value("verified", false) ? "verified" : "not verified",
             plain(text(sender, "why")));
  fmt::print(out, "  ticket {} {}, queue {}\n", text(e, "ticket"),
             text(e, "match") == "-" ? "" : "by " + text(e, "match"), text(e, "queue"));
  fmt::print(out, "  answer {}: {}\n", e["answer"].value("allowed", false) ? "allowed" : "not allowed",
             plain(text(e["answer"], "why")));
  for (const Json& issue : e["issues"])
    fmt::print(out, "  issue  {} {}: {}\n", text(issue, "severity"), text(issue, "code"),
               plain(text(issue, "text")));
  for (const Json& event : e["events"]) fmt::print(out, "  event  {}\n", plain(text(event, "text")));
  for (const Json& letter : e["letters"])
    fmt::print(out, "  letter {} to {}: {}\n", text(letter, "event"), plain(joined(letter["to"])),
               plain(text(letter, "subject")));
}

void rules(std::ostream& out, const Json& list) {
  for (const Json& rule : list)
    fmt::print(out, "{:<36} {:<15} {:<8} {:<7} {}\n", text(rule, "code"), text(rule, "phase"),
               text(rule, "severity"), text(rule, "found_by"), text(rule, "place"));
}

void rules_test(std::ostream& out, const Json& problems) {
  for (const Json& problem : problems) fmt::print(out, "{}\n", problem.get<std::string>());
  if (problems.empty()) fmt::print(out, "every rule does what its examples say\n");
}

void templates(std::ostream& out, const Json& list) {
  for (const Json& letter : list)
    fmt::print(out, "{:<22} {:<8} {}{}\n", text(letter, "event"), joined(letter["locales"]),
               text(letter, "when"),
               letter["overridden"].empty() ? "" : "  [own files: " + joined(letter["overridden"]) + "]");
}

void templates_check(std::ostream& out, const Json& problems) {
  for (const Json& problem : problems) fmt::print(out, "{}\n", problem.get<std::string>());
  if (problems.empty()) fmt::print(out, "every letter is whole with its sample, in every language\n");
}

void letter(std::ostream& out, const Json& words) {
  fmt::print(out, "Subject: {}\n\n{}", words["subject"].get<std::string>(), words["text"].get<std::string>());
}

void parse(std::ostream& out, const Json& m) {
  if (m.contains("error")) {
    fmt::print(out, "{}: {}\n", text(m, "file"), text(m, "error"));
    return;
  }
  const auto addresses = [](const Json& list) {
    std::string all;
    for (const Json& a : list) all += (all.empty() ? "" : ", ") + text(a, "address");
    return all;
  };
  fmt::print(out, "{}\n  from {}\n  to {}\n  subject {}\n", plain(text(m, "file")),
             plain(addresses(m["from"])), plain(addresses(m["to"])), plain(text(m, "subject")));
  if (m["automatic"].is_object())
    fmt::print(out, "  automatic: {} ({})\n", text(m["automatic"], "kind"),
               plain(joined(m["automatic"]["evidence"])));
  for (const Json& a : m["attachments"])
    fmt::print(out, "  attachment {} {} {} bytes\n", plain(text(a, "filename")), text(a, "content_type"),
               text(a, "size"));
  for (const Json& d : m["defects"]) fmt::print(out, "  defect {} {}\n", text(d, "code"), text(d, "where"));
  fmt::print(out, "\n{}\n", text(m, "reply_text"));
}

}  // namespace

namespace {

void suppressed(std::ostream& out, const Json& answer) {
  if (!answer.is_array()) {
    fmt::print(out, "{}: {}\n", plain(text(answer, "address")),
               answer.contains("reason") ? plain(text(answer, "reason")) : "letters go there again");
    return;
  }
  for (const Json& one : answer)
    fmt::print(out, "{}  {}  by {}: {}\n", plain(text(one, "address")), text(one, "at"),
               plain(text(one, "by")), plain(text(one, "reason")));
  if (answer.empty()) fmt::print(out, "none\n");
}

}  // namespace

void print_answer(std::ostream& out, const std::string& verb, const Json& answer) {
  if (verb == "tickets") return tickets(out, answer);
  if (verb == "ticket") return ticket(out, answer);
  if (verb == "ticket-clock") return ticket_clock(out, answer);
  if (verb == "report") return report(out, answer);
  if (verb == "report-answers") return report_answers(out, answer);
  if (verb == "report-csv") return report_csv(out, answer);
  if (verb == "status") return status(out, answer);
  if (verb == "outbox") return letters(out, answer);
  if (verb == "quarantine") return quarantine(out, answer);
  if (verb == "retention") return retention(out, answer);
  if (verb == "erase") return erasure(out, answer);
  if (verb == "compact") return void(out << "compacted\n");
  if (verb == "suppressed") return suppressed(out, answer);
  if (verb == "reconcile") return reconcile(out, answer);
  if (verb == "explain") return explain(out, answer);
  if (verb == "rules") return rules(out, answer);
  if (verb == "rules-test") return rules_test(out, answer);
  if (verb == "template") return templates(out, answer);
  if (verb == "template-check") return templates_check(out, answer);
  if (verb == "template-render") return letter(out, answer);
  if (verb == "parse") return parse(out, answer);
  out << print(answer, 2) << "\n";
}

}  // namespace oin
