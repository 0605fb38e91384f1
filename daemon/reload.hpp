/// reload.hpp: what SIGHUP changes under a running daemon, and what waits for its next start.
///
/// People, the workflow with its limits, calendar and cues, the letters and the outbox's pauses are data that
/// is asked anew for each piece of work.  Servers, mailboxes, keys, the store and the socket were opened at
/// the start and stay as they were.  New settings with any problem change nothing.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "daemon/office.hpp"

namespace oin {

struct Reload {
  std::optional<Office> office;      ///< to put in place of the running one; none where there are problems
  std::vector<std::string> applied;  ///< what is other in it, as oind.toml and workflow.toml call it
  std::vector<std::string> need_restart;  ///< what is other in the files only
};

Reload reload(const Office& running, const std::filesystem::path& oind_toml, Problems& problems);

}  // namespace oin
