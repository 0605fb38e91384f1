#include "daemon/workflow/cue_index.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

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
      for (const std::string& words : list) file({cue, lists}, words);
      ++lists;
    }
    if (cues_[cue].near.empty()) {
      for (const std::string& words : cues_[cue].words) file({cue, lists}, words);
      ++lists;
    }
    std::uint32_t bits = 0;
    for (const std::string& place : cues_[cue].where) {
      if (place_bit(place) == 0) places_.push_back(place);
      bits |= place_bit(place);
    }
    looks_at_.push_back(bits);
  }
  first_list_.push_back(lists);
  for (Phrases* phrases : {&long_, &short_}) {
    std::ranges::stable_sort(phrases->phrases, {}, &Phrase::beginning);
    std::uint32_t at = 0;
    for (std::uint32_t beginning = 0; beginning <= 1u << beginning_bits; ++beginning) {
      while (at < phrases->phrases.size() && phrases->phrases[at].beginning < beginning) ++at;
      phrases->first.push_back(at);
    }
  }
}

void CueIndex::file(Use use, const std::string& words) {
  std::string phrase = folded(words);
  if (phrase.empty()) return;
  const bool open = words.ends_with('*') || ends_unspaced(phrase) || ends_in_hangul(phrase);
  const bool is_long = phrase.size() >= long_phrase;
  const std::uint32_t beginning = is_long ? long_beginning(phrase.data()) : short_beginning(phrase);
  Phrases& phrases = is_long ? long_ : short_;
  const auto known = std::ranges::find_if(phrases.phrases, [&](const Phrase& other) {
    return other.beginning == beginning && other.open == open && other.folded == phrase;
  });
  if (known != phrases.phrases.end()) {
    known->uses.push_back(use);
    return;
  }
  phrases.known.set(beginning);
  phrases.phrases.push_back({beginning, std::move(phrase), open, {use}});
}

std::uint32_t CueIndex::place_bit(std::string_view place) const {
  const auto at = std::ranges::find(places_, place);
  return at == places_.end() ? 0 : 1u << (at - places_.begin());
}

/// One text's way through the index.
class CueIndex::Scan {
 public:
  Scan(const CueIndex& index, std::string_view place, std::string_view text)
      : index_(index), place_(index.place_bit(place)), text_(text) {}

  std::vector<CueHit> hits() && {
    if (place_ == 0) return {};
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
    for (std::uint32_t i = phrases.first[beginning]; i < phrases.first[beginning + 1]; ++i)
      if (stands(phrases.phrases[i], at)) use(phrases.phrases[i], at);
  }

  void use(const Phrase& phrase, std::size_t at) {
    if (count_.empty()) count_.resize(index_.cues_.size());
    for (const Use& use : phrase.uses) {
      const CueSettings& cue = index_.cues_[use.cue];
      if ((index_.looks_at_[use.cue] & place_) == 0 || count_[use.cue] >= cue.most) continue;
      if (cue.near.size() >= 2) {
        stand_near(phrase, use, at);
        continue;
      }
      if (cue.most > 1) {
        if (std::ranges::find(words_, std::pair(use.cue, &phrase)) != words_.end()) continue;
        words_.emplace_back(use.cue, &phrase);
      }
      hit(use.cue, found(phrase, at));
    }
  }

  void hit(std::size_t cue, std::string phrase) {
    ++count_[cue];
    hits_.push_back({cue, std::move(phrase)});
  }

  /// Is there now one of each of the cue's lists close by?  One word that is in two lists is not two words.
  void stand_near(const Phrase& phrase, const Use& use, std::size_t at) {
    if (seen_.empty()) seen_.resize(index_.first_list_.back());
    seen_[use.list] = {&phrase, at};
    const std::span<const Seen> lists(
        seen_.begin() + static_cast<std::ptrdiff_t>(index_.first_list_[use.cue]),
        seen_.begin() + static_cast<std::ptrdiff_t>(index_.first_list_[use.cue + 1]));
    for (const Seen& seen : lists)
      if (!seen.phrase || at - seen.at > near_octets) return;
    std::vector<Seen> in_order(lists.begin(), lists.end());
    std::ranges::stable_sort(in_order, {}, &Seen::at);
    if (std::ranges::adjacent_find(in_order, {}, &Seen::at) != in_order.end()) return;
    std::string shown;
    for (const Seen& seen : in_order) {
      if (!shown.empty()) shown += " … ";
      shown += found(*seen.phrase, seen.at);
    }
    hit(use.cue, std::move(shown));
  }

  /// As it stands there, to the end of its last word.
  std::string found(const Phrase& phrase, std::size_t at) const {
    if (!phrase.open || ends_unspaced(phrase.folded)) return phrase.folded;
    const std::size_t end = std::min(text_.find(' ', at + phrase.folded.size()), text_.size());
    return std::string(text_.substr(at, std::min(end - at, phrase.folded.size() + longest_ending)));
  }
  static constexpr std::size_t longest_ending = 20;

  const CueIndex& index_;
  std::uint32_t place_;
  std::string_view text_;
  std::vector<int> count_;  ///< of each cue: how often it was found; empty while none was
  std::vector<Seen> seen_;  ///< by list; empty while no cue of several lists was touched
  std::vector<CueHit> hits_;
  std::vector<std::pair<std::size_t, const Phrase*>> words_;  ///< that were found, of cues that count several
};

std::vector<CueHit> CueIndex::hits(std::string_view place, std::string_view folded_text) const {
  return Scan(*this, place, folded_text).hits();
}

}  // namespace oin
