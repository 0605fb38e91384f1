#include "templates/thread_index.hpp"

#include <cctype>
#include <cstdint>

#include "parsers/digest.hpp"
#include "parsers/transfer_encoding.hpp"
#include "templates/header_field.hpp"

namespace oin {
namespace {

constexpr std::size_t header_octets = 22, child_octets = 5;
constexpr std::size_t longest = header_octets + 60 * child_octets;
constexpr std::int64_t seconds_from_1601 = 11'644'473'600;

/// Tenths of microseconds since 1601 (FILETIME).
std::uint64_t file_time(Instant at) {
  return static_cast<std::uint64_t>(at.time_since_epoch().count() + seconds_from_1601) * 10'000'000;
}

void append_big_endian(std::string& out, std::uint64_t value, int octets) {
  for (int i = octets - 1; i >= 0; --i) out.push_back(static_cast<char>(value >> (8 * i) & 0xff));
}

}  // namespace

std::string thread_index(Instant begun, std::string_view conversation) {
  std::string out;
  append_big_endian(out, file_time(begun) >> 16, 6);  // its first octet is 1 from 1829 to 2057, as it must be
  const std::string digest = sha256_hex(conversation);
  for (std::size_t i = 0; i < 32; i += 2)
    out.push_back(static_cast<char>(std::stoi(digest.substr(i, 2), nullptr, 16)));
  return base64(out);
}

std::optional<std::string> child_thread_index(std::string_view parent, Instant now, unsigned number) {
  if (parent.empty() || parent.size() > 4 * longest) return std::nullopt;
  std::string index = decode_base64(parent).bytes;
  const bool whole = index.size() >= header_octets && (index.size() - header_octets) % child_octets == 0;
  if (!whole || index.front() != 1 || index.size() + child_octets > longest) return std::nullopt;
  std::uint64_t begun = 0;
  for (std::size_t i = 0; i < 6; ++i) begun = begun << 8 | static_cast<unsigned char>(index[i]);
  begun <<= 16;
  const std::uint64_t since = file_time(now) > begun ? file_time(now) - begun : 0;
  // 31 bits of the time between: from its bit 18 on within 1.7 years, else from bit 23 on, which bit 31
  // tells.
  const bool coarse = since >> 49 != 0;
  const std::uint64_t delta = (coarse ? since >> 23 | 0x8000'0000u : since >> 18) & 0xffff'ffffu;
  append_big_endian(index, delta, 4);
  index.push_back(static_cast<char>((number & 15) << 4));
  return base64(index);
}

std::string thread_topic(std::string_view subject) {
  for (;;) {
    while (!subject.empty() && (subject.front() == ' ' || subject.front() == '\t')) subject.remove_prefix(1);
    const auto colon = subject.find(':');
    if (colon == std::string_view::npos || colon < 2 || colon > 3) return std::string(subject);
    std::string mark;
    for (const char c : subject.substr(0, colon))
      mark += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    constexpr std::string_view marks[] = {"re", "aw", "sv", "fw", "fwd", "wg", "tr", "vs", "rv", "ref"};
    bool known = false;
    for (const std::string_view one : marks) known = known || mark == one;
    if (!known) return std::string(subject);
    subject.remove_prefix(colon + 1);
  }
}

}  // namespace oin
