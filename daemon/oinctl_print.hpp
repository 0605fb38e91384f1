/// oinctl_print.hpp: the answers of `oinctl` as a person reads them in a terminal.
#pragma once

#include <iosfwd>
#include <string>

#include "daemon/mail_json.hpp"

namespace oin {

/// Prints the JSON answer of a verb; what has no shape of its own is printed as indented JSON.
void print_answer(std::ostream& out, const std::string& verb, const Json& answer);

}  // namespace oin
