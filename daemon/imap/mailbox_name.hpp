/// mailbox_name.hpp: a mailbox's name as an IMAP command carries it.
///
/// UTF-8 in, modified UTF-7 (RFC 3501 5.1.3) in a quoted string out: always printable ASCII, so no name can
/// smuggle a second command.  Bytes that are no UTF-8 become U+FFFD; the server will then not know the name.
#pragma once

#include <string>
#include <string_view>

namespace oin::imap {

std::string quoted_mailbox(std::string_view utf8);

}  // namespace oin::imap
