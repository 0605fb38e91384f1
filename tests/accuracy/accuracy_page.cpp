#include "tests/accuracy/accuracy_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace oin::test {
namespace {

constexpr const char* head = R"(# How well a mail's intent is told

Made by `./dev accuracy` from the mails of [tests/labelled](../tests/labelled/README.md), which were written for this
project and are read, filed and judged here as the daemon does it. `test_accuracy` fails when this page is not what the
set, `config/cues.toml` and `config/vocabulary.tsv` give, when fewer than 95 % of all mails have the right intent, or fewer
than 90 % of those of which nothing was ever learned.

## Mail that nobody has seen

The authors wrote without knowing cues or each other's mails. Each row: one author's mails, judged by the cues alone, and
with a vocabulary learned from all the other authors' (`./dev learn`). This is what to expect of an unknown sender; the
shipped vocabulary knows all authors but {}, whose mails were written last, in everyday words.

)";

std::string percent(const Share& share) {
  return share.all == 0 ? "-" : fmt::format("{:.1f} %", 100.0 * share.of_one());
}

std::string unseen() {
  std::ifstream in(std::string(OIND_SOURCE_DIR) + "/tests/labelled/unseen.tsv");
  std::string out = "| author | mails | by cues alone | with the others' vocabulary |\n|---|---|---|---|\n",
              line;
  Share cues_of_all, words_of_all;
  const auto row = [&](const std::string& name, const Share& cues, const Share& words) {
    out += fmt::format("| {} | {} | {} | {} |\n", name, cues.all, percent(cues), percent(words));
  };
  std::getline(in, line);  // the heading
  while (std::getline(in, line)) {
    std::istringstream columns(line);
    std::string name;
    Share cues, words;
    columns >> name >> cues.all >> cues.right >> words.right;
    words.all = cues.all;
    row(name, cues, words);
    for (auto [all, one] : {std::pair(&cues_of_all, &cues), {&words_of_all, &words}}) {
      all->all += one->all;
      all->right += one->right;
    }
  }
  row("all", cues_of_all, words_of_all);
  return out + "\n";
}

std::string totals(std::span<const Judged> judged) {
  std::string out =
      "## With all that was learned\n\nOf A to C the queue is labelled, too; the cues were tuned on A.\n\n"
      "| mails | intent right | of | accuracy | queue right | left to triage | sure and wrong |\n"
      "|---|---|---|---|---|---|---|\n";
  const auto row = [&](const std::string& name, auto wanted) {
    Share intents, queues;
    int left = 0, wrong = 0;
    for (const Judged& mail : judged) {
      if (!wanted(mail.label)) continue;
      intents.count(mail.right());
      if (!mail.label.intent_only) queues.count(mail.queue == mail.label.queue);
      const bool triage =
          mail.queue == "triage" && mail.label.queue != "triage" && mail.label.intent != "unclear";
      left += triage;
      wrong += !mail.right() && !triage;
    }
    out += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", name, intents.right, intents.all,
                       percent(intents), queues.all == 0 ? "-" : percent(queues), left, wrong);
  };
  for (const char set : {'a', 'b', 'c'})
    row(std::string(1, static_cast<char>(set - 'a' + 'A')),
        [&](const Label& label) { return label.set() == set; });
  row("authors", [](const Label& label) { return label.intent_only && label.set() != set_never_learned; });
  row(fmt::format("never learned ({})", set_never_learned),
      [](const Label& label) { return label.set() == set_never_learned; });
  row("all", [](const Label&) { return true; });
  return out + "\n";
}

std::string by_intent(std::span<const Judged> judged, const std::set<std::string>& intents) {
  std::string out = "## By intent\n\n| intent | mails | precision | recall |\n|---|---|---|---|\n";
  for (const std::string& intent : intents) {
    const Share recall = share_of(judged, [&](const Judged& mail) { return mail.label.intent == intent; });
    const Share precision = share_of(judged, [&](const Judged& mail) { return mail.intent.name == intent; });
    out += fmt::format("| {} | {} | {} | {} |\n", intent, recall.all, percent(precision), percent(recall));
  }
  return out + "\n";
}

std::string by_language(std::span<const Judged> judged) {
  std::set<std::string> languages;
  for (const Judged& mail : judged) languages.insert(mail.label.language);
  std::string out = "## By language\n\n| language | mails | accuracy |\n|---|---|---|\n";
  for (const std::string& language : languages) {
    const Share share = share_of(judged, [&](const Judged& mail) { return mail.label.language == language; });
    out += fmt::format("| {} | {} | {} |\n", language, share.all, percent(share));
  }
  return out + "\n";
}

std::string escalations(std::span<const Judged> judged) {
  int found = 0, missed = 0, wrong = 0;
  std::string list;
  for (const Judged& mail : judged) {
    if (mail.label.intent_only) continue;
    found += mail.label.escalated && mail.intent.escalated;
    missed += mail.label.escalated && !mail.intent.escalated;
    wrong += !mail.label.escalated && mail.intent.escalated;
    if (mail.label.escalated != mail.intent.escalated)
      list += fmt::format("- {} {}\n", mail.label.file, mail.label.escalated ? "was missed" : "is none");
  }
  return fmt::format("## Escalations\n\n{} recognised, {} missed, {} mails wrongly taken for one.\n\n{}{}",
                     found, missed, wrong, list, list.empty() ? "" : "\n");
}

std::string confusion(std::span<const Judged> judged, const std::set<std::string>& intents) {
  std::map<std::pair<std::string, std::string>, int> cells;
  for (const Judged& mail : judged) ++cells[{mail.label.intent, mail.intent.name}];
  std::string out =
                  "## Confusion matrix\n\nRows: what a mail is; columns: what it was taken for, in the same "
                  "order.\n\n|  |",
              rule = "|---|";
  int number = 0;
  for ([[maybe_unused]] const std::string& taken : intents) {
    out += fmt::format(" {} |", ++number);
    rule += "---|";
  }
  out += "\n" + rule + "\n";
  number = 0;
  for (const std::string& is : intents) {
    out += fmt::format("| {} {} |", ++number, is);
    for (const std::string& taken : intents) {
      const auto cell = cells.find({is, taken});
      out += cell == cells.end() ? " |" : fmt::format(" {} |", cell->second);
    }
    out += "\n";
  }
  return out + "\n";
}

}  // namespace

std::string judgement(const Judged& mail) {
  const Intent& intent = mail.intent;
  std::string out = fmt::format("{}: {}, taken for {}; queue {}\n", mail.label.file, mail.label.intent,
                                intent.likeliest(), mail.queue);
  for (const auto* list : {&intent.evidence, &intent.escalation})
    for (const Evidence& piece : *list)
      out += fmt::format("  {:+.1f} {} ({})\n", piece.weight, piece.intent, piece.what);
  return out;
}

std::string accuracy_page(std::span<const Judged> judged) {
  std::set<std::string> intents;
  for (const Judged& mail : judged) intents.insert({mail.label.intent, mail.intent.name});
  std::string out = fmt::format(head, set_never_learned) + unseen() + totals(judged) +
                    by_intent(judged, intents) + by_language(judged) + escalations(judged) +
                    confusion(judged, intents) + "## Misses\n";
  for (const Judged& mail : judged) {
    if (mail.right()) continue;
    out += fmt::format("\n{}: {}, taken for {}.\n\n", mail.label.file, mail.label.intent,
                       mail.intent.likeliest());
    for (const Evidence& piece : mail.intent.evidence)
      if (piece.intent == mail.intent.name || piece.intent == mail.label.intent)
        out += fmt::format("- {:+.1f} for {}: {}\n", piece.weight, piece.intent, piece.what);
  }
  return out;
}

}  // namespace oin::test
