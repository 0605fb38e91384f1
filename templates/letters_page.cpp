#include "templates/letters_page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace oin {
namespace {

using nlohmann::json;

json sample_of(const Letters& letters, const std::string& event) {
  auto sample = letters.sample(event);
  return sample ? std::move(sample).value() : json::object();
}

bool in_all(const Letters& letters, const std::string& name) {
  return std::ranges::all_of(
      letters.events(), [&](const std::string& event) { return sample_of(letters, event).contains(name); });
}

void row(std::string& out, const std::string& name, const json& sample) {
  out += fmt::format("| `{}` | {} |\n", name, type_of_variable(sample));
}

}  // namespace

std::string type_of_variable(const json& sample) {
  if (sample.is_boolean()) return "yes/no";
  if (sample.is_number()) return "number";
  if (!sample.is_array()) return "text";
  std::vector<std::string> members;
  if (!sample.empty())
    for (const auto& [name, value] : sample.front().items())
      members.push_back(fmt::format("`{}` {}", name, type_of_variable(value)));
  return fmt::format("list of ({})", fmt::join(members, ", "));
}

std::string letters_page(const Letters& letters) {
  std::string out = "### Every letter\n\n| variable | type |\n|---|---|\n";
  std::vector<std::string> shared;
  const std::vector<std::string> events = letters.events();
  const json first = sample_of(letters, events.front());
  for (const auto& [name, value] : first.items())
    if (in_all(letters, name)) {
      shared.push_back(name);
      row(out, name, value);
    }
  for (const std::string& event : events) {
    const auto [to, when] = letters.about(event);
    out += fmt::format("\n### {}\n\nTo {}, when {}.  In: {}.\n", event, to, when,
                       fmt::join(letters.locales_of(event), ", "));
    std::string own;
    const json sample = sample_of(letters, event);
    for (const auto& [name, value] : sample.items())
      if (std::ranges::find(shared, name) == shared.end()) row(own, name, value);
    if (!own.empty()) out += "\n| variable | type |\n|---|---|\n" + own;
  }
  return out;
}

}  // namespace oin
