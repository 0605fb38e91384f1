/// clamd.hpp: asks ClamAV's daemon about a mail, by the command INSTREAM (clamd(8), "COMMANDS").
///
/// One connection a mail: clamd closes it after its answer.
#pragma once

#include <string_view>

#include "daemon/net/task.hpp"
#include "daemon/scan/scanner.hpp"

namespace oin::scan {

/// `mail` outlives the call.  The deadline is for all of it.
Task<Verdict> ask_clamd(Address address, std::string_view mail, std::chrono::milliseconds deadline);

/// Whether it answers at all (PING).
Task<void> ping_clamd(Address address, std::chrono::milliseconds deadline);

/// The answer to INSTREAM, without its final NUL.
Result<Verdict> clamd_verdict(std::string_view answer);

}  // namespace oin::scan
