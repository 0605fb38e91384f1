/// prose_phrases.hpp: phrases of a table, found where they stand at the head of prose.
#pragma once

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "parsers/prose_tokens.hpp"

namespace oin {

/// "so long" as the tokens' texts.
std::vector<std::string> phrase_tokens(std::string_view words);

/// Does prose that consists of these tokens begin with the phrase?
bool stands_at_head(std::span<const std::string> phrase, std::span<const ProseToken> prose);

/// A table of phrases by their first token.  `Phrase` has its words in `tokens`.
template <class Phrase>
class ProsePhrases {
 public:
  explicit ProsePhrases(std::vector<Phrase> all) {
    for (Phrase& phrase : all) {
      std::string first = phrase.tokens.front();
      by_first_[std::move(first)].push_back(std::move(phrase));
    }
    for (auto& [first, phrases] : by_first_)
      std::ranges::stable_sort(phrases, std::ranges::greater{},
                               [](const Phrase& phrase) { return phrase.tokens.size(); });
  }

  /// Those that begin with the first token, the longest first.
  std::span<const Phrase> beginning_with(std::span<const ProseToken> prose) const {
    if (prose.empty()) return {};
    const auto found = by_first_.find(prose.front().text);
    return found == by_first_.end() ? std::span<const Phrase>() : found->second;
  }

 private:
  std::unordered_map<std::string, std::vector<Phrase>> by_first_;
};

}  // namespace oin
