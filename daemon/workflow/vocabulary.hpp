/// vocabulary.hpp: what the plain words of a mail say of its intent, learned from mails that people have
/// judged.
///
/// Cues (cue_index.hpp) are what somebody knew to write down; this is what the labelled mails of
/// tests/labelled show beside them: every word speaks a little for some intents and against others.  A
/// logistic regression gives the weights (`./dev learn`), in the same unit as those of the cues.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <span>
#include <string>
#include <vector>

#include "config/workflow_settings.hpp"

namespace oin {

/// What all words of a mail say for one intent, or against it.
struct WordsSay {
  std::string intent;
  double weight = 0;
  std::vector<std::string> words;  ///< those that say it loudest, the loudest first
};

class Vocabulary {
 public:
  Vocabulary() = default;
  explicit Vocabulary(VocabularySettings settings);

  /// One for each intent of which the words say anything.
  std::vector<WordsSay> weigh(std::span<const std::string> telling_words) const;

  /// By how much the weight of each counts where so many are known: a long mail says hardly more than a
  /// short one, and a few words little.
  static double share_of_word(std::size_t known_words);

 private:
  VocabularySettings settings_;
  boost::unordered_flat_map<std::string, std::size_t> place_of_;  ///< a word's line
};

}  // namespace oin
