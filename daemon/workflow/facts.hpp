/// facts.hpp: what a submission says, as the rules see it: values by name, and views of them.
///
/// A fact's name is a field's ("saml.acs_url"), or one of those that are not asked for in the form
/// (submission_facts.hpp).  A view is something read off each of its values: "saml.acs_url:host".  Yes/no
/// fields have the values "yes" and "no"; a secret's value is never among the facts.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace oin {

class Facts {
 public:
  Facts() = default;
  explicit Facts(std::map<std::string, std::vector<std::string>> values)
      : values_(values.begin(), values.end()) {}

  void put(std::string name, std::vector<std::string> values) {
    values_[std::move(name)] = std::move(values);
  }
  /// What is asked for by name, or by name and view; nothing where there is no such fact.
  std::vector<std::string> of(std::string_view name) const;
  bool has(std::string_view name) const { return !of(name).empty(); }
  const std::map<std::string, std::vector<std::string>, std::less<>>& all() const { return values_; }

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

/// "host", "words", …: what stands behind ":" and is read off a value, not put there.
bool is_view(std::string_view name);

}  // namespace oin
