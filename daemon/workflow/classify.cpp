#include "daemon/workflow/classify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <map>

#include "daemon/workflow/telling_words.hpp"
#include "parsers/charset.hpp"
#include "parsers/command.hpp"
#include "parsers/fold.hpp"
#include "parsers/issue_answers.hpp"
#include "parsers/text_shape.hpp"

namespace oin {
namespace {

/// Enough of a text to tell what it is about; a pasted log of megabytes adds nothing but time.
constexpr std::size_t telling_bytes = 20'000;

/// "unclear" wins where nothing speaks louder than this.
constexpr double unclear_weight = 0.6;

/// The subject of an answer says what the thread began with, and little of what this mail wants.
constexpr double answered_subject_share = 0.3;

/// So much of a cue's weight counts in what the sender only passes on.
constexpr double forwarded_share = 0.6;

/// Evidence of at least this weight is what a mail is, whatever else it mentions.
Intent certain(std::string intent, std::string what) {
  Intent out;
  out.name = intent;
  out.confidence = 1.0;
  out.evidence = {{std::move(what), std::move(intent), 10.0}};
  return out;
}

/// What a form is sent for, by its own word.
std::string_view purpose_of(const Submission& submission) {
  const auto said = [&](const char* field, std::string_view word) {
    const auto it = submission.fields.find(field);
    return it != submission.fields.end() && it->second.items == std::vector{std::string(word)};
  };
  if (said("submission_type", "update") || said("submission_type", "rename")) return "submission-update";
  if (said("submission_type", "removal")) return "removal";
  if (said("submission_type", "private") || said("visibility", "private")) return "private-integration";
  return "submission";
}

/// The form itself speaks loudest for a submission: nobody types five of its labels by chance.
void weigh_form(const Submission& submission, const Ticket* thread, std::vector<Evidence>& evidence) {
  if (submission.labelled == 0) return;
  // One or two may stand in any mail that names an app.
  const double weight_of_label = submission.labelled < 3 ? 0.8 : 1.6;
  const std::string intent(thread && thread->phase ? "submission-update" : purpose_of(submission));
  evidence.push_back(
      {fmt::format("form: {} labelled field{}", submission.labelled, submission.labelled == 1 ? "" : "s"),
       intent, std::min(16.0, weight_of_label * submission.labelled)});
}

/// Whoever writes of the issues by their numbers answers them.
void weigh_answers(const Mail& mail, const Ticket* thread, std::vector<Evidence>& evidence) {
  if (!thread) return;
  std::vector<int> standing;
  for (const Issue& issue : thread->issues)
    if (issue.stands()) standing.push_back(issue.number);
  if (standing.empty()) return;
  const auto answers = std::ranges::count_if(issue_answers(mail, standing), [](const IssueAnswer& answer) {
    return answer.said != IssueAnswer::Said::other;
  });
  if (answers > 0)
    evidence.push_back({fmt::format("answers: to {} of {} issues", answers, standing.size()), "issue-answer",
                        std::min(7.0, 3.0 + static_cast<double>(answers))});
}

/// Evidence of the cues at one place after another.  What is found at several counts once, where it weighs
/// most.
class Weighing {
 public:
  explicit Weighing(const CueIndex& cues) : cues_(cues) {}

  void weigh(std::string_view place, std::string_view folded_text, std::string_view shown, double share = 1) {
    if (folded_text.empty()) return;
    for (CueHit& hit : cues_.hits(place, folded_text)) {
      const CueSettings& cue = cues_.cues()[hit.cue];
      Piece piece{hit.cue, std::move(hit.phrase), {}};
      piece.evidence = {fmt::format("{}: {}", shown, piece.phrase), cue.intent, cue.weight * share,
                        cue.topic};
      if (Piece* known = same_as(piece, cue)) {
        if (std::abs(piece.evidence.weight) > std::abs(known->evidence.weight)) *known = std::move(piece);
      } else {
        pieces_.push_back(std::move(piece));
      }
    }
  }
  std::vector<Evidence> take() && {
    std::vector<Evidence> evidence;
    evidence.reserve(pieces_.size());
    for (Piece& piece : pieces_) evidence.push_back(std::move(piece.evidence));
    return evidence;
  }

 private:
  struct Piece {
    std::size_t cue = 0;
    std::string phrase{};
    Evidence evidence{};
  };

  /// What this piece would say again; the weakest of its cue's where that has said all it may.
  Piece* same_as(const Piece& piece, const CueSettings& cue) {
    Piece* weakest = nullptr;
    int count = 0;
    for (Piece& known : pieces_) {
      if (known.cue != piece.cue) continue;
      if (known.phrase == piece.phrase) return &known;
      if (!weakest || std::abs(known.evidence.weight) < std::abs(weakest->evidence.weight)) weakest = &known;
      ++count;
    }
    return count < cue.most ? nullptr : weakest;
  }

  const CueIndex& cues_;
  std::vector<Piece> pieces_;
};

/// "Nagios <nagios@mon.example>" → "nagios nagios".
std::string sender_words(const Mail& mail) {
  if (mail.from.empty()) return {};
  const Address& from = mail.from.front();
  return folded(from.display_name + " " + std::string(from.local_part()));
}

/// What the plain words say, whether somebody thought of them as cues or not.
void weigh_words(const Desk& desk, std::span<const std::string> telling, std::vector<Evidence>& evidence) {
  for (WordsSay& say : desk.vocabulary.weigh(telling))
    evidence.push_back(
        {fmt::format("words: {}", fmt::join(say.words, ", ")), std::move(say.intent), say.weight});
}

/// Scripts without blanks count two characters a word.
std::ptrdiff_t count_words(std::string_view folded_text) {
  std::ptrdiff_t words = folded_text.empty() ? 0 : 1, characters = 0;
  for (const char c : folded_text) {
    words += c == ' ';
    characters += static_cast<unsigned char>(c) >= 0xE3;
  }
  return words + characters / 2;
}

bool encrypted(const Mail& mail) {
  return std::ranges::any_of(mail.attachments, [](const Attachment& part) {
    return part.content_type == "application/pgp-encrypted" ||
           part.content_type == "application/pkcs7-mime" || part.content_type == "application/x-pkcs7-mime";
  });
}

/// "Hi", "see attached", an empty mail: too little to tell anything from, whatever mailbox it came to.
void weigh_brevity(const Wording& wording, const Surroundings& around, std::vector<Evidence>& evidence) {
  constexpr std::ptrdiff_t hardly_any = 4;
  if (wording.unreadable) evidence.push_back({"attachment: encrypted", "unclear", 3.0});
  if (!around.thread && wording.words < hardly_any)
    evidence.push_back({fmt::format("text: {} words", wording.words), "unclear", 1.5});
}

/// The thread as the cues name it: "review awaited" while its vendor owes an answer, "question pending
/// dev-support", "review closed".
std::string thread_words(const Ticket& thread) {
  return fmt::format("{} {} {}", thread.phase ? "review" : "question",
                     thread.state == TicketState::closed ? "closed"
                     : thread.turn == Turn::vendor       ? "awaited"
                                                         : "pending",
                     thread.queue);
}

std::vector<Evidence> surroundings(const Desk& desk, const Mail& mail, const Surroundings& around) {
  Weighing weighing(desk.cues);
  const bool asks = text_shape(utf8_prefix(mail.own_text(), telling_bytes)).starts_with("question");
  const std::string_view asking = asks ? " asks" : "";
  if (around.thread)
    weighing.weigh("thread", folded(thread_words(*around.thread) + std::string(asking)),
                   fmt::format("thread of {}", reference(around.thread->id)));
  else
    weighing.weigh("relation", folded(around.relation + std::string(asking)), "sender");
  weighing.weigh("mailbox", folded(around.mailbox), "mailbox");
  return std::move(weighing).take();
}

/// What presses is no evidence of what is wanted.
std::vector<Evidence> take_escalation(std::vector<Evidence>& evidence) {
  std::vector<Evidence> out;
  for (const Evidence& piece : evidence)
    if (piece.intent == escalation) out.push_back(piece);
  std::erase_if(evidence, [](const Evidence& piece) { return piece.intent == escalation; });
  std::ranges::stable_sort(out, std::ranges::greater{}, &Evidence::weight);
  return out;
}

/// Everybody who sells something calls it urgent; what is not understood can be called so too.
bool may_escalate(std::string_view intent) {
  return intent != "unwanted" && intent != "automatic" && intent != "delivery-report" && intent != "commands";
}

}  // namespace

std::string relation_of(std::span<const Ticket> known) {
  const auto any = [&](auto holds) { return std::ranges::any_of(known, holds); };
  std::string out;
  const auto say = [&](bool holds, std::string_view word) {
    if (holds) out.append(out.empty() ? "" : " ").append(word);
  };
  const auto open = [](const Ticket& ticket) { return ticket.state != TicketState::closed; };
  say(any([&](const Ticket& ticket) { return ticket.phase && open(ticket); }), "candidate");
  say(any([&](const Ticket& ticket) { return ticket.phase && open(ticket) && ticket.turn == Turn::vendor; }),
      "awaited");
  say(any([](const Ticket& ticket) { return ticket.outcome == "published"; }), "owner");
  say(any([&](const Ticket& ticket) { return !ticket.phase && open(ticket); }), "asker");
  return out.empty() ? "stranger" : out;
}

Intent judge(std::vector<Evidence> evidence) {
  std::map<std::string, double> sums{{"unclear", unclear_weight}};
  for (const Evidence& piece : evidence) sums[piece.intent] += piece.weight;
  std::vector<std::pair<std::string, double>> ranked(sums.begin(), sums.end());
  std::ranges::stable_sort(ranked, std::ranges::greater{}, &std::pair<std::string, double>::second);
  double all = 0;
  for (const auto& [intent, sum] : ranked)
    all += std::exp(evidence_sharpness * (sum - ranked.front().second));
  std::ranges::stable_sort(evidence, std::ranges::greater{}, &Evidence::weight);
  Intent intent;
  intent.name = ranked.front().first;
  intent.confidence = 1.0 / all;
  if (ranked.size() > 1) {
    intent.runner_up = ranked[1].first;
    intent.runner_up_confidence = std::exp(evidence_sharpness * (ranked[1].second - ranked[0].second)) / all;
  }
  for (const Evidence& piece : evidence)
    if (intent.topic.empty() && piece.intent == intent.name) intent.topic = piece.topic;
  intent.evidence = std::move(evidence);
  return intent;
}

std::string Intent::likeliest() const {
  return runner_up.empty()
             ? fmt::format("{} ({:.2f})", name, confidence)
             : fmt::format("{} ({:.2f}) or {} ({:.2f})", name, confidence, runner_up, runner_up_confidence);
}

Wording wording(const Desk& desk, const Mail& mail) {
  Wording out;
  Weighing weighing(desk.cues);
  const std::string_view own = utf8_prefix(mail.own_text(), telling_bytes);
  const std::string text = folded(own), subject = folded(mail.subject);
  const bool answers = !mail.in_reply_to.empty();
  weighing.weigh("subject", subject, "subject", answers ? answered_subject_share : 1);
  weighing.weigh("text", text, "text");
  weighing.weigh("shape", text_shape(own), "shape");
  // Somebody else wrote what is forwarded, yet it is what the mail is about.
  const std::string forwarded =
      folded(utf8_prefix(std::string_view(mail.reply_text).substr(mail.own_text().size()), telling_bytes));
  weighing.weigh("text", forwarded, "forwarded", forwarded_share);
  weighing.weigh("sender", sender_words(mail), "from");
  if (!mail.cc.empty()) weighing.weigh("shape", "cc", "header");
  for (const Attachment& attachment : mail.attachments)
    weighing.weigh("attachment", folded(attachment.filename), "attachment");
  out.evidence = std::move(weighing).take();
  out.telling = telling_words(answers ? "" : subject, text + " " + forwarded);
  weigh_words(desk, out.telling, out.evidence);
  out.words = count_words(text);
  out.unreadable = encrypted(mail);
  return out;
}

Intent classify(const Desk& desk, const Mail& mail, const Submission& submission, const Wording& wording,
                const Surroundings& around) {
  if (mail.delivery_report) return certain("delivery-report", "a delivery status notification (RFC 3464)");
  if (mail.automatic)
    return certain("automatic", mail.automatic->evidence.empty() ? mail.automatic->kind
                                                                 : mail.automatic->evidence.front());
  if (around.from_staff && !commands(mail.own_text()).empty())
    return certain("commands", "a line that starts with /");
  if (around.from_staff && around.thread)
    return certain("commands", fmt::format("a person of the team answers {}", reference(around.thread->id)));

  std::vector<Evidence> evidence = wording.evidence;
  std::vector<Evidence> pressing = take_escalation(evidence);
  weigh_form(submission, around.thread, evidence);
  weigh_answers(mail, around.thread, evidence);
  weigh_brevity(wording, around, evidence);
  std::ranges::move(surroundings(desk, mail, around), std::back_inserter(evidence));
  Intent intent = judge(std::move(evidence));
  double weight = 0;
  for (const Evidence& piece : pressing) weight += piece.weight;
  intent.escalated = may_escalate(intent.name) && weight >= desk.workflow.escalated_from;
  intent.escalation = std::move(pressing);
  return intent;
}

}  // namespace oin
