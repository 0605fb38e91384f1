#include "parsers/html_notice.hpp"

#include <algorithm>
#include <string>

#include "parsers/ascii.hpp"

namespace oin {
namespace {

/// Does a word of the text begin so?
bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string_view::npos; ++at)
    if (at == 0 || !is_alpha(text[at - 1])) return true;
  return false;
}

/// Does a sentence speak of how the mail is shown, or is it too short to say anything else?
bool speaks_of_display(std::string_view sentence) {
  for (const std::string_view hint :
       {"html", "view", "support", "display", "reader", "client", "enable", "capable", "browser", "click",
        "multi-part", "http", "anzeigen", "darstell", "afficher", "visualizar"})
    if (has_word(sentence, hint)) return true;
  return std::ranges::count_if(sentence, is_space) < 2;
}

}  // namespace

bool only_points_to_html(std::string_view text) {
  constexpr std::size_t longest = 400;
  text = stripped(text);
  if (text.empty()) return true;
  if (text.size() > longest) return false;
  const std::string words = lower(text);
  if (words.find("html") == std::string::npos) return false;
  for (std::string_view left = words; !left.empty();) {
    std::size_t end = 0;
    while (end < left.size() && !(std::string_view(".!?\n").find(left[end]) != std::string_view::npos &&
                                  (end + 1 == left.size() || is_space(left[end + 1]))))
      ++end;
    if (!speaks_of_display(stripped(left.substr(0, end)))) return false;
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return true;
}

}  // namespace oin
