/// cue_index.hpp: which cues of cues.toml a text contains, without trying every phrase on every mail.
///
/// Phrases are whole words in folded form (fold.hpp); each is filed under its first word, so the cost of a
/// mail is its number of words, not words times phrases.
#pragma once

#include <bitset>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/workflow_settings.hpp"

namespace oin {

struct CueHit {
  std::size_t cue;     ///< index into cues()
  std::string phrase;  ///< folded, as found
};

class CueIndex {
 public:
  CueIndex() = default;
  explicit CueIndex(std::vector<CueSettings> cues);

  const std::vector<CueSettings>& cues() const { return cues_; }
  /// The cues that look at `place` ("subject") and have a phrase in `folded_text`, each once.
  std::vector<CueHit> hits(std::string_view place, std::string_view folded_text) const;

 private:
  struct Phrase {
    std::size_t cue;
    std::string folded;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  std::vector<CueSettings> cues_;
  std::unordered_map<std::string, std::vector<Phrase>, Hash, std::equal_to<>> by_first_word_;
  /// What most words fail at before they are looked up: the first octets of every phrase, of long and short
  /// ones apart, because "our" begins many phrases and many more sentences.
  std::bitset<4096> long_beginnings_, short_beginnings_;
};

}  // namespace oin
