/// cue_index.hpp: which cues of cues.toml a text contains, without trying every phrase on every mail.
///
/// Phrases are whole words in folded form (fold.hpp); each is filed under the octets it begins with, so the
/// cost of a mail is its number of words, not words times phrases.
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
  std::string phrase;  ///< folded, as found
};

class CueIndex {
 public:
  /// How many bits of a hash tell the beginnings apart.
  static constexpr int beginning_bits = 16;

  CueIndex() = default;
  explicit CueIndex(std::vector<CueSettings> cues);

  const std::vector<CueSettings>& cues() const { return cues_; }
  /// The cues that look at `place` ("subject") and have a phrase in `folded_text`, each once.
  std::vector<CueHit> hits(std::string_view place, std::string_view folded_text) const;

 private:
  struct Phrase {
    std::uint32_t beginning;  ///< the hash of its first octets
    std::size_t cue;
    std::string folded;
  };
  struct Phrases {
    std::vector<Phrase> phrases;                  ///< by beginning
    std::bitset<(1u << beginning_bits)> known{};  ///< the beginnings among them, which most words fail at
  };
  std::vector<CueSettings> cues_;
  Phrases long_;   ///< filed under more octets than short ones have: "our" begins many sentences
  Phrases short_;  ///< filed under their first word
};

}  // namespace oin
