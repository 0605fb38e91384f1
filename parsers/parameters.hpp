/// parameters.hpp: a value and its parameters, as in Content-Type and Content-Disposition (RFC 2045 5.1, RFC
/// 2231).
///
/// Reads quoted strings, comments, continuations in any order with or without a charset, encoded words where
/// RFC 2231 was meant, and names with blanks that nobody quoted.  Parameters are in the order they came.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oin {

struct Parameterized {
  std::string value;                                            ///< lower case, without comments and blanks
  std::vector<std::pair<std::string, std::string>> parameters;  ///< name in lower case; value in UTF-8
  bool cut = false;  ///< there were more than the 500 that are read

  /// The parameter of that (lower-case) name, or nothing.
  std::optional<std::string_view> parameter(std::string_view name) const;
};

Parameterized parameterized(std::string_view field_body);

/// A name a person may be shown and a file may have: without path, control and bidirectional characters.
std::string safe_filename(std::string_view name);

}  // namespace oin
