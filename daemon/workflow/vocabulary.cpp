#include "daemon/workflow/vocabulary.hpp"

#include <algorithm>
#include <cmath>

namespace oin {
namespace {

constexpr std::size_t words_shown = 4;
constexpr double hardly_anything = 0.05;

}  // namespace

double Vocabulary::share_of_word(std::size_t known_words) {
  constexpr double a_few = 20;
  return 1 / std::sqrt(a_few + static_cast<double>(known_words));
}

Vocabulary::Vocabulary(VocabularySettings settings) : settings_(std::move(settings)) {
  place_of_.reserve(settings_.words.size());
  for (std::size_t i = 0; i < settings_.words.size(); ++i) place_of_.emplace(settings_.words[i], i);
}

std::vector<WordsSay> Vocabulary::weigh(std::span<const std::string> telling_words) const {
  std::vector<std::size_t> known;
  for (const std::string& word : telling_words)
    if (const auto it = place_of_.find(word); it != place_of_.end()) known.push_back(it->second);
  const double share = share_of_word(known.size());
  std::vector<WordsSay> out;
  for (std::size_t intent = 0; intent < settings_.intents.size(); ++intent) {
    const auto weight = [&](std::size_t place) { return share * settings_.weight(place, intent); };
    WordsSay say{settings_.intents[intent], 0, {}};
    for (const std::size_t place : known) say.weight += weight(place);
    if (std::abs(say.weight) < hardly_anything) continue;
    const auto loudness = [&](std::size_t place) { return say.weight < 0 ? -weight(place) : weight(place); };
    std::vector<std::size_t> loudest = known;
    const std::size_t shown = std::min(words_shown, loudest.size());
    std::ranges::partial_sort(loudest, loudest.begin() + static_cast<std::ptrdiff_t>(shown),
                              std::ranges::greater{}, loudness);
    loudest.resize(shown);
    for (const std::size_t place : loudest) say.words.push_back(settings_.words[place]);
    out.push_back(std::move(say));
  }
  return out;
}

}  // namespace oin
