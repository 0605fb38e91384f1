/// protected_content.hpp: content that is there but cannot be read here: encrypted or wrapped by S/MIME
/// (RFC 8551 3) or OpenPGP (RFC 3156; in the text itself RFC 9580 6.2).
///
/// Such a part stays an attachment; the defect that is named here tells a person that there is more to read.
#pragma once

#include <string_view>

#include "parsers/parameters.hpp"

namespace oin {

/// The defect code for a part of that type, or empty.  `content` is decoded.
std::string_view protection_of(const Parameterized& type, std::string_view content);

/// The same for a text that holds an encrypted block.
std::string_view protection_in_text(std::string_view text);

}  // namespace oin
