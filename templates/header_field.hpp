/// header_field.hpp: header fields as they go on the wire: ASCII, CRLF, folded at 78 where it can be (RFC
/// 5322 2.1.1).
///
/// Whatever a value holds, exactly one field comes out: CR, LF, NUL and other controls become blanks.  Text
/// outside ASCII becomes encoded words (RFC 2047); words that are too long to fold do so too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/address.hpp"

namespace oin {

/// Subject and the like: "Name: body CRLF".
std::string unstructured_field(std::string_view name, std::string_view body);

/// From, To: display names as atoms, quoted strings or encoded words, as each needs.
std::string address_field(std::string_view name, const std::vector<Address>& addresses);

/// In-Reply-To, References: `ids` without angle brackets; what cannot be one is left out.  Empty when none is
/// left.
std::string message_id_field(std::string_view name, const std::vector<std::string>& ids);

/// A parameter of Content-Type or Content-Disposition: in quotes where that can hold the value, else in the
/// percent-encoded segments of RFC 2231, each on a line of its own.
std::string parameter(std::string_view name, std::string_view value);

/// In one line (RFC 4648 4), as the B encoding of RFC 2047 has it too.
std::string base64(std::string_view bytes);

}  // namespace oin
