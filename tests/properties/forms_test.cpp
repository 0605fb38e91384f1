/// forms_test.cpp: a right form, whatever its values and however it is written, is read as it was meant and
/// met with no finding.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "config/load.hpp"
#include "daemon/workflow/rules.hpp"
#include "daemon/workflow/submission_facts.hpp"
#include "parsers/mail.hpp"
#include "parsers/submission_files.hpp"
#include "tests/properties/generators.hpp"
#include "tests/workflow/sample_submissions.hpp"

namespace oin {
namespace {

using Items = std::vector<std::string>;

/// One line of the form: its label, what is written behind it, and the field that this means.
struct Line {
  std::string label, value, field;
  Items means;
};

struct Section {
  std::string title, key;  ///< "SAML 2.0", "saml"
  std::vector<Line> lines;
};

using Form = std::vector<Section>;

template <class... Words>
std::string one_of(Words... words) {
  return *rc::gen::element(std::string(words)...);
}

/// A yes/no of either kind, as people write it.
Line answer(const std::string& label, const std::string& field, bool yes) {
  return {label,
          yes ? one_of("yes", "Yes", "true", "supported", "Y")
              : one_of("no", "No", "false", "not supported", "N"),
          field,
          {yes ? "true" : "false"}};
}
Line either(const std::string& label, const std::string& field) {
  return answer(label, field, *rc::gen::arbitrary<bool>());
}
Line text(const std::string& label, const std::string& field, const std::string& value) {
  return {label, value, field, {value}};
}
Line list(const std::string& label, const std::string& field, const Items& items) {
  std::string value;
  for (const std::string& item : items) value += (value.empty() ? "" : ", ") + item;
  return {label, value, field, items};
}

struct App {
  std::string name = one_of("Acme", "Brightdesk", "Nordlicht", "Café Suite", "Ledgerly", "株式会社ノート") +
                     " " + one_of("CRM", "Notes", "Payroll", "Zeiterfassung", "Desk");
  std::string host = one_of("acme", "bright-desk", "nordlicht", "ledgerly") + "." +
                     one_of("example", "co.example", "io.example");
  std::string org = fmt::format("dev-{}", *rc::gen::inRange(100'000, 999'999));
  std::string instance() const {
    return fmt::format("https://{}-admin.okta.com/admin/app/{}_1/instance/0oa{}x{}/", org, host.substr(0, 4),
                       *rc::gen::inRange(1000, 9999), *rc::gen::inRange(1000, 9999));
  }
};

Section general(const App& app) {
  return {
      "App information",
      "",
      {text("App name", "app_name", app.name), text("App website", "app_website", "https://www." + app.host),
       list("App category", "app_category", {"CRM"}),
       text(
           "App description", "app_description",
           app.name +
               " keeps what a team knows in one place: projects, people and the notes they share every day."),
       text("App icon", "app_icon", "logo.png"),
       text("Developer org", "dev_org_url", "https://" + app.org + ".okta.com"),
       list("Support contacts", "support_contact",
            {"support@" + app.host, "https://help." + app.host + "/contact"}),
       list("Escalation contact", "escalation_contact",
            {one_of("okta-oncall@", "duty-managers@") + app.host}),
       Line{"Is this a new integration", one_of("yes", "Yes", "true"), "submission_type", {"new"}}}};
}

Section test_account(const App& app) {
  return {"Test account",
          "test_account",
          {text("Test account URL", "test_account.url", "https://app." + app.host + "/login"),
           text("Test account username", "test_account.username", "isvtest@okta.com"),
           text("Test account password", "test_account.password",
                one_of("Tr0ub4dor-3", "sent separately", "correct-horse-7")),
           text("Additional instructions", "test_account.instructions",
                "SSO and provisioning are set up under Admin, Security.")}};
}

Section saml(const App& app) {
  return {"SAML 2.0",
          "saml",
          {text("Okta instance URL", "saml.instance_url", app.instance()),
           answer("Big Bang", "saml.big_bang", false),
           {"Available to",
            one_of("all tenants", "All customers", "everyone"),
            "saml.available_to",
            {"all tenants"}},
           {"Set up by",
            one_of("self-service", "Self service", "the customer"),
            "saml.setup_by",
            {"self-service"}},
           either("On premises", "saml.on_premises"),
           answer("ACS varies", "saml.acs_varies", false),
           text("ACS URL", "saml.acs_url",
                "https://app." + app.host + "/saml/acs?v=" + std::to_string(*rc::gen::inRange(1, 9))),
           text("Audience URI", "saml.audience_uri", one_of("urn:", "https://app.") + app.host),
           text("Name ID", "saml.name_id", "NameID"),
           list("Sign-in flows", "saml.flows", {"idp"}),
           answer("JIT", "saml.jit", true),
           answer("Force authentication", "saml.force_authn", false),
           answer("Encrypted assertions", "saml.encrypted_assertions", false),
           answer("Single logout", "saml.slo", false),
           answer("Multi-tenant", "saml.multi_tenant", true),
           {"Attribute", "email = user.email", "saml.attributes", {"email=user.email"}},
           text("Configuration guide", "saml.guide_url", "https://help." + app.host + "/okta-saml")}};
}

Section oidc(const App& app) {
  return {"OpenID Connect",
          "oidc",
          {text("Okta instance URL", "oidc.instance_url", app.instance()),
           {"Mode", one_of("Web", "web application", "server-side"), "oidc.mode", {"web"}},
           list("Redirect URI", "oidc.redirect_uri",
                {"https://app." + app.host + "/callback", "https://eu." + app.host + "/callback"}),
           answer("Redirect URI varies", "oidc.redirect_varies", false),
           text("Initiate login URI", "oidc.initiate_login_uri", "https://app." + app.host + "/login/okta"),
           answer("Initiate login URI varies", "oidc.initiate_login_varies", false),
           answer("Post-logout URI varies", "oidc.post_logout_varies", false),
           list("Sign-in flows", "oidc.flows", {"idp", "sp"}),
           text("SP initiate URL", "oidc.sp_url", "https://app." + app.host + "/login"),
           either("JIT", "oidc.jit"),
           answer("Multi-tenant", "oidc.multi_tenant", true),
           {"Set up by", "self-service", "oidc.setup_by", {"self-service"}},
           text("Configuration guide", "oidc.guide_url", "https://help." + app.host + "/okta-oidc")}};
}

Section scim(const App& app) {
  return {"SCIM 2.0",
          "scim",
          {text("Okta instance URL", "scim.instance_url", app.instance()),
           {"SCIM version", one_of("2.0", "SCIM 2.0", "v2"), "scim.version", {"2.0"}},
           {"Features",
            "Create Users, Update User Attributes, Deactivate Users",
            "scim.features",
            {"create users", "update user attributes", "deactivate users"}},
           answer("Base URL varies", "scim.base_url_varies", false),
           text("Base URL", "scim.base_url", "https://api." + app.host + "/scim/v2"),
           either("PATCH", "scim.patch"),
           {"Auth mode", one_of("Bearer token", "bearer"), "scim.auth_mode", {"bearer"}},
           either("Username is email", "scim.username_is_email"),
           answer("Unused attributes deleted", "scim.unused_attributes_deleted", true),
           text("Runscope SPEC results", "scim.spec_results_url",
                "https://www.runscope.com/radar/aaa/bbb/history/ccc"),
           text("Runscope CRUD results", "scim.crud_results_url",
                "https://www.runscope.com/radar/aaa/ddd/history/eee"),
           text("Configuration guide", "scim.guide_url", "https://help." + app.host + "/okta-scim")}};
}

/// What a vendor means, with its lines and sections in any order.
Form right_form() {
  const App app;
  Form form{general(app), test_account(app)};
  const std::string protocols = one_of("saml", "oidc", "saml and scim");
  if (protocols.find("saml") != std::string::npos) form.push_back(saml(app));
  if (protocols == "oidc") form.push_back(oidc(app));
  if (protocols.find("scim") != std::string::npos) form.push_back(scim(app));
  const auto shuffled = [](auto& items) {
    for (std::size_t i = items.size(); i > 1; --i)
      std::swap(items[i - 1], items[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(i)))]);
  };
  for (Section& section : form) shuffled(section.lines);
  shuffled(form);
  return form;
}

// ---- how it is written ----

std::string html(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : std::string(1, c);
  return out;
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

std::string mail(const std::string& type, const std::string& body, const std::string& more = {}) {
  return "From: Ada <ada@acme.example>\nTo: oin@example.com\nSubject: New integration\nMIME-Version: 1.0\n"
         "Content-Type: multipart/mixed; boundary=\"=_b\"\n\n--=_b\nContent-Type: " +
         type + "; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + body +
         "\n--=_b\nContent-Type: image/png; name=\"logo.png\"\nContent-Disposition: attachment; "
         "filename=\"logo.png\"\n"
         "Content-Transfer-Encoding: base64\n\n" +
         test::base64(sample::png(840, 240)) + "\n" + more + "--=_b--\n";
}

std::string attached(const std::string& type, const std::string& name, const std::string& content) {
  return fmt::format(
      "--=_b\nContent-Type: {}; charset=utf-8; name=\"{}\"\nContent-Disposition: attachment; "
      "filename=\"{}\"\n"
      "Content-Transfer-Encoding: base64\n\n{}\n",
      type, name, name, test::base64(content));
}

/// As a mail program breaks long lines: between words, at 72 columns.
std::string wrapped(const std::string& text) {
  std::string out;
  std::size_t column = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    if (column > 0 && column + end - at > 72) out.back() = '\n', column = 0;
    out += text.substr(at, end + 1 - at);
    column = end < text.size() && text[end] == '\n' ? 0 : column + end + 1 - at;
    at = end + 1;
  }
  return out;
}

std::string as_lines(const Form& form) {
  const std::string bullet = one_of("", "", "- ", "* ", "• "),
                    separator = one_of(": ", " : ", " = ", ":\t", ": \n  ");
  const int title = *rc::gen::inRange(0, 4), style = *rc::gen::inRange(0, 4);
  std::string out = one_of("", "Hello team,\n\nplease find our submission below.\n\n");
  for (const Section& section : form) {
    out += title == 0   ? "[" + section.title + "]\n"
           : title == 1 ? "## " + section.title + "\n\n"
           : title == 2 ? section.title + "\n" + std::string(section.title.size(), '-') + "\n"
                        : "== " + section.title + " ==\n";
    for (const Line& line : section.lines) {
      const std::string label = style == 1   ? "*" + line.label + "*"
                                : style == 2 ? upper(line.label)
                                : style == 3 ? line.label + " (required)"
                                             : line.label;
      out += bullet + label + separator + line.value + "\n";
    }
    out += "\n";
  }
  if (separator.find_first_of("\n\t") == std::string::npos && *rc::gen::arbitrary<bool>()) out = wrapped(out);
  return mail("text/plain", out + one_of("", "Kind regards,\nAda\n", "-- \nAda, Acme\n"));
}

std::string as_html_table(const Form& form) {
  std::string out = "<html><body><p>Hi, our details:</p>";
  for (const Section& section : form) {
    out += "<h3>" + html(section.title) + "</h3><table>";
    for (const Line& line : section.lines)
      out +=
          "<tr><td>" + one_of("", "<b>") + html(line.label) + "</td><td>" + html(line.value) + "</td></tr>\n";
    out += "</table>";
  }
  return mail("text/html", out + "</body></html>");
}

std::string as_bold_lines(const Form& form) {
  std::string out = "<div>Please review:</div>";
  for (const Section& section : form) {
    out += "<h2>" + html(section.title) + "</h2>";
    for (const Line& line : section.lines)
      out += "<div><b>" + html(line.label) + ":</b> " + html(line.value) + "</div>\n";
  }
  return mail("text/html", out);
}

std::string as_json(const Form& form) {
  nlohmann::ordered_json out = nlohmann::ordered_json::object();
  const bool labels = *rc::gen::arbitrary<bool>();
  for (const Section& section : form)
    for (const Line& line : section.lines) {
      const bool typed = line.means == Items{"true"} || line.means == Items{"false"};
      const std::string name = labels || line.field == "submission_type"
                                   ? line.label
                                   : line.field.substr(line.field.find('.') + 1);
      nlohmann::ordered_json value = typed                   ? nlohmann::ordered_json(line.means[0] == "true")
                                     : line.means.size() > 1 ? nlohmann::ordered_json(line.means)
                                                             : nlohmann::ordered_json(line.value);
      (section.key.empty() ? out : out[section.key])[name] = value;
    }
  return mail("text/plain", "The form is attached.\n",
              attached("application/json", "form.json", out.dump(2)));
}

std::string as_yaml(const Form& form) {
  std::string out;
  for (const bool sections : {false, true})
    for (const Section& section : form) {
      if (section.key.empty() == sections) continue;
      if (sections) out += section.key + ":\n";
      for (const Line& line : section.lines)
        out += (sections ? "  " : "") + line.label + ": " + nlohmann::json(line.value).dump() + "\n";
    }
  return mail("text/plain", "The form is attached.\n", attached("application/yaml", "form.yaml", out));
}

std::string as_csv(const Form& form) {
  const std::string delimiter = one_of(",", ";", "\t");
  const auto cell = [](std::string text) {
    for (auto at = text.find('"'); at != std::string::npos; at = text.find('"', at + 2))
      text.insert(at, 1, '"');
    return "\"" + text + "\"";
  };
  std::string out = one_of("", "\xEF\xBB\xBF") + "section" + delimiter + "field" + delimiter + "value\r\n";
  for (const Section& section : form)
    for (const Line& line : section.lines)
      out += cell(section.title) + delimiter + cell(line.label) + delimiter + cell(line.value) + "\r\n";
  return mail("text/plain", "The form is attached.\n", attached("text/csv", "form.csv", out));
}

std::string as_answers_to_the_form(const Form& form) {
  std::string out = "Hello, here are our answers.\n\n";
  for (const Section& section : form) {
    out += "> [" + section.title + "]\n";
    for (const Line& line : section.lines) out += "> " + line.label + ":\n" + line.value + "\n";
    out += ">\n";
  }
  return mail("text/plain", out);
}

std::string written(const Form& form) {
  switch (*rc::gen::inRange(0, 7)) {
    case 0:
      return as_lines(form);
    case 1:
      return as_html_table(form);
    case 2:
      return as_bold_lines(form);
    case 3:
      return as_json(form);
    case 4:
      return as_yaml(form);
    case 5:
      return as_csv(form);
    default:
      return as_answers_to_the_form(form);
  }
}

const Rules& shipped_rules() {
  static const Rules rules(shipped_configuration().workflow.rules, "oin-2021");
  return rules;
}

RC_GTEST_PROP(ARightForm, IsReadAsItWasMeantAndFaultless, ()) {
  const Form form = right_form();
  const std::string raw = written(form);
  const Mail read = parse_mail(raw);
  Submission submission = read_submission(read);
  read_files(submission, read, [](std::string_view bytes) { return guide(bytes); });
  std::string wrong;
  for (const Section& section : form)
    for (const Line& line : section.lines) {
      const auto field = submission.fields.find(line.field);
      Items found = field == submission.fields.end() ? Items{"(nothing)"} : field->second.items;
      for (std::string& item : found) std::ranges::replace(item, '\n', ' ');  // prose keeps its lines
      const Items& wanted = line.means;
      if (found != wanted)
        wrong += fmt::format("{}: read \"{}\", meant \"{}\"\n", line.field, found.empty() ? "" : found[0],
                             wanted[0]);
    }
  Circumstances around;
  around.sender = "ada@" + submission.fields["app_website"].items.at(0).substr(12);
  around.now = *parse_rfc3339("2026-11-23T10:00:00Z");
  for (const Finding& finding : shipped_rules().check(submission_facts(submission, around)))
    if (finding.severity != "advice")
      wrong += fmt::format("{} at {}: {}\n", finding.code, finding.field, finding.text);
  if (!wrong.empty())
    RC_FAIL(wrong + "\n" + raw.substr(0, raw.find("Content-Type: image")) +
            (raw.find("form.") != std::string::npos ? read.attachments.back().content : ""));
}

}  // namespace
}  // namespace oin
