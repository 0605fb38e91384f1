/// command.hpp: the commands staff write in a mail, each on a line that starts with "/".
///
///     /issue saml.acs-url.not-https
///     /reply Thank you, we look at it
///     tomorrow.
///
/// Only newly written text may be given (reply_text): a quoted command was somebody's long ago.  Reads words,
/// judges none: whether a command exists and who may give it is the workflow's to say.  A path such as
/// "/scim/v2/Users" is no command, and neither is an indented line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oin {

struct Command {
  std::string name;                    ///< lower case, without the slash: "approve"
  std::vector<std::string> arguments;  ///< the words of the line; "two words" in double quotes are one
  std::string text;                    ///< the rest of the line and the lines up to the next command
  int line = 0;                        ///< 1-based in the given text
};

std::vector<Command> commands(std::string_view reply_text);

}  // namespace oin
