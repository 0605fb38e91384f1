/// message_id.hpp: the identifiers in Message-ID, In-Reply-To and References (RFC 5322 3.6.4).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oin {

/// Without their angle brackets, in order.  Phrases and comments between them (RFC 5322 4.5.4) are skipped;
/// where there is no bracket at all, each word with an "@" counts.
std::vector<std::string> message_ids(std::string_view field_body);

/// The first of them; a lone word without "@" counts too.  Empty when there is none.
std::string message_id(std::string_view field_body);

}  // namespace oin
