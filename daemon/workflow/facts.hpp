/// facts.hpp: what a submission says, as the rules see it: values by name, and views of them.
///
/// A fact's name is a field's ("saml.acs_url"), or one of those that are not asked for in the form
/// (submission_facts.hpp).  A view is something read off each of its values: "saml.acs_url:host".  Yes/no
/// fields have the values "yes" and "no"; a secret's value is never among the facts.
///
///   scheme, host, path, query, fragment   a URL's parts; fragment with its "#"
///   owner                     the domain under which a URL's host or an address stands: "acme.co.uk"
///   org                       the Okta org that a text names: "dev-123456.okta.com"
///   reach                     of a URL: public, private
///   variables, braces         the tenant variables in a text; balanced, unbalanced
///   length, words, count      characters, words; how many values there are
///   folded                    without case, accents and punctuation
///   kind                      of a contact: email, url, phone, other
///   address, local, domain    the address in a text, its two halves
///   index                     the number beside a URL; "none"
///   answer                    given; none ("N/A"), placeholder ("TBD", "to follow"), promised ("attached"),
///                             reference ("same as above")
///
/// Of a value that is no given answer only "answer" and "length" are read.
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

}  // namespace oin
