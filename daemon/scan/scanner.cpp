#include "daemon/scan/scanner.hpp"

#include <fmt/format.h>

namespace oin::scan {

std::string to_text(const Address& address) {
  if (!address.unix_path.empty()) return "unix:" + address.unix_path;
  const bool v6 = address.host.find(':') != std::string::npos;
  return fmt::format("tcp:{}{}{}:{}", v6 ? "[" : "", address.host, v6 ? "]" : "", address.port);
}

}  // namespace oin::scan
