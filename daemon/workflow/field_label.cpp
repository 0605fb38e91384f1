#include "daemon/workflow/field_label.hpp"

#include <algorithm>
#include <utility>

namespace oin {

std::string label_of(std::string_view field) {
  static constexpr std::string_view upper[] = {"saml", "oidc", "scim", "swa", "acs", "url", "uri",
                                               "id",   "api",  "jit",  "slo", "sp",  "idp"};
  std::string out, word;
  const auto finish = [&] {
    if (word.empty()) return;
    if (std::ranges::find(upper, word) != std::end(upper))
      std::ranges::transform(word, word.begin(), [](char c) { return static_cast<char>(std::toupper(c)); });
    else if (out.empty() && word.front() >= 'a' && word.front() <= 'z')
      word.front() = static_cast<char>(word.front() - 'a' + 'A');
    out += (out.empty() ? "" : " ") + word;
    word.clear();
  };
  for (const char c : field) {
    if (c == '.' || c == '_')
      finish();
    else
      word.push_back(c);
  }
  finish();
  return out;
}

std::string protocol_title(std::string_view id) {
  static constexpr std::pair<std::string_view, std::string_view> titles[] = {
      {"saml", "SAML 2.0"},
      {"oidc", "OpenID Connect"},
      {"scim", "SCIM"},
      {"swa", "SWA"},
      {"wsfed", "WS-Federation"},
      {"header", "Header authentication"},
      {"api_service", "API service"},
      {"workflows", "Workflows connector"}};
  for (const auto& [name, title] : titles)
    if (name == id) return std::string(title);
  return std::string(id);
}

}  // namespace oin
