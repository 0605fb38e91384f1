#include "parsers/submission_labels.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <unordered_set>

#include "parsers/ascii.hpp"
#include "parsers/fold.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

using enum Shape;

// scope, field, shape, vocabulary, labels anywhere, labels inside the section
constexpr FieldRow rows[] = {
    {"", "submission_type", choice, "submission_type",
     "submission type|type of request|request type|type of submission|new or update|new submission", "type"},
    {"", "submission_type", choice, "exists",
     "does your app exist in the oin|existing app|already in the oin", ""},
    {"", "submission_type", choice, "is_new", "is this a new integration|new integration|new app", ""},
    {"", "existing_app_name", line, "",
     "existing app name|existing oin app name|current name|listed as|name in the catalog|existing "
     "integration",
     ""},
    {"", "change_summary", prose, "",
     "change summary|changes|what changes are you making|summary of changes|change description|what's new|"
     "reason for update|update details",
     ""},
    {"", "app_name", line, "",
     "app name|application name|display name|product name|app title|name of app|app|app label|application|"
     "integration name|name of the application|name of the integration",
     "name|title|product"},
    {"", "company_name", line, "",
     "company name|company|vendor|isv|organization|partner|publisher|developer name|vendor name|organization "
     "name",
     ""},
    {"", "submitter_kind", choice, "submitter_kind", "submitter kind|i am|submitter type|are you an isv", ""},
    {"", "dev_org_url", url, "",
     "dev org url|okta org|org url|okta org url|okta domain|okta dev org|developer org|dev tenant|okta "
     "tenant url|"
     "integrator org|preview org|developer org url|dev org|okta tenant|okta developer org|org",
     ""},
    {"", "org_id", line, "", "org id|okta org id|organization id|orgid", ""},
    {"", "app_website", url, "",
     "app website|website|homepage|product page|web site|product url|company website|application website|"
     "app homepage|website url|home page|app url|marketing url",
     "url|link"},
    {"", "app_category", list, "", "app category|category|app categories", ""},
    {"", "app_use_case", choices, "use_case", "app use case|use case|oin use case|use-case", ""},
    {"", "app_description", prose, "",
     "app description|description|overview|about|app summary|integration description|short description|"
     "what does it do|application description|product description|about the app",
     "summary"},
    {"", "app_icon", file, "",
     "app icon|logo|icon|app logo|app image|catalog logo|logo file|application logo|application icon",
     "image"},
    {"", "support_contact", contacts, "",
     "support contact|public support contact|customer support|customer support contact|support email|support "
     "url|"
     "support phone|support|support email address|support page",
     "contact|faq|help page|email|phone"},
    {"", "escalation_contact", contacts, "",
     "escalation contact|escalation support contact|escalation|escalation email|emergency contact|"
     "support contact for okta use only|internal contact|on-call|engineering contact|private contact|"
     "okta escalation contact",
     ""},
    {"", "submission_contact", contacts, "",
     "submission contact|contact person|technical contact|submitter|point of contact|poc|your name|your "
     "email",
     ""},
    {"", "visibility", choice, "visibility", "visibility|public or private|listing|private|internal only",
     ""},
    {"", "availability", choice, "availability", "availability|app availability|status of the app", ""},
    {"", "demo_video_url", url, "",
     "demo video url|demo video|link to demo video|recording|loom|walkthrough|video", ""},
    {"", "protocols", choices, "protocol",
     "protocols|protocol|protocols supported|sso protocol|integration type|sign-on method|supported "
     "protocols|"
     "protocols used|capabilities",
     ""},
    {"", "variables", variables, "",
     "variables|variable|integration variables|app instance properties|tenant settings|tenant variables|"
     "admin-entered fields|app instance property|integration variable",
     "parameters"},

    {"test_account", "url", url, "",
     "test account url|test url|test environment|account url|test instance|test site|app login page|sandbox "
     "url|"
     "login url|sign in url",
     "url|link|website|environment|instance"},
    {"test_account", "username", line, "",
     "test account username|test user|test account|test login|test email|test username|test account "
     "email|admin user",
     "username|user|user name|login|email|user id|account|userid"},
    {"test_account", "password", secret, "", "test account password|test password|test account credentials",
     "password|pwd|pass|credentials"},
    {"test_account", "instructions", prose, "",
     "test account instructions|additional instructions|testing instructions|how to test|other information|"
     "anything else|test instructions",
     "notes|comments|instructions|note|additional information|additional notes"},

    {"saml", "instance_url", url, "", "",
     "okta instance url|instance url|app instance url|okta app url|admin url|app link|"
     "okta instance|instance|okta app instance url"},
    {"saml", "big_bang", yes_no, "",
     "big bang|sp configured as big bang|is sso mandatory|all users forced to sso", ""},
    {"saml", "backdoor_url", url, "",
     "backdoor url|backdoor|backup url|bypass url|recovery url|emergency login", ""},
    {"saml", "available_to", choice, "available_to", "",
     "available to|saml available to|saml support is available to|availability"},
    {"saml", "skus", line, "", "skus|plans|editions|pricing tier|licence needed|license needed", "sku"},
    {"saml", "setup_by", choice, "setup_by", "",
     "set up by|setup by|can customers configure it themselves|self service|who configures|"
     "configured by|setup"},
    {"saml", "on_premises", yes_no, "",
     "on premises|on-prem|self-hosted|are tenants deployed on premises|on premise", ""},
    {"saml", "acs_varies", yes_no, "",
     "acs varies|acs url varies|does the acs url vary|does your acs url vary by tenant", "varies"},
    {"saml", "acs_url", url, "",
     "acs url|assertion consumer service url|assertion consumer service|acs|default acs url|single sign on "
     "url|sso url|"
     "reply url|consumer url|recipient|post-back url|saml endpoint|sp sign-in url|acs endpoint|recipient url|"
     "saml acs url|assertion consumer url",
     "destination|endpoint"},
    {"saml", "audience_uri", line, "",
     "audience uri|audience|audience restriction|entity id|sp entity id|entityid|sp issuer|audience uri sp "
     "entity id|"
     "identifier|relying party|saml audience|entity identifier",
     "issuer"},
    {"saml", "other_acs", list, "indexed",
     "other acs|other acs urls|other sso urls|requestable sso urls|indexed acs", ""},
    {"saml", "name_id", line, "", "name id|nameid|name id format|nameid format|unique saml identifier",
     "subject|application username|username format|app username"},
    {"saml", "signature_algorithm", choice, "signature_algorithm", "signature algorithm|signing algorithm",
     ""},
    {"saml", "jit", yes_no, "", "saml jit",
     "jit|just-in-time provisioning|jit provisioning|supports just-in-time|just in time"},
    {"saml", "attributes", pairs, "", "attribute statement|saml attributes",
     "attribute|claims|attribute mapping"},
    {"saml", "group_attributes", pairs, "", "group attribute statement|group attribute|groups claim", ""},
    {"saml", "multi_tenant", yes_no, "", "",
     "multi tenant|multi-tenancy|multitenant|supports multi tenancy|"
     "can one tenant connect to multiple identity providers"},
    {"saml", "flows", choices, "flow", "sso flows",
     "sign-in flows|supported sign-in flows|login flows|type of sign-in|flows|sign-on flows"},
    {"saml", "flows", choices, "idp_flow", "", "idp initiated|idp-initiated sso|idp-initiated flow"},
    {"saml", "flows", choices, "sp_flow", "", "sp initiated|sp-initiated sso|sp-initiated flow"},
    {"saml", "sp_url", url, "", "sp initiate url|sp login url|sp-initiated url|sp initiated login url",
     "start url|login url"},
    {"saml", "sp_description", prose, "",
     "sp flow description|sp description|sp-initiated description|sp flow|sp-initiated flow description", ""},
    {"saml", "force_authn", yes_no, "", "force authentication|forceauthn|force authn|reauthentication", ""},
    {"saml", "encrypted_assertions", yes_no, "",
     "encrypted assertions|assertion encryption|encrypt assertions", "encryption"},
    {"saml", "encryption_algorithm", choice, "encryption_algorithm", "encryption algorithm", "algorithm"},
    {"saml", "key_transport", choice, "key_transport", "key transport|key transport algorithm", ""},
    {"saml", "encryption_cert", file, "", "encryption cert|encryption certificate",
     "public certificate|x.509|x509 certificate|certificate"},
    {"saml", "slo", yes_no, "", "single logout|slo|single log out|sp-initiated logout", ""},
    {"saml", "slo_url", url, "", "single logout url|slo url|sls", "logout url"},
    {"saml", "slo_issuer", line, "", "slo issuer|slo sp issuer|sp slo issuer", ""},
    {"saml", "slo_cert", file, "", "slo cert|slo certificate|signature certificate", ""},
    {"saml", "default_relay_state", line, "", "default relay state|relay state|relaystate|default relaystate",
     "landing page"},
    {"saml", "guide_url", url, "", "",
     "configuration guide|link to configuration guide|config guide|setup guide|documentation|docs|"
     "instructions link|setup instructions|customer documentation|user documentation url|guide|guide "
     "url|configuration guide url|documentation url"},
    {"saml", "validator_results", url, "",
     "validator results|saml validation tool results|saml tool results|test results of a saml validation "
     "tool",
     ""},

    {"oidc", "instance_url", url, "", "",
     "okta instance url|instance url|app instance url|okta app url|admin url|app link|okta "
     "instance|instance"},
    {"oidc", "mode", choice, "oidc_mode", "oidc mode|application type|app type|client type", "mode|platform"},
    {"oidc", "redirect_uri", list, "",
     "redirect uri|sign-in redirect uri|login redirect|callback url|callback uri|redirect url|"
     "login redirect uri|sign-in redirect url|oidc callback",
     "reply urls|callback"},
    {"oidc", "redirect_varies", yes_no, "", "redirect varies|redirect uri varies|does the redirect uri vary",
     ""},
    {"oidc", "initiate_login_varies", yes_no, "", "initiate login varies|initiate login uri varies", ""},
    {"oidc", "post_logout_varies", yes_no, "",
     "post logout varies|post-logout uri varies|post logout redirect uri varies", ""},
    {"oidc", "initiate_login_uri", url, "",
     "initiate login uri|initiate login url|initiate_login_uri|start-login url|"
     "third-party initiated login",
     "login uri"},
    {"oidc", "post_logout_uri", list, "",
     "post logout uri|post logout redirect uri|post-logout uri|sign-out redirect uri|"
     "logout redirect|signout url|logout redirect uri|sign-out redirect url",
     ""},
    {"oidc", "multi_tenant", yes_no, "", "",
     "multi tenant|multi-tenancy|multitenant|supports multi tenancy|"
     "can one tenant connect to multiple identity providers"},
    {"oidc", "setup_by", choice, "setup_by", "",
     "set up by|setup by|can customers configure it themselves|self service|who configures|configured "
     "by|setup"},
    {"oidc", "guide_url", url, "", "",
     "configuration guide|link to configuration guide|config guide|setup guide|documentation|docs|"
     "instructions link|setup instructions|customer documentation|user documentation url|guide|guide "
     "url|configuration guide url|documentation url"},
    {"oidc", "flows", choices, "flow", "",
     "sign-in flows|supported sign-in flows|login flows|type of sign-in|flows|sign-on flows|sso flows"},
    {"oidc", "flows", choices, "idp_flow", "", "idp initiated|idp-initiated sso|idp-initiated flow"},
    {"oidc", "flows", choices, "sp_flow", "", "sp initiated|sp-initiated sso|sp-initiated flow"},
    {"oidc", "sp_url", url, "", "",
     "sp url|sp initiate url|sp login url|sp-initiated url|start url|login url"},
    {"oidc", "jit", yes_no, "", "",
     "jit|just-in-time provisioning|jit provisioning|supports just-in-time|just in time"},
    {"oidc", "grant_types", choices, "grant_type", "oidc grant types", "grant types|grant"},
    {"oidc", "scopes", list, "", "oidc scopes", "scopes|requested scopes|claims requested"},
    {"oidc", "issuer", line, "", "oidc issuer", "issuer|issuer url|authorization server"},

    {"scim", "instance_url", url, "", "",
     "okta instance url|instance url|app instance url|okta app url|admin url|app link|okta "
     "instance|instance"},
    {"scim", "version", choice, "scim_version", "scim version|scim protocol version|which scim version",
     "version|protocol version|scim"},
    {"scim", "guide_url", url, "", "",
     "configuration guide|link to configuration guide|config guide|setup guide|documentation|docs|"
     "instructions link|setup instructions|customer documentation|user documentation url|guide|guide "
     "url|configuration guide url|documentation url"},
    {"scim", "features", choices, "scim_feature",
     "provisioning features|supported provisioning actions|scim features",
     "features|supported features|capabilities|operations"},
    {"scim", "base_url", url, "",
     "base url|scim base url|scim connector base url|scim endpoint|scim url|base uri|scim server",
     "tenant url|api endpoint|endpoint"},
    {"scim", "base_url_varies", yes_no, "", "base url varies|does the base url vary|scim base url varies",
     "varies"},
    {"scim", "patch", yes_no, "", "patch|http patch|patch supported|supports patch", ""},
    {"scim", "auth_mode", choice, "scim_auth", "auth mode|authentication mode|scim authentication",
     "authentication|auth method|auth type|authentication method"},
    {"scim", "header_format", line, "", "header format|token format|authorization header", ""},
    {"scim", "oauth_authorize_url", url, "", "oauth authorize url|authorization endpoint|authorize url", ""},
    {"scim", "oauth_token_url", url, "", "oauth token url|access token endpoint|token url|token endpoint",
     ""},
    {"scim", "oauth_client_id", line, "", "oauth client id|consumer key|client id", ""},
    {"scim", "oauth_client_secret", secret, "", "oauth client secret|consumer secret|client secret", ""},
    {"scim", "oauth_scopes", list, "", "", "oauth scopes|scopes"},
    {"scim", "username_is_email", yes_no, "",
     "username is email|is username an email|username follows email format", "username format"},
    {"scim", "unused_attributes_deleted", yes_no, "",
     "unused attributes deleted|unused attributes|did you delete all unused attributes|"
     "attributes cleaned up",
     ""},
    {"scim", "attributes", pairs, "", "scim attributes", "attribute|attribute mapping|mapping"},
    {"scim", "user_filter", line, "", "user filter|lookup attribute", "filter"},
    {"scim", "group_patch_size", line, "",
     "group patch size|group changes per patch|group membership changes|members per patch|batch size", ""},
    {"scim", "spec_results_url", url, "",
     "runscope spec results|runscope|runscope test results|spec test results|scim spec test|"
     "spec results url|spec results|runscope spec test results",
     ""},
    {"scim", "crud_results_url", url, "",
     "runscope crud results|runscope crud|crud test results|crud results url|crud results|runscope crud test "
     "results",
     ""},
    {"scim", "entitlement_results_url", url, "",
     "entitlement results url|entitlement results|runscope entitlement results", ""},
    {"scim", "demo_video_url", url, "", "",
     "demo video url|demo video|link to demo video|recording|loom|walkthrough|video"},
    {"scim", "test_credentials", secret, "",
     "scim test credentials|scim token|scim api token|scim bearer token",
     "test credentials|token|api token|bearer token"},

    {"swa", "login_url", url, "", "swa login url", "login url|sign in url|login page"},
    {"swa", "username_field", line, "", "username field|username selector", ""},
    {"swa", "password_field", line, "", "password field|password selector", ""},
    {"swa", "extra_fields", list, "", "extra fields|additional login fields", "other fields"},
    {"swa", "submit_button", line, "", "submit button|login button", "button"},
    {"swa", "redirect_url", url, "", "", "redirect url"},
    {"swa", "checkbox", line, "", "", "checkbox"},

    {"wsfed", "realm", line, "", "ws-fed realm|wtrealm", "realm"},
    {"wsfed", "reply_to_url", url, "", "reply to url|reply-to url", "reply url"},
    {"wsfed", "name_id_format", line, "", "", "name id format|name id"},
    {"wsfed", "audience", line, "", "", "audience|audience uri"},
    {"wsfed", "attributes", pairs, "", "", "attribute|attribute statement|claims"},
    {"wsfed", "group_filter", line, "", "group filter", ""},
    {"wsfed", "screenshot", file, "", "template screenshot", "screenshot"},

    {"api", "scopes", list, "", "okta scopes|enable scopes|api scopes|okta api scopes",
     "scopes|oauth scopes"},
    {"api", "scope_reason", prose, "", "scope reason|reason for scopes|why are these scopes needed",
     "reason"},
    {"api", "auth_method", choice, "api_auth", "api auth method|client authentication",
     "auth method|authentication|authentication method"},
    {"api", "guide_url", url, "", "",
     "configuration guide|config guide|setup guide|documentation|docs|guide|guide url|setup instructions"},
    {"api", "grant_type", choice, "grant_type", "", "grant type"},
    {"api", "multi_org_storage", yes_no, "", "multi org storage|stores credentials per customer", ""},

    {"connector", "name", line, "", "connector name|connector", "name"},
    {"connector", "version", line, "", "connector version", "version"},
    {"connector", "test_flows", file, "", "test flows|flow test suite|flopack", "flows"},
    {"connector", "test_document", file, "", "test document|test documentation", ""},
    {"connector", "user_doc_url", url, "", "user doc url|user documentation",
     "user documentation url|documentation|user guide"},
    {"connector", "api_doc_url", url, "", "api doc url|api documentation|api docs|api documentation url", ""},
    {"connector", "support_email", line, "", "connector support email", "support email|support contact"},
    {"connector", "test_org", url, "", "test org|connector test org", ""},

    {"private", "reason", choice, "private_reason",
     "reason for private|private reason|reason for private integration", "reason"},
    {"private", "orgs", list, "", "private orgs|allowed orgs|customer orgs|for which orgs", "orgs|tenants"},
    {"private", "header_expression", line, "",
     "header expression|custom header|authorization header expression|custom header expression", ""},
    {"private", "contact", contacts, "", "private integration contact", "contact"},
    {"private", "customer_consent", yes_no, "", "customer consent", "consent"},
};

struct ProtocolWords {
  std::string_view words;  ///< as label_key writes them
  std::string_view scope;
};

// Longer spellings first: the first that is found is taken out of the label.
constexpr ProtocolWords protocol_words[] = {
    {"saml 2 0", "saml"},
    {"saml 2", "saml"},
    {"saml2 0", "saml"},
    {"saml2", "saml"},
    {"saml", "saml"},
    {"openid connect", "oidc"},
    {"open id connect", "oidc"},
    {"openid", "oidc"},
    {"oidc", "oidc"},
    {"scim 2 0", "scim"},
    {"scim 1 1", "scim"},
    {"scim2 0", "scim"},
    {"scim 2", "scim"},
    {"scim2", "scim"},
    {"scim", "scim"},
    {"swa", "swa"},
    {"secure web authentication", "swa"},
    {"ws federation", "wsfed"},
    {"ws fed", "wsfed"},
    {"wsfed", "wsfed"},
    {"api service", "api"},
    {"api integration", "api"},
    {"workflow connector", "connector"},
    {"connector", "connector"},
    {"private integration", "private"},
};

// Titles of sections that have no protocol's name in them.
constexpr ProtocolWords titles[] = {
    {"app information", ""},
    {"app info", ""},
    {"application information", ""},
    {"app details", ""},
    {"application details", ""},
    {"general", ""},
    {"general setting", ""},
    {"general information", ""},
    {"general info", ""},
    {"app", ""},
    {"application", ""},
    {"catalog", ""},
    {"catalog data", ""},
    {"customer support", ""},
    {"support", ""},
    {"contact", ""},
    {"support contact", ""},
    {"contact information", ""},
    {"company", ""},
    {"company information", ""},
    {"submission", ""},
    {"other", ""},
    {"test account", "test_account"},
    {"test credential", "test_account"},
    {"test login", "test_account"},
    {"testing", "test_account"},
    {"test environment", "test_account"},
    {"test information", "test_account"},
    {"test user", "test_account"},
    {"test", "test_account"},
    {"test account detail", "test_account"},
    {"test access", "test_account"},
    {"provisioning", "scim"},
    {"lifecycle management", "scim"},
    {"user provisioning", "scim"},
    {"provisioning setting", "scim"},
    {"workflow", "connector"},
    {"private", "private"},
    {"app detail", ""},
    {"application detail", ""},
};

// How a change is told around a label: "New ACS URL", "The logo has changed to", "Please change the website
// to".
const std::set<std::string_view> change_words = {"new",     "updated", "changed", "revised", "corrected",
                                                 "correct", "change",  "update",  "now"};
const std::set<std::string_view> words_after_change = {"is", "has", "been", "to", "will", "should", "be"};

// What else may stand in a section's title that has no mark of its own.
const std::set<std::string_view> title_words = {
    "setting",     "configuration", "config", "detail", "section",  "integration", "sso",    "info",
    "information", "property",      "app",    "2",      "0",        "1",           "single", "sign",
    "on",          "provisioning",  "and",    "field",  "protocol", "connector"};

const std::set<std::string_view> small_words = {"the", "your", "a",      "an",      "of",
                                                "my",  "our",  "please", "provide", "enter"};

using Index = std::map<std::string, const FieldRow*, std::less<>>;

/// Finds a std::string by a view of it.
struct Hash : std::hash<std::string_view> {
  using is_transparent = void;
};
using Words = std::unordered_set<std::string, Hash, std::equal_to<>>;

/// Appends a folded word in the singular, if it is not a small one.
void append_word(std::string& key, std::string_view word) {
  if (small_words.contains(word)) return;
  if (!key.empty()) key.push_back(' ');
  if (word.size() > 3 && word.ends_with("ies")) {
    key.append(word.substr(0, word.size() - 3)).append("y");
    return;
  }
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) word.remove_suffix(1);
  key.append(word);
}

struct Tables {
  Index anywhere;
  std::map<std::string, Index, std::less<>> inside;
  std::set<std::string, std::less<>> keys;
  std::map<std::size_t, std::vector<std::string_view>> keys_by_size;
  Words label_words;  ///< of all keys, and the protocols' names that may stand beside them
  Words bare_title_words;

  Tables() {
    for (const FieldRow& row : rows) {
      add(row, std::string_view(row.name), inside[std::string(row.scope)]);
      add(row, row.dotted(), anywhere);
      for (const auto label : pieces(row.anywhere, '|'))
        add(row, label, anywhere), add(row, label, inside[std::string(row.scope)]);
      for (const auto label : pieces(row.inside, '|')) add(row, label, inside[std::string(row.scope)]);
    }
    for (const std::string& key : keys) {
      keys_by_size[key.size()].push_back(key);
      add_words(key, label_words);
    }
    for (const ProtocolWords& protocol : protocol_words) {
      add_words(protocol.words, label_words);
      add_words(protocol.words, bare_title_words);
    }
    for (const std::string_view word : title_words) bare_title_words.emplace(word);
    for (const std::string_view word : change_words) label_words.emplace(word);
    for (const std::string_view word : words_after_change) label_words.emplace(word);
  }

  static void add_words(std::string_view key, Words& words) {
    for (const auto word : pieces(key, ' ')) words.emplace(word);
  }

  void add(const FieldRow& row, std::string_view label, Index& index) {
    const std::string key = label_key(label);
    index.try_emplace(key, &row);
    keys.insert(key);
  }
};

const Tables& tables() {
  static const Tables built;
  return built;
}

/// "new acs url", "acs url has changed to" → "acs url"; empty where no change is told.
std::string key_of_change(std::string_view key) {
  auto words = pieces(key, ' ');
  bool told = false;
  while (!words.empty() &&
         (change_words.contains(words.back()) || words_after_change.contains(words.back()))) {
    told |= change_words.contains(words.back());
    words.pop_back();
  }
  std::size_t first = 0;
  while (first < words.size() && change_words.contains(words[first])) ++first;
  std::string rest;
  if (told || first > 0)
    for (; first < words.size(); ++first) rest.append(rest.empty() ? "" : " ").append(words[first]);
  return rest;
}

/// Where the words stand as whole words in a key.
std::size_t find_words(std::string_view key, std::string_view words) {
  for (auto at = key.find(words); at != std::string_view::npos; at = key.find(words, at + 1)) {
    const auto end = at + words.size();
    if ((at == 0 || key[at - 1] == ' ') && (end == key.size() || key[end] == ' ')) return at;
  }
  return std::string_view::npos;
}

/// Are these the only words of a label, small ones aside?  Text beyond ASCII gets the benefit of the doubt.
bool has_only(std::string_view label, const Words& known) {
  std::string word, key;
  const auto ends_well = [&] {
    key.clear();
    append_word(key, word);
    word.clear();
    return key.empty() || known.contains(key);
  };
  for (const char c : label) {
    if (static_cast<unsigned char>(c) >= 0x80) return true;
    if (is_alpha(c) || is_digit(c))
      word += lower(c);
    else if (c != '\'' && !ends_well())
      return false;
  }
  return ends_well();
}

bool one_edit_apart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t same = 0;
  while (same < a.size() && a[same] == b[same]) ++same;
  return a.substr(same + (a.size() == b.size() ? 1 : 0)) == b.substr(same + 1);
}

}  // namespace

std::string label_key(std::string_view label) {
  std::string spelled;
  for (const char c : label)
    if (c == '&')
      spelled += " and ";
    else
      spelled += c;
  std::string key;
  const std::string words = folded(spelled);
  for (const std::string_view word : pieces(words, ' ')) append_word(key, word);
  return key;
}

const std::vector<std::string_view>& protocol_scopes() {
  static const std::vector<std::string_view> scopes = {"saml",  "oidc", "scim",      "swa",
                                                       "wsfed", "api",  "connector", "private"};
  return scopes;
}

std::string_view protocol_of_scope(std::string_view scope) {
  if (scope == "api") return "api_service";
  if (scope == "connector") return "workflows";
  if (scope.empty() || scope == "test_account" || scope == "private") return {};
  return scope;
}

const FieldRow* row_inside(std::string_view scope, std::string_view key) {
  const auto section = tables().inside.find(scope);
  if (section == tables().inside.end()) return nullptr;
  const auto row = section->second.find(key);
  return row == section->second.end() ? nullptr : row->second;
}

const FieldRow* row_anywhere(std::string_view key) {
  const auto row = tables().anywhere.find(key);
  return row == tables().anywhere.end() ? nullptr : row->second;
}

bool is_known_key(std::string_view key) {
  if (tables().keys.contains(key)) return true;
  const auto scoped = protocol_in(key);
  return scoped && row_inside(scoped->scope, scoped->rest);
}

std::string known_key(std::string_view label) {
  const auto open = label.find('(');
  if (label.size() > longest_label || !has_only(label.substr(0, open), tables().label_words)) return {};
  std::string key = label_key(label);
  if (is_known_key(key)) return key;
  if (std::string changed = key_of_change(key); is_known_key(changed)) return changed;
  if (open == std::string_view::npos || open == 0) return {};
  key = label_key(label.substr(0, open));
  const std::string inner = label_key(label.substr(open));
  // "Instance URL (SAML)" names its protocol in the parentheses.
  if (const auto protocol = protocol_in(inner); protocol && row_inside(protocol->scope, key))
    return inner + " " + key;
  return is_known_key(key) ? key : std::string();
}

std::string nearest_key(std::string_view key) {
  constexpr std::size_t shortest = 8, longest = 60;
  if (key.size() < shortest || key.size() > longest) return {};
  std::string_view nearest;
  for (std::size_t size = std::max(shortest, key.size() - 1); size <= key.size() + 1; ++size) {
    const auto known_of_size = tables().keys_by_size.find(size);
    if (known_of_size == tables().keys_by_size.end()) continue;
    for (const std::string_view known : known_of_size->second) {
      if (!one_edit_apart(key, known)) continue;
      if (!nearest.empty()) return {};
      nearest = known;
    }
  }
  return std::string(nearest);
}

std::optional<ScopedKey> protocol_in(std::string_view key) {
  for (const auto& protocol : protocol_words) {
    const auto at = find_words(key, protocol.words);
    if (at == std::string_view::npos) continue;
    const std::string_view before = key.substr(0, at == 0 ? 0 : at - 1);
    const std::string_view behind = key.substr(std::min(at + protocol.words.size() + 1, key.size()));
    const bool both = !before.empty() && !behind.empty();
    return ScopedKey{protocol.scope, std::string(before).append(both ? " " : "").append(behind)};
  }
  return std::nullopt;
}

std::optional<std::string_view> scope_of_title(std::string_view title, bool bare_line) {
  if (title.size() > 80 || (bare_line && !has_only(title, tables().bare_title_words))) return std::nullopt;
  const std::string key = label_key(title);
  for (const auto& known : titles)
    if (key == known.words && !bare_line) return known.scope;
  const auto protocol = protocol_in(key);
  if (!protocol) return std::nullopt;
  const auto others = pieces(protocol->rest, ' ');
  const bool plain = std::ranges::all_of(others, [](auto word) { return title_words.contains(word); });
  if (!plain && (bare_line || others.size() > 4)) return std::nullopt;
  return protocol->scope;
}

}  // namespace oin
