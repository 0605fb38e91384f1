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

/// Kana and Han: UTF-8's lead octets of U+3000 to U+9FFF, which the scripts without blanks share.
bool unspaced(char octet) {
  const auto lead = static_cast<unsigned char>(octet);
  return lead >= 0xE3 && lead <= 0xE9;
}

/// The same for the first word, by no more than four of its octets.
std::uint32_t short_beginning(std::string_view text) {
  std::uint32_t octets = 0;
  const bool spaced = text.empty() || !unspaced(text.front());
  for (std::size_t i = 0; i < sizeof octets && i < text.size(); ++i) {
    if (text[i] == ' ' || (spaced && unspaced(text[i]))) break;
    octets = octets << 8 | static_cast<unsigned char>(text[i]);
  }
  return (octets * 0x9E3779B1u) >> (32 - CueIndex::beginning_bits);
}

/// Hangul has blanks, and particles at its words' ends.
bool ends_in_hangul(std::string_view text) {
  if (text.size() < 3) return false;
  const auto lead = static_cast<unsigned char>(text[text.size() - 3]),
             next = static_cast<unsigned char>(text[text.size() - 2]);
  return lead == 0xE1 && next >= 0x84 && next <= 0x87;
}

bool ends_unspaced(std::string_view text) { return text.size() >= 3 && unspaced(text[text.size() - 3]); }

/// Where the next word begins behind `at`.
std::size_t next_word(std::string_view text, std::size_t at) {
  if (unspaced(text[at])) {
    at = std::min(at + 3, text.size());
    return at < text.size() && text[at] == ' ' ? at + 1 : at;
  }
  while (++at < text.size()) {
    if (text[at] == ' ') return at + 1;
    if (unspaced(text[at])) return at;
  }
  return at;
}

}  // namespace

CueIndex::CueIndex(std::vector<CueSettings> cues) : cues_(std::move(cues)) {
  std::size_t lists = 0;
  for (std::size_t cue = 0; cue < cues_.size(); ++cue) {
    first_list_.push_back(lists);
    for (const auto& list : cues_[cue].near) {
      for (const std::string& words : list) file(cue, lists, words);
      ++lists;
    }
    if (!cues_[cue].near.empty()) continue;
    for (const std::string& words : cues_[cue].words) file(cue, lists, words);
    ++lists;
  }
  first_list_.push_back(lists);
  for (Phrases* phrases : {&long_, &short_})
    std::ranges::stable_sort(phrases->phrases, {}, &Phrase::beginning);
}

void CueIndex::file(std::size_t cue, std::size_t list, const std::string& words) {
  std::string phrase = folded(words);
  if (phrase.empty()) return;
  const bool open = words.ends_with('*') || ends_unspaced(phrase) || ends_in_hangul(phrase);
  const bool is_long = phrase.size() >= long_phrase;
  const std::uint32_t beginning = is_long ? long_beginning(phrase.data()) : short_beginning(phrase);
  Phrases& phrases = is_long ? long_ : short_;
  phrases.known.set(beginning);
  phrases.phrases.push_back({beginning, cue, list, std::move(phrase), open});
}

/// One text's way through the index.
class CueIndex::Scan {
 public:
  Scan(const CueIndex& index, std::string_view place, std::string_view text)
      : index_(index), place_(place), text_(text) {}

  std::vector<CueHit> hits() && {
    for (std::size_t at = 0; at < text_.size(); at = next_word(text_, at)) {
      const std::string_view rest = text_.substr(at);
      if (rest.size() >= long_phrase)
        if (const auto beginning = long_beginning(rest.data()); index_.long_.known.test(beginning))
          look_up(index_.long_, beginning, at);
      if (const auto beginning = short_beginning(rest); index_.short_.known.test(beginning))
        look_up(index_.short_, beginning, at);
    }
    return std::move(hits_);
  }

 private:
  /// Where a phrase of a list stood last.
  struct Seen {
    const Phrase* phrase = nullptr;
    std::size_t at = 0;
  };

  bool stands(const Phrase& phrase, std::size_t at) const {
    const std::string_view rest = text_.substr(at);
    if (!rest.starts_with(phrase.folded)) return false;
    return phrase.open || rest.size() == phrase.folded.size() || rest[phrase.folded.size()] == ' ' ||
           unspaced(rest[phrase.folded.size()]);
  }

  void look_up(const Phrases& phrases, std::uint32_t beginning, std::size_t at) {
    for (const Phrase& phrase :
         std::ranges::equal_range(phrases.phrases, beginning, {}, &Phrase::beginning)) {
      if (!stands(phrase, at)) continue;
      const CueSettings& cue = index_.cues_[phrase.cue];
      if (std::ranges::count(hits_, phrase.cue, &CueHit::cue) >= cue.most) continue;
      if (std::ranges::find(words_, &phrase) != words_.end()) continue;
      if (std::ranges::find(cue.where, place_) == cue.where.end()) continue;
      if (cue.near.size() >= 2) {
        stand_near(phrase, at);
        continue;
      }
      hits_.push_back({phrase.cue, found(phrase, at)});
      if (cue.most > 1) words_.push_back(&phrase);
    }
  }

  /// Is there now one of each of the cue's lists close by?
  void stand_near(const Phrase& phrase, std::size_t at) {
    if (seen_.empty()) seen_.resize(index_.first_list_.back());
    seen_[phrase.list] = {&phrase, at};
    std::vector<Seen> found_near;
    for (std::size_t list = index_.first_list_[phrase.cue]; list < index_.first_list_[phrase.cue + 1];
         ++list) {
      if (!seen_[list].phrase || at - seen_[list].at > near_octets) return;
      found_near.push_back(seen_[list]);
    }
    std::ranges::stable_sort(found_near, {}, &Seen::at);
    // One word that is in two lists is not two words.
    if (std::ranges::adjacent_find(found_near, {}, &Seen::at) != found_near.end()) return;
    std::string shown;
    for (const Seen& seen : found_near) {
      if (!shown.empty()) shown += " … ";
      shown += found(*seen.phrase, seen.at);
    }
    hits_.push_back({phrase.cue, std::move(shown)});
  }

  /// As it stands there, to the end of its last word.
  std::string found(const Phrase& phrase, std::size_t at) const {
    if (!phrase.open || ends_unspaced(phrase.folded)) return phrase.folded;
    const std::size_t end = std::min(text_.find(' ', at + phrase.folded.size()), text_.size());
    return std::string(text_.substr(at, std::min(end - at, phrase.folded.size() + longest_ending)));
  }
  static constexpr std::size_t longest_ending = 20;

  const CueIndex& index_;
  std::string_view place_, text_;
  std::vector<Seen> seen_;  ///< by list; empty while no cue of several lists was touched
  std::vector<CueHit> hits_;
  std::vector<const Phrase*> words_;  ///< that were found, of cues that count several
};

std::vector<CueHit> CueIndex::hits(std::string_view place, std::string_view folded_text) const {
  return Scan(*this, place, folded_text).hits();
}

}  // namespace oin
