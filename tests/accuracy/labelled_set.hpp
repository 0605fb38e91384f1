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

/// A line of labels.tsv: what a person says of a mail.
struct Label {
  std::string file;  ///< "a/removal-03.eml"
  std::string intent, queue, mailbox, sender, language;
  bool escalated = false;

  /// 'a': the cues were tuned on it; 'b': held out; 'c': written when the cues were finished.
  char set() const { return file.front(); }
};

struct Judged {
  Label label;
  Intent intent;
  std::string queue;  ///< of the ticket that the mail touched or opened; "-" for none

  bool right() const { return intent.name == label.intent; }
};

std::vector<Label> labels();

/// Every mail; `swapped`: to the other mailbox than the one it came to.
std::vector<Judged> judge_labelled_set(bool swapped = false);

}  // namespace oin::test
