#include "daemon/service_manager.hpp"

#include <systemd/sd-daemon.h>

namespace oin::service_manager {

void ready() { sd_notify(0, "READY=1"); }
void alive() { sd_notify(0, "WATCHDOG=1"); }
void stopping() { sd_notify(0, "STOPPING=1"); }
void status(const std::string& line) { sd_notify(0, ("STATUS=" + line).c_str()); }

std::optional<std::chrono::milliseconds> watchdog() {
  std::uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) <= 0) return std::nullopt;
  return std::chrono::milliseconds(microseconds / 1000 / 2);
}

}  // namespace oin::service_manager
