/// lessons.hpp: what is learned from the labelled set, and how well it serves for mails of somebody else.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tests/accuracy/labelled_set.hpp"
#include "tests/accuracy/learn.hpp"

namespace oin::test {

/// Of all mails but those that nothing is ever learned from.  They must have been judged by cues alone.
std::vector<Lesson> lessons_of(std::span<const Judged> judged);

/// Each author's mails judged with a vocabulary that was learned from all the others': set, mails, right by
/// cues alone, right with the vocabulary; a line each, between tabs.
std::string unseen_file(std::span<const Judged> judged);

}  // namespace oin::test
