// Whatever a server sends: no crash, only codes that exist, and the place where the bytes are cut changes
// nothing. And whatever a letter holds: on the wire no line but the client's own is a lone dot, and no line
// end is bare.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/smtp/reply_parser.hpp"
#include "daemon/smtp/wire.hpp"

namespace {

using namespace oin::smtp;

void require(bool holds) {
  if (!holds) std::abort();
}

std::vector<std::string> hear(std::string_view bytes, std::size_t chunk) {
  std::vector<std::string> heard;
  ReplyParser parser(ReplyLimits{.line = 100, .lines = 10});
  while (!bytes.empty()) {
    std::string_view part = bytes.substr(0, chunk);
    bytes.remove_prefix(part.size());
    while (!part.empty()) {
      const std::size_t before = part.size();
      const auto reply = parser.next(part);
      if (!reply) return heard;
      require(part.size() < before);
      if (!reply.value()) {
        require(part.empty());
        continue;
      }
      require(reply.value()->code >= 200 && reply.value()->code < 600 && reply.value()->lines.size() <= 10);
      heard.push_back(reply.value()->whole());
    }
  }
  return heard;
}

std::string in_smtp_words(const std::uint8_t* data, std::size_t size) {
  static constexpr std::string_view words[] = {"250 ", "250-", "550 ", "5.1.1 ",    "2.0.0 ", "354",
                                               "\r\n", "\n",   ".",    "\r",        "text",   "421 ",
                                               "-",    " ",    "5.",   "451-4.7.1 "};
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += words[data[i] % std::size(words)];
  return text;
}

void hold_to_the_wire(std::string_view message) {
  const std::string wire = to_wire(message);
  require(wire.empty() || wire.ends_with("\r\n"));
  require(!wire.starts_with(".\r\n") && wire.find("\r\n.\r\n") == std::string::npos);
  for (std::size_t i = 0; i < wire.size(); ++i) {
    if (wire[i] == '\n') require(i > 0 && wire[i - 1] == '\r');
    if (wire[i] == '\r') require(i + 1 < wire.size() && wire[i + 1] == '\n');
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string raw(data, data + size);
  for (const std::string& bytes : {raw, in_smtp_words(data, size)}) {
    require(hear(bytes, std::string_view::npos) == hear(bytes, 1));
    hold_to_the_wire(bytes);
  }
  return 0;
}
