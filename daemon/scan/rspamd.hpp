/// rspamd.hpp: asks rspamd about a mail, by HTTP (https://rspamd.com/doc/developers/protocol.html): POST
/// /checkv2 at its normal worker, port 11333.
#pragma once

#include <string_view>
#include <vector>

#include "daemon/net/curl_loop.hpp"
#include "daemon/net/task.hpp"
#include "daemon/scan/scanner.hpp"

namespace oin::scan {

/// `mail` outlives the call; `unwanted` are the actions that make it so.  The deadline is for all of it.
Task<Verdict> ask_rspamd(net::CurlLoop& loop, Address address, std::string_view mail,
                         std::vector<std::string> unwanted, std::chrono::milliseconds deadline);

/// Whether it answers at all (GET /ping).
Task<void> ping_rspamd(net::CurlLoop& loop, Address address, std::chrono::milliseconds deadline);

/// The answer to /checkv2.  What it calls skipped was not looked at, which is no verdict.
Result<Verdict> rspamd_verdict(std::string_view answer, const std::vector<std::string>& unwanted);

}  // namespace oin::scan
