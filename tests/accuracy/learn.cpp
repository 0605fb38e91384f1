#include "tests/accuracy/learn.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "daemon/workflow/classify.hpp"
#include "daemon/workflow/vocabulary.hpp"

namespace oin::test {
namespace {

using namespace std::string_view_literals;

constexpr std::array intents{"app-problem"sv,       "build-question"sv,
                             "issue-answer"sv,      "private-integration"sv,
                             "profile-sourcing"sv,  "publication-question"sv,
                             "removal"sv,           "security-report"sv,
                             "status-request"sv,    "submission"sv,
                             "submission-update"sv, "unclear"sv,
                             "unwanted"sv,          "withdrawal"sv};
using Scores = std::array<double, intents.size()>;

constexpr int fewest_mails = 2;          ///< a word in fewer teaches nothing
constexpr double hardly_anything = 0.5;  ///< smaller weights are left out
constexpr double shrinkage = 5e-6;       ///< the regression's penalty on large weights
constexpr int rounds = 300;
constexpr double step = 0.05;

/// A mail with its words as numbers.
struct Example {
  std::size_t intent = 0;
  std::vector<std::size_t> words{};
  double share = 0;  ///< of each word, as vocabulary.cpp counts it
  Scores cues{};
};

void to_certainties(Scores& scores) {
  const double most = std::ranges::max(scores);
  double all = 0;
  for (double& score : scores) all += score = std::exp(score - most);
  for (double& score : scores) score /= all;
}

/// Goes down a slope with steps that adapt to how steep it has been (RMSProp).
class Descent {
 public:
  explicit Descent(std::size_t count) : steepness_(count, 1e-4) {}
  void go(std::size_t i, double slope, double& value) {
    steepness_[i] = 0.9 * steepness_[i] + 0.1 * slope * slope;
    value -= step * slope / (std::sqrt(steepness_[i]) + 1e-4);
  }

 private:
  std::vector<double> steepness_;
};

/// How much a word has to say, by how few mails have it: "the" is in every one.
std::vector<double> rarity(std::span<const Example> examples, std::size_t words) {
  std::vector<double> mails(words);
  for (const Example& example : examples)
    for (const std::size_t word : example.words) ++mails[word];
  for (double& count : mails) count = std::log(static_cast<double>(examples.size()) / (count + 1)) / 3;
  return mails;
}

std::vector<double> fit(std::span<const Example> examples, std::size_t words) {
  const std::vector<double> rare = rarity(examples, words);
  std::vector<double> weights(words * intents.size()), slopes(weights.size());
  Descent descent(weights.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < weights.size(); ++i) slopes[i] = shrinkage * weights[i];
    for (const Example& example : examples) {
      Scores scores = example.cues;
      for (std::size_t k = 0; k < intents.size(); ++k) {
        for (const std::size_t word : example.words)
          scores[k] += example.share * rare[word] * weights[word * intents.size() + k];
        scores[k] *= evidence_sharpness;
      }
      to_certainties(scores);
      scores[example.intent] -= 1;
      const double share = example.share / static_cast<double>(examples.size());
      for (const std::size_t word : example.words)
        for (std::size_t k = 0; k < intents.size(); ++k)
          slopes[word * intents.size() + k] += share * rare[word] * scores[k];
    }
    for (std::size_t i = 0; i < weights.size(); ++i) descent.go(i, slopes[i], weights[i]);
  }
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] *= rare[i / intents.size()];
  return weights;
}

std::int16_t hundredths(double weight) {
  constexpr long loudest = 3000;  // read_vocabulary.cpp allows no more
  return static_cast<std::int16_t>(std::clamp(std::lround(weight * 100), -loudest, loudest));
}

std::vector<std::string> words_of(std::span<const Lesson> lessons) {
  std::map<std::string, int> mails;
  for (const Lesson& lesson : lessons)
    for (const std::string& word : lesson.words) ++mails[word];
  std::vector<std::string> out;
  for (const auto& [word, count] : mails)
    if (count >= fewest_mails) out.push_back(word);
  return out;
}

}  // namespace

VocabularySettings learn(std::span<const Lesson> lessons) {
  VocabularySettings out;
  out.intents.assign(intents.begin(), intents.end());
  out.words = words_of(lessons);
  std::vector<Example> examples;
  for (const Lesson& lesson : lessons) {
    const auto intent = std::ranges::find(intents, lesson.intent);
    if (intent == intents.end()) continue;
    Example& example = examples.emplace_back();
    example.intent = static_cast<std::size_t>(intent - intents.begin());
    for (const std::string& word : lesson.words)
      if (const auto at = std::ranges::lower_bound(out.words, word); at != out.words.end() && *at == word)
        example.words.push_back(static_cast<std::size_t>(at - out.words.begin()));
    example.share = Vocabulary::share_of_word(example.words.size());
    for (std::size_t k = 0; k < intents.size(); ++k)
      if (const auto sum = lesson.cues.find(std::string(intents[k])); sum != lesson.cues.end())
        example.cues[k] = sum->second;
  }
  for (const double weight : fit(examples, out.words.size()))
    out.weights.push_back(std::abs(weight) < hardly_anything ? std::int16_t{0} : hundredths(weight));
  return out;
}

std::string vocabulary_file(const VocabularySettings& vocabulary) {
  std::string out =
      "# vocabulary.tsv: what plain words say of a mail's intent, in hundredths of a cue's weight.  Made by\n"
      "# `./dev learn` from tests/labelled; a file of this name beside oind.toml replaces it as a whole.\n"
      "# docs/classification.md says what the words are and how they count.\n";
  out += fmt::format("word\t{}\n", fmt::join(vocabulary.intents, "\t"));
  for (std::size_t word = 0; word < vocabulary.words.size(); ++word) {
    out += vocabulary.words[word];
    for (std::size_t k = 0; k < vocabulary.intents.size(); ++k) {
      const int weight = vocabulary.weights[word * vocabulary.intents.size() + k];
      out += weight == 0 ? std::string("\t") : fmt::format("\t{}", weight);
    }
    out += '\n';
  }
  return out;
}

}  // namespace oin::test
