/// log.hpp: one fact a line, with names, on standard error: `letter.sent ticket=OIN-1 message_id=…
/// reply_code=250`.
///
/// The first word never changes once released.  No bodies, no secrets.  Values are quoted when they hold
/// blanks, and line ends in them become "?", what steers a terminal or turns text around is left out, so a
/// mail cannot forge a line.
#pragma once

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <string>
#include <string_view>

namespace oin::log {

/// A value as it stands in a log line.
std::string field(std::string_view value);

/// Levels by their names in oind.toml; false for a name that is none.
bool set_level(std::string_view name);
void open();

template <class... Args>
void debug(fmt::format_string<Args...> format, Args&&... args) {
  spdlog::debug(fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
  spdlog::info(fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void warn(fmt::format_string<Args...> format, Args&&... args) {
  spdlog::warn(fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
  spdlog::error(fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace oin::log
