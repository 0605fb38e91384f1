#include "daemon/trust/arc.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "parsers/ascii.hpp"

namespace oin::trust {
namespace {

constexpr int most_sets = 50;  // RFC 8617 5.1.1.1

/// The value of a tag in a DKIM tag list (RFC 6376 3.2), lower case.
std::string tag(std::string_view list, std::string_view name) {
  while (!list.empty()) {
    const auto end = std::min(list.find(';'), list.size());
    const std::string_view one = list.substr(0, end);
    const auto equals = one.find('=');
    if (equals != std::string_view::npos && stripped(one.substr(0, equals)) == name)
      return lower(stripped(one.substr(equals + 1)));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return {};
}

/// 1 to 50; 0 for anything else.
int instance(std::string_view list) {
  const std::string digits = tag(list, "i");
  int number = 0;
  const auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole = wrong == std::errc() && end == digits.data() + digits.size();
  return whole && number >= 1 && number <= most_sets ? number : 0;
}

/// Bodies of the fields of that name by instance; nothing where one has no instance, or one that is taken.
std::optional<std::map<int, std::string_view>> by_instance(const Mail& mail, std::string_view name) {
  std::map<int, std::string_view> out;
  for (const std::string_view body : mail.fields(name)) {
    const int i = instance(body);
    if (i == 0 || !out.emplace(i, body).second) return std::nullopt;
  }
  return out;
}

}  // namespace

std::vector<ArcSet> arc_sets(const Mail& mail) {
  const auto saw = by_instance(mail, "ARC-Authentication-Results");
  const auto signatures = by_instance(mail, "ARC-Message-Signature");
  const auto seals = by_instance(mail, "ARC-Seal");
  if (!saw || !signatures || !seals) return {};
  if (saw->size() != seals->size() || signatures->size() != seals->size()) return {};
  std::vector<ArcSet> out;
  for (int i = 1; i <= static_cast<int>(seals->size()); ++i) {
    if (!saw->contains(i) || !signatures->contains(i) || !seals->contains(i)) return {};
    const std::string_view seal = seals->at(i), results = saw->at(i);
    if (tag(seal, "cv") != (i == 1 ? "none" : "pass")) return {};
    // "i=1; lists.example; dmarc=pass …": behind its instance it reads as any other such field.
    const auto behind = std::min(results.find(';'), results.size() - 1) + 1;
    out.push_back({tag(seal, "d"), read_authentication_results(results.substr(behind))});
    if (out.back().sealer.empty()) return {};
  }
  return out;
}

}  // namespace oin::trust
