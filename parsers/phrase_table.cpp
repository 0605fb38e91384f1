#include "parsers/phrase_table.hpp"

#include <algorithm>
#include <bitset>

#include "parsers/fold.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

/// Which pairs of octets a text holds.  Most phrases begin with one that it does not, and need no search.
class Pairs {
 public:
  explicit Pairs(std::string_view text) {
    for (std::size_t i = 1; i < text.size(); ++i) held_.set(number(text[i - 1], text[i]));
  }
  bool may_hold(std::string_view phrase) const {
    return phrase.size() < 2 || held_.test(number(phrase[0], phrase[1]));
  }

 private:
  static std::size_t number(char first, char second) {
    return (static_cast<unsigned char>(first) * 37U + static_cast<unsigned char>(second)) % 4096;
  }
  std::bitset<4096> held_;
};

}  // namespace

std::vector<std::string> folded_phrases(std::span<const std::string_view> phrases) {
  std::vector<std::string> out;
  out.reserve(phrases.size());
  for (const std::string_view phrase : phrases) out.push_back(folded(phrase));
  return out;
}

const std::string* phrase_in(const std::string& folded_text, std::span<const std::string> phrases) {
  const Pairs pairs(folded_text);
  const auto found = std::ranges::find_if(phrases, [&](const std::string& phrase) {
    return pairs.may_hold(phrase) && contains(folded_text, phrase);
  });
  return found == phrases.end() ? nullptr : &*found;
}

}  // namespace oin
