#include "daemon/workflow/cue_index.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "parsers/fold.hpp"

namespace oin {
namespace {

std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }

/// A number below 4096 for the first four octets of a word.
std::size_t beginning(std::string_view word) {
  std::uint32_t octets = 0;
  if (word.size() >= sizeof octets)
    std::memcpy(&octets, word.data(), sizeof octets);
  else
    std::memcpy(&octets, word.data(), word.size());
  return (octets * 2654435761u) >> 20;
}

bool begins_with_phrase(std::string_view text, std::string_view phrase) {
  return text.starts_with(phrase) && (text.size() == phrase.size() || text[phrase.size()] == ' ');
}

}  // namespace

CueIndex::CueIndex(std::vector<CueSettings> cues) : cues_(std::move(cues)) {
  for (std::size_t i = 0; i < cues_.size(); ++i)
    for (const std::string& phrase : cues_[i].words) {
      std::string plain = folded(phrase);
      if (plain.empty()) continue;
      beginnings_.set(beginning(first_word(plain)));
      by_first_word_[std::string(first_word(plain))].push_back({i, std::move(plain)});
    }
}

std::vector<CueHit> CueIndex::hits(std::string_view place, std::string_view text) const {
  std::vector<CueHit> found;
  for (std::string_view word = first_word(text); !text.empty();
       text.remove_prefix(std::min(word.size() + 1, text.size())), word = first_word(text)) {
    if (!beginnings_.test(beginning(word))) continue;
    const auto it = by_first_word_.find(word);
    if (it == by_first_word_.end()) continue;
    for (const Phrase& phrase : it->second) {
      if (!begins_with_phrase(text, phrase.folded)) continue;
      if (std::ranges::find(cues_[phrase.cue].where, place) == cues_[phrase.cue].where.end()) continue;
      if (std::ranges::find(found, phrase.cue, &CueHit::cue) != found.end()) continue;
      found.push_back({phrase.cue, phrase.folded});
    }
  }
  return found;
}

}  // namespace oin
