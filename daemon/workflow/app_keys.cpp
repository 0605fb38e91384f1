#include "daemon/workflow/app_keys.hpp"

#include <algorithm>

#include "daemon/workflow/facts.hpp"
#include "parsers/fold.hpp"

namespace oin {
namespace {

constexpr std::size_t shortest_name = 3;  ///< a shorter one stands in any text by chance
constexpr std::size_t longest_name_words = 4;
constexpr std::size_t telling_words = 150;  ///< who writes of an app names it early

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

AppKey domain_key(std::string_view addr_spec) {
  Facts facts;
  facts.put("app_website", {std::string(addr_spec)});
  const auto owner = facts.of("app_website:owner");
  return {"domain", owner.empty() ? std::string() : owner.front()};
}

std::vector<std::string> possible_names(std::string_view text) {
  const std::string words = folded(text);
  std::vector<std::size_t> starts{0};
  for (std::size_t at = 0; at < words.size() && starts.size() <= telling_words; ++at)
    if (words[at] == ' ') starts.push_back(at + 1);
  if (starts.size() <= telling_words) starts.push_back(words.size() + 1);
  std::vector<std::string> out;
  for (std::size_t count = longest_name_words; count > 0; --count)
    for (std::size_t first = 0; first + count < starts.size(); ++first) {
      std::string name = words.substr(starts[first], starts[first + count] - 1 - starts[first]);
      if (name.size() >= shortest_name) out.push_back(std::move(name));
    }
  return out;
}

}  // namespace oin
