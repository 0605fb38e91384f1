#include "parsers/flowed.hpp"

#include <algorithm>

namespace oin {
namespace {

std::string quote_marks(std::size_t depth) {
  std::string marks;
  for (std::size_t i = 0; i < depth; ++i) marks += "> ";
  return marks;
}

}  // namespace

std::string unflowed(std::string_view text, bool delete_space) {
  std::string out;
  out.reserve(text.size());
  bool joining = false;        // the last line ended softly
  std::size_t last_depth = 0;  // of its quote
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const bool ended = end < text.size();
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));

    std::size_t depth = 0;
    while (depth < line.size() && line[depth] == '>') ++depth;
    line.remove_prefix(depth);
    if (line.starts_with(' ')) line.remove_prefix(1);                     // stuffed
    const bool signature = line == "-- ";                                 // RFC 3676 4.3: never flowed
    if (joining && (depth != last_depth || signature || line.empty())) {  // what was soft joins nothing
      while (out.ends_with(' ')) out.pop_back();
      out.push_back('\n');
      joining = false;
    }
    if (!joining) out += quote_marks(depth);
    joining = !signature && ended && line.ends_with(' ');
    if (joining && delete_space) line.remove_suffix(1);
    out += line;
    if (ended && !joining) out.push_back('\n');
    last_depth = depth;
  }
  return out;
}

}  // namespace oin
