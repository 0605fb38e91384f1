#include "daemon/explain.hpp"

#include <cmath>

#include "parsers/command.hpp"

namespace oin {
namespace {

double in_thousandths(double number) { return std::round(number * 1000) / 1000; }

Json letter_json(const Office& office, const LetterDraft& draft) {
  Json out = {{"event", draft.event}, {"to", Json::array()}, {"subject", nullptr}, {"text", nullptr}};
  for (const Address& address : draft.to) out["to"].push_back(address.addr_spec);
  if (const auto words = office.letters.render(draft.event, draft.variables, draft.locale)) {
    out["subject"] = words.value().subject;
    out["text"] = words.value().text;
  }
  return out;
}

Json evidence_json(const std::vector<Evidence>& evidence) {
  Json out = Json::array();
  for (const Evidence& piece : evidence)
    out.push_back({{"what", piece.what}, {"for", piece.intent}, {"weight", in_thousandths(piece.weight)}});
  return out;
}

}  // namespace

std::string mailbox_of(const Desk& desk, const Mail& mail) {
  for (const std::string_view name : {"Delivered-To", "X-Original-To"})
    for (const std::string_view body : mail.fields(name))
      for (const Address& address : address_list(body))
        if (const DeskMailbox* mailbox = desk.mailbox_of(address.addr_spec)) return mailbox->name;
  for (const auto* list : {&mail.to, &mail.cc})
    for (const Address& address : *list)
      if (const DeskMailbox* mailbox = desk.mailbox_of(address.addr_spec)) return mailbox->name;
  // With the shipped addresses nothing fits a real mail: "developers@" of any domain then means that mailbox.
  for (const auto* list : {&mail.to, &mail.cc})
    for (const Address& address : *list)
      for (const DeskMailbox& mailbox : desk.mailboxes)
        if (const auto local = address.local_part(); local.substr(0, local.find('+')) == mailbox.name)
          return mailbox.name;
  return "oin";
}

Json explain_json(const std::string& file, const Office& office, const ReadMail& read,
                  const std::string& mailbox, const Reception& r) {
  const bool touched = !r.decision.events.empty();
  Json events = Json::array(), letters = Json::array(), issues = Json::array(), command_list = Json::array();
  for (const Event& event : r.decision.events)
    events.push_back({{"type", type_name(event.what)}, {"text", summary(event.what)}});
  for (const LetterDraft& draft : r.decision.letters) letters.push_back(letter_json(office, draft));
  for (const Issue& issue : r.after.issues)
    if (issue.stands())
      issues.push_back({{"code", issue.finding.code},
                        {"severity", issue.finding.severity},
                        {"field", issue.finding.field.empty() ? Json() : Json(issue.finding.field)},
                        {"text", issue.finding.text}});
  if (r.intent.name == "commands") {
    const auto given = commands(read.mail.own_text());
    for (std::size_t i = 0; i < given.size(); ++i) {
      const bool tried = i < r.decision.results.size();
      command_list.push_back({{"name", given[i].name},
                              {"arguments", given[i].arguments},
                              {"allowed", tried && r.decision.results[i].done},
                              {"why", tried               ? r.decision.results[i].text
                                      : r.sender.verified ? "the mail belongs to no ticket"
                                                          : "the sender is not verified: " + r.sender.why}});
    }
  }
  return {{"file", file},
          {"mailbox", mailbox},
          {"intent", r.intent.name},
          {"confidence", in_thousandths(r.intent.confidence)},
          {"runner_up", r.intent.runner_up.empty() ? Json() : Json(r.intent.runner_up)},
          {"runner_up_confidence", in_thousandths(r.intent.runner_up_confidence)},
          {"topic", r.intent.topic.empty() ? Json() : Json(r.intent.topic)},
          {"evidence", evidence_json(r.intent.evidence)},
          {"escalated", r.intent.escalated},
          {"escalation", evidence_json(r.intent.escalation)},
          {"queue", touched ? Json(r.after.queue) : Json()},
          {"ticket", r.before.opened() ? Json(reference(r.before.id)) : Json()},
          {"match", r.match.empty() ? Json() : Json(r.match)},
          {"sender",
           {{"address", r.sender.address},
            {"role", r.sender.role},
            {"relation", r.relation},
            {"verified", r.sender.verified},
            {"why", r.sender.why}}},
          {"submission", r.submission.empty() ? Json() : submission_json(r.submission)},
          {"issues", issues},
          {"answer", {{"allowed", r.answer.allowed}, {"why", r.answer.why}}},
          {"commands", command_list},
          {"events", events},
          {"letters", letters}};
}

}  // namespace oin
