/// ticket_reference.hpp: the ticket a subject names, as in "Re: [OIN-123] Acme Notes".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace oin {

/// The number in the first "[OIN-n]" (any case); never a bare "#n", which other systems write too.
std::optional<std::int64_t> ticket_reference(std::string_view subject);

/// "12", "#12", "OIN-12" (any case), as a command or a person at a tool names a ticket; nothing for another
/// word.
std::optional<std::int64_t> ticket_number(std::string_view word);

}  // namespace oin
