/// learn.hpp: the vocabulary (vocabulary.hpp) that labelled mails teach: a multinomial logistic regression
/// over their words, fitted beside what the cues already say of each.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "config/workflow_settings.hpp"

namespace oin::test {

/// A mail whose intent is known.
struct Lesson {
  std::string intent;
  std::vector<std::string> words;      ///< telling_words() of it
  std::map<std::string, double> cues;  ///< by intent: the sum of all other evidence
};

/// Always the same for the same lessons.  Intents that structure tells (a machine's mails, commands) are left
/// out.
VocabularySettings learn(std::span<const Lesson> lessons);

/// As config/vocabulary.tsv has it.
std::string vocabulary_file(const VocabularySettings& vocabulary);

}  // namespace oin::test
