/// accuracy_page.hpp: how well intents are told on the labelled set, as the page docs/accuracy.md.
#pragma once

#include <span>
#include <string>

#include "tests/accuracy/labelled_set.hpp"

namespace oin::test {

struct Share {
  int right = 0, all = 0;
  void count(bool is_right) { ++all, right += is_right; }
  double of_one() const { return all == 0 ? 1.0 : static_cast<double>(right) / all; }
};

/// Of those mails of which `wanted` holds, how many have their intent.
template <class Wanted>
Share share_of(std::span<const Judged> judged, Wanted wanted) {
  Share share;
  for (const Judged& mail : judged)
    if (wanted(mail)) share.count(mail.right());
  return share;
}

/// One mail, what it was taken for, and the evidence.
std::string judgement(const Judged& mail);

/// The whole page: the same set and the same cues give the same bytes.
std::string accuracy_page(std::span<const Judged> judged);

}  // namespace oin::test
