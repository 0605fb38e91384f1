/// sample_desk.hpp: the shipped desk with one reviewer, for tests of the pure core.
#pragma once

#include "config/load.hpp"
#include "config/read_rules.hpp"
#include "daemon/workflow/desk.hpp"

namespace oin {

inline const Desk& sample_desk() {
  static const Desk desk = [] {
    Configuration configuration = shipped_configuration();
    configuration.settings.people = {{"Grace", "grace@example.com", "", {"reviewer"}}};
    return open_desk(configuration.settings, configuration.workflow);
  }();
  return desk;
}

/// The same with two requirements of its own in place of the shipped ones: an ACS URL, which blocks, and a
/// website.
inline const Desk& strict_desk() {
  static const Desk desk = [] {
    Desk strict = sample_desk();
    Problems problems;
    strict.rules = Rules(read_rules({{"strict.toml", R"(
[[rule]]
code = "saml.acs-url.missing"
severity = "blocker"
require = ["saml.acs_url present"]
found = "There is no ACS URL."
need = "Send it."
passes = { "saml.acs_url" = "https://acme.example/acs" }
fails = {}

[[rule]]
code = "app.website-missing"
severity = "must"
require = ["app_website present"]
found = "There is no website."
need = "Send it."
passes = { app_website = "https://acme.example/" }
fails = {}
)"}},
                                    problems),
                         "oin-2021");
    return strict;
  }();
  return desk;
}

}  // namespace oin
