#include "daemon/address_key.hpp"

#include "config/read_settings.hpp"
#include "parsers/address.hpp"

namespace oin {

std::string address_key(const std::string& written) {
  if (written.starts_with('@'))
    return looks_like_address("any" + written) ? comparable("any" + written).substr(3) : std::string();
  return looks_like_address(written) ? comparable(written) : std::string();
}

}  // namespace oin
