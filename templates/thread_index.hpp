/// thread_index.hpp: the conversation index by which Outlook groups mails (MS-OXOMSG 2.2.1.3), as its
/// Thread-Index field has it: base64 of 22 octets, and five more for each answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "parsers/base/instant.hpp"

namespace oin {

/// The first of a conversation.  `conversation` is any text that no other conversation has.
std::string thread_index(Instant begun, std::string_view conversation);

/// An answer to the mail with that index, made at `now`; `number` tells answers of one moment apart.  Nothing
/// when `parent` is no such index, or has grown too long to go on.
std::optional<std::string> child_thread_index(std::string_view parent, Instant now, unsigned number);

/// The topic that the subjects of a conversation share: without "Re:", "AW:" and the like.
std::string thread_topic(std::string_view subject);

}  // namespace oin
