#include "parsers/prose_phrases.hpp"

namespace oin {

std::vector<std::string> phrase_tokens(std::string_view words) {
  std::vector<std::string> out;
  for (ProseToken& token : prose_tokens(words)) out.push_back(std::move(token.text));
  return out;
}

bool stands_at_head(std::span<const std::string> phrase, std::span<const ProseToken> prose) {
  return phrase.size() <= prose.size() &&
         std::equal(phrase.begin(), phrase.end(), prose.begin(),
                    [](const std::string& text, const ProseToken& token) { return text == token.text; });
}

}  // namespace oin
