/// cue_index.hpp: which cues of cues.toml a text contains, without trying every phrase on every mail.
///
/// Phrases are words in folded form (fold.hpp), whole ones or, with a "*" behind, beginnings of words; each
/// is filed under the octets it begins with, so the cost of a mail is its number of words, not words times
/// phrases.  Scripts that put no blanks between words (Chinese, Japanese) are looked at character by
/// character.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/workflow_settings.hpp"

namespace oin {

struct CueHit {
  std::size_t cue;     ///< index into cues()
  std::string phrase;  ///< folded, as found: "remove", or "remove … catalog" of a cue with several lists
};

class CueIndex {
 public:
  /// How many bits of a hash tell the beginnings apart.
  static constexpr int beginning_bits = 16;
  /// Words of one cue's lists belong together within so many octets: about a sentence.
  static constexpr std::size_t near_octets = 90;

  CueIndex() = default;
  explicit CueIndex(std::vector<CueSettings> cues);

  const std::vector<CueSettings>& cues() const { return cues_; }
  /// The cues that look at `place` ("subject") and are found in `folded_text`, each once, or up to its `most`
  /// times with different words.
  std::vector<CueHit> hits(std::string_view place, std::string_view folded_text) const;

 private:
  /// A cue that a phrase is in, and which of all the cues' lists it is from.
  struct Use {
    std::size_t cue, list;
  };
  struct Phrase {
    std::uint32_t beginning;  ///< the hash of its first octets
    std::string folded;
    bool open;  ///< anything may follow: a beginning of a word, or a script without blanks
    std::vector<Use> uses{};
  };
  struct Phrases {
    std::vector<Phrase> phrases;                  ///< by beginning
    std::bitset<(1u << beginning_bits)> known{};  ///< the beginnings among them, which most words fail at
    std::vector<std::uint32_t> first{};  ///< of each beginning, and one more: where its phrases begin
  };
  class Scan;
  void file(Use use, const std::string& words);
  std::uint32_t place_bit(std::string_view place) const;

  std::vector<CueSettings> cues_;
  std::vector<std::size_t> first_list_;  ///< of each cue, among the lists of all; one more ends the last
  std::vector<std::string> places_;      ///< where cues look
  std::vector<std::uint32_t> looks_at_;  ///< of each cue: a bit for each of places_
  Phrases long_;                         ///< filed under more octets than short ones have
  Phrases short_;                        ///< filed under their first word
};

}  // namespace oin
