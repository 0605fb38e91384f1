/// text_files.hpp: files that a program wrote into the text itself: uuencode (POSIX.1-2017, uuencode) with
/// its base64 form, and BinHex 4.0 (RFC 1741).
///
/// They come out of the text as files; the text around them stays as it was.  A line "begin 644 name" counts
/// only when encoded lines follow it, so that prose is never taken for a file.  BinHex is named and not
/// decoded.  Linear.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oin {

struct TextFile {
  enum class Kind { uuencode, binhex } kind = Kind::uuencode;
  std::string filename;  ///< as it stands there
  std::string content;   ///< decoded; of BinHex the block as it stands
  bool damaged = false;  ///< it has no end, or lines that cannot be decoded
};

struct TextWithFiles {
  std::string text;  ///< what is left
  std::vector<TextFile> files;
};

/// `text` has "\n" line ends.  At most `most` files are taken out of it.
TextWithFiles without_files(std::string text, std::size_t most);

}  // namespace oin
