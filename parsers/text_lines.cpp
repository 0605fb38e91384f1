#include "parsers/text_lines.hpp"

#include <algorithm>
#include <cstring>

#include "parsers/ascii.hpp"

namespace oin {

std::vector<TextLine> text_lines(std::string_view text) {
  // One byte at a time is what find() is fast at.  Each is looked for again only when it was passed.
  std::vector<TextLine> lines;
  std::size_t line_feed = text.find('\n'), carriage_return = text.find('\r');
  for (std::size_t at = 0; at < text.size();) {
    if (line_feed < at) line_feed = text.find('\n', at);
    if (carriage_return < at) carriage_return = text.find('\r', at);
    const std::size_t end = std::min({line_feed, carriage_return, text.size()});
    lines.push_back({static_cast<int>(lines.size()) + 1, text.substr(at, end - at)});
    at = end + (end == carriage_return && line_feed == end + 1 ? 2 : 1);
  }
  return lines;
}

std::string_view bare(std::string_view text) {
  constexpr std::string_view no_break_space = "\xC2\xA0";
  for (;;) {
    text = stripped(text);
    if (text.starts_with(no_break_space))
      text.remove_prefix(no_break_space.size());
    else if (text.ends_with(no_break_space))
      text.remove_suffix(no_break_space.size());
    else
      return text;
  }
}

bool is_blank_line(std::string_view line) { return bare(line).empty(); }

std::size_t indentation(std::string_view line) {
  std::size_t columns = 0;
  for (const char c : line) {
    if (!is_blank(c)) break;
    columns += c == '\t' ? 4 : 1;
  }
  return columns;
}

bool contains(std::string_view text, std::string_view part) {
  // find() looks for the first letter again and again, memmem() prepares itself first.
  constexpr std::size_t worth_preparing = 200;
  if (text.size() < worth_preparing) return text.find(part) != std::string_view::npos;
  return ::memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

bool starts_with_words(std::string_view text, std::string_view words) {
  return text.size() >= words.size() && same_word(text.substr(0, words.size()), words);
}

std::vector<std::string_view> pieces(std::string_view text, char separator) {
  std::vector<std::string_view> found;
  for (;;) {
    const auto end = text.find(separator);
    if (const auto piece = bare(text.substr(0, end)); !piece.empty()) found.push_back(piece);
    if (end == std::string_view::npos) return found;
    text.remove_prefix(end + 1);
  }
}

void append_piece(std::string& text, std::string_view separator, std::string_view piece) {
  if (!piece.empty()) text.append(text.empty() ? "" : separator).append(piece);
}

}  // namespace oin
