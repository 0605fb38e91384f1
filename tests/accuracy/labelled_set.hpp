/// labelled_set.hpp: the mails of tests/labelled, and what the desk makes of each.
///
/// They are read, filed and judged as the daemon does it, on a store in which the tickets of
/// tests/labelled/past stand.  Nothing of one mail is kept for the next.
#pragma once

#include <string>
#include <vector>

#include "daemon/office.hpp"
#include "daemon/workflow/classify.hpp"

namespace oin::test {

/// What a person says of a mail: a line of labels.tsv, or the heading of a mail in one of the authors' files.
struct Label {
  std::string file;  ///< "a/removal-03.eml", "d/17"
  std::string intent, queue, mailbox, sender, language;
  bool escalated = false;
  bool intent_only = false;  ///< the authors said nothing of queue and escalation

  /// 'a': the cues were tuned on it; 'b', 'c': held out from that; from 'd' on: the authors' sets.
  char set() const { return file.front(); }
};

struct LabelledMail {
  Label label;
  std::string bytes;  ///< RFC 5322
};

struct Judged {
  Label label;
  Intent intent;
  std::string queue;               ///< of the ticket that the mail touched or opened; "-" for none
  std::vector<std::string> words;  ///< telling_words() of it

  bool right() const { return intent.name == label.intent; }
};

/// The set of whose mails nothing was ever learned.
inline constexpr char set_never_learned = 'l';

std::vector<LabelledMail> labelled_set();

/// How the set is judged.
struct Judging {
  bool swapped = false;        ///< sent to the other mailbox than the one it came to
  bool by_cues_alone = false;  ///< without the vocabulary
};
std::vector<Judged> judge_labelled_set(Judging how = {});

}  // namespace oin::test
