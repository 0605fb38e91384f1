/// arguments.hpp: a verb's options as its JSON has them; one that is not there is empty.
#pragma once

#include <cstdint>
#include <string>

#include "daemon/commands.hpp"

namespace oin {

inline std::string text(const Json& arguments, const char* key) {
  const auto it = arguments.find(key);
  return it != arguments.end() && it->is_string() ? it->get<std::string>() : std::string();
}

inline std::int64_t number(const Json& arguments, const char* key) {
  const auto it = arguments.find(key);
  return it != arguments.end() && it->is_number_integer() ? it->get<std::int64_t>() : 0;
}

/// Who asks.
inline Actor actor_of(const Json& arguments) { return {text(arguments, "as"), text(arguments, "unix_user")}; }

}  // namespace oin
