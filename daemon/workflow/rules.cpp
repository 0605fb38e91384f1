#include "daemon/workflow/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <kainjow/mustache.hpp>
#include <set>

#include "daemon/workflow/field_label.hpp"
#include "daemon/workflow/term.hpp"
#include "parsers/charset.hpp"

namespace oin {
namespace {

namespace mustache = kainjow::mustache;

/// Values are cut to this in a message: a letter names what is wrong, it does not repeat the submission.
constexpr std::size_t longest_shown = 300;

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out.append(out.empty() ? "" : ", ").append(value);
  if (out.size() <= longest_shown) return out;
  return std::string(utf8_prefix(out, longest_shown)) + "…";
}

/// What a message may name: `field` (as a letter calls it), `value` (what is wrong), and any fact, `$` being
/// the field.
class MessageContext : public mustache::context<std::string> {
 public:
  MessageContext(const Facts& facts, std::string_view field, const std::vector<std::string>& wrong)
      : context(&nothing_), facts_(facts), field_(field), wrong_(wrong) {}

  const mustache::data* get(const std::string& name) const override {
    std::string text;
    if (name == "field") {
      text = label_of(field_);
    } else if (name == "value") {
      text = joined(wrong_);
    } else {
      text = joined(facts_.of(with_field(name, field_)));
    }
    made_.push_back(text.empty() ? mustache::data(false) : mustache::data(text));
    return &made_.back();
  }

 private:
  mustache::data nothing_{mustache::data::type::object};
  const Facts& facts_;
  std::string field_;
  const std::vector<std::string>& wrong_;
  mutable std::deque<mustache::data> made_;
};

struct Message {
  mutable mustache::mustache parsed;

  explicit Message(const std::string& text) : parsed(text) {
    parsed.set_custom_escape([](const std::string& value) { return value; });
  }
  std::string of(MessageContext& context) const { return parsed.render(context); }
};

struct Rule {
  RuleSettings settings;
  std::vector<Term> when, require;
  Message found, need, why;

  /// The fields it asks about; one empty text for the submission as a whole.
  std::vector<std::string> fields(const Facts& facts) const {
    if (!settings.each_of.empty()) return facts.of(settings.each_of);
    return settings.each.empty() ? std::vector<std::string>{""} : settings.each;
  }
};

std::string on_field(std::string_view fact) { return std::string(fact.substr(0, fact.rfind(':'))); }

std::optional<Finding> find(const Rule& rule, const Facts& facts, const std::string& field) {
  if (!std::ranges::all_of(rule.when, [&](const Term& term) { return term.holds(facts, field); }))
    return std::nullopt;
  for (const Term& term : rule.require) {
    const std::vector<std::string> wrong = term.violations(facts, field);
    if (wrong.empty()) continue;
    const std::string about = !rule.settings.field.empty() ? rule.settings.field
                              : !field.empty()             ? field
                                                           : on_field(term.fact(field));
    MessageContext context(facts, about, wrong);
    return Finding{
        rule.settings.code,     rule.settings.phase,   rule.settings.severity, about,
        rule.found.of(context), rule.need.of(context), rule.why.of(context),   rule.settings.source};
  }
  return std::nullopt;
}

std::vector<Finding> findings(const Rule& rule, const Facts& facts) {
  std::vector<Finding> out;
  for (const std::string& field : rule.fields(facts))
    if (auto finding = find(rule, facts, field)) out.push_back(*std::move(finding));
  return out;
}

bool applies(const Rule& rule, const Facts& facts) {
  return std::ranges::any_of(rule.fields(facts), [&](const std::string& field) {
    return std::ranges::all_of(rule.when, [&](const Term& term) { return term.holds(facts, field); });
  });
}

std::vector<Term> read_terms(const RuleSettings& rule, const std::vector<std::string>& texts,
                             std::vector<std::string>& problems) {
  std::vector<Term> terms;
  for (const std::string& text : texts) {
    auto term = Term::read(text);
    if (term)
      terms.push_back(std::move(term).value());
    else
      problems.push_back(fmt::format("{}: {}: {}", rule.place, rule.code, term.error().what));
  }
  return terms;
}

}  // namespace

struct Rules::Ready {
  std::vector<Rule> rules;
  std::map<std::string, IssueSettings, std::less<>> menu;
  std::set<std::string> codes;
  std::vector<std::string> problems;
  std::string profile;
};

Rules::Rules(const RuleBook& book, std::string_view profile) {
  auto ready = std::make_shared<Ready>();
  ready->profile = profile;
  for (const RuleSettings& settings : book.rules) {
    const std::size_t before = ready->problems.size();
    Rule rule{settings,
              read_terms(settings, settings.when, ready->problems),
              read_terms(settings, settings.require, ready->problems),
              Message(settings.found),
              Message(settings.need),
              Message(settings.why)};
    for (const Message* message : {&rule.found, &rule.need, &rule.why})
      if (!message->parsed.is_valid())
        ready->problems.push_back(
            fmt::format("{}: {}: {}", settings.place, settings.code, message->parsed.error_message()));
    ready->codes.insert(settings.code);
    if (ready->problems.size() == before) ready->rules.push_back(std::move(rule));
  }
  for (const IssueSettings& issue : book.menu) {
    ready->codes.insert(issue.code);
    if (!ready->menu.emplace(issue.code, issue).second)
      ready->problems.push_back(fmt::format("{}: {}: stands twice in the menu", issue.place, issue.code));
  }
  ready_ = std::move(ready);
}

std::vector<Finding> Rules::check(const Facts& facts) const {
  std::vector<Finding> out;
  if (!ready_) return out;
  std::set<std::pair<std::string, std::string>> said;
  for (const Rule& rule : ready_->rules) {
    const auto& profiles = rule.settings.profiles;
    if (!profiles.empty() && std::ranges::find(profiles, ready_->profile) == profiles.end()) continue;
    for (Finding& finding : findings(rule, facts))
      if (said.emplace(finding.code, finding.field).second) out.push_back(std::move(finding));
  }
  return out;
}

const IssueSettings* Rules::menu(std::string_view code) const {
  if (!ready_) return nullptr;
  const auto it = ready_->menu.find(code);
  return it == ready_->menu.end() ? nullptr : &it->second;
}

std::vector<std::string> Rules::problems() const {
  if (!ready_) return {};
  std::vector<std::string> out = ready_->problems;
  for (const Rule& rule : ready_->rules) {
    const auto problem = [&](std::string_view what) {
      out.push_back(fmt::format("{}: {}: {}", rule.settings.place, rule.settings.code, what));
    };
    const Facts passes(rule.settings.passes), fails(rule.settings.fails);
    if (!applies(rule, passes)) problem("does not apply to its example \"passes\"");
    if (const auto found = findings(rule, passes); !found.empty())
      problem(fmt::format("its example \"passes\" fails: {}", found.front().text));
    if (!applies(rule, fails)) problem("does not apply to its example \"fails\"");
    if (applies(rule, fails) && findings(rule, fails).empty()) problem("its example \"fails\" passes");
  }
  return out;
}

std::vector<std::string> Rules::codes() const {
  if (!ready_) return {};
  return {ready_->codes.begin(), ready_->codes.end()};
}

}  // namespace oin
