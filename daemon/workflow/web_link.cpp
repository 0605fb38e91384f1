#include "daemon/workflow/web_link.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "parsers/ascii.hpp"
#include "parsers/url.hpp"

namespace oin {
namespace {

using namespace std::string_view_literals;
using Kind = WebLink::Kind;

/// In the order in which they are worth a look.
constexpr auto looked_up = std::to_array<std::pair<std::string_view, Kind>>({
    {"app_website", Kind::page},
    {"saml.guide_url", Kind::guide},
    {"oidc.guide_url", Kind::guide},
    {"scim.guide_url", Kind::guide},
    {"api.guide_url", Kind::guide},
    {"saml.metadata_url", Kind::metadata},
    {"connector.user_doc_url", Kind::page},
    {"connector.api_doc_url", Kind::page},
    {"scim.spec_results_url", Kind::page},
    {"scim.crud_results_url", Kind::page},
    {"scim.entitlement_results_url", Kind::page},
});

bool may_be_opened(const std::string& text) {
  if (std::ranges::any_of(text, [](unsigned char c) { return c <= ' ' || c >= 0x7f; })) return false;
  if (!variables_in(text).empty()) return false;
  const Url address = url(text);
  return (address.scheme == "http" || address.scheme == "https") && !address.host.empty() &&
         !private_host(address.host);
}

bool has_segment(std::string_view path, std::span<const std::string_view> words) {
  for (std::size_t begin = 0; begin < path.size();) {
    const auto end = std::min(path.find('/', begin), path.size());
    const std::string segment = lower(path.substr(begin, end - begin));
    if (std::ranges::find(words, segment.substr(0, segment.find('.'))) != words.end()) return true;
    begin = end + 1;
  }
  return false;
}

/// What stands behind "?" is long, and may be a key that lets its holder in.
std::string_view without_query(std::string_view address) {
  return address.substr(0, address.find_first_of("?#"));
}

}  // namespace

std::string shown_address(const WebLink& link) { return std::string(without_query(link.url)); }

bool is_sign_in(std::string_view text) {
  static constexpr std::array paths{"login"sv,   "log-in"sv,  "log_in"sv, "signin"sv,
                                    "sign-in"sv, "sign_in"sv, "logon"sv,  "servicelogin"sv};
  static constexpr std::array hosts{"login"sv, "signin"sv, "accounts"sv};
  const Url address = url(text);
  const auto first = address.host.substr(0, address.host.find('.'));
  return std::ranges::find(hosts, first) != hosts.end() || has_segment(address.path, paths);
}

std::vector<WebLink> links_of(const Submission& submission, int most) {
  std::vector<WebLink> out;
  for (const auto& [field, kind] : looked_up) {
    const auto found = submission.fields.find(std::string(field));
    if (found == submission.fields.end() || found->second.items.size() != 1) continue;
    const std::string address(stripped(found->second.items.front()));
    if (static_cast<int>(out.size()) < most && may_be_opened(address))
      out.push_back({std::string(field), address, kind});
  }
  return out;
}

bool was_looked_up(const Submission& submission, const std::string& field) {
  return submission.details.contains(field + ":seen") ||
         (field.starts_with("saml.metadata") && submission.details.contains("saml.metadata:url"));
}

LinkVerdict verdict(const LinkSeen& seen) {
  using End = LinkSeen::End;
  if (!is_sign_in(seen.link.url) && is_sign_in(seen.at))
    return {"sign-in", fmt::format("it leads to a page that asks to sign in, {}", without_query(seen.at))};
  switch (seen.end) {
    case End::unknown_host:
      return {"unknown-host", seen.why};
    case End::bad_certificate:
      return {"bad-certificate", seen.why};
    case End::undecided:
      return {std::nullopt, seen.why};
    case End::answered:
      break;
  }
  if (seen.status >= 200 && seen.status < 300) return {"opened", ""};
  if (seen.status == 404 || seen.status == 410)
    return {"gone", fmt::format("its server answers that there is no such page ({})", seen.status)};
  if (seen.status == 401) return {"sign-in", "its server asks to sign in (401)"};
  // 403 and 429 are what servers tell programs that they take for robots; 5xx passes.
  return {std::nullopt, fmt::format("its server answers {}", seen.status)};
}

}  // namespace oin
