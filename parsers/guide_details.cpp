#include "parsers/guide_details.hpp"

#include <algorithm>
#include <array>

#include "parsers/ascii.hpp"
#include "parsers/certificate.hpp"
#include "parsers/fold.hpp"
#include "parsers/url.hpp"

namespace oin {
namespace {

using namespace std::string_view_literals;
using Values = std::vector<std::string>;

struct Words {
  std::string_view name;
  std::initializer_list<std::string_view> any;  ///< folded; "push profile" is found in "push profiles"
};

/// A heading with any of the words opens the section.
const Words sections[] = {
    {"prerequisites",
     {"prerequisite", "pre requisite", "requirement", "before you begin", "before you start", "what you need",
      "you will need", "you ll need"}},
    {"features",
     {"feature", "capabilit", "what is supported", "supported functionality", "supported action"}},
    {"steps",
     {"configur", "procedure", "setup", "set up", "setting up", "instruction", "step", "enable", "enabling",
      "connect", "integrat", "install"}},
    {"attributes", {"attribute", "mapping", "schema"}},
    {"troubleshooting",
     {"troubleshoot", "known issue", "tips", "notes", "limitation", "faq", "frequently asked",
      "common issue"}},
    {"support", {"contact", "support", "need help", "getting help", "get help"}},
    {"sp",
     {"sp initiated", "service provider initiated", "sign in with okta", "log in with okta",
      "login with okta", "sign in with sso", "log in with sso", "login with sso", "sign in using sso",
      "signing in with sso"}},
    {"authorization", {"authoriz", "authoris", "authenticat", "connection"}},
};

/// What stands together when a feature is described in other words: "users are created, updated,
/// deactivated".
struct Pair {
  std::string_view name, action, object;  ///< beginnings of words
};
constexpr Pair described_features[] = {{"create users", "creat", "user"},
                                       {"create users", "provision", "user"},
                                       {"update user attributes", "updat", "user"},
                                       {"update user attributes", "updat", "profile"},
                                       {"update user attributes", "updat", "attribute"},
                                       {"deactivate users", "deactivat", "user"},
                                       {"deactivate users", "deprovision", "user"},
                                       {"deactivate users", "remov", "user"},
                                       {"import users", "import", "user"},
                                       {"import groups", "import", "group"},
                                       {"group push", "push", "group"},
                                       {"sync password", "sync", "password"},
                                       {"idp", "initiated", "idp"},
                                       {"idp", "from", "okta dashboard"},
                                       {"idp", "tile", "okta"},
                                       {"sp", "initiated", "sp"}};

/// Found anywhere in the text.
const Words features[] = {
    {"idp", {"idp initiated", "identity provider initiated", "okta initiated"}},
    {"sp", {"sp initiated", "service provider initiated"}},
    {"group linking", {"group linking", "link group", "linking group"}},
    {"slo", {"single logout", "single log out", "single sign out", "slo"}},
    {"force authentication", {"force authn", "forceauthn", "force authentication", "forced authentication"}},
    {"jit", {"just in time", "jit"}},
    {"create users", {"create user", "push new user", "creating users", "user creation"}},
    {"update user attributes",
     {"update user attribute", "push profile update", "update user", "push user update", "updating user"}},
    {"deactivate users",
     {"deactivate user", "push user deactivation", "deactivating user", "user deactivation", "deprovision"}},
    {"import users", {"import user", "import new user", "user import", "importing user"}},
    {"import groups", {"import group", "group import", "importing group"}},
    {"group push", {"group push", "push group", "pushing group"}},
    {"sync password", {"sync password", "password sync", "synchronize password"}},
    {"profile sourcing", {"profile sourcing", "profile mastering", "profile master"}},
    {"schema discovery", {"schema discovery", "import schema"}},
};

const Words drafts[] = {{"draft",
                         {"this is a draft", "draft version", "draft do not", "internal only", "lorem ipsum",
                          "for internal use", "not for distribution", "to be written", "todo"}}};

const Words own_app[] = {{"own-app-steps",
                          {"create app integration", "create new app", "app integration wizard",
                           "scim 2 0 test app", "create a new app integration"}}};

const Words recovery[] = {
    {"recovery",
     {"backup url", "backup login", "recovery url", "recovery", "backdoor", "bypass", "locked out",
      "lock out", "warning", "all users will be", "no longer be able to"}}};

const Words credentials[] = {{"credentials",
                              {"api token", "api key", "access token", "bearer token", "token", "client id",
                               "client secret", "generate a key", "secret key"}}};

constexpr std::array<std::string_view, 6> other_providers{
    "azure ad", "entra", "onelogin", "ping identity", "google workspace", "auth0"};

bool found_in(std::string_view text, const Words& words) {
  return std::ranges::any_of(words.any, [&](std::string_view word) { return text.find(word) != text.npos; });
}

/// The same at the beginning of a word, so that "todo" is not found in "photodoc".
bool word_in(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1))
    if (at == 0 || text[at - 1] == ' ') return true;
  return false;
}

bool words_in(std::string_view text, const Words& words) {
  return std::ranges::any_of(words.any, [&](std::string_view word) { return word_in(text, word); });
}

/// Do the two stand within a line's length of each other?
bool together_in(std::string_view text, std::string_view a, std::string_view b) {
  constexpr std::size_t reach = 80;
  for (auto at = text.find(a); at != text.npos; at = text.find(a, at + 1)) {
    if (at > 0 && text[at - 1] != ' ') continue;
    const auto begin = at > reach ? at - reach : 0;
    if (word_in(text.substr(begin, at + reach - begin), b)) return true;
  }
  return false;
}

int times_in(std::string_view text, std::string_view word) {
  int count = 0;
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + word.size()))
    count += at == 0 || text[at - 1] == ' ';
  return count;
}

Values features_of(std::string_view plain) {
  Values out;
  for (const Words& feature : features)
    if (words_in(plain, feature)) out.emplace_back(feature.name);
  for (const Pair& pair : described_features)
    if (std::ranges::find(out, pair.name) == out.end() && together_in(plain, pair.action, pair.object))
      out.emplace_back(pair.name);
  return out;
}

Values sections_of(const Guide& guide) {
  Values out;
  std::string headings;
  for (const std::string& heading : guide.headings) headings += folded(heading) + "\n";
  for (const Words& section : sections)
    if (found_in(headings, section)) out.emplace_back(section.name);
  const auto steps = std::ranges::find(out, "steps");
  if (steps == out.end() && guide.ordered_items >= 3) out.emplace_back("steps");
  return out;
}

/// A value that only one customer has: long, of letters and digits mixed, behind a word that announces it.
bool shows_secret(std::string_view text) {
  for (const std::string_view sign : {"Bearer ", "bearer ", "token: ", "Token: ", "secret: ", "Secret: "})
    for (auto at = text.find(sign); at != text.npos; at = text.find(sign, at + 1)) {
      const std::string_view rest = text.substr(at + sign.size());
      const auto end = std::ranges::find_if_not(
          rest, [](char c) { return is_alpha(c) || is_digit(c) || c == '_' || c == '-' || c == '.'; });
      const std::string_view word = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
      if (word.size() >= 24 && std::ranges::any_of(word, is_digit) && std::ranges::any_of(word, is_alpha))
        return true;
    }
  return false;
}

/// A link without TLS; names that only look like one (claims, XML namespaces) are none.
bool shows_http_link(std::string_view text) {
  constexpr std::string_view scheme = "http://";
  for (auto at = text.find(scheme); at != text.npos; at = text.find(scheme, at + 1)) {
    const std::string_view host = text.substr(at + scheme.size());
    if (std::ranges::none_of(std::array{"schemas."sv, "www.w3.org"sv, "docs.oasis-open.org"sv},
                             [&](auto name) { return host.starts_with(name); }))
      return true;
  }
  return false;
}

Values marks_of(const Guide& guide, std::string_view plain) {
  Values out;
  if (words_in(plain, drafts[0]) ||
      std::ranges::any_of(guide.headings, [](const std::string& h) { return folded(h) == "draft"; }))
    out.emplace_back("draft");
  if (guide.comments) out.emplace_back("comments");
  if (guide.tracked_changes) out.emplace_back("tracked-changes");
  if (shows_secret(guide.text)) out.emplace_back("secret");
  if (holds_private_key(guide.text)) out.emplace_back("private-key");
  if (!custom_auth_server(guide.text).empty()) out.emplace_back("custom-auth-server");
  if (words_in(plain, own_app[0])) out.emplace_back("own-app-steps");
  if (shows_http_link(guide.text)) out.emplace_back("http-link");
  if (guide.text.find("://localhost") != std::string::npos || guide.text.find("file://") != std::string::npos)
    out.emplace_back("local-link");
  return out;
}

std::string field_text(const Submission& submission, const std::string& name) {
  const auto it = submission.fields.find(name);
  return it == submission.fields.end() ? std::string() : shown(it->second);
}

bool names_contact(const Guide& guide, std::string_view plain) {
  return guide.text.find('@') != std::string::npos ||
         words_in(plain, {"",
                          {"contact us", "contact support", "help center", "support team", "our support",
                           "customer support"}});
}

/// Does it name one of the distinctive words of a name? A guide for "Acme CRM Cloud" may speak of Acme.
bool names_part_of(std::string_view plain, std::string_view name,
                   std::initializer_list<std::string_view> common) {
  constexpr std::size_t shortest = 4;
  const std::string words = folded(name);
  for (std::size_t begin = 0; begin < words.size();) {
    const auto end = std::min(words.find(' ', begin), words.size());
    const std::string_view word = std::string_view(words).substr(begin, end - begin);
    if (word.size() >= shortest && std::ranges::find(common, word) == common.end() && word_in(plain, word))
      return true;
    begin = end + 1;
  }
  return false;
}

Values names_of(const Guide& guide, std::string_view plain, const Submission& submission,
                std::string_view scope) {
  Values out;
  const auto add_if = [&](bool holds, const char* name) {
    if (holds) out.emplace_back(name);
  };
  const auto named = [&](const std::string& field) {
    const std::string words = folded(field_text(submission, field));
    return !words.empty() && word_in(plain, words);
  };
  add_if(named("app_name") || named("company_name") ||
             names_part_of(plain, field_text(submission, "app_name"), {}),
         "app");
  const int okta = times_in(plain, "okta");
  add_if(okta > 0, "okta");
  const bool oftener = std::ranges::any_of(
      other_providers, [&](std::string_view other) { return times_in(plain, other) > okta; });
  add_if(oftener, "other-idp-more");
  add_if(names_contact(guide, plain), "contact");
  add_if(words_in(plain, recovery[0]), "recovery");
  add_if(words_in(plain, credentials[0]), "credentials");
  add_if(names_part_of(plain, field_text(submission, std::string(scope) + ".skus"),
                       {"plan", "plans", "only", "tier", "edition"}),
         "skus");
  add_if(named("connector.version"), "version");
  return out;
}

Values unexplained(std::string_view plain, const Submission& submission) {
  Values out;
  const auto field = submission.fields.find("variables");
  if (field == submission.fields.end()) return out;
  for (const std::string& item : field->second.items) {
    const auto begin = item.find("label=");
    if (begin == std::string::npos) continue;
    const std::string label = item.substr(begin + 6, item.find(';', begin) - begin - 6);
    if (const std::string words = folded(label); !words.empty() && !word_in(plain, words))
      out.push_back(label);
  }
  return out;
}

std::string_view name_of(GuideFormat format) {
  switch (format) {
    case GuideFormat::pdf:
      return "pdf";
    case GuideFormat::docx:
      return "docx";
    case GuideFormat::html:
      return "html";
    case GuideFormat::plain:
      return "plain";
    case GuideFormat::other:
      return "other";
  }
  return "other";
}

}  // namespace

std::map<std::string, Values> guide_details(const Guide& guide, const Submission& submission,
                                            std::string_view scope) {
  std::map<std::string, Values> out;
  out["format"] = {std::string(name_of(guide.format))};
  if (guide.format == GuideFormat::other) return out;
  out["readable"] = {guide.defects.empty() ? "yes" : "no"};
  out["words"] = {std::to_string(guide.words)};
  if (guide.format != GuideFormat::pdf) out["pictures"] = {std::to_string(guide.pictures)};
  const std::string plain = folded(guide.text);
  out["sections"] = sections_of(guide);
  out["features"] = features_of(plain);
  out["marks"] = marks_of(guide, plain);
  out["names"] = names_of(guide, plain, submission, scope);
  out["unexplained"] = unexplained(plain, submission);
  std::erase_if(out, [](const auto& entry) { return entry.second.empty(); });
  return out;
}

}  // namespace oin
