#include "daemon/workflow/classify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "parsers/charset.hpp"
#include "parsers/command.hpp"
#include "parsers/fold.hpp"

namespace oin {
namespace {

/// Enough of a text to tell what it is about; a pasted log of megabytes adds nothing but time.
constexpr std::size_t telling_bytes = 20'000;

/// "unclear" wins where nothing speaks louder than this.
constexpr double unclear_weight = 0.3;

/// The subject of an answer says what the thread began with, and little of what this mail wants.
constexpr double answered_subject_share = 0.3;

/// How fast a lead in weight becomes certainty: a lead of 1 is about four to one.
constexpr double sharpness = 1.5;

/// Evidence of at least this weight is what a mail is, whatever else it mentions.
Intent certain(std::string intent, std::string what) {
  return {intent, 1.0, "", "", {{std::move(what), intent, 10.0}}};
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
  const std::string intent(thread && thread->phase ? "submission-update" : purpose_of(submission));
  evidence.push_back(
      {fmt::format("form: {} labelled field{}", submission.labelled, submission.labelled == 1 ? "" : "s"),
       intent, std::min(8.0, 0.45 * submission.labelled)});
}

void weigh_cues(const Desk& desk, const Mail& mail, std::string_view text, std::vector<Evidence>& evidence) {
  const auto weigh = [&](std::string_view place, std::string_view folded_text, double share = 1) {
    for (const CueHit& hit : desk.cues.hits(place, folded_text)) {
      const CueSettings& cue = desk.cues.cues()[hit.cue];
      evidence.push_back(
          {fmt::format("{}: \"{}\"", place, hit.phrase), cue.intent, cue.weight * share, cue.topic});
    }
  };
  weigh("subject", folded(mail.subject), mail.in_reply_to.empty() ? 1 : answered_subject_share);
  weigh("text", text);
  for (const Attachment& attachment : mail.attachments) weigh("attachment", folded(attachment.filename));
}

/// "Hi", "see attached", an empty mail: too little to tell anything from, whatever mailbox it came to.
void weigh_brevity(std::ptrdiff_t words, const Surroundings& around, std::vector<Evidence>& evidence) {
  if (!around.thread && words < 4) evidence.push_back({fmt::format("text: {} words", words), "unclear", 1.5});
}

void weigh_surroundings(const Desk& desk, const Surroundings& around, std::vector<Evidence>& evidence) {
  if (around.thread) {
    const bool reviewed = around.thread->phase.has_value();
    const std::string intent = reviewed                                     ? "issue-answer"
                               : around.thread->queue == "profile-sourcing" ? "profile-sourcing"
                               : around.thread->queue == "dev-support"      ? "build-question"
                                                                            : "publication-question";
    evidence.push_back({fmt::format("thread of {}", reference(around.thread->id)), intent, 2.0});
  }
  for (const CueHit& hit : desk.cues.hits("mailbox", folded(around.mailbox))) {
    const CueSettings& cue = desk.cues.cues()[hit.cue];
    evidence.push_back({fmt::format("mailbox: {}", around.mailbox), cue.intent, cue.weight});
  }
}

/// The heaviest intent and how far it leads (a softmax of the sums).
Intent judge(std::vector<Evidence> evidence) {
  std::map<std::string, double> sums{{"unclear", unclear_weight}};
  for (const Evidence& piece : evidence) sums[piece.intent] += piece.weight;
  std::vector<std::pair<std::string, double>> ranked(sums.begin(), sums.end());
  std::ranges::stable_sort(ranked, std::ranges::greater{}, &std::pair<std::string, double>::second);
  double all = 0;
  for (const auto& [intent, sum] : ranked) all += std::exp(sharpness * (sum - ranked.front().second));
  std::ranges::stable_sort(evidence, std::ranges::greater{}, &Evidence::weight);
  Intent intent{ranked.front().first, 1.0 / all, ranked.size() > 1 ? ranked[1].first : std::string(), {}, {}};
  for (const Evidence& piece : evidence)
    if (intent.topic.empty() && piece.intent == intent.name) intent.topic = piece.topic;
  intent.evidence = std::move(evidence);
  return intent;
}

}  // namespace

Wording wording(const Desk& desk, const Mail& mail) {
  Wording out;
  const std::string text = folded(utf8_prefix(mail.reply_text, telling_bytes));
  weigh_cues(desk, mail, text, out.evidence);
  out.words = text.empty() ? 0 : 1 + std::ranges::count(text, ' ');
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

  std::vector<Evidence> evidence;
  weigh_form(submission, around.thread, evidence);
  evidence.insert(evidence.end(), wording.evidence.begin(), wording.evidence.end());
  weigh_brevity(wording.words, around, evidence);
  weigh_surroundings(desk, around, evidence);
  return judge(std::move(evidence));
}

}  // namespace oin
