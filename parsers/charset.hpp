/// charset.hpp: bytes in some charset become UTF-8, always.
///
/// The order in which a charset is believed, because mail programs name the wrong one so often: what is valid
/// UTF-8 beyond ASCII is UTF-8, and so is what fails it by a byte in many; then the declared charset; then
/// what the bytes look like (ICU's detector); then windows-1252, which no byte defies.  Names mean what mail
/// programs mean by them: gb2312 is gb18030, euc-kr is windows-949, iso-8859-1 is windows-1252; us-ascii that
/// is none names nothing.
#pragma once

#include <string>
#include <string_view>

namespace oin {

struct Text {
  std::string utf8;
  bool unknown_charset = false;  ///< a charset was declared that nobody knows
  bool invalid = false;          ///< the bytes were not valid in the declared one
};

/// `declared` may be empty.  NUL characters are left out; a byte order mark in front is too.
Text to_utf8(std::string_view bytes, std::string_view declared);

bool is_ascii(std::string_view bytes);
bool is_utf8(std::string_view bytes);

/// The same with each invalid byte replaced by U+FFFD.
std::string scrubbed(std::string_view bytes);

/// No more than so many bytes of a UTF-8 text, cut between two characters.
std::string_view utf8_prefix(std::string_view text, std::size_t bytes);

}  // namespace oin
