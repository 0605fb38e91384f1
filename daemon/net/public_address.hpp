/// public_address.hpp: which addresses may be contacted for a link that a stranger has sent.
///
/// Only those of the public Internet (IANA's special-purpose registries, RFC 6890): neither this machine nor
/// its networks, nor the clouds' metadata services.  An IPv4 address in the clothes of IPv6 (mapped, NAT64)
/// is held against the rules of IPv4.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <span>
#include <string_view>

namespace oin::net {

struct AddressRange {
  boost::asio::ip::address from;
  int prefix = 0;  ///< bits
};

/// "10.1.0.0/16", "fd00::/8", "192.0.2.7"; nothing for another text.
std::optional<AddressRange> address_range(std::string_view text);

bool is_public(const boost::asio::ip::address& address);

/// Public, or within a range that an operator lets through.
bool may_be_contacted(const boost::asio::ip::address& address, std::span<const AddressRange> allowed);

}  // namespace oin::net
