#include "daemon/net/public_address.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>

namespace oin::net {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::address_v4;
using boost::asio::ip::address_v6;
using Bytes = std::array<unsigned char, 16>;

Bytes bytes_of(const address& from) {
  Bytes out{};
  if (from.is_v4())
    std::ranges::copy(from.to_v4().to_bytes(), out.begin());
  else
    std::ranges::copy(from.to_v6().to_bytes(), out.begin());
  return out;
}

bool within(const address& one, const address& from, int prefix) {
  if (one.is_v4() != from.is_v4()) return false;
  const Bytes left = bytes_of(one), right = bytes_of(from);
  const auto whole = static_cast<std::size_t>(prefix / 8);
  if (!std::equal(left.begin(), left.begin() + whole, right.begin())) return false;
  const int rest = prefix % 8;
  return rest == 0 || (left[whole] >> (8 - rest)) == (right[whole] >> (8 - rest));
}

struct Block {
  const char* from;
  int prefix;
};

// https://www.iana.org/assignments/iana-ipv4-special-registry, all that is not globally reachable, and
// multicast.
constexpr Block closed_v4[] = {
    {"0.0.0.0", 8},     {"10.0.0.0", 8},      {"100.64.0.0", 10},  {"127.0.0.0", 8},    {"169.254.0.0", 16},
    {"172.16.0.0", 12}, {"192.0.0.0", 24},    {"192.0.2.0", 24},   {"192.88.99.0", 24}, {"192.168.0.0", 16},
    {"198.18.0.0", 15}, {"198.51.100.0", 24}, {"203.0.113.0", 24}, {"224.0.0.0", 4},    {"240.0.0.0", 4}};

// Of IPv6 only 2000::/3 is given out for the Internet (RFC 4291); these parts of it are not.  2001::/23 holds
// Teredo, 2002::/16 is 6to4: both carry an IPv4 address that would be reached past the table above.
constexpr Block closed_v6[] = {{"2001::", 23}, {"2001:db8::", 32}, {"2002::", 16}, {"3fff::", 20}};

template <std::size_t N>
bool in_one_of(const address& one, const Block (&blocks)[N]) {
  return std::ranges::any_of(blocks, [&](const Block& block) {
    return within(one, boost::asio::ip::make_address(block.from), block.prefix);
  });
}

/// "::ffff:10.0.0.1" and, behind NAT64 (RFC 6052), "64:ff9b::10.0.0.1" are 10.0.0.1.
address unwrapped(const address& from) {
  if (!from.is_v6()) return from;
  const bool carries_v4 = from.to_v6().is_v4_mapped() || within(from, address_v6({0, 0x64, 0xff, 0x9b}), 96);
  if (!carries_v4) return from;
  const Bytes bytes = bytes_of(from);
  return address_v4({bytes[12], bytes[13], bytes[14], bytes[15]});
}

}  // namespace

std::optional<AddressRange> address_range(std::string_view text) {
  const auto slash = text.find('/');
  boost::system::error_code wrong;
  AddressRange out;
  out.from = boost::asio::ip::make_address(std::string(text.substr(0, slash)), wrong);
  if (wrong) return std::nullopt;
  const int bits = out.from.is_v4() ? 32 : 128;
  out.prefix = bits;
  if (slash == text.npos) return out;
  const std::string_view number = text.substr(slash + 1);
  const auto [end, failed] = std::from_chars(number.data(), number.data() + number.size(), out.prefix);
  if (failed != std::errc() || end != number.data() + number.size() || out.prefix < 0 || out.prefix > bits)
    return std::nullopt;
  return out;
}

bool is_public(const address& wrapped) {
  const address plain = unwrapped(wrapped);
  if (plain.is_v4()) return !in_one_of(plain, closed_v4);
  return within(plain, boost::asio::ip::make_address("2000::"), 3) && !in_one_of(plain, closed_v6);
}

bool may_be_contacted(const address& wrapped, std::span<const AddressRange> allowed) {
  const address plain = unwrapped(wrapped);
  return is_public(plain) || std::ranges::any_of(allowed, [&](const AddressRange& range) {
           return within(plain, range.from, range.prefix);
         });
}

}  // namespace oin::net
