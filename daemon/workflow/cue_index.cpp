#include "daemon/workflow/cue_index.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "parsers/fold.hpp"

namespace oin {
namespace {

std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }

constexpr std::size_t long_phrase = 8;

/// A number below 4096 for the first eight octets of a text that has as many.
std::size_t long_beginning(std::string_view text) {
  std::uint64_t octets = 0;
  std::memcpy(&octets, text.data(), sizeof octets);
  return (octets * 0x9E3779B97F4A7C15u) >> 52;
}

/// The same for the first word, by no more than four of its octets.
std::size_t short_beginning(std::string_view word) {
  std::uint32_t octets = 0;
  if (word.size() >= sizeof octets)
    std::memcpy(&octets, word.data(), sizeof octets);
  else
    std::memcpy(&octets, word.data(), word.size());
  return (octets * 0x9E3779B1u) >> 20;
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
      if (plain.size() >= long_phrase)
        long_beginnings_.set(long_beginning(plain));
      else
        short_beginnings_.set(short_beginning(first_word(plain)));
      by_first_word_[std::string(first_word(plain))].push_back({i, std::move(plain)});
    }
}

std::vector<CueHit> CueIndex::hits(std::string_view place, std::string_view text) const {
  std::vector<CueHit> found;
  for (std::string_view word = first_word(text); !text.empty();
       text.remove_prefix(std::min(word.size() + 1, text.size())), word = first_word(text)) {
    const bool may_begin = (text.size() >= long_phrase && long_beginnings_.test(long_beginning(text))) ||
                           short_beginnings_.test(short_beginning(word));
    if (!may_begin) continue;
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
