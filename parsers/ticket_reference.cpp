#include "parsers/ticket_reference.hpp"

#include <charconv>

#include "parsers/text_lines.hpp"

namespace oin {

std::optional<std::int64_t> ticket_reference(std::string_view subject) {
  constexpr std::string_view prefix = "[OIN-";
  for (auto at = subject.find('['); at != std::string_view::npos; at = subject.find('[', at + 1)) {
    std::string_view rest = subject.substr(at);
    if (!starts_with_words(rest, prefix)) continue;
    rest.remove_prefix(prefix.size());
    std::int64_t number = 0;
    // from_chars would take a sign, and no ticket has one.
    if (rest.empty() || rest.front() == '-') continue;
    const auto [end, failed] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (failed != std::errc{} || number < 1) continue;
    if (end != rest.data() + rest.size() && *end == ']') return number;
  }
  return std::nullopt;
}

}  // namespace oin
