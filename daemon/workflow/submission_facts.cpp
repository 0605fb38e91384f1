#include "daemon/workflow/submission_facts.hpp"

#include <algorithm>

#include "parsers/ascii.hpp"
#include "parsers/fold.hpp"
#include "parsers/url.hpp"

namespace oin {
namespace {

using Kind = FieldValue::Kind;
using Values = std::vector<std::string>;

void add_once(Values& to, const std::string& value) {
  if (std::ranges::find(to, value) == to.end()) to.push_back(value);
}

/// The value of one key in "label=Subdomain; name=subdomain; help=…".
std::string member(std::string_view item, std::string_view key) {
  for (std::size_t begin = 0; begin <= item.size();) {
    const auto end = std::min(item.find(';', begin), item.size());
    const std::string_view part = stripped(item.substr(begin, end - begin));
    if (const auto equals = part.find('='); equals != part.npos && stripped(part.substr(0, equals)) == key)
      return std::string(stripped(part.substr(equals + 1)));
    begin = end + 1;
  }
  return {};
}

/// Whether there is a secret, not what it is.
std::string secret(const FieldValue& value) {
  const std::string said = value.items.empty() ? std::string() : value.items.front();
  if (said.starts_with("sealed:")) return "(sealed)";
  if (declined(said)) return "(none)";
  return promised(said) ? "(promised)" : "(sealed)";
}

Values values_of(const FieldValue& value) {
  switch (value.kind) {
    case Kind::secret:
      return {secret(value)};
    case Kind::boolean:
      return {value.items == Values{"true"} ? "yes" : "no"};
    default:
      return value.items;
  }
}

void add_pairs(Facts& facts, const std::string& name, const FieldValue& value) {
  Values names, values;
  for (const std::string& item : value.items) {
    const auto equals = item.find('=');
    names.emplace_back(stripped(std::string_view(item).substr(0, equals)));
    values.emplace_back(equals == std::string::npos ? ""
                                                    : stripped(std::string_view(item).substr(equals + 1)));
  }
  facts.put(name + ".names", std::move(names));
  facts.put(name + ".values", std::move(values));
}

/// What the desk would call a variable that has a label alone: "Sub-domain" → "subdomain".
std::string name_from(std::string_view label) {
  std::string out;
  for (const char c : lower(label))
    if (is_alpha(c) || is_digit(c) || c == '_') out += c;
  return out;
}

Values declared(const Submission& submission, std::string_view key) {
  Values out;
  const auto field = submission.fields.find("variables");
  if (field == submission.fields.end()) return out;
  for (const std::string& item : field->second.items) {
    std::string value = member(item, key);
    if (value.empty() && key == "name") value = name_from(member(item, "label"));
    if (!value.empty()) out.push_back(std::move(value));
  }
  return out;
}

/// The tenant variables that the values of all fields but their own declaration name.
Values used(const Submission& submission) {
  Values out;
  for (const auto& [name, value] : submission.fields) {
    if (value.kind == Kind::variables || value.kind == Kind::secret || name.ends_with("description") ||
        name.ends_with("instructions") || name == "change_summary" || name == "oidc.issuer" ||
        name == "scim.header_format" || name == "private.header_expression")
      continue;
    for (const std::string& item : value.items) {
      const auto equals = value.kind == Kind::pairs ? item.find('=') : std::string::npos;
      for (const std::string& variable : variables_in(item.substr(equals + 1))) add_once(out, variable);
    }
  }
  return out;
}

void add_variables(Facts& facts, const Submission& submission) {
  const Values names = declared(submission, "name"), in_use = used(submission);
  Values undeclared, unused, repeated, unexplained, seen;
  for (const std::string& name : in_use)
    if (name.find('.') == std::string::npos && std::ranges::find(names, name) == names.end())
      undeclared.push_back(name);
  for (const std::string& name : names) {
    if (std::ranges::find(in_use, name) == in_use.end()) add_once(unused, name);
    if (std::ranges::find(seen, name) != seen.end()) add_once(repeated, name);
    seen.push_back(name);
  }
  if (const auto field = submission.fields.find("variables"); field != submission.fields.end())
    for (const std::string& item : field->second.items)
      if (member(item, "help").empty()) unexplained.push_back(member(item, "label"));
  facts.put("variables.names", names);
  facts.put("variables.labels", declared(submission, "label"));
  facts.put("variables.types", declared(submission, "type"));
  facts.put("variables.used", in_use);
  facts.put("variables.undeclared", std::move(undeclared));
  facts.put("variables.unused", std::move(unused));
  facts.put("variables.repeated", std::move(repeated));
  facts.put("variables.unexplained", std::move(unexplained));
}

/// "okta.users.read" beside "okta.users.manage", which holds it.
Values redundant(const Values& scopes) {
  constexpr std::string_view read = ".read", manage = ".manage";
  Values out;
  for (const std::string& scope : scopes)
    if (scope.ends_with(read) &&
        std::ranges::find(scopes, scope.substr(0, scope.size() - read.size()).append(manage)) != scopes.end())
      add_once(out, scope);
  return out;
}

/// Two values of an entity's own address are for the rules on metadata to compare: where they hold a tenant
/// variable, the metadata can only show one tenant's.
Values conflicting(const Submission& submission) {
  Values out = submission.conflicting;
  if (submission.details.contains("saml.metadata:readable"))
    std::erase_if(out, [](const std::string& field) {
      return field == "saml.acs_url" || field == "saml.audience_uri" || field.starts_with("saml.slo_");
    });
  return out;
}

bool says(const Submission& submission, const char* field, std::initializer_list<std::string_view> words) {
  const auto it = submission.fields.find(field);
  return it != submission.fields.end() && !it->second.items.empty() &&
         std::ranges::find(words, it->second.items.front()) != words.end();
}

std::string extent(const Submission& submission, TicketKind kind) {
  if (kind == TicketKind::removal || says(submission, "submission_type", {"removal"})) return "removal";
  if (kind == TicketKind::update || says(submission, "submission_type", {"update", "rename"}))
    return "change";
  return "whole";
}

std::string route(const Submission& submission, TicketKind kind) {
  const bool named_orgs = kind == TicketKind::private_integration ||
                          says(submission, "submission_type", {"private"}) ||
                          says(submission, "visibility", {"private"});
  return named_orgs ? "private" : "public";
}

std::string as_number(Instant at) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
  return std::to_string(static_cast<int>(day.year()) * 10'000 +
                        static_cast<int>(static_cast<unsigned>(day.month())) * 100 +
                        static_cast<int>(static_cast<unsigned>(day.day())));
}

void add_details(Facts& facts, const Submission& submission, Instant now) {
  constexpr std::string_view expiry = ":not_after";
  for (const auto& [name, values] : submission.details) {
    facts.put(name, values);
    if (!name.ends_with(expiry)) continue;
    Values left;
    for (const std::string& value : values)
      if (const auto at = parse_rfc3339(value))
        left.push_back(std::to_string(std::chrono::floor<std::chrono::days>(*at - now).count()));
    facts.put(name.substr(0, name.size() - expiry.size()) + ":days_left", std::move(left));
  }
}

}  // namespace

Facts submission_facts(const Submission& submission, const Circumstances& around) {
  Facts facts;
  Values fields;
  for (const auto& [name, value] : submission.fields) {
    fields.push_back(name);
    facts.put(name, values_of(value));
    if (value.kind == Kind::pairs) add_pairs(facts, name, value);
  }
  facts.put("form.fields", std::move(fields));
  facts.put("api.scopes.redundant", redundant(facts.of("api.scopes")));
  add_details(facts, submission, around.now);
  add_variables(facts, submission);
  facts.put("protocols", submission.protocols);
  facts.put("ticket.kind", {std::string(name(around.kind))});
  facts.put("ticket.revision", {std::to_string(around.revision)});
  facts.put("form.extent", {extent(submission, around.kind)});
  facts.put("route", {route(submission, around.kind)});
  if (facts.of("route") == Values{"private"}) facts.put("route.private", {"yes"});
  if (!around.phase.empty()) facts.put("ticket.phase", {around.phase});
  facts.put("today", {as_number(around.now)});
  if (!around.sender.empty()) facts.put("sender", {around.sender});
  facts.put("form.conflicting", conflicting(submission));
  facts.put("form.ambiguous", submission.ambiguous);
  Values unknown;
  for (const UnknownField& field : submission.unknown) add_once(unknown, field.label);
  facts.put("form.unknown", std::move(unknown));
  facts.put("desk.same_app", around.same_app);
  if (around.before) {
    for (const auto& [name, value] : around.before->fields) facts.put("before." + name, values_of(value));
    for (const auto& [name, values] : around.before->details) facts.put("before." + name, values);
    facts.put("before.variables.names", declared(*around.before, "name"));
  }
  return facts;
}

}  // namespace oin
