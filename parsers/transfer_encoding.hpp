/// transfer_encoding.hpp: base64 and quoted-printable (RFC 2045 6.7, 6.8) and the Q encoding (RFC 2047 4.2).
///
/// Damaged text is decoded as far as it can be, and said to be damaged; no line end is changed.  Linear.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace oin {

struct Decoded {
  std::string bytes;
  bool damaged = false;      ///< it held what its encoding does not allow
  bool mislabelled = false;  ///< so much of it that it never was in this encoding: a text, a gateway's remark
};

/// Reads the web's alphabet ("-_") too, missing padding, and padded blocks one after the other.
Decoded decode_base64(std::string_view text);

/// An "=" that begins no escape stays as it is; blanks at a line's end are dropped (RFC 2045 6.7 rule 3).
Decoded decode_quoted_printable(std::string_view text);

/// As in encoded words: "_" is a blank, and a blank is kept.
Decoded decode_q(std::string_view text);

/// Those of RFC 2045, and uuencode, which is older and no standard's (text_files.hpp decodes it).
enum class TransferEncoding { identity, base64, quoted_printable, uuencode };

/// What a Content-Transfer-Encoding field says; nothing when it says what no standard knows.
std::optional<TransferEncoding> transfer_encoding(std::string_view field_body);

}  // namespace oin
