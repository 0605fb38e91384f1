/// address.hpp: RFC 5322 3.4 addresses, read as leniently as mail needs and written as strictly as it allows.
///
/// Groups are flattened, comments become a display name where none is given, source routes are dropped
/// (RFC 5322 4.4).  An address without a domain is kept as it stands: a mail from "root" is still a mail.
/// What stands in angle brackets is the address whatever the name beside it looks like, so that
/// "trusted@x" <evil@y> is evil@y.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace oin {

struct Address {
  std::string display_name;  ///< decoded (RFC 2047), without quotes; may be empty
  std::string addr_spec;     ///< "ada@vendor.example", the case it came with

  std::string_view local_part() const;  ///< up to the last @
  std::string_view domain() const;      ///< behind the last @, empty without one
  bool operator==(const Address&) const = default;
};

/// Every address of a header field's body, in order, at most `limit`.  Never fails; what is no address is
/// skipped.
std::vector<Address> address_list(std::string_view field_body, std::size_t limit = 10'000);

/// The form addresses are compared and looked up in: the domain as lower-case A-labels (UTS #46), the local
/// part in lower case too, because no mail system that people use tells "Ada@" from "ada@".
std::string comparable(std::string_view addr_spec);

}  // namespace oin
