/// command.hpp: the commands staff write in a mail, each on a line that starts with "/".
///
///     /issue saml.acs-url.not-https
///     /reply Thank you, we look at it
///     tomorrow.
///
/// Only what is surely the sender's own may be given (Mail::own_text): a command that is quoted or forwarded
/// was somebody else's.  Reads words, judges none: who may give a command is the workflow's to say.  A path
/// such as "/scim/v2/Users" is no command, and neither is a line that is indented, quoted, or within a
/// Markdown fence ("```").  A word that is none of ours counts only where somebody meant one: next to a
/// command's spelling ("/aprove"), or alone in its line.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oin {

struct Command {
  std::string name;                    ///< lower case, without the slash: "approve"
  bool known = true;                   ///< false: looks like a command, and is none of ours
  std::vector<std::string> arguments;  ///< the words of the line; "two words" in double quotes are one
  std::string text;                    ///< the rest of the line and the lines up to the next command
  int line = 0;                        ///< 1-based in the given text
};

std::vector<Command> commands(std::string_view own_text);

/// The names that exist, the same as `oinctl ticket N` takes.
std::span<const std::string_view> command_names();

}  // namespace oin
