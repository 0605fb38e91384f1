/// service_manager.hpp: what oind tells systemd (sd_notify): ready, alive, stopping.  Silent without systemd.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace oin::service_manager {

void ready();
void alive();
void stopping();
void status(const std::string& line);
/// How often alive() must be said; empty when nobody watches.
std::optional<std::chrono::milliseconds> watchdog();

}  // namespace oin::service_manager
