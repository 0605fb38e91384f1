#include "parsers/submission_values.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "parsers/ascii.hpp"
#include "parsers/certificate.hpp"
#include "parsers/fold.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

using Kind = FieldValue::Kind;

struct Word {
  std::string_view vocabulary;
  std::string_view spelling;   ///< folded; found as whole words in the folded value
  std::string_view canonical;  ///< empty: says that the field has no value
};

// Within a vocabulary the first spelling that is found wins, so longer ones stand first.
constexpr Word words[] = {
    {"submission_type", "removal", "removal"},
    {"submission_type", "remove", "removal"},
    {"submission_type", "delete", "removal"},
    {"submission_type", "rename", "rename"},
    {"submission_type", "rebrand", "rename"},
    {"submission_type", "private", "private"},
    {"submission_type", "update", "update"},
    {"submission_type", "existing", "update"},
    {"submission_type", "change", "update"},
    {"submission_type", "new", "new"},
    {"exists", "yes", "update"},
    {"exists", "no", "new"},
    {"is_new", "yes", "new"},
    {"is_new", "no", "update"},
    {"submitter_kind", "isv", "isv"},
    {"submitter_kind", "vendor", "isv"},
    {"submitter_kind", "partner", "isv"},
    {"submitter_kind", "yes", "isv"},
    {"submitter_kind", "customer", "customer"},
    {"submitter_kind", "integrator", "integrator"},
    {"visibility", "not public", "private"},
    {"visibility", "private", "private"},
    {"visibility", "internal", "private"},
    {"visibility", "public", "public"},
    {"visibility", "yes", "private"},
    {"visibility", "no", "public"},
    {"availability", "development", "in development"},
    {"availability", "beta", "in development"},
    {"availability", "live", "live"},
    {"availability", "production", "live"},
    {"available_to", "all", "all tenants"},
    {"available_to", "everyone", "all tenants"},
    {"available_to", "certain", "certain skus"},
    {"available_to", "sku", "certain skus"},
    {"available_to", "skus", "certain skus"},
    {"available_to", "some", "certain skus"},
    {"available_to", "plans", "certain skus"},
    {"available_to", "enterprise", "certain skus"},
    {"setup_by", "self", "self-service"},
    {"setup_by", "customer", "self-service"},
    {"setup_by", "customers", "self-service"},
    {"setup_by", "yes", "self-service"},
    {"setup_by", "support", "support team"},
    {"setup_by", "our team", "support team"},
    {"setup_by", "no", "support team"},
    {"signature_algorithm", "sha256", "sha-256"},
    {"signature_algorithm", "sha 256", "sha-256"},
    {"signature_algorithm", "sha1", "sha-1"},
    {"signature_algorithm", "sha 1", "sha-1"},
    {"encryption_algorithm", "aes 128 gcm", "aes-128-gcm"},
    {"encryption_algorithm", "aes 256 gcm", "aes-256-gcm"},
    {"encryption_algorithm", "aes128 gcm", "aes-128-gcm"},
    {"encryption_algorithm", "aes256 gcm", "aes-256-gcm"},
    {"encryption_algorithm", "aes 128 cbc", "aes-128-cbc"},
    {"encryption_algorithm", "aes 256 cbc", "aes-256-cbc"},
    {"encryption_algorithm", "aes128 cbc", "aes-128-cbc"},
    {"encryption_algorithm", "aes256 cbc", "aes-256-cbc"},
    {"encryption_algorithm", "3des", "3des"},
    {"encryption_algorithm", "tripledes", "3des"},
    {"key_transport", "oaep", "rsa-oaep"},
    {"key_transport", "rsa 1 5", "rsa-1.5"},
    {"key_transport", "1 5", "rsa-1.5"},
    {"flow", "idp", "idp"},
    {"flow", "identity provider", "idp"},
    {"flow", "sp", "sp"},
    {"flow", "service provider", "sp"},
    {"idp_flow", "no", ""},
    {"idp_flow", "not supported", ""},
    {"idp_flow", "yes", "idp"},
    {"idp_flow", "supported", "idp"},
    {"sp_flow", "no", ""},
    {"sp_flow", "not supported", ""},
    {"sp_flow", "yes", "sp"},
    {"sp_flow", "supported", "sp"},
    {"oidc_mode", "single page", "spa"},
    {"oidc_mode", "spa", "spa"},
    {"oidc_mode", "native", "native"},
    {"oidc_mode", "mobile", "native"},
    {"oidc_mode", "web", "web"},
    {"oidc_mode", "server side", "web"},
    {"grant_type", "authorization code", "authorization_code"},
    {"grant_type", "auth code", "authorization_code"},
    {"grant_type", "client credentials", "client_credentials"},
    {"grant_type", "refresh token", "refresh_token"},
    {"grant_type", "implicit", "implicit"},
    {"grant_type", "password", "password"},
    {"scim_version", "2 0", "2.0"},
    {"scim_version", "1 1", "1.1"},
    {"scim_version", "v2", "2.0"},
    {"scim_version", "2", "2.0"},
    {"scim_version", "v1", "1.1"},
    {"scim_auth", "oauth", "oauth 2.0"},
    {"scim_auth", "oauth2", "oauth 2.0"},
    {"scim_auth", "bearer", "bearer"},
    {"scim_auth", "basic", "basic"},
    {"scim_auth", "header", "header"},
    {"scim_auth", "token", "bearer"},
    {"api_auth", "private key jwt", "private_key_jwt"},
    {"api_auth", "client secret", "client secret"},
    {"api_auth", "secret", "client secret"},
    {"private_reason", "scim 1 1", "scim-1.1"},
    {"private_reason", "profile sourcing", "profile-sourcing"},
    {"private_reason", "profile mastering", "profile-sourcing"},
    {"private_reason", "header", "header-expression"},
    {"private_reason", "other", "other"},
    {"protocol", "saml", "saml"},
    {"protocol", "saml2", "saml"},
    {"protocol", "oidc", "oidc"},
    {"protocol", "openid", "oidc"},
    {"protocol", "open id", "oidc"},
    {"protocol", "scim", "scim"},
    {"protocol", "scim2", "scim"},
    {"protocol", "swa", "swa"},
    {"protocol", "ws fed", "wsfed"},
    {"protocol", "wsfed", "wsfed"},
    {"protocol", "ws federation", "wsfed"},
    {"protocol", "header", "header"},
    {"protocol", "api service", "api_service"},
    {"protocol", "api_service", "api_service"},
    {"protocol", "workflows", "workflows"},
    {"protocol", "workflow", "workflows"},
    {"protocol", "connector", "workflows"},
    {"scim_feature", "create users", "create users"},
    {"scim_feature", "create user", "create users"},
    {"scim_feature", "push users", "create users"},
    {"scim_feature", "push new users", "create users"},
    {"scim_feature", "user creation", "create users"},
    {"scim_feature", "update user attributes", "update user attributes"},
    {"scim_feature", "update users", "update user attributes"},
    {"scim_feature", "push profile updates", "update user attributes"},
    {"scim_feature", "update user", "update user attributes"},
    {"scim_feature", "update attributes", "update user attributes"},
    {"scim_feature", "deactivate users", "deactivate users"},
    {"scim_feature", "deactivate user", "deactivate users"},
    {"scim_feature", "push user deactivation", "deactivate users"},
    {"scim_feature", "deprovision", "deactivate users"},
    {"scim_feature", "deprovision users", "deactivate users"},
    {"scim_feature", "deprovisioning", "deactivate users"},
    {"scim_feature", "sync password", "sync password"},
    {"scim_feature", "password sync", "sync password"},
    {"scim_feature", "import users", "import users"},
    {"scim_feature", "user import", "import users"},
    {"scim_feature", "import groups", "import groups"},
    {"scim_feature", "group import", "import groups"},
    {"scim_feature", "group push", "group push"},
    {"scim_feature", "push groups", "group push"},
    {"scim_feature", "profile sourcing", "profile sourcing"},
    {"scim_feature", "profile mastering", "profile sourcing"},
    {"scim_feature", "profile master", "profile sourcing"},
    {"scim_feature", "group linking", "group linking"},
    {"scim_feature", "schema discovery", "schema discovery"},
    {"scim_feature", "import schema", "schema discovery"},
    {"use_case", "single sign on", "single sign-on"},
    {"use_case", "sso", "single sign-on"},
    {"use_case", "automation", "automation"},
    {"use_case", "centralized logging", "centralized logging"},
    {"use_case", "directory and hr sync", "directory and hr sync"},
    {"use_case", "hr sync", "directory and hr sync"},
    {"use_case", "lifecycle management", "lifecycle management"},
    {"use_case", "identity proofing", "identity verification"},
    {"use_case", "identity verification", "identity verification"},
    {"use_case", "identity governance and administration", "identity governance and administration"},
    {"use_case", "identity governance", "identity governance and administration"},
    {"use_case", "zero trust", "zero trust"},
    {"use_case", "bot or fraud detection", "bot or fraud detection"},
    {"use_case", "fraud detection", "bot or fraud detection"},
    {"use_case", "multifactor authentication", "multifactor authentication"},
    {"use_case", "mfa", "multifactor authentication"},
    {"use_case", "risk signal sharing", "risk signal sharing"},
    {"use_case", "apps for good", "apps for good"},
    {"use_case", "social login", "social login"},
};

constexpr std::array no_words = {"no",          "n",    "false", "off",  "disabled", "not supported",
                                 "unsupported", "none", "0",     "never"};
constexpr std::array yes_words = {"yes", "y", "true", "on", "enabled", "supported", "1", "yep"};

bool has_words(std::string_view text, std::string_view part) {
  return contains(" " + std::string(text) + " ", " " + std::string(part) + " ");
}

const Word* known_word(std::string_view vocabulary, std::string_view value) {
  const std::string key = folded(value);
  const auto found = std::ranges::find_if(words, [&](const Word& word) {
    return word.vocabulary == vocabulary && has_words(key, word.spelling);
  });
  return found == std::end(words) ? nullptr : &*found;
}

/// How many of a vocabulary's words a text names.
std::ptrdiff_t words_named(std::string_view vocabulary, std::string_view value) {
  std::vector<std::string_view> named;
  const std::string key = folded(value);
  for (const Word& word : words)
    if (word.vocabulary == vocabulary && has_words(key, word.spelling) &&
        std::ranges::find(named, word.canonical) == named.end())
      named.push_back(word.canonical);
  return std::ssize(named);
}

/// Without bullets and marks around it: "- `x`", "**x**", "<https://x>".
std::string_view plain(std::string_view value) {
  value = bare(value);
  for (const std::string_view bullet : {"- ", "* ", "• ", "· ", "‣ ", "– "})
    if (value.starts_with(bullet)) value = bare(value.substr(bullet.size()));
  for (const std::string_view mark : {"**", "__", "`", "*"})
    if (value.size() > 2 * mark.size() && value.starts_with(mark) && value.ends_with(mark))
      value = bare(value.substr(mark.size(), value.size() - 2 * mark.size()));
  if (value.size() > 2 && value.starts_with('<') && value.ends_with('>'))
    value = value.substr(1, value.size() - 2);
  return value;
}

std::vector<std::string> split(std::string_view value, std::string_view separators) {
  std::vector<std::string> items;
  while (true) {
    const auto end = value.find_first_of(separators);
    if (const auto item = plain(value.substr(0, end)); !item.empty()) items.emplace_back(item);
    if (end == std::string_view::npos) return items;
    value.remove_prefix(end + 1);
  }
}

void add_once(std::vector<std::string>& items, std::string item) {
  if (!item.empty() && std::ranges::find(items, item) == items.end()) items.push_back(std::move(item));
}

/// "a and b" → a, b, where both halves satisfy `good`.
template <class Good>
void split_at_words(std::string_view item, Good good, std::vector<std::string>& out) {
  for (const std::string_view joint : {" and ", " & ", " or ", " + ", "/", " "}) {
    const auto at = item.find(joint);
    if (at == std::string_view::npos || !good(item.substr(0, at)) || !good(item.substr(at + joint.size())))
      continue;
    add_once(out, std::string(plain(item.substr(0, at))));
    split_at_words(bare(item.substr(at + joint.size())), good, out);
    return;
  }
  add_once(out, std::string(plain(item)));
}

FieldValue choices_value(const FieldRow& row, std::string_view value) {
  FieldValue result{Kind::list, {}};
  for (const std::string& item : split(value, ",;\n|")) {
    std::vector<std::string> parts{item};
    if (words_named(row.vocabulary, item) > 1) {
      parts.clear();
      split_at_words(
          item, [&](auto half) { return words_named(row.vocabulary, half) > 0; }, parts);
    }
    for (const std::string& part : parts) {
      const Word* word = known_word(row.vocabulary, part);
      add_once(result.items, word ? std::string(word->canonical) : part);
    }
  }
  return result;
}

bool is_contact(std::string_view text) {
  const auto digits = std::ranges::count_if(text, is_digit);
  return contains(text, "@") || contains(text, "://") || contains(text, "www.") || digits >= 6;
}

FieldValue contacts_value(std::string_view value) {
  FieldValue result{Kind::list, {}};
  for (const std::string& item : split(value, ",;\n|")) split_at_words(item, is_contact, result.items);
  return result;
}

FieldValue list_value(const FieldRow& row, std::string_view value) {
  FieldValue result{Kind::list, {}};
  if (row.vocabulary == "indexed") return {Kind::list, split(value, ";\n")};  // "https://…, 1": one entry
  const auto is_url = [](std::string_view text) { return contains(text, "://"); };
  for (const std::string& item : split(value, ",;\n")) {
    if (const auto slash = item.find(" / "); slash != std::string::npos) {
      add_once(result.items, std::string(plain(std::string_view(item).substr(0, slash))));
      add_once(result.items, std::string(plain(std::string_view(item).substr(slash + 3))));
    } else {
      split_at_words(item, is_url, result.items);
    }
  }
  return result;
}

/// "email = user.email", "email -> user.email", "email: user.email" as "email=user.email".
std::string pair(std::string_view item) {
  for (const std::string_view sign : {"->", "→", "=>", "=", ": ", " - ", "\t"}) {
    const auto at = item.find(sign);
    if (at == std::string_view::npos || at == 0) continue;
    return std::string(plain(item.substr(0, at))) + "=" + std::string(plain(item.substr(at + sign.size())));
  }
  return std::string(item) + "=";
}

FieldValue pairs_value(std::string_view value) {
  FieldValue result{Kind::pairs, {}};
  for (const std::string& line : split(value, ";\n"))
    // A comma may belong to an expression: it separates only where every piece is a pair, or none is.
    if (const auto items = split(line, ",");
        std::ranges::all_of(items,
                            [](const auto& item) {
                              return contains(item, "=") || contains(item, "->") || contains(item, "→");
                            }) ||
        std::ranges::none_of(
            items, [](const auto& item) { return item.find_first_of("=>():") != std::string::npos; }))
      for (const auto& item : items) add_once(result.items, pair(item));
    else
      add_once(result.items, pair(line));
  return result;
}

struct Variable {
  std::string label, name, type, help;
  bool empty() const { return label.empty() && name.empty() && type.empty() && help.empty(); }
  std::string text() const {
    return "label=" + label + "; name=" + name + "; type=" + type + "; help=" + help;
  }
};

/// The name within "${app.subdomain}" or "app.subdomain".
std::string variable_name(std::string_view text) {
  const auto at = text.find("app.");
  if (at == std::string_view::npos) return {};
  const auto end =
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", at + 4);
  return std::string(text.substr(at + 4, end == std::string_view::npos ? end : end - at - 4));
}

Variable variable(std::string_view line) {
  Variable found;
  const auto set = [&](std::string_view piece) {
    const auto sign = piece.find_first_of("=:");
    if (sign == std::string_view::npos) return false;
    const std::string key = folded(piece.substr(0, sign));
    std::string* part = key == "label" || key == "display name"                        ? &found.label
                        : key == "name" || key == "variable" || key == "variable name" ? &found.name
                        : key == "type" || key == "data type"                          ? &found.type
                        : key == "help" || key == "help text" || key == "description" || key == "hint"
                            ? &found.help
                            : nullptr;
    if (part) *part = std::string(plain(piece.substr(sign + 1)));
    return part != nullptr;
  };
  const char separator = contains(line, ";") ? ';' : contains(line, "|") ? '|' : ',';
  std::string* last = nullptr;
  for (const auto piece : pieces(line, separator)) {
    if (set(piece))
      last = &found.help;
    else if (last && separator == ',' && !found.help.empty())
      found.help.append(", ").append(piece);  // the comma was part of the help text
  }
  if (found.empty()) {
    // "Subdomain - the first part of your address", "${app.subdomain}: …"
    const auto dash = std::min({line.find(" - "), line.find(": "), line.find(" – ")});
    found.label = std::string(plain(line.substr(0, dash)));
    if (dash != std::string_view::npos)
      found.help = std::string(plain(line.substr(line.find(' ', dash + 1))));
  }
  if (found.name.empty()) found.name = variable_name(line);
  return found;
}

FieldValue variables_value(std::string_view value) {
  FieldValue result{Kind::variables, {}};
  for (const auto line : pieces(value, '\n')) add_once(result.items, variable(plain(line)).text());
  return result;
}

/// The URL that a value begins with or consists of; a value that is an expression stays as it is.
std::string url(std::string_view value) {
  value = plain(value);
  if (value.starts_with('[')) {  // Markdown: [the guide](https://…)
    const auto open = value.find("](");
    const auto close = value.find(')', open == std::string_view::npos ? 0 : open);
    if (open != std::string_view::npos && close != std::string_view::npos)
      return std::string(value.substr(open + 2, close - open - 2));
  }
  if (!starts_with_words(value, "http://") && !starts_with_words(value, "https://"))
    return std::string(value);
  return std::string(value.substr(0, value.find_first_of(" \t\n<>")));
}

std::string one_line(std::string_view value) {
  std::string joined;
  for (const auto piece : pieces(value, '\n')) joined.append(joined.empty() ? "" : " ").append(plain(piece));
  return joined;
}

FieldValue text(std::string value) { return {Kind::text, {std::move(value)}}; }

}  // namespace

std::optional<bool> yes_or_no(std::string_view value) {
  const std::string_view said = bare(value);
  for (const std::string_view mark : {"✓", "✔", "☑", "✅", "[x]", "[X]"})
    if (said.starts_with(mark)) return true;
  for (const std::string_view mark : {"✗", "✘", "☐", "❌", "[ ]"})
    if (said.starts_with(mark)) return false;
  const std::string key = folded(said.substr(0, 200));
  if (key == "n a" || key.starts_with("n a ")) return std::nullopt;
  const auto begins = [&](std::string_view word) {
    return key == word || key.starts_with(std::string(word) + " ");
  };
  if (std::ranges::any_of(no_words, begins)) return false;
  if (std::ranges::any_of(yes_words, begins)) return true;
  return std::nullopt;
}

std::string attached_name(std::string_view value) {
  const std::string key = folded(value.substr(0, 200));
  const bool says_so = contains(key, "attach") || contains(key, "enclosed");
  std::string name;
  for (const std::string& word : split(value.substr(0, 400), " \t\n()[]<>,;:\"'")) {
    const auto dot = word.rfind('.');
    const bool extension = dot != std::string::npos && dot > 0 && word.size() - dot - 1 >= 2 &&
                           word.size() - dot - 1 <= 7 &&
                           std::all_of(word.begin() + static_cast<std::ptrdiff_t>(dot) + 1, word.end(),
                                       [](char c) { return is_alpha(c) || is_digit(c); });
    if (extension && !contains(word, "/") && !contains(word, "@")) name = word;
  }
  return says_so ? name : std::string();
}

bool promised(std::string_view value) {
  const std::string key = folded(value.substr(0, 200));
  for (const std::string_view phrase :
       {"tbd", "tba", "to be done", "to be defined", "to follow", "will follow", "attached", "see attachment",
        "attachment", "sent separately", "separately", "by separate mail", "in a separate mail",
        "separate email", "will send", "will be sent", "upon request", "on request", "coming soon"})
    if (has_words(key, phrase)) return true;
  return false;
}

bool grows(const FieldValue& value) {
  return value.kind == Kind::list || value.kind == Kind::pairs || value.kind == Kind::variables;
}

std::optional<FieldValue> field_value(const FieldRow& row, std::string_view raw) {
  if (bare(raw).empty()) return std::nullopt;
  // A certificate stays as it is, and what no mail should hold is not shown.
  if (bare(raw).starts_with("-----BEGIN "))
    return FieldValue{holds_private_key(raw) ? Kind::secret : Kind::text, {std::string(bare(raw))}};
  std::optional<FieldValue> value;
  switch (row.shape) {
    case Shape::line:
      value = text(one_line(raw));
      break;
    case Shape::prose:
      value = text(std::string(bare(raw)));
      break;
    case Shape::url:
    case Shape::file: {
      const std::string name = attached_name(raw);
      value = text(name.empty() ? url(one_line(raw)) : name);
      break;
    }
    case Shape::yes_no: {
      const auto said = yes_or_no(plain(raw));
      value = said ? FieldValue{Kind::boolean, {*said ? "true" : "false"}} : text(one_line(raw));
      break;
    }
    case Shape::choice: {
      const Word* word = known_word(row.vocabulary, raw);
      value = text(word ? std::string(word->canonical) : one_line(raw));
      break;
    }
    case Shape::choices:
      value = choices_value(row, raw);
      break;
    case Shape::list:
      value = list_value(row, raw);
      break;
    case Shape::contacts:
      value = contacts_value(raw);
      break;
    case Shape::pairs:
      value = pairs_value(raw);
      break;
    case Shape::variables:
      value = variables_value(raw);
      break;
    case Shape::secret:
      value = FieldValue{Kind::secret, {one_line(raw)}};
      break;
  }
  if (!value || value->items.empty() || value->items.front().empty()) return std::nullopt;
  return value;
}

}  // namespace oin
