/// rules_json.hpp: the shipped and the operator's own checks, as `oinctl rules --json` prints them.
#pragma once

#include "daemon/mail_json.hpp"
#include "daemon/workflow/desk.hpp"

namespace oin {

/// Every rule and every entry of the reviewer's menu: code, phase, severity, whether a rule or a person finds
/// it, profiles (empty: all), what is needed, where it is written.
Json rules_json(const Desk& desk);

}  // namespace oin
