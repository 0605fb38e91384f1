#include "daemon/log.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <unistd.h>

#include <algorithm>

#include "parsers/charset.hpp"
#include "templates/plain_value.hpp"

namespace oin::log {

std::string field(std::string_view value) {
  constexpr std::size_t longest = 500;
  std::string out;
  for (const char c : plain_value(utf8_prefix(value, longest)))
    out.push_back(c == '\n' || c == '\t' ? '?' : c == '"' ? '\'' : c);
  if (value.size() > longest) out += "…";
  const bool plain = !out.empty() && out.find(' ') == std::string::npos;
  return plain ? out : "\"" + out + "\"";
}

bool set_level(std::string_view name) {
  static constexpr std::string_view names[] = {"trace", "debug", "info", "warn", "error"};
  if (std::ranges::find(names, name) == std::end(names)) return false;
  spdlog::set_level(spdlog::level::from_str(std::string(name)));
  return true;
}

void open() {
  auto logger =
      std::make_shared<spdlog::logger>("oind", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
  // journald stamps the time itself; anybody else wants it in the line.
  logger->set_pattern(getenv("JOURNAL_STREAM") ? "%^%l%$ %v" : "%Y-%m-%dT%H:%M:%S.%fZ %^%l%$ %v",
                      spdlog::pattern_time_type::utc);
  spdlog::set_default_logger(std::move(logger));
  spdlog::flush_on(spdlog::level::trace);
}

}  // namespace oin::log
