#include "daemon/reception.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "daemon/commands.hpp"
#include "daemon/suppression.hpp"
#include "daemon/workflow/apply.hpp"
#include "daemon/workflow/closing.hpp"
#include "daemon/workflow/confirmation.hpp"
#include "daemon/workflow/senders.hpp"
#include "daemon/workflow/status_request.hpp"
#include "parsers/agreement.hpp"
#include "parsers/thanks.hpp"
#include "parsers/ticket_reference.hpp"

namespace oin {
namespace {

using namespace std::string_view_literals;

/// More of somebody's tickets than this are not read for one mail.
constexpr std::size_t known_tickets = 50;
/// … nor more than this of one app.
constexpr int app_tickets = 8;
/// Clocks are never quite alike: less than this is not worth a word.
constexpr auto clocks_differ_by = std::chrono::minutes(2);

std::vector<Address> recipients(const Mail& mail) {
  std::vector<Address> all;
  for (const std::string_view name : {"Delivered-To", "X-Original-To"})
    for (const std::string_view body : mail.fields(name))
      for (Address& address : address_list(body)) all.push_back(std::move(address));
  all.insert(all.end(), mail.to.begin(), mail.to.end());
  all.insert(all.end(), mail.cc.begin(), mail.cc.end());
  return all;
}

struct Match {
  Ticket ticket;
  std::string how;
};

class Search {
 public:
  Search(store::Transaction& tx, const Office& office, const Mail& mail)
      : tx_(tx), office_(office), mail_(mail) {}

  /// The ticket for whose holder a recipient address was signed.
  Result<std::optional<Match>> by_signed_address() {
    for (const Address& address : recipients(mail_))
      if (const auto id =
              office_.signer.ticket_of(address.addr_spec, office_.settings.desk.subaddress_separator)) {
        OIN_TRY(Ticket ticket, tx_.ticket(*id));
        if (ticket.opened()) return Match{std::move(ticket), "signed address"};
      }
    return std::nullopt;
  }

  /// The ticket about which a person of the team was written to at this address.
  Result<std::optional<Match>> by_staff_address(const std::string& person, Instant now) {
    const std::chrono::days fresh(office_.desk.workflow.limits.staff_address_days);
    const std::chrono::sys_days first_day = std::chrono::floor<std::chrono::days>(now) - fresh;
    for (const Address& address : recipients(mail_))
      if (const auto id = office_.signer.ticket_of_staff(
              address.addr_spec, office_.settings.desk.subaddress_separator, comparable(person), first_day)) {
        OIN_TRY(Ticket ticket, tx_.ticket(*id));
        if (ticket.opened()) return Match{std::move(ticket), "signed address of a person"};
      }
    return std::nullopt;
  }

  /// The ticket about which somebody was asked to confirm the act, at an address of that letter.
  Result<std::optional<Match>> by_confirm_address(std::string_view act, Instant now) {
    const std::chrono::days fresh(office_.desk.workflow.limits.confirmation_days);
    const std::chrono::sys_days first_day = std::chrono::floor<std::chrono::days>(now) - fresh;
    for (const Address& address : recipients(mail_))
      if (const auto id = office_.signer.ticket_of_confirm(
              address.addr_spec, office_.settings.desk.subaddress_separator, act, first_day)) {
        OIN_TRY(Ticket ticket, tx_.ticket(*id));
        if (ticket.opened()) return Match{std::move(ticket), fmt::format("address to confirm a {}", act)};
      }
    return std::nullopt;
  }

  /// What the mail claims by thread or subject tag.  A claim, not a proof.
  Result<std::optional<Match>> by_claim() {
    std::vector<std::string> ids = mail_.in_reply_to;
    ids.insert(ids.end(), mail_.references.rbegin(), mail_.references.rend());
    if (ids.size() > 50) ids.resize(50);
    for (const std::string& message_id : ids) {
      OIN_TRY(const auto id, tx_.ticket_of_message(message_id));
      if (!id) continue;
      OIN_TRY(Ticket ticket, tx_.ticket(*id));
      return Match{std::move(ticket), "thread"};
    }
    if (const auto id = ticket_reference(mail_.subject)) {
      OIN_TRY(Ticket ticket, tx_.ticket(*id));
      if (ticket.opened()) return Match{std::move(ticket), "subject"};
    }
    return std::nullopt;
  }

 private:
  store::Transaction& tx_;
  const Office& office_;
  const Mail& mail_;
};

Result<std::vector<Ticket>> read_tickets(store::Transaction& tx, std::span<const TicketId> ids) {
  std::vector<Ticket> out;
  for (const TicketId id : ids) {
    OIN_TRY(Ticket ticket, tx.ticket(id));
    out.push_back(std::move(ticket));
  }
  return out;
}

Result<std::vector<Ticket>> tickets_known_to(store::Transaction& tx, const std::string& address) {
  if (address.empty()) return std::vector<Ticket>();
  OIN_TRY(auto ids, tx.tickets_of(comparable(address)));
  if (ids.size() > known_tickets) ids.resize(known_tickets);
  return read_tickets(tx, ids);
}

/// The letter of ours about this ticket that the mail answers.
Result<std::optional<store::Letter>> answered_letter(store::Transaction& tx, const Office& office,
                                                     const Mail& mail, TicketId ticket) {
  for (const std::string& message_id : mail.in_reply_to)
    if (const auto id = office.signer.letter_of_message_id(message_id)) {
      OIN_TRY(auto letter, tx.letter(*id));
      if (letter && letter->ticket == ticket) return letter;
    }
  return std::nullopt;
}

/// What the mail says of a submission.  Whoever answers within our letter's own lines is understood only
/// beside that letter.
Result<Submission> submission_of(store::Transaction& tx, const Office& office, const ReadMail& read,
                                 const Ticket* ticket) {
  const Mail& mail = read.mail;
  const bool quotes = mail.text.size() > mail.reply_text.size();
  if (!ticket || !quotes || mail.automatic) return read.submission;
  OIN_TRY(const auto letter, answered_letter(tx, office, mail, ticket->id));
  if (!letter || letter->deleted) return read.submission;
  Submission submission = answered_submission(read, parse_mail(letter->bytes).text, office);
  submission.files = read.submission.files;
  return submission;
}

/// A ticket that was merged is the one in which it goes on.
Result<void> follow_merges(store::Transaction& tx, Ticket& ticket) {
  constexpr int longest_chain = 10;
  for (int step = 0; step < longest_chain && ticket.goes_on_in() != 0; ++step) {
    OIN_TRY(ticket, tx.ticket(ticket.goes_on_in()));
  }
  return success();
}

/// The act that somebody confirms by a plain yes to the letter that asks them; empty for none.
Result<std::string> confirmed_in_words(store::Transaction& tx, const Office& office, const Mail& mail,
                                       const Ticket& ticket, const Sender& sender, Instant now) {
  const auto asked = asked_to_confirm(ticket);
  const bool is_asked = std::ranges::any_of(
      asked, [&](const Address& one) { return comparable(one.addr_spec) == comparable(sender.address); });
  if (ticket.to_confirm.empty() || !sender.verified || !is_asked || mail.automatic ||
      !confirms(mail.own_text()))
    return std::string();
  OIN_TRY(const auto letter, answered_letter(tx, office, mail, ticket.id));
  const std::chrono::days fresh(office.desk.workflow.limits.confirmation_days);
  const bool asks = letter && letter->event == ticket.to_confirm + "-confirm";
  return asks && now - letter->written_at <= fresh ? ticket.to_confirm : std::string();
}

bool ends_for_good(const Desk& desk, const Ticket& ticket, Instant now) {
  return ticket.state == TicketState::closed && !reopens_by_mail(desk, ticket, now);
}

/// Asked about a case that is over, the desk says how it ended.
bool asks_status(const Office& office, const ReadMail& read) {
  return classify(office.desk, read.mail, read.submission, read.wording, {}).name == "status-request";
}

/// Which of several is to end, a person finds out.
bool is_one_review(std::span<const Ticket> asked) {
  return asked.size() == 1 && reviewed(asked.front().kind) && asked.front().state != TicketState::closed;
}

/// The published app that somebody's words name; empty for none.
Result<std::string> app_named_in(store::Transaction& tx, const Mail& mail) {
  return tx.app_named(possible_names(mail.subject + "\n" + mail.reply_text));
}

/// What somebody is to the desk: by the tickets on whose record they stand, else by those of their company's
/// apps.
Result<std::string> relation(store::Transaction& tx, const std::string& address,
                             const std::vector<Ticket>& known) {
  if (!known.empty()) return relation_of(known);
  OIN_TRY(const auto ids, tx.tickets_of_app(domain_key(address), app_tickets));
  OIN_TRY(const auto of_company, read_tickets(tx, ids));
  return relation_of(of_company);
}

/// Other tickets of the app that the mail is about, whoever wrote them: by the keys of its form, else by the
/// published app that its words name.
Result<std::vector<Ticket>> tickets_of_app(store::Transaction& tx, const Submission& submission,
                                           const std::string& named, TicketId ticket) {
  std::vector<AppKey> keys = app_keys(submission);
  if (keys.empty() && !named.empty()) keys.push_back({"name", named});
  // By its name first: several apps of a vendor may share one entity.
  std::ranges::stable_partition(keys, [](const AppKey& key) { return key.kind == "name"; });
  std::vector<Ticket> out;
  for (const AppKey& key : keys) {
    if (key.kind != "name" && key.kind != "entity") continue;
    OIN_TRY(const auto ids, tx.tickets_of_app(key, app_tickets));
    for (const TicketId id : ids) {
      if (id == ticket || std::ranges::find(out, id, &Ticket::id) != out.end()) continue;
      OIN_TRY(Ticket found, tx.ticket(id));
      out.push_back(std::move(found));
    }
  }
  return out;
}

/// Intents for which it matters what the desk knows of the app.
constexpr std::array about_an_app{"submission"sv, "submission-update"sv, "private-integration"sv, "removal"sv,
                                  "app-problem"sv};

Result<Ticket> new_ticket(store::Transaction& tx) {
  Ticket ticket;
  OIN_TRY(ticket.id, tx.next_ticket_id());
  return ticket;
}

}  // namespace

trust::Verdict sender_verdict(const Office& office, const Mail& mail, std::string_view mailbox) {
  const MailboxSettings* settings = office.mailbox(mailbox);
  if (!settings) return trust::sender_verdict(mail, {});
  return trust::sender_verdict(mail, {settings->trusted_authserv_ids, settings->trusted_arc_sealers});
}

Result<std::optional<store::Letter>> reported_letter(store::Transaction& tx, const Office& office,
                                                     const Mail& mail) {
  for (const Address& address : recipients(mail))
    if (const auto id =
            office.signer.letter_of(address.addr_spec, office.settings.desk.subaddress_separator)) {
      OIN_TRY(auto letter, tx.letter(*id));
      if (letter) return letter;
    }
  return std::nullopt;
}

Result<Reception> receive(store::Transaction& tx, const Office& office, const ReadMail& read,
                          std::string_view mailbox, MailId mail_id, Instant arrived_at, Instant now) {
  const Mail& mail = read.mail;
  Reception out;

  // Who.
  out.sender.address = mail.from.empty() ? std::string() : mail.from.front().addr_spec;
  const trust::Verdict verdict = sender_verdict(office, mail, mailbox);
  out.sender.verified = verdict.verified;
  out.sender.why = verdict.why;
  const bool staff = office.desk.person(out.sender.address) != nullptr;

  // About which ticket.  A guessed tag or a borrowed Message-ID opens nobody's ticket: only the signed
  // address, or a verified sender who stands on the ticket's record or on the team.  A machine's mail may be
  // filed by its thread, because filing changes nothing.
  Search search(tx, office, mail);
  // What was signed for a vendor proves nobody to be of the team; what was signed for one of the team does.
  std::optional<Match> match;
  if (staff) {
    OIN_TRY(match, search.by_staff_address(out.sender.address, now));
  }
  const bool signed_for_staff = match.has_value();
  if (!match) {
    OIN_TRY(match, search.by_signed_address());
  }
  std::string confirms_act;
  for (const std::string_view act : acts_to_confirm) {
    if (match || mail.automatic || mail.delivery_report) break;
    OIN_TRY(match, search.by_confirm_address(act, now));
    if (match) confirms_act = act;
  }
  if (match && !out.sender.verified && signed_for_staff == staff) {
    out.sender.verified = true;
    out.sender.why = fmt::format("came to the signed address of {}", reference(match->ticket.id));
  }
  TicketId claimed = 0;  // unproven
  if (!match) {
    OIN_TRY(auto claim, search.by_claim());
    if (claim) {
      claimed = claim->ticket.id;
      const bool on_record = claim->ticket.knows(out.sender.address);
      if (staff || (on_record && (out.sender.verified || mail.automatic))) match = std::move(claim);
    }
  }
  if (match) {
    OIN_TRYV(follow_merges(tx, match->ticket));
  }
  if (match && confirms_act.empty()) {
    OIN_TRY(confirms_act, confirmed_in_words(tx, office, mail, match->ticket, out.sender, now));
  }
  // What has ended for good is not opened again by a mail: a new ticket takes it up.
  TicketId follows = 0;
  if (match && !staff && !mail.automatic && !mail.delivery_report &&
      ends_for_good(office.desk, match->ticket, now) && !only_thanks(mail.reply_text) &&
      !asks_status(office, read)) {
    follows = match->ticket.id;
    match.reset();
  }
  OIN_TRY(const auto known, tickets_known_to(tx, out.sender.address));
  out.sender.role = staff ? "staff" : match || !known.empty() ? "vendor" : "stranger";

  OIN_TRY(out.submission, submission_of(tx, office, read, match ? &match->ticket : nullptr));

  // What it wants.
  std::string app_name;
  if (staff) {
    out.relation = "staff";
  } else if (!mail.automatic && !mail.delivery_report) {
    OIN_TRY(out.relation, relation(tx, out.sender.address, known));
    if (!match) {
      OIN_TRY(app_name, app_named_in(tx, mail));
    }
    if (!app_name.empty()) out.relation += " names";
  }
  const Surroundings around{std::string(mailbox), match ? &match->ticket : nullptr, staff, out.relation};
  out.intent = classify(office.desk, mail, out.submission, read.wording, around);
  if (!staff)
    out.intent = as_sender_may(office.desk, std::move(out.intent), out.sender.address, around.thread);

  // A status, or an end, may be asked for in no thread, and unproven: the answer goes to the address on the
  // record alone, and changes nothing.
  std::vector<Ticket> asked;
  const bool withdraws =
      out.intent.name == "withdrawal" && out.intent.confidence >= office.desk.workflow.triage_below;
  if (!match && (withdraws || out.intent.name == "status-request")) {
    asked = asked_about(mail, claimed, known);
    if (withdraws && !is_one_review(asked)) asked.clear();
    if (!asked.empty()) match = Match{asked.front(), "one of the sender's tickets"};
  }

  // A delivery report is believed only at a letter's own signed address.
  if (mail.delivery_report) {
    OIN_TRY(out.reported, reported_letter(tx, office, mail));
    if (out.reported) out.report = report_about(*out.reported, *mail.delivery_report);
    if (out.reported && out.reported->ticket != 0) {
      OIN_TRY(Ticket ticket, tx.ticket(out.reported->ticket));
      match = Match{std::move(ticket), "signed bounce address"};
    }
  }

  if (match) {
    out.before = std::move(match->ticket);
    out.match = std::move(match->how);
  } else {
    OIN_TRY(out.before, new_ticket(tx));
  }
  Correspondence facts;
  if (const Address* to = answer_address(mail)) {
    OIN_TRY(facts, tx.correspondence(comparable(to->addr_spec), out.before.id, now));
    facts.answers_us = claimed != 0 || !out.match.empty();
  }
  out.answer = may_answer(mail, facts, office.desk.workflow.limits);
  if (!staff && is_listed(office.desk.workflow.senders.ignored, out.sender.address))
    out.answer = {false, false, "the sender is ignored by [senders]"};

  MailArrived arrived{mail,           out.submission,
                      out.intent,     out.sender,
                      out.answer,     std::string(mailbox),
                      mail_id,        std::min(arrived_at, now),  // a server's clock may be ahead of ours
                      read.oversized, std::span(known)};
  arrived.asked = asked;
  if (arrived_at - now > clocks_differ_by) arrived.ahead = arrived_at;
  arrived.follows = follows;
  arrived.confirms = confirms_act;
  std::vector<Ticket> app;
  if (std::ranges::find(about_an_app, out.intent.name) != about_an_app.end()) {
    OIN_TRY(app, tickets_of_app(tx, out.submission, app_name, out.before.id));
    arrived.app = app;
  }
  std::vector<Ticket> named;
  if (staff && out.before.opened()) {
    OIN_TRY(const auto letter, answered_letter(tx, office, mail, out.before.id));
    if (letter) arrived.answers_letter_of = letter->written_at;
    const auto given = commands(mail.own_text());
    OIN_TRY(named, tickets_named(tx, given));
    arrived.named = named;
    OIN_TRY(arrived.split, split_source(tx, out.before.id, given));
  }
  if (!staff && out.before.opened() && out.intent.name == "build-question") {
    OIN_TRY(arrived.split.ticket, tx.next_ticket_id());
  }
  out.decision = decide(office.desk, out.before, arrived, now);
  if (out.reported && out.before.opened()) {
    const Ticket filed = oin::apply(out.before, out.decision.events);
    Decision report = decide(office.desk, filed, ReportArrived{out.report, mail_id}, now);
    std::ranges::move(report.events, std::back_inserter(out.decision.events));
    std::ranges::move(report.letters, std::back_inserter(out.decision.letters));
  }
  out.after = oin::apply(out.before, out.decision.events);
  return out;
}

}  // namespace oin
