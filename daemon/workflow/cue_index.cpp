#include "daemon/workflow/cue_index.hpp"

#include <algorithm>
#include <cstring>

#include "parsers/fold.hpp"

namespace oin {
namespace {

constexpr std::size_t long_phrase = 8;

/// A number for the first eight octets of a text that has as many.
std::uint32_t long_beginning(const char* text) {
  std::uint64_t octets = 0;
  std::memcpy(&octets, text, sizeof octets);
  return static_cast<std::uint32_t>((octets * 0x9E3779B97F4A7C15u) >> (64 - CueIndex::beginning_bits));
}

/// The same for the first word, by no more than four of its octets.
std::uint32_t short_beginning(std::string_view text) {
  std::uint32_t octets = 0;
  for (std::size_t i = 0; i < sizeof octets && i < text.size() && text[i] != ' '; ++i)
    octets = octets << 8 | static_cast<unsigned char>(text[i]);
  return (octets * 0x9E3779B1u) >> (32 - CueIndex::beginning_bits);
}

bool begins_with_phrase(std::string_view text, std::string_view phrase) {
  return text.starts_with(phrase) && (text.size() == phrase.size() || text[phrase.size()] == ' ');
}

}  // namespace

CueIndex::CueIndex(std::vector<CueSettings> cues) : cues_(std::move(cues)) {
  for (std::size_t i = 0; i < cues_.size(); ++i)
    for (const std::string& words : cues_[i].words) {
      std::string phrase = folded(words);
      if (phrase.empty()) continue;
      const bool is_long = phrase.size() >= long_phrase;
      const std::uint32_t beginning = is_long ? long_beginning(phrase.data()) : short_beginning(phrase);
      Phrases& list = is_long ? long_ : short_;
      list.known.set(beginning);
      list.phrases.push_back({beginning, i, std::move(phrase)});
    }
  for (Phrases* phrases : {&long_, &short_})
    std::ranges::stable_sort(phrases->phrases, {}, &Phrase::beginning);
}

std::vector<CueHit> CueIndex::hits(std::string_view place, std::string_view text) const {
  std::vector<CueHit> found;
  const auto look_up = [&](const Phrases& phrases, std::uint32_t beginning, std::string_view rest) {
    for (const Phrase& phrase :
         std::ranges::equal_range(phrases.phrases, beginning, {}, &Phrase::beginning)) {
      if (!begins_with_phrase(rest, phrase.folded)) continue;
      if (std::ranges::find(found, phrase.cue, &CueHit::cue) != found.end()) continue;
      if (std::ranges::find(cues_[phrase.cue].where, place) == cues_[phrase.cue].where.end()) continue;
      found.push_back({phrase.cue, phrase.folded});
    }
  };
  for (std::size_t at = 0; at < text.size(); at = std::min(text.find(' ', at), text.size() - 1) + 1) {
    const std::string_view rest = text.substr(at);
    if (rest.size() >= long_phrase)
      if (const auto beginning = long_beginning(rest.data()); long_.known.test(beginning))
        look_up(long_, beginning, rest);
    if (const auto beginning = short_beginning(rest); short_.known.test(beginning))
      look_up(short_, beginning, rest);
  }
  return found;
}

}  // namespace oin
