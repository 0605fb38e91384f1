#include "parsers/submission_label_table.hpp"

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
     "support phone|support|support email address|support page|support contact for customers|customer "
     "support email|customer facing support contact",
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
     "protocols used|capabilities|which protocols do you support|which protocols does "
     "your app support|what protocols do you support|what protocols does your app support",
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
    {"saml", "metadata_url", url, "", "saml metadata url|sp metadata url|metadata url|metadata link", ""},
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
     "tenant url|api endpoint|endpoint|connector base url"},
    {"scim", "base_url_varies", yes_no, "", "base url varies|does the base url vary|scim base url varies",
     "varies"},
    {"scim", "patch", yes_no, "", "patch|http patch|patch supported|supports patch", ""},
    {"scim", "auth_mode", choice, "scim_auth", "auth mode|authentication mode|scim authentication",
     "authentication|auth|auth method|auth type|authentication method|authentication type"},
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
    {"api", "guide_url", url, "", "api configuration guide|api guide",
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

constexpr ProtocolWords protocols[] = {
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

const std::set<std::string_view> of_change = {"new",     "updated", "changed", "revised", "corrected",
                                              "correct", "change",  "update",  "now"};
const std::set<std::string_view> of_the_past = {"old",      "before",  "previous",  "previously", "former",
                                                "formerly", "current", "currently", "was"};
const std::set<std::string_view> after_change = {"is", "has", "been", "to", "will", "should", "be"};

// longer ones first
constexpr std::string_view questions[] = {"what is",
                                          "what's",
                                          "what are",
                                          "which",
                                          "who is",
                                          "where is",
                                          "do you support",
                                          "do you have",
                                          "does it support",
                                          "does it have",
                                          "does app support",
                                          "does application support",
                                          "is there",
                                          "are there",
                                          "here is",
                                          "here's",
                                          "here are",
                                          "this is",
                                          "we support following",
                                          "we support"};

constexpr std::string_view above_names[] = {"thanks",
                                            "thank you",
                                            "many thanks",
                                            "thanks a lot",
                                            "thanks in advance",
                                            "thank you in advance",
                                            "thanks and regards",
                                            "thanks & regards",
                                            "thanks and best regards",
                                            "thx",
                                            "best",
                                            "best regards",
                                            "best wishes",
                                            "all the best",
                                            "kind regards",
                                            "kindest regards",
                                            "warm regards",
                                            "with kind regards",
                                            "regards",
                                            "br",
                                            "cheers",
                                            "sincerely",
                                            "yours sincerely",
                                            "sincerely yours",
                                            "mit freundlichen grüßen",
                                            "mit freundlichem gruß",
                                            "viele grüße",
                                            "beste grüße",
                                            "freundliche grüße",
                                            "mfg",
                                            "cordialement",
                                            "bien cordialement",
                                            "saludos",
                                            "saludos cordiales",
                                            "un saludo",
                                            "cordiali saluti",
                                            "distinti saluti",
                                            "atenciosamente",
                                            "met vriendelijke groet",
                                            "med vänlig hälsning",
                                            "med venlig hilsen"};

const std::set<std::string_view> in_titles = {
    "setting",     "configuration", "config", "detail", "section",  "integration", "sso",    "info",
    "information", "property",      "app",    "2",      "0",        "1",           "single", "sign",
    "on",          "provisioning",  "and",    "field",  "protocol", "connector"};

const std::set<std::string_view> small = {"the", "your", "a",      "an",      "of",
                                          "my",  "our",  "please", "provide", "enter"};

}  // namespace

std::span<const FieldRow> field_rows() { return rows; }
std::span<const ProtocolWords> protocol_words() { return protocols; }
std::span<const ProtocolWords> section_titles() { return titles; }
const std::set<std::string_view>& title_words() { return in_titles; }
const std::set<std::string_view>& change_words() { return of_change; }
const std::set<std::string_view>& words_of_the_past() { return of_the_past; }
const std::set<std::string_view>& words_after_change() { return after_change; }
std::span<const std::string_view> question_openings() { return questions; }
std::span<const std::string_view> sign_offs() { return above_names; }
const std::set<std::string_view>& small_words() { return small; }

}  // namespace oin
