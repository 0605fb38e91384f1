/// domain_name.hpp: internationalised domain names (RFC 5890), by UTS #46.
#pragma once

#include <string>
#include <string_view>

namespace oin {

/// The domain as lower-case A-labels ("xn--bcher-kva.example"), which is what is compared; empty where it is
/// no domain name.  A dot at its end falls away; what is ASCII is taken as it stands.
std::string a_labels(std::string_view domain);

/// The domain with its A-labels in letters ("bücher.example"), which is what is shown; as it stands where
/// they are none, would not lead back to the same A-labels, or mix scripts as only a deceiver would (UTS
/// #39).
std::string u_labels(std::string_view domain);

/// An addr-spec as it goes over the wire: a domain beyond ASCII in A-labels, which every server takes.
std::string wire_address(std::string_view addr_spec);

/// An addr-spec with u_labels() as its domain.
std::string shown_address(std::string_view addr_spec);

}  // namespace oin
