/// compression.hpp: mails and letters made small for the store, by zstd (RFC 8878).
///
/// What would not shrink is kept as it is, so a codec number stands beside every blob.  From any thread: each
/// keeps its own contexts, because building one costs more than compressing a mail.
#pragma once

#include <string>
#include <string_view>

#include "parsers/base/result.hpp"

namespace oin::store {

enum Codec : int {
  codec_plain = 0,
  codec_zstd = 1,
  codec_deleted = 2,  ///< what was here is gone, and a line says why
  codec_sealed = 16,  ///< added to the others: the bytes are sealed (daemon/trust/sealer.hpp)
};

struct Packed {
  int codec = codec_plain;
  std::string bytes;
};

Packed pack(std::string_view bytes);
/// An Error when the bytes are damaged, sealed, or the codec is one of a newer version.
Result<std::string> unpack(int codec, std::string_view bytes);

}  // namespace oin::store
