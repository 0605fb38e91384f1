#include "tests/properties/review_world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <set>

#include "daemon/workflow/apply.hpp"
#include "daemon/workflow/clock_explanation.hpp"
#include "daemon/workflow/closing.hpp"
#include "daemon/workflow/commands.hpp"
#include "daemon/workflow/event_json.hpp"
#include "parsers/thanks.hpp"
#include "tests/workflow/sample_desk.hpp"

namespace oin::test {
namespace {

using nlohmann::json;

constexpr const char* split_sender = "carol@customer.example";
constexpr std::array vendors{"ada@acme.example", "ada@acme.example", "bob@acme.example", "eve@evil.example"};

template <class List>
const auto& pick(const List& list, int number) {
  return list[static_cast<std::size_t>(number) % std::size(list)];
}

// ---- what is written ----

struct VendorMail {
  const char *intent, *text;
  /// The lines of a form: "app", "website", "acs", "about", "-website" (removed).
  std::vector<std::string> form{};
  bool automatic = false;
  bool anew = false;  ///< to the mailbox, not to a ticket's address
};

/// "#" is an issue's number, "@" any number.
const std::vector<VendorMail>& vendor_texts() {
  static const std::vector<VendorMail> texts{
      {"submission", "Please publish our app.", {"app", "website", "acs"}, false, true},
      {"submission", "Please publish our app.", {"app", "website"}, false, true},
      {"submission", "Please publish our app.", {"app", "acs"}, false, true},
      {"submission", "Please publish our app.", {}, false, true},
      {"removal", "Please take our app out of the catalog.", {}, false, true},
      {"private-integration", "For one customer only.", {"app", "acs"}, false, true},
      {"publication-question", "How long does a review take?", {}, false, true},
      {"profile-sourcing", "Please switch Profile Sourcing on.", {}, false, true},
      {"profile-sourcing",
       "Profile Sourcing for our app Acme HR, org id 00o1a2b3c4d5e6f7g8h9.",
       {},
       false,
       true},
      {"profile-sourcing", "Our app is called Acme HR. We need it for two more weeks."},
      {"profile-sourcing", "Our org id is 00o1a2b3c4d5e6f7g8h9."},
      {"app-problem", "Your app does not sign us in.", {}, false, true},
      {"submission-update", "The new address:", {"acs"}},
      {"unclear", "Which of your people looks at it?"},
      {"submission-update", "We withdraw the address.", {"-acs"}},
      {"submission-update", "Our website:", {"website"}},
      {"submission-update", "A better description:", {"about"}},
      {"submission", "Here is the whole form.", {"app", "website", "acs", "about"}},
      {"issue-answer", "All fixed."},
      {"issue-answer", "Fixed 1, 2 and 3."},
      {"issue-answer", "We agree to a private integration."},
      {"issue-answer", "#: fixed"},
      {"issue-answer", "#: this is by design, it does not apply to us"},
      {"issue-answer", "#: what do you mean by that?"},
      {"issue-answer", "#: we will do this by 11 January."},
      {"issue-answer", "1: fixed\n\n#: why is that needed?"},
      {"unclear", "Thank you very much!"},
      {"status-request", "What is the status?"},
      {"unclear", "By the way, our office moves to Berlin."},
      {"automatic", "I am out of office and back on 14 December 2026.", {}, true},
      {"delivery-report", "Delivery has failed.", {}, true},
      {"status-request", "What is the status of our submissions?", {}, false, true},
  };
  return texts;
}

const std::vector<std::string>& command_texts() {
  static const std::vector<std::string> texts{
      "/fixed all\n/approve",
      "/waive all it does not matter\n/approve",
      "/fixed all\n/publish https://www.okta.com/integrations/acme",
      "/approve",
      "/approve",
      "/approve",
      "/approve",
      "/approve",
      "/publish https://www.okta.com/integrations/acme",
      "/publish https://www.okta.com/integrations/acme",
      "/publish https://www.okta.com/integrations/acme",
      "/publish https://www.okta.com/integrations/acme",
      "/publish where",
      "/issue The logo is blurred. $",
      "/issue must The logo is missing. $",
      "/issue blocker Sign-in fails. $",
      "/issue advice A shorter name reads better. $",
      "/issue app.website-missing $",
      "/issue saml.acs-url.missing",
      "/issue no.such-code $",
      "/issue",
      "/send",
      "/send",
      "/fixed #",
      "/fixed #",
      "/fixed all",
      "/fixed",
      "/waive # it does not matter",
      "/waive all it does not matter",
      "/waive #",
      "/restart",
      "/restart the tester was ill $",
      "/hold 3d we wait for a partner",
      "/hold we wait for a partner",
      "/hold until 2027-02-01 embargo",
      "/hold 2026-01-01 too late",
      "/hold",
      "/resume",
      "/resume it goes on",
      "/reject It does not work.",
      "/reject",
      "/withdraw",
      "/withdraw they wrote so",
      "/queue security",
      "/queue review back again",
      "/queue dev-support",
      "/queue nowhere",
      "/assign me",
      "/assign quinn",
      "/assign nobody",
      "/assign eve@evil.example",
      "/note not for them: $",
      "/reply Please see the guide.",
      "/remind 3d",
      "/remind 4h",
      "/remind 2020-01-01",
      "/merge @",
      "/split 1",
      "/grant",
      "/grant 5d",
      "/extend 3d",
      "/decline not for them",
      "/link @",
      "/reopen",
      "/help",
  };
  return texts;
}

std::string replaced(std::string text, char mark, const std::string& by) {
  if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, 1, by);
  return text;
}

Submission submission_of(const std::vector<std::string>& form, int number) {
  Submission out;
  const auto put = [&](const char* name, std::string value) {
    out.fields[name] = {FieldValue::Kind::text, {std::move(value)}};
    ++out.labelled;
  };
  for (const std::string& line : form) {
    if (line == "app") put("app_name", "Acme Notes");
    if (line == "website") put("app_website", fmt::format("https://acme.example/{}", number % 3));
    if (line == "acs") put("saml.acs_url", fmt::format("https://acme.example/saml/{}", number % 17 / 16));
    if (line == "about") put("app_description", fmt::format("Notes, version {}.", number % 3));
    if (line == "-acs") out.cleared.push_back("saml.acs_url");
  }
  if (!form.empty()) out.protocols = {"saml"};
  return out;
}

Mail mail_of(const std::string& from, const std::string& cc, const std::string& text, bool automatic) {
  std::string raw = fmt::format("From: {}\r\nTo: oin@example.com\r\n", from);
  if (!cc.empty()) raw += fmt::format("Cc: {}\r\n", cc);
  if (automatic) raw += "Auto-Submitted: auto-replied\r\n";
  return parse_mail(raw + "Subject: Re: Acme Notes\r\n\r\n" + text + "\r\n");
}

// ---- what is compared ----

json shown(const std::optional<Instant>& at) { return at ? json(to_rfc3339(*at)) : json(); }
json shown(const std::optional<std::string>& text) { return text ? json(*text) : json(); }

/// Everything that a ticket is.
json snapshot(const Ticket& t) {
  json out = {{"id", t.id},
              {"events", t.events},
              {"kind", name(t.kind)},
              {"state", name(t.state)},
              {"turn", name(t.turn)},
              {"words",
               {t.queue, t.title, t.mailbox, t.requester, t.held_why, t.closed_why, t.changed_course_by,
                t.locale, t.due_moved_why}},
              {"phase", shown(t.phase)},
              {"outcome", shown(t.outcome)},
              {"assignee", shown(t.assignee)},
              {"times",
               {to_rfc3339(t.opened_at), to_rfc3339(t.changed_at), to_rfc3339(t.waiting_since),
                to_rfc3339(t.changed_course_at), shown(t.due_at), shown(t.warned_at), shown(t.promised),
                shown(t.held_since), shown(t.held_until), shown(t.reminded_at), shown(t.reminders_from),
                shown(t.closed_at), shown(t.forget_secrets_at), shown(t.granted_until)}},
              {"numbers",
               {t.due_passed, t.warned_percent, t.reminders_sent, t.answer_promised, t.revision,
                t.expiry_told, t.looked_up_revision}},
              {"passed", t.passed},
              {"submission", t.submission ? to_json(*t.submission) : json()}};
  for (const Link& link : t.links) out["links"].push_back({link.ticket, link.how});
  for (const Participant& one : t.participants)
    out["participants"].push_back({one.address, one.role, one.unreachable});
  for (const Issue& issue : t.issues)
    out["issues"].push_back({issue.number, name(issue.state), issue.by_rule, issue.answer, issue.finding.code,
                             issue.finding.severity, issue.finding.text, issue.finding.need});
  for (const ClockInterval& each : t.clock)
    out["clock"].push_back({to_rfc3339(each.from), shown(each.to), each.runs, each.why, each.budget,
                            shown(each.due), each.phase, shown(each.counted_from)});
  return out;
}

std::size_t place(const Desk& desk, const std::string& phase) {
  const auto& phases = desk.workflow.phases;
  return static_cast<std::size_t>(std::ranges::find(phases, phase, &PhaseSettings::name) - phases.begin());
}

/// May a ticket wait for nothing, by these settings?
bool nothing_promised(const Desk& desk, const Ticket& ticket) {
  const WorkflowSettings& workflow = desk.workflow;
  if (ticket.state == TicketState::held) return workflow.clock.held_business_days == 0;
  if (ticket.turn == Turn::team) {
    if (ticket.due_at) return ticket.due_passed && workflow.clock.overdue_business_days == 0;
    const QueueSettings* queue = desk.queue(ticket.queue);
    return !queue || queue->answer_business_days == 0;
  }
  return (reviewed(ticket.kind) ? workflow.reminders.close_business_days
                                : workflow.reminders.answered_business_days) == 0;
}

}  // namespace

void showValue(const Step& step, std::ostream& out) {
  constexpr std::array acts{"vendor_mail", "staff_mail",      "tool",    "to_next_timer", "time_passes",
                            "report",      "letter_answered", "settings"};
  out << fmt::format("{{{}, {}, {}, {}}}", acts[static_cast<std::size_t>(step.act)], step.who, step.what,
                     step.number);
}

std::vector<Desk> desks() {
  Problems problems;
  Desk plain = strict_desk();
  plain.people = {{"Grace", "grace@example.com", "", {"reviewer", "qa", "publisher", "support", "lead"}},
                  {"Rita", "rita@example.com", "", {"reviewer"}},
                  {"Quinn", "quinn@example.com", "", {"qa"}},
                  {"Pam", "pam@example.com", "", {"publisher"}},
                  {"Sam", "sam@example.com", "", {"support"}},
                  {"Lea", "lea@example.com", "", {"lead"}}};
  plain.mailboxes = {{"oin", "oin@example.com"}, {"developers", "developers@example.com"}};
  WorkflowSettings abroad = plain.workflow;
  CalendarSettings berlin;
  berlin.name = "berlin";
  berlin.time_zone = "Europe/Berlin";
  for (std::size_t day = 0; day < 4; ++day)
    berlin.week[day] = {{9 * 60, 12 * 60 + 30}, {13 * 60, 17 * 60 + 30}};
  berlin.week[4] = {{9 * 60, 13 * 60}};
  berlin.named_holidays = {{"Christmas", std::chrono::December / 25, {}}};
  abroad.named_calendars = {berlin};
  for (PhaseSettings& phase : abroad.phases) {
    phase.enabled = true;
    if (phase.name == "qa") phase.calendar = "berlin";
  }
  abroad.clock.on_resubmission = "resume";
  WorkflowSettings sparse = plain.workflow;
  sparse.reminders = {0, 4, 0, 6, 30, 3};
  sparse.warnings = {{50, {"lead"}}, {80, {"assignee"}}};
  sparse.clock.overdue_business_days = 3;
  std::vector<Desk> out{plain, plain, plain};
  const auto settle = [&](Desk& desk, const WorkflowSettings& workflow) {
    Settings settings = shipped_configuration().settings;
    Desk fresh = open_desk(settings, workflow);
    fresh.people = plain.people;
    fresh.mailboxes = plain.mailboxes;
    fresh.rules = plain.rules;
    desk = std::move(fresh);
  };
  settle(out[1], abroad);
  settle(out[2], sparse);
  return out;
}

std::vector<std::string> illegal(const Desk& desk, const Ticket& t) {
  std::vector<std::string> out;
  const auto require = [&](bool holds, const char* what) {
    if (!holds) out.push_back(fmt::format("{}: {}", reference(t.id), what));
  };
  const bool open = t.state == TicketState::open, held = t.state == TicketState::held,
             closed = t.state == TicketState::closed;
  require(t.opened() && !t.mailbox.empty() && !t.queue.empty(),
          "a ticket is opened, in a mailbox and a queue");
  require(closed == t.outcome.has_value() && closed == t.closed_at.has_value(),
          "closed is what has an outcome");
  require(closed == (t.turn == Turn::none), "only of a closed ticket it is nobody's turn");
  require(closed || !t.forget_secrets_at, "secrets are forgotten of closed tickets alone");
  require(held == t.held_since.has_value() && (held || !t.held_until) && held == !t.held_why.empty(),
          "held is what has been held for a reason");
  require(!t.due_at || (open && t.turn == Turn::team), "a due date stands only in the team's turn");
  require(!t.answer_promised || t.turn == Turn::team, "an answer is promised in the team's turn");
  require(!t.due_passed || t.due_at || held, "what passed is a due date");
  require(!t.promised || !closed, "nothing is promised of what is closed");

  require(reviewed(t.kind) == t.phase.has_value(), "reviews have a phase");
  if (t.phase)
    require(*t.phase == "precheck" || (closed && *t.phase == "done") || desk.phase(*t.phase),
            "the phase is one of the desk's");
  for (std::size_t i = 0; i < t.passed.size(); ++i) {
    require(desk.phase(t.passed[i]) != nullptr, "a passed phase is one of the desk's");
    require(i == 0 || place(desk, t.passed[i - 1]) < place(desk, t.passed[i]),
            "phases are passed once and in order");
    require(closed || !t.phase || place(desk, t.passed[i]) < place(desk, *t.phase),
            "passed phases stand before the present one");
  }
  const bool published = t.outcome == "published" || t.outcome == "ready" || t.outcome == "removed";
  for (std::size_t i = 0; i < t.issues.size(); ++i) {
    const Issue& issue = t.issues[i];
    require(issue.number == static_cast<int>(i) + 1, "issues count from 1 without a gap");
    require(issue.state != IssueState::draft || !issue.by_rule, "the desk drafts no issue");
    require(!published || issue.finding.severity == "advice" ||
                (!issue.stands() && issue.state != IssueState::draft),
            "what is published has no blocker and no must");
  }
  if (open && reviewed(t.kind) && t.turn == Turn::vendor)
    require(t.awaits_vendor() || !t.to_confirm.empty() || (t.phase == "precheck" && !t.submission),
            "the vendor has the turn for a reason");
  const bool owes = std::ranges::any_of(
      t.issues, [](const Issue& issue) { return issue.awaits_vendor() && issue.finding.blocks(); });
  require(!owes || !t.due_at || t.answer_promised, "no phase runs while its vendor has a blocker to mend");

  require(!t.clock.empty() || (open && t.turn == Turn::team && !t.due_at),
          "only of a ticket that nothing was promised of the clock tells nothing");
  for (std::size_t i = 0; i < t.clock.size(); ++i) {
    const ClockInterval& each = t.clock[i];
    const bool last = i + 1 == t.clock.size();
    require(last == !each.to, "the last interval alone goes on");
    require(last || (each.from <= *each.to && *each.to == t.clock[i + 1].from),
            "intervals follow each other");
    require(!each.due || (each.runs && (each.budget > 0 || *each.due <= each.from)),
            "a due date has a budget, and the clock runs");
  }
  if (!t.clock.empty()) {
    require(t.clock.back().runs == (open && t.turn == Turn::team), "the clock runs in the team's turn alone");
    require(t.clock.back().due == t.due_at, "the due date is the clock's");
  }
  if (!closed && timers_of(desk, t).empty())
    require(nothing_promised(desk, t), "something happens next by itself");
  return out;
}

// ---- the shell ----

Ticket& World::ticket(int number) {
  // Mostly the newest one: a story about one case goes deeper.
  auto it = std::prev(tickets_.end());
  if (number % 5 == 4) it = std::next(tickets_.begin(), number % static_cast<int>(tickets_.size()));
  return it->second;
}

std::vector<std::string> World::take(const Step& step) {
  broken_.clear();
  const bool needs_ticket = step.act != Step::Act::vendor_mail && step.act != Step::Act::time_passes;
  if (needs_ticket && tickets_.empty()) return {};
  now_ += std::chrono::minutes(1 + step.number % 90);
  fire_timers();
  switch (step.act) {
    case Step::Act::vendor_mail:
      vendor_mail(step);
      break;
    case Step::Act::staff_mail:
      staff_mail(step);
      break;
    case Step::Act::tool:
      tool(step);
      break;
    case Step::Act::to_next_timer:
      if (const auto next = next_timer()) now_ = std::max(now_, next->second.at);
      break;
    case Step::Act::time_passes:
      now_ += std::chrono::hours(step.number * step.number % 1500);
      break;
    case Step::Act::report:
      report(step);
      break;
    case Step::Act::letter_answered:
      letter_answered(step);
      break;
    case Step::Act::settings:
      new_settings(step.number);
      break;
  }
  fire_timers();
  for (const auto& [id, ticket] : tickets_) {
    for (std::string& what : illegal(desk(), ticket)) broken(std::move(what));
    if (snapshot(ticket) != snapshot(replayed_[id])) broken("replayed from JSON it is another ticket");
    for (const ClockLine& line : explain_clock(ticket.clock, desk().calendar_of(ticket), now_))
      if (sentence(line, desk().calendar_of(ticket), now_).empty())
        broken("an interval that nothing explains");
  }
  return broken_;
}

void World::new_settings(int number) {
  std::ranges::rotate(desks_, desks_.begin() + number % static_cast<int>(desks_.size()));
  story_.push_back(fmt::format("{} new settings", to_rfc3339(now_)));
  for (const auto& [id, before] : std::map(tickets_)) {
    keep(before, decide(desk(), before, SettingsChanged{}, now_), 1);
    if (!decide(desk(), tickets_.at(id), SettingsChanged{}, now_).events.empty())
      broken("the same settings move a due date again");
  }
}

void World::vendor_mail(const Step& step) {
  const VendorMail& text = pick(vendor_texts(), step.what);
  const std::string from = pick(vendors, step.who);
  const Mail mail = mail_of(from, step.number % 7 == 6 ? "bob@acme.example, carol@customer.example" : "",
                            replaced(text.text, '#', std::to_string(1 + step.number % 4)), text.automatic);
  const Submission submission = submission_of(text.form, step.number);
  Intent intent;
  intent.name = text.intent;
  intent.confidence = 0.9;
  std::vector<Ticket> known;
  for (auto it = tickets_.rbegin(); it != tickets_.rend(); ++it)
    if (it->second.knows(from)) known.push_back(it->second);

  // As reception.cpp finds it: by the ticket's own address, which proves its holder.
  Ticket before;
  before.id = static_cast<TicketId>(tickets_.size()) + 1;
  TicketId follows = 0;
  std::vector<Ticket> asked;
  // Few cases at a time, so that a story goes deep.
  const auto going = std::ranges::count_if(
      tickets_, [](const auto& each) { return each.second.state != TicketState::closed; });
  const bool anew = (text.anew && going < 3) || tickets_.empty();
  if (!anew) {
    Ticket found = ticket(step.number);
    while (found.goes_on_in() != 0) found = tickets_.at(found.goes_on_in());
    if (!text.automatic && found.state == TicketState::closed && !reopens_by_mail(desk(), found, now_) &&
        !only_thanks(mail.reply_text) && intent.name != "status-request")
      follows = found.id;
    else
      before = std::move(found);
  } else if (intent.name == "status-request") {
    std::ranges::copy_if(known, std::back_inserter(asked),
                         [](const Ticket& each) { return each.state != TicketState::closed; });
    if (!asked.empty()) before = asked.front();
  } else if (text.automatic) {
    return;
  }
  const Sender sender{from, before.opened() || !known.empty() ? "vendor" : "stranger", before.opened(),
                      "signed"};
  const Permission answer{true, step.number % 3 == 0, "a person"};
  MailArrived in{mail, submission, intent, sender, answer, "oin", ++mails_, now_};
  in.known = known;
  in.asked = asked;
  in.follows = follows;
  if (anew && step.number % 11 == 10) in.oversized = 90'000'000;
  in.arrived_at = now_ - std::chrono::minutes(step.number % 4 == 3 ? 45 : 0);
  story_.push_back(fmt::format("{} {} ({}) from {} to {}", to_rfc3339(now_), text.intent, text.text, from,
                               before.opened() ? reference(before.id) : "the mailbox"));
  keep(before, decide(desk(), before, in, now_), 1);
}

std::string World::command_line(int what, int number) {
  std::string line = pick(command_texts(), what);
  // A case that ends at once tells little: mostly it goes on instead.
  const bool ends =
      line.starts_with("/reject") || line.starts_with("/withdraw") || line.starts_with("/merge");
  if (ends && number % 5 != 0) line = what % 2 == 0 ? "/approve" : "/resume";
  line = replaced(std::move(line), '#', std::to_string(1 + number % 4));
  line = replaced(std::move(line), '@', std::to_string(1 + number % 3));
  if (line.find('$') != std::string::npos)
    line = replaced(std::move(line), '$', fmt::format("team-only-{}-", ++secrets_));
  return line;
}

std::string World::command_lines_of(const Step& step) {
  std::string out;
  const int count = step.number % 6 == 5 ? 3 : step.number % 6 == 4 ? 2 : 1;
  for (int i = 0; i < count; ++i)
    out += command_line(step.what + i * (1 + step.number), step.number + i) + "\n";
  return out;
}

std::vector<Ticket> World::named_in(const std::vector<Command>& commands) const {
  std::vector<Ticket> out;
  for (const TicketId id : named_tickets(commands)) {
    Ticket none;
    none.id = id;
    out.push_back(tickets_.contains(id) ? tickets_.at(id) : none);
  }
  return out;
}

SplitSource World::split_source() const {
  return {static_cast<TicketId>(tickets_.size()) + 1, 1, split_sender, "Another matter"};
}

void World::staff_mail(const Step& step) {
  const PersonSettings& by = step.who % 2 == 0 ? desk().people.front() : pick(desk().people, step.who);
  Ticket before = ticket(step.number);
  while (before.goes_on_in() != 0) before = tickets_.at(before.goes_on_in());
  const std::string lines =
      step.number % 9 == 8 ? "Please look at the guide again.\n" : command_lines_of(step);
  const Mail mail = mail_of(by.address, "", lines, step.number % 29 == 28);
  const Submission nothing;
  Intent intent;
  intent.name = mail.automatic ? "automatic" : "commands";
  const Sender sender{by.address, "staff", step.number % 17 != 16, "signed"};
  const Permission answer{true, true, "a person"};
  MailArrived in{mail, nothing, intent, sender, answer, "oin", ++mails_, now_};
  const std::vector<Ticket> named = named_in(commands(mail.own_text()));
  in.named = named;
  in.split = split_source();
  if (step.number % 13 == 12) in.answers_letter_of = now_ - std::chrono::hours(48);
  story_.push_back(
      fmt::format("{} {} mails {}: {}", to_rfc3339(now_), by.address, reference(before.id), lines));
  keep(before, decide(desk(), before, in, now_), std::max<std::size_t>(1, commands(mail.own_text()).size()));
}

void World::tool(const Step& step) {
  const PersonSettings& by = step.who % 2 == 0 ? desk().people.front() : pick(desk().people, step.who);
  const Ticket before = ticket(step.number);
  CommandsGiven given{by, commands(command_lines_of(step))};
  const std::vector<Ticket> named = named_in(given.commands);
  given.others = named;
  given.split = split_source();
  std::string lines;
  for (const Command& command : given.commands) lines += fmt::format("/{} {}", command.name, command.text);
  const Decision decision = decide(desk(), before, given, now_);
  story_.push_back(fmt::format("{} {} at the tool, {}: {}{}", to_rfc3339(now_), by.address,
                               reference(before.id), lines,
                               decision.refused.empty() ? "" : " REFUSED: " + decision.refused));
  if (!decision.refused.empty() && (!decision.events.empty() || !decision.letters.empty()))
    broken("a refused command did something");
  if (!given.commands.empty() && decision.results.size() != given.commands.size())
    broken("not every command has its result");
  keep(before, decision, given.commands.size());
}

void World::report(const Step& step) {
  DeliveryReport report;
  const bool failed = step.what % 3 != 0;
  report.recipients.push_back({pick(vendors, step.who), failed ? "failed" : "delayed",
                               failed ? "5.1.1" : "4.4.1", "no such user", failed,
                               failed ? "user-unknown" : "network"});
  const Ticket before = ticket(step.number);
  story_.push_back(fmt::format("{} a report for {}: {} {}", to_rfc3339(now_), reference(before.id),
                               report.recipients[0].address, report.recipients[0].action));
  keep(before, decide(desk(), before, ReportArrived{report, ++mails_}, now_), 1);
}

void World::letter_answered(const Step& step) {
  const Ticket before = ticket(step.number);
  const bool accepted = step.what % 4 != 0;
  story_.push_back(fmt::format("{} a letter of {} was {}", to_rfc3339(now_), reference(before.id),
                               accepted ? "accepted" : "refused"));
  keep(before,
       decide(desk(), before,
              LetterAnswered{"status", pick(vendors, step.who), accepted ? "250 2.0.0 ok" : "550 5.1.1 no",
                             accepted},
              now_),
       1);
}

std::optional<std::pair<TicketId, TicketTimer>> World::next_timer() const {
  std::optional<std::pair<TicketId, TicketTimer>> out;
  for (const auto& [id, ticket] : tickets_)
    for (const TicketTimer& timer : timers_of(desk(), ticket))
      if (!out || timer.at < out->second.at) out = {id, timer};
  return out;
}

/// What is due, the oldest first, until nothing is.
void World::fire_timers() {
  for (int fired = 0;; ++fired) {
    const auto next = next_timer();
    if (!next || next->second.at > now_) return;
    const Ticket before = tickets_.at(next->first);
    story_.push_back(fmt::format("{} timer {} of {}, due {}", to_rfc3339(now_), next->second.name,
                                 reference(before.id), to_rfc3339(next->second.at)));
    if (fired == 100) return broken("timers without an end");
    const Decision decision = decide(desk(), before, TimerDue{next->second.name, next->second.at}, now_);
    keep(before, decision, 1);
    const auto after = timers_of(desk(), tickets_.at(next->first));
    if (std::ranges::find(after, next->second) != after.end())
      return broken(fmt::format("the timer {} does not move the ticket on", next->second.name));
  }
}

// ---- what came of it ----

void World::keep_events(TicketId id, std::span<const Event> events) {
  Ticket& kept = tickets_[id];
  Ticket& replayed = replayed_[id];
  kept.id = replayed.id = id;
  kept = oin::apply(kept, events);
  for (const Event& event : events) {
    story_.push_back(fmt::format("    {} {}: {}", reference(id), type_name(event.what), summary(event.what)));
    const auto read = event_from_json(type_name(event.what), json::parse(to_json(event.what).dump()));
    if (!read)
      return broken(fmt::format("{} cannot be read back: {}", type_name(event.what), read.error().what));
    replayed = oin::apply(std::move(replayed), Event{event.at, event.by, event.mail, read.value()});
  }
}

void World::keep(const Ticket& before, const Decision& decision, std::size_t causes) {
  if (decision.events.empty() && !before.opened()) return;
  keep_events(before.id, decision.events);
  const Ticket& after = tickets_.at(before.id);
  judge_issues(before, after, decision.events);
  judge_letters(after, decision, causes);
  judge_reminders(before, decision.events);
  for (const ElsewhereChange& change : decision.elsewhere) {
    keep_events(change.after.id, change.events);
    if (snapshot(change.after) != snapshot(tickets_.at(change.after.id)))
      broken("another ticket is told wrong by the decision that changed it");
  }
}

void World::judge_issues(const Ticket& before, const Ticket& after, std::span<const Event> events) {
  if (after.issues.size() < before.issues.size()) broken("an issue is lost");
  const auto has = [&](auto wanted) { return std::ranges::any_of(events, wanted); };
  for (const Issue& was : before.issues) {
    const Issue* is = after.issue(was.number);
    if (!is) return broken("an issue is lost");
    const bool settled = is->state == IssueState::fixed || is->state == IssueState::waived;
    if (settled && is->state != was.state && !has([&](const Event& event) {
          const auto* closed = std::get_if<IssueClosed>(&event.what);
          return closed && closed->number == was.number;
        }))
      broken("an issue is closed by nothing");
    if (was.state == IssueState::draft && is->stands() && !has([&](const Event& event) {
          const auto* raised = std::get_if<IssueRaised>(&event.what);
          return raised && raised->number == was.number;
        }))
      broken("a drafted issue stands though nobody sent it");
  }
}

void World::judge_letters(const Ticket& after, const Decision& decision, std::size_t causes) {
  std::vector<std::string> written, drafted;
  for (const Event& event : decision.events)
    if (const auto* letter = std::get_if<LetterWritten>(&event.what)) written.push_back(letter->letter);
  std::map<std::string, std::vector<std::string>> by_address;
  for (const LetterDraft& letter : decision.letters) {
    drafted.push_back(letter.event);
    if (letter.to.empty()) broken(fmt::format("letter {} goes to nobody", letter.event));
    for (const Address& to : letter.to) {
      by_address[to.addr_spec].push_back(letter.event);
      const bool of_team = desk().person(to.addr_spec) != nullptr;
      const bool known = after.knows(to.addr_spec) || to.addr_spec == after.requester ||
                         (letter.event == "split" && to.addr_spec == split_sender);
      if (letter.to_staff ? !of_team : !known)
        broken(fmt::format("letter {} goes to {}", letter.event, to.addr_spec));
    }
    const auto words = letters_.render(letter.event, letter.variables);
    if (!words) broken(fmt::format("letter {}: {}", letter.event, words.error().what));
    if (words && !letter.to_staff)
      for (int secret = 1; secret <= secrets_; ++secret) {
        const std::string mark = fmt::format("team-only-{}-", secret);
        const bool told = std::ranges::any_of(tickets_, [&](const auto& each) {
          return std::ranges::any_of(each.second.issues, [&](const Issue& issue) {
            return issue.state != IssueState::draft &&
                   (issue.finding.text + issue.finding.need).find(mark) != std::string::npos;
          });
        });
        if (!told && (words.value().text + words.value().html).find(mark) != std::string::npos)
          broken(fmt::format("letter {} tells what is the team's", letter.event));
      }
  }
  if (written != drafted) broken("the record tells of other letters than are sent");
  for (const auto& [address, events] : by_address) {
    if (events.size() > causes)
      broken(fmt::format("{} letters to {} for {} causes", events.size(), address, causes));
    const auto replies = static_cast<std::size_t>(std::ranges::count(events, "question-answer"));
    if (std::set(events.begin(), events.end()).size() + std::max<std::size_t>(replies, 1) - 1 !=
        events.size())
      broken(fmt::format("the same letter twice to {}", address));
  }
}

void World::judge_reminders(const Ticket& before, std::span<const Event> events) {
  Ticket ticket = before;
  for (const Event& event : events) {
    if (const auto* reminded = std::get_if<Reminded>(&event.what))
      if (reminded->step != 0 && (reminded->step <= ticket.reminders_sent || ticket.turn != Turn::vendor))
        broken(fmt::format("reminder {} after reminder {}", reminded->step, ticket.reminders_sent));
    ticket = oin::apply(std::move(ticket), event);
  }
}

}  // namespace oin::test
