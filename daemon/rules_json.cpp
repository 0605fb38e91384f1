#include "daemon/rules_json.hpp"

namespace oin {

Json rules_json(const Desk& desk) {
  Json out = Json::array();
  for (const RuleSettings& rule : desk.workflow.rules.rules)
    out.push_back({{"code", rule.code},
                   {"phase", rule.phase},
                   {"severity", rule.severity},
                   {"found_by", "rule"},
                   {"profiles", rule.profiles},
                   {"need", rule.need},
                   {"place", rule.place}});
  for (const IssueSettings& issue : desk.workflow.rules.menu)
    out.push_back({{"code", issue.code},
                   {"phase", issue.phase},
                   {"severity", issue.severity},
                   {"found_by", "person"},
                   {"profiles", Json::array()},
                   {"need", issue.need},
                   {"place", issue.place}});
  return out;
}

}  // namespace oin
