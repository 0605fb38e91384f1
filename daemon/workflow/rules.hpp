/// rules.hpp: the checks of a submission, made ready from their settings.
///
/// Pure: the same rules and facts give the same findings.  What a rule may say stands in term.hpp; which
/// facts there are, in submission_facts.hpp.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/rule_settings.hpp"
#include "daemon/workflow/facts.hpp"
#include "daemon/workflow/finding.hpp"

namespace oin {

class Rules {
 public:
  Rules() = default;
  /// Rules that cannot be read are left out; problems() names them.
  Rules(const RuleBook& book, std::string_view profile);

  /// At most one finding a code and field, in the order of the rules.
  std::vector<Finding> check(const Facts& facts) const;

  /// The reviewer's menu: what only a person can find; null for another code.
  const IssueSettings* menu(std::string_view code) const;

  /// What is wrong with the rules themselves: terms that do not read, examples that do not do what they
  /// should.
  std::vector<std::string> problems() const;

  /// Every code: of rules and menu, sorted, each once.
  std::vector<std::string> codes() const;

 private:
  struct Ready;
  std::shared_ptr<const Ready> ready_;
};

}  // namespace oin
