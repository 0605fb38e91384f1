#include "daemon/smtp/wire.hpp"

#include <algorithm>

namespace oin::smtp {

std::string to_wire(std::string_view message) {
  std::string wire;
  wire.reserve(message.size() + message.size() / 32 + 2);
  while (!message.empty()) {
    if (message.front() == '.') wire.push_back('.');
    const auto end = std::min(message.find_first_of("\r\n"), message.size());
    wire.append(message.substr(0, end));
    wire.append("\r\n");
    message.remove_prefix(end);
    if (message.starts_with("\r\n"))
      message.remove_prefix(2);
    else if (!message.empty())
      message.remove_prefix(1);
  }
  return wire;
}

bool is_8bit(std::string_view bytes) {
  return std::ranges::any_of(bytes, [](char c) { return static_cast<unsigned char>(c) > 127; });
}

bool is_safe_path(std::string_view path) {
  return std::ranges::none_of(path, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte == 127 || c == '<' || c == '>';
  });
}

}  // namespace oin::smtp
