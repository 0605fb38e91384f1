#include "daemon/workflow/app_keys.hpp"

#include <algorithm>

#include "daemon/workflow/facts.hpp"
#include "parsers/fold.hpp"

namespace oin {
namespace {

constexpr std::size_t shortest_name = 3;  ///< a shorter one stands in any text by chance

struct Source {
  std::string_view kind, field, view;
};

constexpr Source sources[] = {
    {"name", "app_name", "folded"},      {"name", "existing_app_name", "folded"},
    {"domain", "app_website", "owner"},  {"org", "dev_org_url", "org"},
    {"entity", "saml.audience_uri", ""},
};

}  // namespace

std::vector<AppKey> app_keys(const Submission& submission) {
  Facts facts;
  std::vector<AppKey> out;
  for (const Source& source : sources) {
    const std::string field(source.field);
    const auto value = submission.fields.find(field);
    if (value == submission.fields.end()) continue;
    facts.put(field, value->second.items);
    const std::string view(source.view);
    for (std::string& each : facts.of(view.empty() ? field : field + ":" + view))
      if (!each.empty()) out.push_back({std::string(source.kind), std::move(each)});
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool same_app(const std::vector<AppKey>& one, const std::vector<AppKey>& other) {
  bool name = false, more = false;
  for (const AppKey& key : one) {
    if (std::ranges::find(other, key) == other.end()) continue;
    if (key.kind == "entity") return true;
    (key.kind == "name" ? name : more) = true;
  }
  return name && more;
}

std::string name_in(std::string_view text, const std::vector<std::string>& names) {
  const std::string words = " " + folded(text) + " ";
  std::string longest;
  for (const std::string& name : names)
    if (name.size() >= shortest_name && name.size() > longest.size() &&
        words.find(" " + name + " ") != std::string::npos)
      longest = name;
  return longest;
}

}  // namespace oin
