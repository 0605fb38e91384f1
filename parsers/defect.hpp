/// defect.hpp: what was malformed in a message, and where.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace oin {

struct Defect {
  std::string code;   ///< one of defect_codes(): "unterminated-multipart"
  std::string where;  ///< the part ("1.2") or the header field ("Subject"); empty for the whole message
  bool operator==(const Defect&) const = default;
};

struct DefectCode {
  std::string_view code;
  std::string_view meaning;
};

/// Every code there is, for `oinctl parse --list-defects`.
std::span<const DefectCode> defect_codes();

}  // namespace oin
