/// rule_settings.hpp: what a submission is checked for, as rules/*.toml say it.
///
/// A [[rule]] is a requirement that the desk checks by itself: it says when it applies and what it then
/// requires, in terms about facts ("saml.acs_url:scheme is https"; daemon/workflow/term.hpp reads them), and
/// brings an example that passes and one that fails.  An [[issue]] is one that only a person can find: the
/// reviewer's menu.  Several rules may share a code.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace oin {

/// Facts by name, as examples give them.
using FactTable = std::map<std::string, std::vector<std::string>>;

struct RuleSettings {
  std::string code;                   ///< "saml.acs-url.not-https"
  std::string phase;                  ///< in which it is raised: "initial-review", …
  std::string severity;               ///< blocker, must, advice
  std::vector<std::string> profiles;  ///< empty: all
  std::vector<std::string> each;      ///< asked once for each of these fields, "$" in terms being the field
  std::string each_of;                ///< the same for the fields that this fact names: "form.conflicting"
  std::vector<std::string> when;      ///< it applies when all of these terms hold
  std::vector<std::string> require;   ///< then none of these may be violated
  std::string field;                  ///< that findings are about; empty: the one whose term was violated
  std::string found, need, why;       ///< Mustache with the facts; `found` is what stands in its way
  std::string source;                 ///< where the requirement stands
  FactTable passes, fails;
  std::string place;  ///< "rules/saml.toml:12", for problems
  bool operator==(const RuleSettings&) const = default;
};

struct IssueSettings {
  std::string code, phase, severity, need, why;
  std::string place;
  bool operator==(const IssueSettings&) const = default;
};

struct RuleBook {
  std::vector<RuleSettings> rules;
  std::vector<IssueSettings> menu;
  bool operator==(const RuleBook&) const = default;
};

}  // namespace oin
