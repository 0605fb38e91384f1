#include "parsers/phrase_table.hpp"

#include <algorithm>

#include "parsers/fold.hpp"

namespace oin {

std::vector<std::string> folded_phrases(std::span<const std::string_view> phrases) {
  std::vector<std::string> out;
  out.reserve(phrases.size());
  for (const std::string_view phrase : phrases) out.push_back(folded(phrase));
  return out;
}

const std::string* phrase_in(const std::string& folded_text, std::span<const std::string> phrases) {
  const auto found = std::ranges::find_if(
      phrases, [&](const std::string& phrase) { return folded_text.find(phrase) != std::string::npos; });
  return found == phrases.end() ? nullptr : &*found;
}

}  // namespace oin
