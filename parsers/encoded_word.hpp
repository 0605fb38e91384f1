/// encoded_word.hpp: RFC 2047 header text, as mail programs really write it.
///
/// Neighbouring words of one charset are joined as bytes before the charset is read, since many programs cut
/// a character in two; white space between two words is dropped and kept everywhere else.  Words are also
/// read within other text, with blanks in them, without padding and with a language ("=?utf-8*en?Q?…?=", RFC
/// 2231 5). The result is one line: control characters become blanks, so that no word smuggles in a header
/// field.
#pragma once

#include <string>
#include <string_view>

namespace oin {

struct HeaderText {
  std::string text;      ///< UTF-8
  bool damaged = false;  ///< a word could not be decoded; it stands there as it came
};

/// `body` is an unfolded field body in UTF-8 (or a part of one).
HeaderText header_text(std::string_view body);

/// The length of the encoded word that begins at the front of `text`, or 0 when none does.
std::size_t encoded_word_length(std::string_view text);

}  // namespace oin
